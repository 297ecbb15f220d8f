//! Human codes of the segments of a run, for agreement, correction and learning.
//!
//! Indices refer to the run's lists, so that codes of unknown segments or themes cannot be expressed. Decisions about labels that
//! people saw are a separate list, so that no estimate uses them as a random sample.

use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use super::{SegmentIndex, ThemeIndex, TranscriptIndex};

/// Human codes of the run's segments and themes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Codings {
    /// Names of the coders, sorted.
    pub coders: Vec<String>,
    /// Codes in random samples, by segment and then coder, none twice.
    pub rows: Vec<Coding>,
    /// Decisions about segments that were found by their labels or by searching, by segment and then coder, none twice. They replace the
    /// same coder's answers in a sample, in labels only.
    pub unsampled: Vec<UnsampledDecision>,
    /// The transcripts that were drawn whole, in order; the sampled codes are then not of segments drawn one by one.
    #[serde(default)]
    pub drawn_whole: Vec<TranscriptIndex>,
    /// Interviews of a random sample that people read until a theme was found or the interview ended, in order, none twice.
    #[serde(default)]
    pub read: Vec<ReadInterview>,
}

/// What people found in an interview that was drawn whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadInterview {
    /// Index of the transcript.
    pub transcript: TranscriptIndex,
    /// Probability with which the interview was sampled, above 0 to 1.
    pub probability: f64,
    /// For each theme the share of its coders who found it anywhere; none where nobody found it and nobody read to the end.
    pub themes: Vec<Option<f64>>,
}

/// One coder's codes of one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coding {
    /// Index of the segment.
    pub segment: SegmentIndex,
    /// Index of the coder in [`Codings::coders`].
    pub coder: usize,
    /// Probability with which the segment was sampled, above 0 to 1.
    pub probability: f64,
    /// For each theme of the run whether it applies; none where the coder was not asked.
    pub themes: Vec<Option<bool>>,
}

/// One coder's decisions about a segment that was not sampled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnsampledDecision {
    /// Index of the segment.
    pub segment: SegmentIndex,
    /// Index of the coder in [`Codings::coders`].
    pub coder: usize,
    /// For each theme of the run whether it applies; none where the coder decided nothing.
    pub themes: Vec<Option<bool>>,
}

/// The resolved codes of a segment: the last decision of each of its coders, sampled or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResolvedCoding {
    /// Index of the segment.
    pub segment: SegmentIndex,
    /// For each theme the coders who answered and whether it applies, by coder.
    pub said: Vec<Vec<(usize, bool)>>,
}

impl ResolvedCoding {
    /// The share of the coders asked who say that the theme applies, 0 to 1; none where nobody was asked.
    pub fn share(&self, theme: ThemeIndex) -> Option<f64> {
        let said = theme.of(&self.said).filter(|said| !said.is_empty())?;
        Some(said.iter().filter(|(_, applies)| *applies).count() as f64 / said.len() as f64)
    }

    /// The coders who gave the theme, in order.
    pub fn who_gave(&self, theme: ThemeIndex) -> Vec<usize> {
        let said = theme.of(&self.said).map(Vec::as_slice).unwrap_or_default();
        said.iter().filter(|(_, applies)| *applies).map(|(coder, _)| *coder).collect()
    }
}

/// A coded segment of a sample: the shares of its coders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodedSegment {
    /// Index of the segment.
    pub segment: SegmentIndex,
    /// For each theme the share of the coders asked who say that it applies, 0 to 1; none where nobody was asked.
    pub shares: Vec<Option<f64>>,
}

impl Codings {
    /// The resolved codes of every segment with decisions, in order.
    pub fn resolved(&self) -> Vec<ResolvedCoding> {
        let drawn = self.rows.iter().map(|row| (row.segment, row.coder, &row.themes));
        // After the others, so that they replace them.
        let unsampled = self.unsampled.iter().map(|row| (row.segment, row.coder, &row.themes));
        let mut by_segment: BTreeMap<SegmentIndex, Vec<BTreeMap<usize, bool>>> = BTreeMap::new();
        for (segment, coder, themes) in drawn.chain(unsampled) {
            let said = by_segment.entry(segment).or_default();
            said.resize_with(said.len().max(themes.len()), BTreeMap::new);
            for (said, applies) in said.iter_mut().zip(themes) {
                if let Some(applies) = applies {
                    said.insert(coder, *applies);
                }
            }
        }
        let resolved = |(segment, said): (SegmentIndex, Vec<BTreeMap<usize, bool>>)| ResolvedCoding {
            segment,
            said: said.into_iter().map(|of_theme| of_theme.into_iter().collect()).collect(),
        };
        by_segment.into_iter().map(resolved).collect()
    }

    /// The sampled segments in order, each with the shares of its coders.
    pub fn by_segment(&self) -> Vec<CodedSegment> {
        let of_segment = |rows: &[Coding]| {
            let share = |theme: usize| {
                let said: Vec<bool> =
                    rows.iter().filter_map(|row| row.themes.get(theme).copied().flatten()).collect();
                let yes = said.iter().filter(|applies| **applies).count();
                (!said.is_empty()).then(|| yes as f64 / said.len() as f64)
            };
            let themes = rows.iter().map(|row| row.themes.len()).max().unwrap_or(0);
            CodedSegment { segment: rows[0].segment, shares: (0..themes).map(share).collect() }
        };
        self.rows.chunk_by(|a, b| a.segment == b.segment).map(of_segment).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coders_of_a_segment_speak_together() {
        let row = |segment: usize, coder, themes: &[Option<bool>]| Coding {
            segment: segment.into(),
            coder,
            probability: 0.5,
            themes: themes.to_vec(),
        };
        let codings = Codings {
            coders: vec!["Ana".into(), "Ben".into()],
            rows: vec![
                row(3, 0, &[Some(true), None, None]),
                row(3, 1, &[Some(false), Some(true), None]),
                row(7, 1, &[Some(false), Some(false), Some(false)]),
            ],
            unsampled: vec![UnsampledDecision { segment: 9.into(), coder: 0, themes: vec![Some(true)] }],
            ..Codings::default()
        };
        let together: Vec<(usize, Vec<Option<f64>>)> =
            codings.by_segment().into_iter().map(|one| (one.segment.get(), one.shares)).collect();
        assert_eq!(together, [(3, vec![Some(0.5), Some(1.0), None]), (7, vec![Some(0.0); 3])]);
    }

    #[test]
    fn the_last_word_of_each_coder_stands() {
        let codings = Codings {
            coders: vec!["Ana".into(), "Ben".into()],
            rows: vec![
                Coding {
                    segment: 3.into(),
                    coder: 0,
                    probability: 0.5,
                    themes: vec![Some(true), Some(true)],
                },
                Coding { segment: 3.into(), coder: 1, probability: 0.5, themes: vec![Some(true), None] },
            ],
            unsampled: vec![
                UnsampledDecision { segment: 1.into(), coder: 1, themes: vec![None, Some(false)] },
                UnsampledDecision { segment: 3.into(), coder: 0, themes: vec![Some(false), None] },
            ],
            ..Codings::default()
        };
        let resolved = codings.resolved();
        assert_eq!(resolved.iter().map(|one| one.segment.get()).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(
            (resolved[0].share(0.into()), resolved[0].share(1.into()), resolved[0].share(9.into())),
            (None, Some(0.0), None)
        );
        assert_eq!((resolved[1].share(0.into()), resolved[1].share(1.into())), (Some(0.5), Some(1.0)));
        assert_eq!((resolved[1].who_gave(0.into()), resolved[1].who_gave(1.into())), (vec![1], vec![0]));
    }
}
