//! Differences between two groups of interviews: how large, how certain, and whether they are more than chance.
//!
//! The interval comes from those of the two shares (Newcombe, 1998; Zou and Donner, 2008), the p value from rearranging interviews
//! between the groups (`permutation`) and, for shares of segments, from Welch's test of logits (`logit`), of which the larger one
//! counts. [`compare_within_strata`] compares within the strata of another attribute; [`confounding`] and [`leave_one_out`] tell
//! whether a difference can be told from one between languages.

mod arrangement;
mod confounding;
mod kinds;
mod logit;
mod permutation;
mod rarefaction;
mod stratified;
mod sums;
#[cfg(test)]
mod tests;

use same_bits::RandomStream;

pub use self::confounding::{confounding, leave_one_out};
pub use self::rarefaction::segments_compared;
pub use self::stratified::compare_within_strata;

use self::rarefaction::{Rarefied, in_parts, independent_variance, rarefied};
use crate::proportion::{by_length, difference_interval, mean_chance, pooled_proportion};
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
/// group varies more. By [`Measure::Interviews`] a share is the mean chance that the theme comes up in as many segments of each interview
/// (rarefaction; Hurlbert, 1971), see [`segments_compared`], so that longer interviews do not pass for a difference; shorter ones are left
/// out, and p is no less than that of Welch's test of the logits, with no less variance than independent segments would give. Up to 100,000 arrangements of the interviews all are
/// tried; of more, all are known where interviews differ in two ways at most, as answers do (Fisher, 1934), and up to 99,999 are drawn from
/// `rng` where they do not, the same for all themes.
///
/// Adjust the p values with [`crate::adjust`] where more than one test is made.
pub fn compare_groups(
    table: &CountTable,
    groups: [&[usize]; 2],
    measure: Measure,
    rng: &mut RandomStream,
) -> Vec<Difference> {
    match measure {
        Measure::Segments => compare_segments(table, groups, rng),
        Measure::Interviews => compare_interviews(table, groups, rng),
    }
}

fn compare_segments(table: &CountTable, groups: [&[usize]; 2], rng: &mut RandomStream) -> Vec<Difference> {
    let of_theme = |theme| groups.map(|group| table.counts(theme, Measure::Segments, group));
    let counts: Vec<[Vec<Count>; 2]> = (0..table.themes()).map(of_theme).collect();
    let p_values = permutation::p_values(&counts, rng);
    let difference = |([a, b], p): (&[Vec<Count>; 2], Option<f64>)| {
        let p_value = larger(p, logit::p_value(&by_length(a), &by_length(b)));
        Difference::between(pooled_proportion(a), pooled_proportion(b), p_value)
    };
    counts.iter().zip(p_values).map(difference).collect()
}

fn compare_interviews(table: &CountTable, groups: [&[usize]; 2], rng: &mut RandomStream) -> Vec<Difference> {
    let segments = segments_compared(table, groups).unwrap_or(1);
    let of_theme = |theme| groups.map(|group| rarefied(table, theme, group, segments));
    let interviews: Vec<[Vec<Rarefied>; 2]> = (0..table.themes()).map(of_theme).collect();
    let counts: Vec<[Vec<Count>; 2]> = interviews.iter().map(|[a, b]| [in_parts(a), in_parts(b)]).collect();
    let p_values = permutation::p_values(&counts, rng);
    let difference = |(groups, p): (&[Vec<Rarefied>; 2], Option<f64>)| {
        let [a, b] = [&groups[0], &groups[1]].map(|group| with_least_variance(group, segments));
        let p_value = larger(p, logit::p_value_of_chances(&a, &b));
        let [a, b] =
            [a, b].map(|group| mean_chance(&group.into_iter().map(|(chance, _)| chance).collect::<Vec<_>>()));
        Difference::between(a, b, p_value)
    };
    interviews.iter().zip(p_values).map(difference).collect()
}

/// Chances of interviews, each with the variance that it would have if segments were independent.
fn with_least_variance(group: &[Rarefied], segments: u32) -> Vec<(f64, f64)> {
    let trials: f64 = group.iter().map(|one| f64::from(one.count.trials)).sum();
    let successes: f64 = group.iter().map(|one| f64::from(one.count.successes)).sum();
    let least = |one: &Rarefied| independent_variance(one.count.trials, segments, successes / trials);
    group.iter().map(|one| (one.chance, least(one))).collect()
}

/// The larger p value of the two tests; that of the permutation test where there is no other.
fn larger(permutation: Option<f64>, logit: Option<f64>) -> Option<f64> {
    permutation.map(|p| logit.map_or(p, |logit| p.max(logit)))
}
