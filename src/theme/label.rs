//! Labels: none, one or several themes for each segment.
//!
//! Where people coded a segment, their answers replace the machine's labels.

use std::collections::BTreeMap;

use ndarray::{ArrayView2, Axis};

use super::threshold::Threshold;
use crate::results::{Codings, Label, SegmentIndex, ThemeIndex};

/// All labels, by segment and then rank. The strongest label is the one furthest above its theme's null.
///
/// `scores` (segments × themes) are standardised; `thresholds` has one for each theme.
pub(super) fn labels(scores: ArrayView2<'_, f32>, thresholds: &[Threshold]) -> Vec<Label> {
    let mut labels = Vec::new();
    for (segment, row) in scores.axis_iter(Axis(0)).enumerate() {
        let mut carried: Vec<Label> = Vec::new();
        for (theme, (&score, threshold)) in row.iter().zip(thresholds).enumerate() {
            if threshold.is_label(score) {
                let confidence = threshold.confidence(score);
                carried.push(Label {
                    segment: segment.into(),
                    theme: theme.into(),
                    score,
                    confidence,
                    rank: 0,
                    coders: Vec::new(),
                });
            }
        }
        labels.extend(ranked(carried));
    }
    labels
}

/// The labels of one segment, strongest first.
fn ranked(mut labels: Vec<Label>) -> impl Iterator<Item = Label> {
    labels.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.theme.cmp(&b.theme)));
    labels.into_iter().zip(1..).map(|(label, rank)| Label { rank, ..label })
}

/// The machine's labels, replaced by people's answers: where somebody was asked for a theme, the segment carries it if at least half
/// of them say so. `scores` are segments × themes.
pub(super) fn with_human_labels(
    labels: Vec<Label>,
    scores: ArrayView2<'_, f32>,
    codings: &Codings,
) -> Vec<Label> {
    let coded = codings.resolved();
    if coded.is_empty() {
        return labels;
    }
    let mut by_segment: BTreeMap<SegmentIndex, Vec<Label>> = BTreeMap::new();
    for label in labels {
        by_segment.entry(label.segment).or_default().push(label);
    }
    for one in &coded {
        let Some(row) = (one.segment.get() < scores.nrows()).then(|| scores.row(one.segment.get())) else {
            continue;
        };
        let carried = by_segment.entry(one.segment).or_default();
        carried.retain(|label| one.share(label.theme).is_none());
        for (theme, &score) in (0..).map(ThemeIndex::new).zip(row) {
            let Some(share) = one.share(theme).filter(|share| *share >= 0.5) else { continue };
            let coders = one.who_gave(theme);
            carried.push(Label {
                segment: one.segment,
                theme,
                score,
                confidence: share as f32,
                rank: 0,
                coders,
            });
        }
    }
    by_segment.into_values().flat_map(ranked).collect()
}

/// The labels of each theme, by segment.
pub(super) fn by_theme(themes: usize, labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut by_theme = vec![Vec::new(); themes];
    for label in labels {
        by_theme[label.theme.get()].push(label);
    }
    by_theme
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{Coding, UnsampledDecision};
    use ndarray::Array2;

    fn scores() -> Array2<f32> {
        let mut scores = Array2::from_shape_fn((60, 2), |(row, _)| (row % 7) as f32 * 0.3 - 0.9);
        scores[[10, 0]] = 9.0;
        scores[[20, 0]] = 8.0;
        scores[[20, 1]] = 9.0;
        scores
    }

    fn shown(labels: &[Label]) -> Vec<(usize, usize, u32, &[usize])> {
        labels
            .iter()
            .map(|label| (label.segment.get(), label.theme.get(), label.rank, label.coders.as_slice()))
            .collect()
    }

    #[test]
    fn a_segment_carries_none_one_or_several() {
        let labels = labels(scores().view(), &[Threshold::among(2); 2]);
        assert_eq!(shown(&labels), [(10, 0, 1, &[][..]), (20, 1, 1, &[]), (20, 0, 2, &[])]);
    }

    #[test]
    fn what_people_say_stands() {
        let scores = scores();
        let row = |segment: usize, coder, themes: [Option<bool>; 2]| Coding {
            segment: segment.into(),
            coder,
            probability: 1.0,
            themes: themes.to_vec(),
        };
        let codings = Codings {
            coders: vec!["Ana".into(), "Ben".into()],
            rows: vec![
                row(5, 0, [Some(true), Some(false)]),
                row(5, 1, [Some(true), Some(true)]),
                row(10, 1, [Some(false), None]),
                row(20, 0, [None, Some(false)]),
                row(99, 0, [Some(true), None]),
            ],
            // Ana changed her mind when she saw the labels.
            unsampled: vec![UnsampledDecision {
                segment: 20.into(),
                coder: 0,
                themes: vec![Some(false), None],
            }],
            ..Codings::default()
        };
        let machine = labels(scores.view(), &[Threshold::among(2); 2]);
        let labels = with_human_labels(machine, scores.view(), &codings);
        // Both themes of segment 5 have the same score, so that the first theme is first.
        assert_eq!(shown(&labels), [(5, 0, 1, &[0, 1][..]), (5, 1, 2, &[1])]);
        assert!((labels[1].confidence - 0.5).abs() < 1e-6);
    }
}
