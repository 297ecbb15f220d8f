//! Differences between two groups of interviews: how large, how certain, and whether they are more than chance.
//!
//! The interval comes from those of the two shares (Newcombe, 1998; Zou and Donner, 2008), the p value from rearranging interviews
//! between the groups (`permutation`) and, for shares of segments, from Welch's test of logits (`logit`), of which the larger one
//! counts. [`compare_within_strata`] compares within the strata of another attribute; [`confounding`] and [`leave_one_out`] tell
//! whether a difference can be told from one between languages.

mod confounding;
mod logit;
mod permutation;
mod stratified;
#[cfg(test)]
mod tests;

use same_bits::RandomStream;

pub use self::confounding::{confounding, leave_one_out};
pub use self::stratified::compare_within_strata;

use crate::proportion::{by_length, difference_interval, proportion};
use crate::{Count, CountTable, Estimate, Interval, Measure};

/// How much larger than half an interval a difference must be for four studies of five to find it: 1 + *z*(.8) ÷ *z*(.975), which
/// makes 2.8 standard errors of 1.96 (Bloom, 1995).
const DETECTABLE_HALF_WIDTHS: f64 = 1.0 + 0.841_621_234 / 1.959_963_985;

/// The difference of a share between two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Difference {
    /// Share in the first group less share in the second, −1 to 1.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Two-sided p value, above 0 to 1; none where a group has fewer than two interviews. Not adjusted for the number of tests.
    pub p_value: Option<f64>,
    /// The smallest difference that four of five such studies would find at 5 %, before any adjustment; none where it is above 1.
    pub smallest_detectable: Option<f64>,
}

impl Difference {
    fn between(a: Estimate, b: Estimate, p_value: Option<f64>) -> Self {
        let interval = difference_interval(a, b);
        let smallest = (interval.high - interval.low) / 2.0 * DETECTABLE_HALF_WIDTHS;
        Self {
            difference: a.value - b.value,
            interval,
            p_value,
            smallest_detectable: (smallest <= 1.0).then_some(smallest),
        }
    }

    /// Whether the difference is more than chance at 5 % and has the other sign at an end of `range`, the one that [`leave_one_out`]
    /// gives.
    pub fn changes_sign_in(&self, range: Interval) -> bool {
        let found = self.p_value.is_some_and(|p| p < 0.05) || self.interval.low * self.interval.high > 0.0;
        found && (range.low * self.difference < 0.0 || range.high * self.difference < 0.0)
    }
}

/// Compares two groups of interviews, given by their indices in the table: one difference a theme, in order.
///
/// The p value is that of a studentised permutation test over interviews (Janssen, 1997; Chung and Romano, 2013); by
/// [`Measure::Segments`] it is no less than that of Welch's (1947) test of the logits, because permutation rejects too often where a small
/// group varies more. Up to 100,000 arrangements of the interviews all are tried; of more, up to 99,999 are drawn from `rng`, the same for
/// all themes.
///
/// Adjust the p values with [`crate::adjust`] where more than one test is made.
pub fn compare_groups(
    table: &CountTable,
    groups: [&[usize]; 2],
    measure: Measure,
    rng: &mut RandomStream,
) -> Vec<Difference> {
    let of_theme = |theme| groups.map(|group| table.counts(theme, measure, group));
    let counts: Vec<[Vec<Count>; 2]> = (0..table.themes()).map(of_theme).collect();
    let p_values = permutation::p_values(&counts, rng);
    let difference = |([a, b], p): (&[Vec<Count>; 2], Option<f64>)| {
        let p_value = match measure {
            Measure::Segments => larger(p, logit::p_value(&by_length(a), &by_length(b))),
            Measure::Interviews => p,
        };
        Difference::between(proportion(a, measure), proportion(b, measure), p_value)
    };
    counts.iter().zip(p_values).map(difference).collect()
}

/// The larger p value of the two tests; that of the permutation test where there is no other.
fn larger(permutation: Option<f64>, logit: Option<f64>) -> Option<f64> {
    permutation.map(|p| logit.map_or(p, |logit| p.max(logit)))
}
