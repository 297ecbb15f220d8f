//! Learning from review: what people coded in a sample, carried over to all segments.
//!
//! A hundred coded segments hold two to ten of a rare theme: too few to learn a theme from, enough to correct what is known of it. So
//! every answer is read against what the scores said before (`logistic`, with the score as offset), in two steps. The first learns
//! what all themes share: how freely these coders give themes, and what their habits go by (`habits`). The second learns a
//! direction for each theme, held near zero. Interviews that were coded are scored again without their own codes (`folds`), for
//! everything that compares the program with people.

pub(super) mod folds;
mod habits;
mod logistic;
#[cfg(test)]
mod tests;

use ndarray::{Array2, Axis};
use rayon::prelude::*;

use self::folds::folds;
use self::habits::{HABITS, habits};
use self::logistic::{Sample, dot, loss};
use super::context::centred;
use super::threshold::Threshold;
use crate::corpus::Segment;
use crate::review::CodedSegment;

/// Ridge on what all themes share: how freely themes are given, how much the score before counts, and each habit.
pub(super) const FREELY: f64 = 0.1;
pub(super) const SLOPE: f64 = 30.0;
pub(super) const HABIT: f64 = 2.0;
/// Ridge on a theme's own direction, a third, and on how freely the theme is given: priors of variance 3 and 1 on logits.
pub(super) const DIRECTION: f64 = 1.0 / 3.0;
pub(super) const OWN_FREELY: f64 = 1.0;

/// What was learned from a sample.
pub(super) struct Learned {
    /// Segments × seed themes, in the unit of the scores before.
    pub(super) scores: Array2<f32>,
    /// The same as if the segment's interview had not been coded.
    pub(super) blind: Array2<f32>,
    /// What the sample said of each theme.
    pub(super) themes: Vec<LearnedTheme>,
}

/// What a sample said of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedTheme {
    /// Place of the theme in the run's list of themes.
    pub theme: usize,
    /// Segments that were coded for it.
    pub coded: u32,
    /// Those that carry it, by most of their coders.
    pub carrying: u32,
    /// Mean loss of the program's confidence on coded segments without learning (negative log likelihood of the codes).
    pub loss_before: f64,
    /// The same with what was learned from the other interviews.
    pub loss_after: f64,
    /// Whether the theme's scores were changed: only where that made the loss on interviews that it did not learn from less.
    pub used: bool,
    /// Segments that the machine labels without learning.
    pub labels_before: u32,
    /// Segments that it labels now.
    pub labels_after: u32,
    /// Segments that it labels both ways.
    pub labels_kept: u32,
}

/// Everything that is learned from, side by side.
struct Material {
    /// Segments × themes: logits of the confidence without any code.
    before: Array2<f64>,
    habits: Vec<[f64; HABITS]>,
    /// Segments × dimension, unit length: what sets a segment apart, with the talk around it.
    directions: Array2<f32>,
    threshold: Threshold,
}

/// Learns from the `coded` segments. `scores` (segments × seed themes) are those without any code, `context` (segments ×
/// dimension, unit length) each segment with the talk around it; both go beside `segments`.
pub(super) fn learn(
    segments: &[Segment],
    scores: Array2<f32>,
    context: &Array2<f32>,
    coded: &[CodedSegment],
) -> Learned {
    if coded.is_empty() {
        return Learned { blind: scores.clone(), scores, themes: Vec::new() };
    }
    let threshold = Threshold::among(scores.ncols());
    let material = Material {
        before: scores.mapv(|score| threshold.logit(f64::from(score))),
        habits: habits(segments),
        directions: centred(context),
        threshold,
    };
    let interview_of = |one: &&CodedSegment| segments[one.segment].passage.transcript;
    let all: Vec<&CodedSegment> = coded.iter().collect();
    let whole = material.fit(&all, None);
    let full = material.scores(&whole, 0..segments.len());

    let folds = folds(all.iter().map(interview_of));
    let mut blind = full.clone();
    let parts: Vec<(Vec<usize>, Array2<f32>)> = folds
        .into_par_iter()
        .map(|fold| {
            let others: Vec<&CodedSegment> =
                coded.iter().filter(|one| !fold.contains(&interview_of(one))).collect();
            let fitted = material.fit(&others, Some(&whole));
            let places: Vec<usize> = segments
                .iter()
                .enumerate()
                .filter(|(_, segment)| fold.contains(&segment.passage.transcript))
                .map(|(place, _)| place)
                .collect();
            let scores = material.scores(&fitted, places.iter().copied());
            (places, scores)
        })
        .collect();
    for (places, scores) in parts {
        for (row, place) in scores.axis_iter(Axis(0)).zip(places) {
            blind.row_mut(place).assign(&row);
        }
    }
    kept_where_better(&scores, full, blind, coded, threshold)
}

