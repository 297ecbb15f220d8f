//! Ridge logistic regression with an offset.
//!
//! There are a few dozen answers and some hundred features, so that the ridge dominates, and the offset is the score before.
//! Newton's method with conjugate gradients inside needs no matrix of features × features.

use same_bits::elementary::{exp, ln_1p, logistic};
use same_bits::products::dot_of_slices as dot;

/// Maximum Newton steps; five are usual.
const STEPS: usize = 50;
/// Maximum steps of conjugate gradients.
const INNER_STEPS: usize = 1_000;
/// Tolerance of the gradient, relative to that where all weights are zero, and of the gradient within a Newton step, where more
/// precision would be lost in the next.
const NEAR: f64 = 1e-8;
const NEAR_IN_STEP: f64 = 1e-3;
/// Maximum halvings of a step that increases the loss.
const HALVINGS: usize = 30;

/// Training data; all lists have the same length.
pub(super) struct Sample<'a> {
    /// Rows × features.
    pub(super) features: &'a [&'a [f64]],
    /// The score before of each row, as a logit.
    pub(super) offset: &'a [f64],
    /// The answer, 0 to 1; between where coders differed.
    pub(super) answer: &'a [f64],
}

impl Sample<'_> {
    /// The weights that minimise Σ loss + ½ Σ ridgeⱼ weightⱼ²; the loss is the negative log likelihood of an answer with the logit
    /// offset + features · weights. Without rows all are zero. `ridge` has a positive number for each feature; `start` changes the time
    /// alone.
    pub(super) fn fit(&self, ridge: &[f64], start: &[f64]) -> Vec<f64> {
        let mut weights = start.to_vec();
        let mut loss = self.loss(&weights, ridge);
        let at_zero =
            self.summed(&self.errors(&self.offset.iter().copied().map(chance).collect::<Vec<f64>>()));
        let near = NEAR * dot(&at_zero, &at_zero).sqrt();
        for _ in 0..STEPS {
            let chances: Vec<f64> = self.logits(&weights).into_iter().map(chance).collect();
            let errors = self.errors(&chances);
            let downhill: Vec<f64> = self
                .summed(&errors)
                .into_iter()
                .zip(ridge.iter().zip(&weights))
                .map(|(sum, (ridge, weight))| sum - ridge * weight)
                .collect();
            if dot(&downhill, &downhill).sqrt() <= near {
                break;
            }
            let spreads: Vec<f64> = chances.iter().map(|chance| chance * (1.0 - chance)).collect();
            let step = self.newton_step(&spreads, ridge, &downhill);
            let Some((better, its_loss)) = self.improved(&weights, &step, ridge, loss) else { break };
            (weights, loss) = (better, its_loss);
        }
        weights
    }

    /// The answers less the chances.
    fn errors(&self, chances: &[f64]) -> Vec<f64> {
        self.answer.iter().zip(chances).map(|(answer, chance)| answer - chance).collect()
    }

    fn logits(&self, weights: &[f64]) -> Vec<f64> {
        self.offset.iter().zip(self.features).map(|(offset, row)| offset + dot(row, weights)).collect()
    }

    fn loss(&self, weights: &[f64], ridge: &[f64]) -> f64 {
        let fit: f64 =
            self.logits(weights).iter().zip(self.answer).map(|(&logit, &answer)| loss(logit, answer)).sum();
        let size: f64 = ridge.iter().zip(weights).map(|(ridge, weight)| ridge * weight * weight).sum();
        fit + size / 2.0
    }

    /// For each feature the sum over rows of the feature times the row's number.
    fn summed(&self, numbers: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.features.first().map_or(0, |row| row.len())];
        for (row, number) in self.features.iter().zip(numbers) {
            for (sum, feature) in sums.iter_mut().zip(*row) {
                *sum += feature * number;
            }
        }
        sums
    }

    /// Solves (Xᵀ diag(`spreads`) X + diag(`ridge`)) step = `downhill` by conjugate gradients (Hestenes and Stiefel, 1952).
    fn newton_step(&self, spreads: &[f64], ridge: &[f64], downhill: &[f64]) -> Vec<f64> {
        let times = |direction: &[f64]| -> Vec<f64> {
            let along: Vec<f64> =
                self.features.iter().zip(spreads).map(|(row, spread)| spread * dot(row, direction)).collect();
            let sums = self.summed(&along).into_iter();
            sums.zip(ridge.iter().zip(direction)).map(|(sum, (ridge, part))| sum + ridge * part).collect()
        };
        let mut step = vec![0.0; downhill.len()];
        let mut rest = downhill.to_vec();
        let mut direction = rest.clone();
        let mut size = dot(&rest, &rest);
        let enough = size * NEAR_IN_STEP * NEAR_IN_STEP;
        for _ in 0..INNER_STEPS {
            if size <= enough {
                break;
            }
            let bent = times(&direction);
            let length = size / dot(&direction, &bent);
            add(&mut step, length, &direction);
            add(&mut rest, -length, &bent);
            let next = dot(&rest, &rest);
            direction = rest.iter().zip(&direction).map(|(rest, old)| rest + next / size * old).collect();
            size = next;
        }
        step
    }

    /// The weights after the step, halved until the loss is less; none where no step is.
    fn improved(&self, weights: &[f64], step: &[f64], ridge: &[f64], before: f64) -> Option<(Vec<f64>, f64)> {
        let after = |halvings: usize| {
            let mut moved = weights.to_vec();
            add(&mut moved, 0.5_f64.powi(halvings as i32), step);
            let loss = self.loss(&moved, ridge);
            (moved, loss)
        };
        (0..HALVINGS).map(after).find(|(_, loss)| *loss < before)
    }
}

