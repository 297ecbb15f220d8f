//! Learning from review: carries the codes of a sample over to all segments.
//!
//! A hundred coded segments hold two to ten of a rare theme: too few to learn a theme, enough to correct its scores. So answers are
//! regressed on the scores before, as an offset (`logistic`), in two steps. The first estimates what all themes share: how often
//! these coders give themes, and their habits (`habits`). The second estimates a direction for each theme, shrunk to zero. Coded
//! interviews are scored again without their own codes (`folds`), for every comparison of the program with people.

pub(super) mod folds;
mod habits;
mod logistic;
#[cfg(test)]
mod tests;

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use self::folds::folds;
use self::habits::{HABITS, habits};
use self::logistic::{Sample, loss};
use super::context::centred;
use super::threshold::Threshold;
use crate::results::{CodedSegment, LearnedTheme, Segment};
use same_bits::products::dot_of_slices as dot;

/// Ridge on what all themes share: intercept, slope of the score before, and each habit.
pub(super) const INTERCEPT_RIDGE: f64 = 0.1;
pub(super) const SLOPE: f64 = 30.0;
pub(super) const HABIT: f64 = 2.0;
/// Ridge on a theme's own direction and intercept: priors of variance 3 and ½ on logits.
pub(super) const DIRECTION: f64 = 1.0 / 3.0;
pub(super) const OWN_INTERCEPT_RIDGE: f64 = 2.0;
/// Parts of a theme's own direction that are tried, largest first.
const OWN_PARTS: [f64; 4] = [1.0, 0.75, 0.5, 0.25];

/// The result of learning.
pub(super) struct Learned {
    /// Segments × seed themes, in the unit of the scores before.
    pub(super) scores: Array2<f32>,
    /// The same as if the segment's interview had not been coded.
    pub(super) out_of_fold: Array2<f32>,
    /// The threshold of each seed theme.
    pub(super) thresholds: Vec<Threshold>,
    /// The evaluation of each theme; empty where nobody coded.
    pub(super) themes: Vec<LearnedTheme>,
}

/// The training data.
struct Material {
    /// Segments × themes: logits of the confidence without any code.
    before: Array2<f64>,
    habits: Vec<[f64; HABITS]>,
    /// Segments × dimension, unit length: centred vectors with the talk around each segment.
    directions: Array2<f32>,
}

/// Learns from the `coded` segments. `scores` (segments × seed themes) are those without any code, `context` (segments ×
/// dimension, unit length) each segment with the talk around it; both go beside `segments`.
pub(super) fn learn(
    segments: &[Segment],
    scores: Array2<f32>,
    context: ArrayView2<'_, f32>,
    coded: &[CodedSegment],
) -> Learned {
    let threshold = Threshold::among(scores.ncols());
    if coded.is_empty() {
        let thresholds = vec![threshold; scores.ncols()];
        return Learned { out_of_fold: scores.clone(), scores, thresholds, themes: Vec::new() };
    }
    let material = Material {
        before: scores.mapv(|score| threshold.logit(f64::from(score))),
        habits: habits(segments),
        directions: centred(context),
    };
    let transcript_of = |one: &&CodedSegment| segments[one.segment.get()].passage.transcript;
    let all: Vec<&CodedSegment> = coded.iter().collect();
    let whole = material.fit(&all, None);
    let full = material.parts(&whole, &(0..segments.len()).collect::<Vec<_>>());

    let parts: Vec<(Vec<usize>, Parts)> = folds(all.iter().map(transcript_of))
        .into_par_iter()
        .map(|fold| {
            let others: Vec<&CodedSegment> =
                coded.iter().filter(|one| !fold.contains(&transcript_of(one))).collect();
            let is_left_out = |&index: &usize| fold.contains(&segments[index].passage.transcript);
            let indices: Vec<usize> = (0..segments.len()).filter(is_left_out).collect();
            let parts = material.parts(&material.fit(&others, Some(&whole)), &indices);
            (indices, parts)
        })
        .collect();
    let mut out_of_fold = full.clone();
    for (indices, parts) in parts {
        for (row, index) in indices.into_iter().enumerate() {
            out_of_fold.shared.row_mut(index).assign(&parts.shared.row(row));
            out_of_fold.own.row_mut(index).assign(&parts.own.row(row));
        }
    }
    kept_where_better(scores, &full, &out_of_fold, coded, threshold)
}

/// Segments × themes: both steps as logits.
#[derive(Clone)]
struct Parts {
    shared: Array2<f32>,
    own: Array2<f32>,
}

impl Parts {
    /// The logit with a part of the theme's own direction.
    fn logit(&self, segment: usize, theme: usize, own: f64) -> f64 {
        f64::from(self.shared[[segment, theme]]) + own * f64::from(self.own[[segment, theme]])
    }
}

/// A fit to some codes.
struct Fitted {
    /// Intercept, slope, habits.
    shared: Vec<f64>,
    /// For each theme its direction and intercept.
    own: Vec<Vec<f64>>,
}

