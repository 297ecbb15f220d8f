//! Corrected differences between groups of one attribute.

use super::super::adjust;
use super::super::contrast::{ALL_OTHERS, MOST_GROUPS};
use super::super::interval::{self, Interval, TAIL, difference};
use super::estimate::{Estimate, estimate, more_to_halve};
use super::sample::ThemeSample;
use super::{CorrectedContrast, Group};
use same_bits::elementary::{exp, ln};

/// p values are not told apart below this.
const SMALLEST: f64 = 1e-6;

/// A group and what it is held against.
pub(super) struct Pair {
    /// Place in the list of groups.
    a: usize,
    b: Side,
}

/// The other side of a pair.
enum Side {
    /// A group, by its place in the list of groups.
    Group(usize),
    /// The interviews of all other groups of the attribute, in order.
    Others(Vec<usize>),
}

/// The pairs of the attribute whose groups are those of `groups` from `first` on: each two, and with more than two each against all
/// others.
pub(super) fn pairs(groups: &[Group<'_>], first: usize) -> Vec<Pair> {
    let number = groups.len() - first;
    let mut pairs = Vec::new();
    if number <= MOST_GROUPS {
        for a in first..groups.len() {
            pairs.extend((a + 1..groups.len()).map(|b| Pair { a, b: Side::Group(b) }));
        }
    }
    if number > 2 {
        let others = |a: usize| {
            let others = (first..groups.len()).filter(|&other| other != a);
            let mut places: Vec<usize> = others.flat_map(|other| groups[other].2.iter().copied()).collect();
            places.sort_unstable();
            places
        };
        pairs.extend((first..groups.len()).map(|a| Pair { a, b: Side::Others(others(a)) }));
    }
    pairs
}

impl Pair {
    /// The row of a theme. `estimates` go beside `groups`: attribute, name and interviews.
    pub(super) fn row(
        &self,
        theme: usize,
        groups: &[Group<'_>],
        estimates: &[Option<Estimate>],
        sample: &ThemeSample,
    ) -> CorrectedContrast {
        let (attribute, group_a, places_a) = &groups[self.a];
        let a = estimates[self.a].clone();
        let (group_b, places_b, b) = match &self.b {
            Side::Group(b) => (groups[*b].1, &groups[*b].2, estimates[*b].clone()),
            Side::Others(places) => (ALL_OTHERS, places, estimate(sample, places)),
        };
        let machine = sample.machine_share(places_a) - sample.machine_share(places_b);
        let both = a.as_ref().zip(b.as_ref());
        let corrected = both.map(|(a, b)| a.share() - b.share());
        CorrectedContrast {
            theme,
            attribute: (*attribute).to_owned(),
            group_a: (*group_a).to_owned(),
            group_b: group_b.to_owned(),
            coded_a: a.as_ref().map_or(0, |one| one.coded),
            coded_b: b.as_ref().map_or(0, |one| one.coded),
            machine,
            corrected,
            interval: both.map(|(a, b)| between(a, b, TAIL)),
            p_value: both.map(|(a, b)| p_value(a, b)),
            p_adjusted: None,
            p_fdr: None,
            bias: corrected.map(|corrected| machine - corrected),
            more_to_halve: both.and_then(|(a, b)| more_to_halve(&[a, b])),
        }
    }
}

/// The interval of *a* − *b* that leaves out `tail` on each side.
fn between(a: &Estimate, b: &Estimate, tail: f64) -> Interval {
    let [a, b] = [a, b].map(|one| interval::Estimate { share: one.share(), interval: one.interval(tail) });
    difference(a, b)
}

/// Twice the tail at which the interval of the difference ends at 0, so that the two never disagree.
fn p_value(a: &Estimate, b: &Estimate) -> f64 {
    let excludes = |tail: f64| {
        let Interval { low, high } = between(a, b, tail);
        low > 0.0 || high < 0.0
    };
    let (mut least, mut most) = (ln(SMALLEST / 2.0), ln(0.5));
    if excludes(exp(least)) {
        return SMALLEST;
    }
    if !excludes(exp(most)) {
        return 1.0;
    }
    for _ in 0..32 {
        let middle = f64::midpoint(least, most);
        if excludes(exp(middle)) {
            most = middle;
        } else {
            least = middle;
        }
    }
    (2.0 * exp(most)).min(1.0)
}

/// Adjusts the p values of one family of questions: all themes and pairs of an attribute.
pub(super) fn adjust_all(family: Vec<&mut CorrectedContrast>) {
    let p_values: Vec<Option<f64>> = family.iter().map(|contrast| contrast.p_value).collect();
    for (contrast, adjusted) in family.into_iter().zip(adjust::both(&p_values)) {
        [contrast.p_adjusted, contrast.p_fdr] = adjusted;
    }
}
