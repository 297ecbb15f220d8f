//! Labels: none, one or several themes for each segment.

use ndarray::{ArrayView2, Axis};

use super::rows::Label;
use super::threshold::Threshold;

/// All labels, by segment and then rank. The strongest label is the one furthest above its theme's null.
///
/// `scores` (segments × themes) are in spreads; `thresholds` has one for each theme.
pub(super) fn labels(scores: ArrayView2<'_, f32>, thresholds: &[Threshold]) -> Vec<Label> {
    let mut labels = Vec::new();
    for (segment, row) in scores.axis_iter(Axis(0)).enumerate() {
        let mut carried: Vec<Label> = Vec::new();
        for (theme, (&score, threshold)) in row.iter().zip(thresholds).enumerate() {
            if threshold.is_label(score) {
                let confidence = threshold.confidence(score);
                carried.push(Label { segment, theme, score, confidence, rank: 0 });
            }
        }
        carried.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.theme.cmp(&b.theme)));
        labels.extend(carried.into_iter().zip(1..).map(|(label, rank)| Label { rank, ..label }));
    }
    labels
}

/// The labels of each theme, by segment.
pub(super) fn by_theme(themes: usize, labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut by_theme = vec![Vec::new(); themes];
    for label in labels {
        by_theme[label.theme].push(label);
    }
    by_theme
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn a_segment_carries_none_one_or_several() {
        let mut scores = Array2::from_shape_fn((60, 2), |(row, _)| (row % 7) as f32 * 0.3 - 0.9);
        scores[[10, 0]] = 9.0;
        scores[[20, 0]] = 8.0;
        scores[[20, 1]] = 9.0;
        let labels = labels(scores.view(), &[Threshold::among(2); 2]);
        let rows: Vec<_> = labels.iter().map(|label| (label.segment, label.theme, label.rank)).collect();
        assert_eq!(rows, [(10, 0, 1), (20, 1, 1), (20, 0, 2)]);
    }
}