impl Material {
    /// Fits both steps to the codes of some segments; `near` is a fit to start from.
    fn fit(&self, coded: &[&CodedSegment], near: Option<&Fitted>) -> Fitted {
        let shared = self.fit_shared(coded, near);
        let themes = (0..self.before.ncols()).into_par_iter();
        let own = themes.map(|theme| self.fit_own(theme, coded, &shared, near)).collect();
        Fitted { shared, own }
    }

    fn fit_shared(&self, coded: &[&CodedSegment], near: Option<&Fitted>) -> Vec<f64> {
        let mut features = Vec::new();
        let mut offset = Vec::new();
        let mut answer = Vec::new();
        for one in coded {
            for (theme, share) in one.shares.iter().enumerate().take(self.before.ncols()) {
                let Some(share) = share else { continue };
                features.push(self.shared_features(one.segment.get(), theme));
                offset.push(self.before[[one.segment.get(), theme]]);
                answer.push(*share);
            }
        }
        let mut ridge = vec![INTERCEPT_RIDGE, SLOPE];
        ridge.extend([HABIT; HABITS]);
        let start = near.map_or_else(|| vec![0.0; ridge.len()], |near| near.shared.clone());
        Sample { features: &features, offset: &offset, answer: &answer }.fit(&ridge, &start)
    }

    fn shared_features(&self, segment: usize, theme: usize) -> Vec<f64> {
        let mut features = vec![1.0, self.before[[segment, theme]]];
        features.extend(self.habits[segment]);
        features
    }

    /// The logit after the first step.
    fn shared_logit(&self, segment: usize, theme: usize, shared: &[f64]) -> f64 {
        self.before[[segment, theme]] + dot(&self.shared_features(segment, theme), shared)
    }

    fn fit_own(
        &self,
        theme: usize,
        coded: &[&CodedSegment],
        shared: &[f64],
        near: Option<&Fitted>,
    ) -> Vec<f64> {
        let answered: Vec<(usize, f64)> = coded.iter().filter_map(|one| answer(one, theme)).collect();
        let features: Vec<Vec<f64>> =
            answered.iter().map(|&(segment, _)| self.own_features(segment)).collect();
        let offset: Vec<f64> =
            answered.iter().map(|&(segment, _)| self.shared_logit(segment, theme, shared)).collect();
        let answer: Vec<f64> = answered.iter().map(|&(_, share)| share).collect();
        let mut ridge = vec![DIRECTION; self.directions.ncols()];
        ridge.push(OWN_INTERCEPT_RIDGE);
        let start = near.map_or_else(|| vec![0.0; ridge.len()], |near| near.own[theme].clone());
        Sample { features: &features, offset: &offset, answer: &answer }.fit(&ridge, &start)
    }

    fn own_features(&self, segment: usize) -> Vec<f64> {
        let mut features: Vec<f64> =
            self.directions.row(segment).iter().map(|&part| f64::from(part)).collect();
        features.push(1.0);
        features
    }

    /// The fitted scores of the segments at `indices`.
    fn parts(&self, fitted: &Fitted, indices: &[usize]) -> Parts {
        let themes = self.before.ncols();
        let mut parts = Parts {
            shared: Array2::zeros((indices.len(), themes)),
            own: Array2::zeros((indices.len(), themes)),
        };
        let rows = parts.shared.axis_iter_mut(Axis(0)).into_par_iter().zip(parts.own.axis_iter_mut(Axis(0)));
        rows.zip(indices).for_each(|((mut shared, mut own), &segment)| {
            let features = self.own_features(segment);
            for (theme, direction) in fitted.own.iter().enumerate() {
                shared[theme] = self.shared_logit(segment, theme, &fitted.shared) as f32;
                own[theme] = dot(&features, direction) as f32;
            }
        });
        parts
    }
}

/// Keeps what was learned for each theme whose codes it predicts better on interviews that it did not learn from; the others are
/// not changed. Of the theme's own direction the largest part is kept that predicts them no worse than what all themes share.
fn kept_where_better(
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
        let mean_loss = |logit: &dyn Fn(usize) -> f64| {
            let losses = answered.iter().map(|&(segment, share)| loss(logit(segment), share));
            losses.sum::<f64>() / answered.len().max(1) as f64
        };
        let loss_before = mean_loss(&|segment| threshold.logit(f64::from(learned.scores[[segment, theme]])));
        let with_own = |own: f64| mean_loss(&|segment| out_of_fold.logit(segment, theme, own));
        let shared_alone = with_own(0.0);
        let own = OWN_PARTS.into_iter().find(|&own| with_own(own) <= shared_alone).unwrap_or(0.0);
        let loss_after = with_own(own);
        let used = loss_after < loss_before;

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
        learned.thresholds.push(limit);
        learned.themes.push(LearnedTheme {
            theme: theme.into(),
            coded: answered.len() as u32,
            carrying: answered.iter().filter(|(_, share)| *share >= 0.5).count() as u32,
            loss_before,
            loss_after,
            used,
            own: if used { own } else { 0.0 },
            labels_before: count(&labels_before),
            labels_after: count(&labels_after),
            labels_kept: count(&kept),
        });
    }
    learned
}

/// The segment and what its coders say of a theme, if anybody was asked.
fn answer(one: &CodedSegment, theme: usize) -> Option<(usize, f64)> {
    one.shares.get(theme).copied().flatten().map(|share| (one.segment.get(), share))
}
