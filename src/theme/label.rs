//! Labels: none, one or several themes for each segment.

use ndarray::{Array2, Axis};

use super::rows::Label;
use super::threshold::{Expectation, Threshold};

/// What seeds score on talk about something else, over the interviews that the scores were tried on.
const EXPECTED: Expectation = Expectation { centre: -0.2, spread: 1.3 };

/// A threshold for each seed theme; none where the scores show nothing.
pub(super) fn seed_thresholds(scores: &Array2<f32>) -> Vec<Option<Threshold>> {
    scores.axis_iter(Axis(1)).map(|column| Threshold::of(column, EXPECTED, scores.ncols())).collect()
}

/// All labels, by segment and then rank. The strongest label is the one furthest above its theme's null.
pub(super) fn labels(scores: &Array2<f32>, thresholds: &[Option<Threshold>]) -> Vec<Label> {
    let mut labels = Vec::new();
    for (segment, row) in scores.axis_iter(Axis(0)).enumerate() {
        let mut carried: Vec<(f64, Label)> = Vec::new();
        for (theme, (&score, threshold)) in row.iter().zip(thresholds).enumerate() {
            if let Some(threshold) = threshold.as_ref().filter(|_| is_label(score, threshold.as_ref())) {
                let (standard, confidence) = (threshold.standard(score), threshold.confidence(score));
                carried
                    .push((standard, Label { segment, theme, score: standard as f32, confidence, rank: 0 }));
            }
        }
        carried.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.theme.cmp(&b.1.theme)));
        labels.extend(carried.into_iter().zip(1..).map(|((_, label), rank)| Label { rank, ..label }));
    }
    labels
}

fn is_label(score: f32, threshold: Option<&Threshold>) -> bool {
    threshold.is_some_and(|threshold| threshold.is_label(score))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_carries_none_one_or_several() {
        let mut scores = Array2::from_shape_fn((60, 2), |(row, _)| (row % 7) as f32 * 0.3 - 1.2);
        scores[[10, 0]] = 9.0;
        scores[[20, 0]] = 8.0;
        scores[[20, 1]] = 9.0;
        let labels = labels(&scores, &seed_thresholds(&scores));
        let rows: Vec<_> = labels.iter().map(|label| (label.segment, label.theme, label.rank)).collect();
        assert_eq!(rows, [(10, 0, 1), (20, 1, 1), (20, 0, 2)]);
    }
}
