//! Intervals, and the pieces that all of them are made of.

use same_bits::distributions::{beta_quantile, student_quantile};
use same_bits::elementary::{logistic, logit};

use crate::settings::TAIL_PROBABILITY;

/// The ends of a 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Interval {
    /// Lower end: 0 to 1 for a share, −1 to 1 for a difference.
    pub low: f64,
    /// Upper end, not below the lower one.
    pub high: f64,
}

/// An estimate and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Estimate {
    /// The estimate; a share is 0 to 1, and 0 where there are no observations.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Interval {
    /// Whether the value is in the interval, ends included.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// Exact interval of a binomial proportion (Clopper and Pearson, 1934).
///
/// `proportion` is 0 to 1; what is outside is moved to the nearer end. `nobs` is the number of independent observations; it may be an
/// effective number and need not be whole (Korn and Graubard, 1998). Without observations the interval is 0 to 1.
pub fn binomial_interval(proportion: f64, nobs: f64) -> Interval {
    binomial_interval_with_tail(proportion, nobs, TAIL_PROBABILITY)
}

/// The same, with a probability of `tail` (above 0, below .5) outside on each side.
pub(crate) fn binomial_interval_with_tail(proportion: f64, nobs: f64, tail: f64) -> Interval {
    if !(nobs > 0.0 && nobs.is_finite()) || proportion.is_nan() {
        return Interval { low: 0.0, high: 1.0 };
    }
    let proportion = proportion.clamp(0.0, 1.0);
    let (successes, failures) = (proportion * nobs, (1.0 - proportion) * nobs);
    Interval {
        low: quantile(successes, failures + 1.0, tail).unwrap_or(0.0).clamp(0.0, proportion),
        high: quantile(successes + 1.0, failures, 1.0 - tail).unwrap_or(1.0).clamp(proportion, 1.0),
    }
}

/// Jeffreys's interval of a proportion: quantiles of the beta distribution with half an observation added on both sides (Brown and
/// others, 2001), from 0 where nothing was observed and to 1 where all was. `nobs` may be an effective number.
pub(crate) fn jeffreys_interval(proportion: f64, nobs: f64, tail: f64) -> Interval {
    if !(nobs > 0.0 && nobs.is_finite()) || proportion.is_nan() {
        return Interval { low: 0.0, high: 1.0 };
    }
    let proportion = proportion.clamp(0.0, 1.0);
    let (successes, failures) = (proportion * nobs, (1.0 - proportion) * nobs);
    let end = |tail| beta_quantile(successes + 0.5, failures + 0.5, tail);
    let low = if successes < 1e-9 { 0.0 } else { end(tail).unwrap_or(0.0) };
    let high = if failures < 1e-9 { 1.0 } else { end(1.0 - tail).unwrap_or(1.0) };
    Interval { low: low.clamp(0.0, proportion), high: high.clamp(proportion, 1.0) }
}

/// A quantile of the beta distribution; none where a shape is close to 0 and the bound is the end of the range.
fn quantile(shape_a: f64, shape_b: f64, probability: f64) -> Option<f64> {
    if shape_a.min(shape_b) < 1e-9 {
        return None;
    }
    beta_quantile(shape_a, shape_b, probability)
}

/// Standard errors of Student's *t* that leave a probability of `tail` outside on each side; none for 0 degrees of freedom or fewer.
pub(crate) fn student(degrees_of_freedom: f64, tail: f64) -> Option<f64> {
    student_quantile(degrees_of_freedom, tail)
}

/// The proportions whose logits are `distance` below and above that of `proportion`, which is above 0 and below 1.
pub(crate) fn on_logit_scale(proportion: f64, distance: f64) -> Interval {
    let logit = logit(proportion);
    Interval { low: logistic(logit - distance), high: logistic(logit + distance) }
}

/// Kish's (1965) effective number of parts of a sum: all of them if they are equal, 1 if one of them is everything.
pub(crate) fn effective_number(parts: impl Iterator<Item = f64> + Clone) -> f64 {
    let sum: f64 = parts.clone().sum();
    let squares: f64 = parts.map(|part| part * part).sum();
    if squares == 0.0 { 0.0 } else { sum * sum / squares }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_intervals_are_those_of_scipy() {
        // Printed by tests/fixtures/oracle.py.
        for (share, number, low, high) in [
            (0.0, 10.0, 0.0, 0.308_497_108),
            (1.0, 10.0, 0.691_502_892, 1.0),
            (0.3, 1.0, 0.000_002_315, 0.996_153_347),
            (0.2, 5.0, 0.005_050_763, 0.716_417_936),
            (0.1, 10.0, 0.002_528_579, 0.445_016_117),
            (0.5, 40.0, 0.338_017_814, 0.661_982_186),
            (0.013, 7.3, 0.0, 0.414_913_315),
            (0.004, 60.5, 0.000_000_003, 0.066_895_044),
            (0.97, 31.7, 0.838_812_307, 0.999_355_386),
            (0.25, 600.0, 0.215_821_360, 0.286_660_471),
        ] {
            let found = binomial_interval(share, number);
            assert!((found.low - low).abs() < 1e-6, "{share} of {number}: {found:?}");
            assert!((found.high - high).abs() < 1e-6, "{share} of {number}: {found:?}");
        }
    }
}
