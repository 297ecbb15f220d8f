//! Corrected differences between groups of one attribute.

use std::ops::Range;

use super::super::adjust;
use super::super::contrast::{ALL_OTHERS, MOST_GROUPS};
use super::super::interval::{self, Interval, TAIL, difference};
use super::CorrectedContrast;
use super::estimate::{Estimate, estimate, more_to_halve};
use super::sample::ThemeSample;

/// p values are not told apart below this.
const SMALLEST: f64 = 1e-6;

/// Two groups by their places in the list of groups; without a second one it is all others of the attribute.
pub(super) struct Pair {
    a: usize,
    b: Option<usize>,
    attribute: Range<usize>,
}

/// The pairs of an attribute whose groups stand at `groups`: each two, and with more than two each against all others.
pub(super) fn pairs(groups: Range<usize>) -> Vec<Pair> {
    let mut pairs = Vec::new();
    if groups.len() <= MOST_GROUPS {
        for a in groups.clone() {
            pairs.extend((a + 1..groups.end).map(|b| Pair { a, b: Some(b), attribute: groups.clone() }));
        }
    }
    if groups.len() > 2 {
        pairs.extend(groups.clone().map(|a| Pair { a, b: None, attribute: groups.clone() }));
    }
    pairs
}

impl Pair {
    /// The row of a theme. `estimates` go beside `groups`: attribute, name and interviews.
    pub(super) fn row(
        &self,
        theme: usize,
        groups: &[(&str, &str, Vec<usize>)],
        estimates: &[Option<Estimate>],
        sample: &ThemeSample,
    ) -> CorrectedContrast {
        let group = |place: usize| {
            groups
                .get(place)
                .map_or(("", "", &[][..]), |(attribute, name, places)| (*attribute, *name, places.as_slice()))
        };
        let (attribute, group_a, places_a) = group(self.a);
        let a = estimates.get(self.a).cloned().flatten();
        let (group_b, places_b) = if let Some(b) = self.b {
            (group(b).1, group(b).2.to_vec())
        } else {
            let others = self.attribute.clone().filter(|&other| other != self.a);
            let mut places: Vec<usize> = others.flat_map(|other| group(other).2.iter().copied()).collect();
            places.sort_unstable();
            (ALL_OTHERS, places)
        };
        let b = match self.b {
            Some(b) => estimates.get(b).cloned().flatten(),
            None => estimate(sample, &places_b),
        };
        let machine = sample.machine_share(places_a) - sample.machine_share(&places_b);
        let both = a.as_ref().zip(b.as_ref());
        let corrected = both.map(|(a, b)| a.share() - b.share());
        CorrectedContrast {
            theme,
            attribute: attribute.to_owned(),
            group_a: group_a.to_owned(),
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
    let (mut least, mut most) = ((SMALLEST / 2.0).ln(), 0.5_f64.ln());
    if excludes(least.exp()) {
        return SMALLEST;
    }
    if !excludes(most.exp()) {
        return 1.0;
    }
    for _ in 0..32 {
        let middle = f64::midpoint(least, most);
        if excludes(middle.exp()) {
            most = middle;
        } else {
            least = middle;
        }
    }
    (2.0 * most.exp()).min(1.0)
}

/// Adjusts the p values of one family of questions: all themes and pairs of an attribute.
pub(super) fn adjust_all(family: Vec<&mut CorrectedContrast>) {
    let p_values: Vec<Option<f64>> = family.iter().map(|contrast| contrast.p_value).collect();
    let (holm, false_discovery) = (adjust::holm(&p_values), adjust::benjamini_hochberg(&p_values));
    for (contrast, (holm, false_discovery)) in family.into_iter().zip(holm.into_iter().zip(false_discovery)) {
        contrast.p_adjusted = holm;
        contrast.p_fdr = false_discovery;
    }
}
