//! Shares of interviews over equal numbers of segments, so that longer interviews do not pass for a difference.
//!
//! A longer interview has more chances that a theme comes up. Rarefaction (Hurlbert, 1971) asks the same of all: how likely is the theme in
//! *m* of the interview's segments, drawn without replacement? The expectation does not depend on how many segments there are, as far as
//! these are exchangeable.

use same_bits::elementary::pow;

use crate::{Count, CountTable, Measure};

/// The part of a group's interviews that may be shorter than the number of segments compared; these are left out.
const MAX_LEFT_OUT: f64 = 0.1;

/// Chances are compared in so many parts: whole numbers have the same sums in any order.
const PARTS: u32 = 10_000;

/// An interview of which so many segments are looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rarefied {
    /// Its counts over all segments.
    pub(super) count: Count,
    /// The chance that the theme is in the segments looked at, 0 to 1.
    pub(super) chance: f64,
}

/// The number of segments over which two groups are compared by [`Measure::Interviews`]: as many as nine of ten interviews of either group
/// have. None where a group has no interview with a segment.
pub fn segments_compared(table: &CountTable, groups: [&[usize]; 2]) -> Option<u32> {
    let of_group = |group: &[usize]| {
        let lengths = group.iter().map(|&interview| table.count(0, interview).trials);
        let mut lengths: Vec<u32> = lengths.filter(|&length| length > 0).collect();
        lengths.sort_unstable();
        lengths.get((MAX_LEFT_OUT * lengths.len() as f64) as usize).copied()
    };
    Some(of_group(groups[0])?.min(of_group(groups[1])?))
}

/// The interviews of a group with at least `segments` segments, and at least one.
pub(super) fn rarefied(table: &CountTable, theme: usize, group: &[usize], segments: u32) -> Vec<Rarefied> {
    let counts = group.iter().map(|&interview| table.count(theme, interview));
    let long_enough = counts.filter(|count| count.trials >= segments.max(1));
    long_enough.map(|count| Rarefied { count, chance: chance(count, segments) }).collect()
}

/// Counts of a theme in some interviews; by [`Measure::Interviews`] the chances over `segments` segments in parts of 10,000.
pub(super) fn counts(
    table: &CountTable,
    theme: usize,
    measure: Measure,
    interviews: &[usize],
    segments: u32,
) -> Vec<Count> {
    match measure {
        Measure::Segments => table.counts(theme, measure, interviews),
        Measure::Interviews => in_parts(&rarefied(table, theme, interviews, segments)),
    }
}

/// The chances in parts of 10,000, as counts.
pub(super) fn in_parts(interviews: &[Rarefied]) -> Vec<Count> {
    let parts = |chance: f64| (chance * f64::from(PARTS)).round() as u32;
    interviews.iter().map(|one| Count { successes: parts(one.chance), trials: PARTS }).collect()
}

/// The chance that at least one of `segments` segments, drawn without replacement, carries the theme: 1 − C(*n* − *k*, *m*) ÷ C(*n*, *m*).
fn chance(count: Count, segments: u32) -> f64 {
    1.0 - none_in(count.trials, count.successes, segments)
}

/// C(*n* − *k*, *m*) ÷ C(*n*, *m*), as a product over the smaller of *k* and *m*.
fn none_in(all: u32, carrying: u32, drawn: u32) -> f64 {
    let (fewer, more) = (carrying.min(drawn), carrying.max(drawn));
    let Some(rest) = all.checked_sub(more).filter(|&rest| rest >= fewer) else { return 0.0 };
    (0..fewer).map(|step| f64::from(rest - step) / f64::from(all - step)).product()
}

/// The variance of an interview's chance where its segments are independent and carry the theme with probability `share`.
///
/// Two draws of *m* of *n* segments have *c* in common with hypergeometric probability *P*(*c*), and none of them carries the theme with (1 − *p*)^(2*m* −
/// *c*): the variance is Σ *P*(*c*) (1 − *p*)^(2*m* − *c*) − (1 − *p*)^(2*m*).
pub(super) fn independent_variance(all: u32, drawn: u32, share: f64) -> f64 {
    let absent = 1.0 - share;
    if drawn == 0 || drawn > all || absent <= 0.0 {
        return 0.0;
    }
    let others = all - drawn;
    let fewest = drawn.saturating_sub(others);
    // The draws with the fewest in common, and from there on the ratio of neighbours.
    let mut probability = none_in(all, drawn.min(others), drawn.min(others));
    let mut mean = 0.0;
    for common in fewest..=drawn {
        mean += probability * pow(absent, f64::from(2 * drawn - common));
        let rest = f64::from(drawn - common);
        let beyond = f64::from(others) - rest + 1.0;
        probability *= rest * rest / (f64::from(common + 1) * beyond);
    }
    (mean - pow(absent, f64::from(2 * drawn))).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_hypergeometric_draws() {
        // By scipy.stats.hypergeom.sf(0, n, k, m).
        let found = [(20, 3, 5), (90, 2, 9), (7, 7, 2), (7, 0, 2), (5, 1, 5), (10, 6, 5)]
            .map(|(trials, successes, segments)| chance(Count { successes, trials }, segments));
        let expected = [0.600_877_193, 0.191_011_236, 1.0, 0.0, 1.0, 1.0];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-8, "{found} {expected}");
        }
    }

    #[test]
    fn the_variance_of_all_segments_is_binary_and_of_more_it_is_less() {
        let absent = 0.9_f64.powi(8);
        assert!((independent_variance(8, 8, 0.1) - absent * (1.0 - absent)).abs() < 1e-12);
        let found = [10, 12, 20, 80].map(|all| independent_variance(all, 8, 0.1));
        assert!(found.windows(2).all(|pair| pair[1] < pair[0]), "{found:?}");
        // A segment of n: the variance of a share.
        assert!((independent_variance(50, 1, 0.2) - 0.2 * 0.8 / 50.0).abs() < 1e-12);
        assert!(
            [independent_variance(9, 3, 0.0), independent_variance(9, 3, 1.0)]
                .iter()
                .all(|one| one.abs() < 1e-12)
        );
    }

    #[test]
    fn a_tenth_of_the_interviews_may_be_shorter() {
        let table = CountTable::new((0..22).collect(), vec![vec![1; 22]]);
        let long: Vec<usize> = (12..22).collect();
        let short: Vec<usize> = (0..12).collect();
        assert_eq!(segments_compared(&table, [&short, &long]), Some(2));
        assert_eq!(segments_compared(&table, [&long, &long]), Some(13));
        assert_eq!(segments_compared(&table, [&[0], &long]), None);
        assert_eq!(rarefied(&table, 0, &short, 2).len(), 10);
    }
}
