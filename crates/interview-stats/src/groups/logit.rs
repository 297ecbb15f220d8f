//! Welch's test on the logit scale: a second p value for a difference of shares of segments.
//!
//! Permutation is exact where groups are exchangeable. Where the smaller group varies much more than the larger one, it rejects too
//! often, most of all for rare themes: a small group that happens to speak little of a theme seems to vary little as well. On the
//! logit scale it does not.

use same_bits::distributions::student_two_sided;
use same_bits::elementary::logit;

use crate::Count;
use crate::proportion::{ShareVariance, answer_variance, chance_variance, share_variance};

/// The p value of a difference of two weighted shares, two-sided.
///
/// *t* = (logit *p* − logit *q*) ÷ √(*s* + *S*), where *s* = *v* ÷ (*p* (1 − *p*))² has the linearised variance of the share and its degrees of
/// freedom *f*, both as for the interval (`proportion`); those of *t* are (*s* + *S*)² ÷ (*s*² ÷ *f* + *S*² ÷ *F*) (Welch, 1947). A theme that is
/// nowhere in a group of *k* interviews and *M* segments, or everywhere, gets half a segment (Haldane, 1956), *s* = 1 ÷ ((*M* + 1) *p* (1 − *p*))
/// and *k* − 1 degrees of freedom.
///
/// None for a group of fewer than two interviews.
pub(super) fn p_value(a: &[(f64, Count)], b: &[(f64, Count)]) -> Option<f64> {
    difference(&Logit::of(a)?, &Logit::of(b)?)
}

/// The same of chances of interviews (`rarefaction`), with the variance that each has at least.
pub(super) fn p_value_of_chances(a: &[(f64, f64)], b: &[(f64, f64)]) -> Option<f64> {
    let logit = |chances: &[(f64, f64)]| {
        let successes = chances.iter().map(|(chance, _)| chance).sum();
        Logit::from_variance(chance_variance(chances), successes, chances.len() as f64, chances.len())
    };
    difference(&logit(a)?, &logit(b)?)
}

/// The same of weighted answers of interviews, each of which is one observation.
pub(super) fn p_value_of_answers(a: &[(f64, Count)], b: &[(f64, Count)]) -> Option<f64> {
    let logit = |weighted: &[(f64, Count)]| {
        let share = |one: &Count| f64::from(one.successes) / f64::from(one.trials);
        let successes = weighted.iter().map(|(_, one)| share(one)).sum();
        Logit::from_variance(answer_variance(weighted), successes, weighted.len() as f64, weighted.len())
    };
    difference(&logit(a)?, &logit(b)?)
}

fn difference(a: &Logit, b: &Logit) -> Option<f64> {
    let variance = a.variance + b.variance;
    let degrees_of_freedom = variance.powi(2)
        / (a.variance.powi(2) / a.degrees_of_freedom + b.variance.powi(2) / b.degrees_of_freedom);
    let t = (a.value - b.value).abs() / variance.sqrt();
    student_two_sided(degrees_of_freedom.max(1.0), t)
}

/// The logit of a group's share.
struct Logit {
    value: f64,
    variance: f64,
    degrees_of_freedom: f64,
}

impl Logit {
    fn of(weighted: &[(f64, Count)]) -> Option<Self> {
        let trials: f64 = weighted.iter().map(|(_, one)| f64::from(one.trials)).sum();
        let successes: f64 = weighted.iter().map(|(_, one)| f64::from(one.successes)).sum();
        Self::from_variance(share_variance(weighted), successes, trials, weighted.len())
    }

    /// From the variance of a share, or without one from so many successes of so many trials in so many interviews.
    fn from_variance(
        variance: Option<ShareVariance>,
        successes: f64,
        trials: f64,
        interviews: usize,
    ) -> Option<Self> {
        if interviews < 2 {
            return None;
        }
        if let Some(found) = variance {
            let spread = found.share * (1.0 - found.share);
            return Some(Self {
                value: logit(found.share),
                variance: found.variance / (spread * spread),
                degrees_of_freedom: found.degrees_of_freedom,
            });
        }
        let share = (successes + 0.5) / (trials + 1.0);
        Some(Self {
            value: logit(share),
            variance: 1.0 / ((trials + 1.0) * share * (1.0 - share)),
            degrees_of_freedom: interviews as f64 - 1.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proportion::by_length;

    fn p(a: &[(u32, u32)], b: &[(u32, u32)]) -> Option<f64> {
        let weighted = |counts: &[(u32, u32)]| {
            by_length(
                &counts.iter().map(|&(with, of)| Count { successes: with, trials: of }).collect::<Vec<_>>(),
            )
        };
        p_value(&weighted(a), &weighted(b))
    }

    #[test]
    fn values_are_those_of_scipy() {
        // Printed by tests/fixtures/oracle.py.
        let one = [(3, 20), (6, 11), (5, 35), (4, 9)];
        let other = [(2, 14), (0, 28), (1, 30), (2, 16), (3, 12)];
        let none = [(0, 14), (0, 28), (0, 30), (0, 16), (0, 12)];
        let found = [p(&one, &other), p(&one, &none), p(&other, &none), p(&none, &none[..3])];
        insta::assert_snapshot!(format!("{found:.6?}"), @"[Some(0.132651), Some(0.040571), Some(0.116784), Some(0.876668)]");
        assert_eq!(p(&one[..1], &other), None);
    }
}
