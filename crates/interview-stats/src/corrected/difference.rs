//! The difference of two corrected shares.

use same_bits::elementary::{exp, ln};

use super::Question;
use super::estimate::{CorrectedShare, additional_sample_size};
use crate::proportion::difference_interval;
use crate::settings::TAIL_PROBABILITY;
use crate::{Estimate, Interval};

/// p values below this are not told apart.
const MIN_P_VALUE: f64 = 1e-6;
/// At a half an interval has no width, and its effective number of codes is not defined.
const MAX_TAIL: f64 = 0.499;

/// The difference of the corrected shares of two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CorrectedDifference {
    /// Share of the first group less share of the second, −1 to 1, and its 95 % interval from those of both shares (Newcombe, 1998; Zou
    /// and Donner, 2008).
    pub estimate: Estimate,
    /// The smallest probability outside an interval that excludes 0, so that p value and interval never disagree; at least 0.000001. Not
    /// adjusted for the number of tests.
    pub p_value: f64,
    /// About how many more segments of both groups to code to halve the width of the interval; none where coding all would not do.
    pub additional_sample_size: Option<u32>,
}

impl CorrectedDifference {
    /// The difference *a* − *b* of the shares of two groups that have no interview in common, for a question.
    pub fn between(a: &CorrectedShare, b: &CorrectedShare, question: Question) -> Self {
        Self {
            estimate: Estimate {
                value: a.value - b.value,
                interval: interval(a, b, question, TAIL_PROBABILITY),
            },
            p_value: p_value(a, b, question),
            additional_sample_size: additional_sample_size(&[a, b], question),
        }
    }
}

/// The interval of *a* − *b* that leaves a probability of `tail` outside on each side.
fn interval(a: &CorrectedShare, b: &CorrectedShare, question: Question, tail: f64) -> Interval {
    difference_interval(a.estimate_with_tail(question, tail), b.estimate_with_tail(question, tail))
}

/// Twice the tail at which the interval of the difference ends at 0.
fn p_value(a: &CorrectedShare, b: &CorrectedShare, question: Question) -> f64 {
    let excludes_zero = |tail: f64| {
        let Interval { low, high } = interval(a, b, question, tail);
        low > 0.0 || high < 0.0
    };
    let (mut least, mut most) = (ln(MIN_P_VALUE / 2.0), ln(MAX_TAIL));
    if excludes_zero(exp(least)) {
        return MIN_P_VALUE;
    }
    if !excludes_zero(exp(most)) {
        return 1.0;
    }
    for _ in 0..32 {
        let middle = f64::midpoint(least, most);
        if excludes_zero(exp(middle)) {
            most = middle;
        } else {
            least = middle;
        }
    }
    (2.0 * exp(most)).min(1.0)
}