/// What was fitted to some codes.
struct Fitted {
    /// How freely, the slope, the habits.
    shared: Vec<f64>,
    /// For each theme its direction, and how freely it is given.
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
                features.push(self.shared_features(one.segment, theme));
                offset.push(self.before[[one.segment, theme]]);
                answer.push(*share);
            }
        }
        let mut ridge = vec![FREELY, SLOPE];
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
        let answered: Vec<(usize, f64)> = coded
            .iter()
            .filter_map(|one| one.shares.get(theme).copied().flatten().map(|share| (one.segment, share)))
            .collect();
        let features: Vec<Vec<f64>> =
            answered.iter().map(|&(segment, _)| self.own_features(segment)).collect();
        let offset: Vec<f64> =
            answered.iter().map(|&(segment, _)| self.shared_logit(segment, theme, shared)).collect();
        let answer: Vec<f64> = answered.iter().map(|&(_, share)| share).collect();
        let mut ridge = vec![DIRECTION; self.directions.ncols()];
        ridge.push(OWN_FREELY);
        let start = near.map_or_else(|| vec![0.0; ridge.len()], |near| near.own[theme].clone());
        Sample { features: &features, offset: &offset, answer: &answer }.fit(&ridge, &start)
    }

    fn own_features(&self, segment: usize) -> Vec<f64> {
        let mut features: Vec<f64> =
            self.directions.row(segment).iter().map(|&part| f64::from(part)).collect();
        features.push(1.0);
        features
    }

    /// The scores of some segments, by what was fitted.
    fn scores(&self, fitted: &Fitted, places: impl Iterator<Item = usize>) -> Array2<f32> {
        let places: Vec<usize> = places.collect();
        let rows: Vec<Vec<f32>> = places
            .par_iter()
            .map(|&segment| {
                let own = self.own_features(segment);
                let logit = |(theme, direction): (usize, &Vec<f64>)| {
                    self.shared_logit(segment, theme, &fitted.shared) + dot(&own, direction)
                };
                let logits = fitted.own.iter().enumerate().map(logit);
                logits.map(|logit| self.threshold.score_of(logit) as f32).collect()
            })
            .collect();
        Array2::from_shape_fn((places.len(), self.before.ncols()), |(row, theme)| rows[row][theme])
    }
}

/// Takes what was learned for each theme whose codes it foretells better, from interviews that it did not learn from, and leaves the
/// others as they were.
fn kept_where_better(
    before: &Array2<f32>,
    mut scores: Array2<f32>,
    mut blind: Array2<f32>,
    coded: &[CodedSegment],
    threshold: Threshold,
) -> Learned {
    let mut themes = Vec::new();
    for theme in 0..before.ncols() {
        let answered: Vec<(&CodedSegment, f64)> = coded
            .iter()
            .filter_map(|one| one.shares.get(theme).copied().flatten().map(|share| (one, share)))
            .collect();
        let mean_loss = |scores: &Array2<f32>| {
            let of = |(one, share): &(&CodedSegment, f64)| {
                loss(threshold.logit(f64::from(scores[[one.segment, theme]])), *share)
            };
            answered.iter().map(of).sum::<f64>() / answered.len().max(1) as f64
        };
        let (loss_before, loss_after) = (mean_loss(before), mean_loss(&blind));
        let used = loss_after < loss_before;
        if !used {
            scores.column_mut(theme).assign(&before.column(theme));
            blind.column_mut(theme).assign(&before.column(theme));
        }
        let labelled = |scores: &Array2<f32>, segment: usize| threshold.is_label(scores[[segment, theme]]);
        let count = |wanted: &dyn Fn(usize) -> bool| {
            (0..before.nrows()).filter(|&segment| wanted(segment)).count() as u32
        };
        themes.push(LearnedTheme {
            theme,
            coded: answered.len() as u32,
            carrying: answered.iter().filter(|(_, share)| *share >= 0.5).count() as u32,
            loss_before,
            loss_after,
            used,
            labels_before: count(&|segment| labelled(before, segment)),
            labels_after: count(&|segment| labelled(&scores, segment)),
            labels_kept: count(&|segment| labelled(before, segment) && labelled(&scores, segment)),
        });
    }
    Learned { scores, blind, themes }
}
