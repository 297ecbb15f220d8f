//! Learning from review: carries the codes of a sample over to all segments.
//!
//! A hundred coded segments hold two to ten of a rare theme: too few to learn a theme, enough to correct its scores. So answers are
//! regressed on the scores before, as an offset (`logistic`), in two steps. The first estimates what all themes share: how often
//! these coders give themes, their habits (`habits`), and which aspects of a score count for them (`aspects`). The second is a function of
//! the segment for each theme, near to zero where nothing like the segment was coded (`kernel`). Coded interviews are scored again
//! without their own codes (`folds`), for every comparison of the program with people.

mod aspects;
pub(super) mod folds;
mod habits;
pub(super) mod kept;
pub(super) mod kernel;
mod logistic;
#[cfg(test)]
mod tests;

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use self::aspects::{ASPECTS, Aspects};
use self::folds::folds;
use self::habits::{HABITS, habits};
use self::kept::kept_where_better;
use self::kernel::Kernel;
use self::logistic::Sample;
use super::threshold::Threshold;
use crate::results::{CodedSegment, LearnedTheme, Segment};
use same_bits::products::dot_of_slices as dot;

/// Ridge on what all themes share: intercept, slope of the score before, each habit and each aspect.
pub(super) const INTERCEPT_RIDGE: f64 = 0.1;
pub(super) const SLOPE: f64 = 30.0;
pub(super) const HABIT: f64 = 2.0;
pub(super) const ASPECT: f64 = 40.0;
/// A theme with *n* segments that carry it takes (*n* + 1) / (*n* + 2) of habits and aspects: they come from frequent themes, and may not hold
/// for a rare one.
pub(super) const SEEN: [f64; 2] = [1.0, 2.0];
/// Segments whose kernel is computed at a time.
const BLOCK: usize = 2_048;

/// Segments as they were scored without codes; everything has a row for each.
pub(super) struct ScoredSegments<'a> {
    pub(super) segments: &'a [Segment],
    /// Segments × seed themes.
    pub(super) scores: ArrayView2<'a, f32>,
    /// The word matches in these scores.
    pub(super) words: ArrayView2<'a, f32>,
    /// Vectors with the talk around each segment, and by itself.
    pub(super) context: ArrayView2<'a, f32>,
    pub(super) own: ArrayView2<'a, f32>,
    /// Seed themes × dimension.
    pub(super) themes: ArrayView2<'a, f32>,
}

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

