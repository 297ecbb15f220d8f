//! What is kept of what was learned, theme by theme, by codes that were not learned from.
//!
//! A theme of which the sample has few segments says little about whether learning helps it, and what holds for most themes of a study
//! holds for it too. So what was learned is kept unless the codes speak against it clearly.

use ndarray::Array2;

use super::logistic::loss;
use super::{Learned, Parts, answer};
use crate::results::{CodedSegment, LearnedTheme};
use crate::theme::threshold::Threshold;

/// By how much the log likelihood of all codes of a theme must be worse before something is not kept: odds of 20 to 1.
pub(in crate::theme) const CLEARLY: f64 = 3.0;

/// Keeps what was learned for each theme unless it foretells the codes of interviews that it did not learn from clearly worse; such
/// themes are not changed. The second step is left out where it foretells them clearly worse than the first alone.
pub(super) fn kept_where_better(
    before: Array2<f32>,
    full: &Parts,
    out_of_fold: &Parts,
    coded: &[CodedSegment],
    threshold: Threshold,
) -> Learned {
    let mut learned =
        Learned { out_of_fold: before.clone(), scores: before, thresholds: Vec::new(), themes: Vec::new() };
    for theme in 0..full.shared.ncols() {
        let answered: Vec<(usize, f64)> = coded.iter().filter_map(|one| answer(one, theme)).collect();
        let sum = |logit: &dyn Fn(usize) -> f64| -> f64 {
            answered.iter().map(|&(segment, share)| loss(logit(segment), share)).sum()
        };
        let without = sum(&|segment| threshold.logit(f64::from(learned.scores[[segment, theme]])));
        let shared = sum(&|segment| out_of_fold.logit(segment, theme, false));
        let both = sum(&|segment| out_of_fold.logit(segment, theme, true));
        let own = both <= shared + CLEARLY;
        let with = if own { both } else { shared };
        let used = !answered.is_empty() && with <= without + CLEARLY;

        let labelled = |scores: &Array2<f32>, limit: Threshold| -> Vec<bool> {
            scores.column(theme).iter().map(|&score| limit.is_label(score)).collect()
        };
        let labels_before = labelled(&learned.scores, threshold);
        let mut limit = threshold;
        if used {
            for segment in 0..learned.scores.nrows() {
                let score = |parts: &Parts| threshold.score_of(parts.logit(segment, theme, own)) as f32;
                learned.scores[[segment, theme]] = score(full);
                learned.out_of_fold[[segment, theme]] = score(out_of_fold);
            }
            limit = threshold.learned(learned.scores.column(theme).iter().copied());
        }
        let labels_after = labelled(&learned.scores, limit);
        let count = |labels: &[bool]| labels.iter().filter(|labelled| **labelled).count() as u32;
        let kept: Vec<bool> =
            labels_before.iter().zip(&labels_after).map(|(before, after)| *before && *after).collect();
        let answers = answered.len().max(1) as f64;
        learned.thresholds.push(limit);
        learned.themes.push(LearnedTheme {
            theme: theme.into(),
            coded: answered.len() as u32,
            carrying: answered.iter().filter(|(_, share)| *share >= 0.5).count() as u32,
            loss_before: without / answers,
            loss_after: with / answers,
            used,
            own: f64::from(u8::from(used && own)),
            labels_before: count(&labels_before),
            labels_after: count(&labels_after),
            labels_kept: count(&kept),
        });
    }
    learned
}
