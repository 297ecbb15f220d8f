//! How often each theme comes up in each interview: all that the comparisons between groups need of a run.
//!
//! The interview is the unit of evidence. People stay with a theme, so that the segments of one interview are no independent
//! observations; intervals and tests therefore start from counts per interview.

use crate::corpus::Segment;
use crate::theme::Label;

/// For each interview its coded segments, and those that carry each theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tallies {
    /// Coded segments of each interview.
    segments: Vec<u32>,
    /// Themes × interviews: segments that carry the theme.
    with: Vec<Vec<u32>>,
}

/// One interview, as one of the two measures sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    /// How many of them carry the theme.
    pub(super) with: u32,
    /// Segments of the interview, or 1 for the interview itself.
    pub(super) of: u32,
}

/// What a share is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Of the group's coded segments: how much of the talk is about the theme. Long interviews count more.
    Segments,
    /// Of the group's interviews, those in which the theme comes up at all: how many people bring it up.
    Transcripts,
}

impl Measure {
    /// Both, in the order of the tables.
    pub const BOTH: [Self; 2] = [Self::Segments, Self::Transcripts];

    /// The word used in the `contrasts` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Segments => "share_segments",
            Self::Transcripts => "share_transcripts",
        }
    }
}

impl Tallies {
    /// Counts the labels of a run with so many transcripts and themes. A theme counts once a segment; labels and segments that
    /// point beyond the lists are left out.
    pub fn of(transcripts: usize, segments: &[Segment], themes: usize, labels: &[Label]) -> Self {
        let carried = themes_of_segments(segments.len(), themes, labels);
        let mut tallies = Self { segments: vec![0; transcripts], with: vec![vec![0; transcripts]; themes] };
        for (segment, carried) in segments.iter().zip(&carried) {
            let interview = segment.passage.transcript;
            let Some(count) = tallies.segments.get_mut(interview) else { continue };
            *count += 1;
            for &theme in carried {
                if let Some(count) = tallies.with.get_mut(theme).and_then(|counts| counts.get_mut(interview))
                {
                    *count += 1;
                }
            }
        }
        tallies
    }

    /// The same from counts: `segments` an interview, `with` a list of those for each theme. What is missing at the end of a
    /// list is 0, and no interview has more segments with a theme than it has.
    pub fn from_counts(segments: Vec<u32>, mut with: Vec<Vec<u32>>) -> Self {
        for counts in &mut with {
            counts.resize(segments.len(), 0);
            for (count, &of) in counts.iter_mut().zip(&segments) {
                *count = (*count).min(of);
            }
        }
        Self { segments, with }
    }

    /// How many themes there are.
    pub(super) fn themes(&self) -> usize {
        self.with.len()
    }

    /// A theme in the interviews at `places`, as the measure sees it. For the share of segments only interviews that have
    /// some: the others say nothing about it.
    pub(super) fn of_theme(&self, theme: usize, measure: Measure, places: &[usize]) -> Vec<Tally> {
        let one = |&place: &usize| {
            let of = self.segments.get(place).copied().unwrap_or(0);
            let with = self.with.get(theme).and_then(|counts| counts.get(place)).copied().unwrap_or(0);
            match measure {
                Measure::Segments => (of > 0).then_some(Tally { with, of }),
                Measure::Transcripts => Some(Tally { with: with.min(1), of: 1 }),
            }
        };
        places.iter().filter_map(one).collect()
    }
}

/// The themes of each segment, sorted, none twice.
pub(super) fn themes_of_segments(segments: usize, themes: usize, labels: &[Label]) -> Vec<Vec<usize>> {
    let mut carried = vec![Vec::new(); segments];
    for label in labels.iter().filter(|label| label.theme < themes) {
        if let Some(carried) = carried.get_mut(label.segment) {
            carried.push(label.theme);
        }
    }
    for themes in &mut carried {
        themes.sort_unstable();
        themes.dedup();
    }
    carried
}

/// The themes of each transcript, sorted, none twice; `carried` goes beside `segments`.
pub(super) fn themes_of_transcripts(
    transcripts: usize,
    segments: &[Segment],
    carried: &[Vec<usize>],
) -> Vec<Vec<usize>> {
    let mut present = vec![Vec::new(); transcripts];
    for (segment, themes) in segments.iter().zip(carried) {
        if let Some(present) = present.get_mut(segment.passage.transcript) {
            present.extend_from_slice(themes);
        }
    }
    for themes in &mut present {
        themes.sort_unstable();
        themes.dedup();
    }
    present
}

/// `part` over `whole`, and 0 of nothing.
pub(super) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_cannot_be_are_mended() {
        let tallies = Tallies::from_counts(vec![2, 0, 4], vec![vec![5], vec![1, 1, 1]]);
        let shown = |theme, measure| {
            let tallies = tallies.of_theme(theme, measure, &[0, 1, 2, 9]);
            tallies.iter().map(|tally| format!("{}/{}", tally.with, tally.of)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(0, Measure::Segments), "2/2 0/4");
        assert_eq!(shown(1, Measure::Segments), "1/2 1/4");
        assert_eq!(shown(1, Measure::Transcripts), "1/1 0/1 1/1 0/1");
    }
}