/// The probability of a logit.
pub(super) fn chance(logit: f64) -> f64 {
    logistic(logit)
}

/// Minus the log likelihood of an answer: ln(1 + e^logit) − answer · logit, so that nothing overflows.
pub(super) fn loss(logit: f64, answer: f64) -> f64 {
    logit.max(0.0) + ln_1p(exp(-logit.abs())) - answer * logit
}

fn add(to: &mut [f64], times: f64, what: &[f64]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += times * what;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use same_bits::elementary::logit;

    #[test]
    fn without_answers_nothing_is_learned() {
        let sample = Sample { features: &[], offset: &[], answer: &[] };
        assert_eq!(sample.fit(&[1.0, 2.0], &[0.0; 2]), [0.0, 0.0]);
    }

    #[test]
    fn a_large_ridge_keeps_to_the_offset_and_a_small_one_to_the_answers() {
        let features = [&[1.0][..]; 10];
        let answer = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let sample = Sample { features: &features, offset: &[0.0; 10], answer: &answer };
        assert!(sample.fit(&[1e9], &[0.0])[0].abs() < 1e-6);
        assert!((sample.fit(&[1e-9], &[0.0])[0] - logit(0.3)).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn the_gradient_is_zero_where_it_ends(
            rows in prop::collection::vec((prop::collection::vec(-3.0..3.0_f64, 4), -6.0..6.0_f64, 0.0..=1.0_f64), 1..30),
            ridge in prop::collection::vec(0.05..20.0_f64, 4),
        ) {
            let features: Vec<&[f64]> = rows.iter().map(|row| row.0.as_slice()).collect();
            let offset: Vec<f64> = rows.iter().map(|row| row.1).collect();
            let answer: Vec<f64> = rows.iter().map(|row| row.2).collect();
            let sample = Sample { features: &features, offset: &offset, answer: &answer };
            let weights = sample.fit(&ridge, &[0.0; 4]);
            let errors: Vec<f64> =
                sample.logits(&weights).iter().zip(&answer).map(|(&logit, answer)| answer - chance(logit)).collect();
            for ((sum, ridge), weight) in sample.summed(&errors).iter().zip(&ridge).zip(&weights) {
                prop_assert!((sum - ridge * weight).abs() < 1e-5);
            }
        }
    }
}