/// Learns from the `coded` segments; `threshold` is that of every theme before.
pub(super) fn learn<'a>(
    from: &'a ScoredSegments<'a>,
    coded: &'a [CodedSegment],
    threshold: Threshold,
) -> Learned {
    let scores = from.scores.to_owned();
    if coded.is_empty() {
        let thresholds = vec![threshold; scores.ncols()];
        return Learned { out_of_fold: scores.clone(), scores, thresholds, themes: Vec::new() };
    }
    let material = Material::of(from, coded, threshold);
    let all: Vec<usize> = (0..coded.len()).collect();
    let whole = material.fit(&all, None);
    let transcript_of = |place: usize| from.segments[coded[place].segment.get()].passage.transcript;
    let folds = folds((0..coded.len()).map(transcript_of));
    let without: Vec<Fitted> = folds
        .par_iter()
        .map(|fold| {
            let others: Vec<usize> =
                all.iter().copied().filter(|&place| !fold.contains(&transcript_of(place))).collect();
            material.fit(&others, Some(&whole))
        })
        .collect();
    let fold_of = |segment: usize| {
        let transcript = from.segments[segment].passage.transcript;
        folds.iter().position(|fold| fold.contains(&transcript))
    };
    let (segments, themes) = scores.dim();
    let mut full = Parts::zeros(segments, themes);
    let mut out_of_fold = Parts::zeros(segments, themes);
    for start in (0..segments).step_by(BLOCK) {
        let block: Vec<usize> = (start..segments.min(start + BLOCK)).collect();
        let kernel = material.kernel.with_centres(&block);
        let rows: Vec<[Vec<[f32; 2]>; 2]> = block
            .par_iter()
            .zip(kernel.axis_iter(Axis(0)).into_par_iter())
            .map(|(&segment, row)| {
                let row = row.to_vec();
                let of_all = material.predicted(&whole, segment, &row);
                let blind = fold_of(segment)
                    .map_or_else(|| of_all.clone(), |fold| material.predicted(&without[fold], segment, &row));
                [of_all, blind]
            })
            .collect();
        for (segment, [of_all, blind]) in block.into_iter().zip(rows) {
            full.set(segment, &of_all);
            out_of_fold.set(segment, &blind);
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
    fn zeros(segments: usize, themes: usize) -> Self {
        Self { shared: Array2::zeros((segments, themes)), own: Array2::zeros((segments, themes)) }
    }

    fn set(&mut self, segment: usize, themes: &[[f32; 2]]) {
        for (theme, &[shared, own]) in themes.iter().enumerate() {
            self.shared[[segment, theme]] = shared;
            self.own[[segment, theme]] = own;
        }
    }

    /// The logit after the first step, or after both.
    fn logit(&self, segment: usize, theme: usize, own: bool) -> f64 {
        let shared = f64::from(self.shared[[segment, theme]]);
        if own { shared + f64::from(self.own[[segment, theme]]) } else { shared }
    }
}

/// A fit to some codes.
struct Fitted {
    /// Intercept, slope, habits, aspects.
    shared: Vec<f64>,
    /// The part of habits and aspects that each theme takes.
    part: Vec<f64>,
    /// For each theme the weights of the features of the kernel, and of the kernel itself.
    own: Vec<Vec<f64>>,
    own_of_kernel: Vec<Vec<f64>>,
}

/// The training data.
struct Material<'a> {
    coded: &'a [CodedSegment],
    /// Segments × themes: logits of the confidence without any code.
    before: Array2<f64>,
    habits: Vec<[f64; HABITS]>,
    aspects: Aspects<'a>,
    kernel: Kernel<'a>,
    /// The kernel's features of the coded segments.
    features: Vec<Vec<f64>>,
}

impl<'a> Material<'a> {
    fn of(from: &'a ScoredSegments<'a>, coded: &'a [CodedSegment], threshold: Threshold) -> Self {
        let indices: Vec<usize> = coded.iter().map(|one| one.segment.get()).collect();
        let kernel = Kernel::of(from.context, from.own, &indices);
        Self {
            coded,
            before: from.scores.mapv(|score| threshold.logit(f64::from(score))),
            habits: habits(from.segments),
            aspects: Aspects::of(from),
            features: kernel.features_of(&indices),
            kernel,
        }
    }

    /// Fits both steps to the codes at these places of the list; `near` is a fit to start from.
    fn fit(&self, places: &[usize], near: Option<&Fitted>) -> Fitted {
        let shared = self.fit_shared(places, near);
        let part = (0..self.before.ncols()).map(|theme| self.part_of(theme, places)).collect::<Vec<f64>>();
        let themes = (0..self.before.ncols()).into_par_iter();
        let own: Vec<Vec<f64>> =
            themes.map(|theme| self.fit_own(theme, places, &shared, part[theme], near)).collect();
        let own_of_kernel =
            own.iter().map(|weights| self.kernel.weights_of_kernel(weights.clone())).collect();
        Fitted { shared, part, own, own_of_kernel }
    }

    fn fit_shared(&self, places: &[usize], near: Option<&Fitted>) -> Vec<f64> {
        let mut features = Vec::new();
        let mut offset = Vec::new();
        let mut answer = Vec::new();
        for one in places.iter().map(|&place| &self.coded[place]) {
            for (theme, share) in one.shares.iter().enumerate().take(self.before.ncols()) {
                let Some(share) = share else { continue };
                features.push(self.shared_features(one.segment.get(), theme, 1.0));
                offset.push(self.before[[one.segment.get(), theme]]);
                answer.push(*share);
            }
        }
        let mut ridge = vec![INTERCEPT_RIDGE, SLOPE];
        ridge.extend([HABIT; HABITS]);
        ridge.extend([ASPECT; ASPECTS]);
        let start = near.map_or_else(|| vec![0.0; ridge.len()], |near| near.shared.clone());
        let rows: Vec<&[f64]> = features.iter().map(Vec::as_slice).collect();
        Sample { features: &rows, offset: &offset, answer: &answer }.fit(&ridge, &start)
    }

    fn shared_features(&self, segment: usize, theme: usize, part: f64) -> Vec<f64> {
        let mut features = vec![1.0, self.before[[segment, theme]]];
        features.extend(self.habits[segment].map(|habit| part * habit));
        features.extend(self.aspects.at(segment, theme).map(|aspect| part * aspect));
        features
    }

    /// The part of habits and aspects that a theme takes.
    fn part_of(&self, theme: usize, places: &[usize]) -> f64 {
        let carrying: f64 = places
            .iter()
            .filter_map(|&place| answer(&self.coded[place], theme))
            .map(|(_, share)| share)
            .sum();
        let [more, of] = SEEN;
        (carrying + more) / (carrying + of)
    }

    /// The logit after the first step.
    fn shared_logit(&self, segment: usize, theme: usize, shared: &[f64], part: f64) -> f64 {
        self.before[[segment, theme]] + dot(&self.shared_features(segment, theme, part), shared)
    }

    fn fit_own(
        &self,
        theme: usize,
        places: &[usize],
        shared: &[f64],
        part: f64,
        near: Option<&Fitted>,
    ) -> Vec<f64> {
        let mut features: Vec<&[f64]> = Vec::new();
        let mut offset = Vec::new();
        let mut answers = Vec::new();
        for &place in places {
            let Some((segment, share)) = answer(&self.coded[place], theme) else { continue };
            features.push(&self.features[place]);
            offset.push(self.shared_logit(segment, theme, shared, part));
            answers.push(share);
        }
        let number = self.kernel.features();
        let start = near.map_or_else(|| vec![0.0; number], |near| near.own[theme].clone());
        if features.is_empty() {
            return vec![0.0; number];
        }
        Sample { features: &features, offset: &offset, answer: &answers }.fit(&vec![1.0; number], &start)
    }

    /// For each theme the logit after the first step, and what the second adds. `kernel` is the segment's row of it.
    fn predicted(&self, fitted: &Fitted, segment: usize, kernel: &[f64]) -> Vec<[f32; 2]> {
        let themes = fitted.own_of_kernel.iter().zip(&fitted.part).enumerate();
        themes
            .map(|(theme, (own, &part))| {
                let shared = self.shared_logit(segment, theme, &fitted.shared, part);
                [shared as f32, dot(kernel, own) as f32]
            })
            .collect()
    }
}

/// The segment and what its coders say of a theme, if anybody was asked.
fn answer(one: &CodedSegment, theme: usize) -> Option<(usize, f64)> {
    one.shares.get(theme).copied().flatten().map(|share| (one.segment.get(), share))
}
