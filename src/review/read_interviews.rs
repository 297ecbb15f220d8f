//! What people found in interviews that they read until a theme was found or the interview ended.

use std::collections::{BTreeMap, BTreeSet};

use crate::results::{ReadInterview, Segment, SegmentIndex, ThemeIndex, TranscriptIndex};

/// What one coder found of a theme in an interview.
#[derive(Debug, Default)]
struct Found {
    is_found: bool,
    read: BTreeSet<SegmentIndex>,
}

/// Answers by interview, theme and coder, as they come.
#[derive(Debug, Default)]
pub(super) struct Reading<'a> {
    found: BTreeMap<TranscriptIndex, BTreeMap<(ThemeIndex, &'a str), Found>>,
    probabilities: BTreeMap<TranscriptIndex, f64>,
}

impl<'a> Reading<'a> {
    pub(super) fn add(
        &mut self,
        transcript: TranscriptIndex,
        segment: SegmentIndex,
        applies: bool,
        (coder, theme): (&'a str, ThemeIndex),
        probability: f64,
    ) {
        let found = self.found.entry(transcript).or_default().entry((theme, coder)).or_default();
        found.is_found |= applies;
        found.read.insert(segment);
        let known = self.probabilities.entry(transcript).or_default();
        *known = known.max(probability);
    }

    /// The interviews in order. A coder who found a theme knows that it is there; one who did not knows that it is not where all segments
    /// were read.
    pub(super) fn interviews(self, segments: &[Segment], themes: usize) -> Vec<ReadInterview> {
        let mut segments_of: BTreeMap<TranscriptIndex, usize> = BTreeMap::new();
        for segment in segments {
            *segments_of.entry(segment.passage.transcript).or_default() += 1;
        }
        let interview = |(transcript, found): (TranscriptIndex, BTreeMap<(ThemeIndex, &str), Found>)| {
            let all = segments_of.get(&transcript).copied().unwrap_or(0);
            let share = |theme: usize| {
                let of_theme = found.iter().filter(|((of, _), _)| of.get() == theme).map(|(_, found)| found);
                let known: Vec<bool> = of_theme
                    .filter(|found| found.is_found || found.read.len() >= all)
                    .map(|found| found.is_found)
                    .collect();
                let yes = known.iter().filter(|is_found| **is_found).count();
                (!known.is_empty()).then(|| yes as f64 / known.len() as f64)
            };
            let probability = self.probabilities.get(&transcript).copied()?;
            Some(ReadInterview { transcript, probability, themes: (0..themes).map(share).collect() })
        };
        self.found.into_iter().filter_map(interview).collect()
    }
}
