//! Scores without an interview's own codes, used wherever predictions are compared with human codes.

use ndarray::Array2;

use super::threshold::Threshold;
use crate::results::{SegmentIndex, ThemeIndex};

/// Scores of segments for seed themes, each as if the segment's interview had not been coded by anybody.
#[derive(Debug, Clone)]
pub struct OutOfFoldScores {
    /// Segments × seed themes; none where nobody coded anything.
    scores: Option<Array2<f32>>,
    segments: usize,
    /// For each seed theme.
    thresholds: Vec<Threshold>,
}

impl OutOfFoldScores {
    pub(super) fn new(scores: Array2<f32>, thresholds: &[Threshold]) -> Self {
        Self { segments: scores.nrows(), scores: Some(scores), thresholds: thresholds.to_vec() }
    }

    /// Where nobody coded anything: nothing is compared, and no scores are held.
    pub(super) fn without_codes(segments: usize, thresholds: &[Threshold]) -> Self {
        Self { segments, scores: None, thresholds: thresholds.to_vec() }
    }

    /// Numbers of segments and seed themes.
    pub fn dim(&self) -> (usize, usize) {
        (self.segments, self.thresholds.len())
    }

    /// The confidence that the segment carries the theme, 0 to 1; 0 beyond the lists, and where nobody coded anything.
    pub fn confidence(&self, segment: SegmentIndex, theme: ThemeIndex) -> f64 {
        self.at(segment, theme).map_or(0.0, |(score, threshold)| f64::from(threshold.confidence(score)))
    }

    /// Whether the segment would be labelled.
    pub fn is_label(&self, segment: SegmentIndex, theme: ThemeIndex) -> bool {
        self.at(segment, theme).is_some_and(|(score, threshold)| threshold.is_label(score))
    }

    fn at(&self, segment: SegmentIndex, theme: ThemeIndex) -> Option<(f32, Threshold)> {
        Some((*self.scores.as_ref()?.get((segment.get(), theme.get()))?, *theme.of(&self.thresholds)?))
    }
}
