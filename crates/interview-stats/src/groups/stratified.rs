//! Differences between two groups within the strata of another attribute, which then cannot be what makes them.
//!
//! If one country has more young people, a difference between countries may be one of age. Here the young are compared with the young and
//! the old with the old, and the differences are put together.

use std::collections::BTreeMap;

use same_bits::RandomStream;

use super::arrangement::Arrangement;
use super::sums::Sums;
use super::{Difference, logit, rarefaction};
use crate::monte_carlo::{self, TIE, is_extreme};
use crate::proportion::{weighted_answers, weighted_proportion};
use crate::{Count, CountTable, Measure};

/// Arrangements that are drawn at most. They are fewer than without strata: this is a second look.
const MAX_PERMUTATIONS: u32 = 9_999;

/// An interview of one of two groups.
#[derive(Clone, Copy)]
struct Interview {
    side: usize,
    stratum: usize,
    count: Count,
}

/// Compares two groups of interviews within strata: one difference a theme, in order; none where no stratum has interviews of both
/// groups.
///
/// `strata` has the stratum of each interview of the table, by number; interviews without one are left out.
///
/// With *W* = *A B* ÷ (*A* + *B*) for a stratum in which the groups have *A* and *B* segments (Mantel and Haenszel, 1959), each group's share is
/// the mean of its shares in the strata, weighted by *W*; the interval of the difference is made of theirs as without strata. The statistic
/// of the permutation test, in which interviews change sides within strata, is the squared difference over its variance, whose residuals are
/// from the group's share in the stratum. p is no less than that of the difference on the logit scale. By [`Measure::Interviews`] shares are
/// over equal numbers of segments, as in [`super::compare_groups`].
pub fn compare_within_strata(
    table: &CountTable,
    groups: [&[usize]; 2],
    strata: &[Option<usize>],
    measure: Measure,
    rng: &mut RandomStream,
) -> Vec<Option<Difference>> {
    let segments = rarefaction::segments_compared(table, groups).unwrap_or(1);
    let counts = |theme: usize, interview: usize| {
        rarefaction::counts(table, theme, measure, &[interview], segments).first().copied()
    };
    let themes: Vec<Vec<Interview>> =
        (0..table.themes()).map(|theme| interviews(groups, strata, |one| counts(theme, one))).collect();
    let p_values = p_values(&themes, rng);
    let of_theme = |(interviews, p_value): (&Vec<Interview>, Option<f64>)| {
        let [a, b] = [0, 1].map(|side| standardised(interviews, side));
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let (of_logit, shares) = match measure {
            Measure::Segments => (logit::p_value(&a, &b), [&a, &b].map(|side| weighted_proportion(side))),
            Measure::Interviews => {
                (logit::p_value_of_answers(&a, &b), [&a, &b].map(|side| weighted_answers(side)))
            }
        };
        let p_value = p_value.zip(of_logit).map(|(p, logit)| p.max(logit));
        Some(Difference::between(shares[0], shares[1], p_value))
    };
    themes.iter().zip(p_values).map(of_theme).collect()
}

/// The interviews in strata that have some of both groups, by stratum.
fn interviews(
    groups: [&[usize]; 2],
    strata: &[Option<usize>],
    count_of: impl Fn(usize) -> Option<Count>,
) -> Vec<Interview> {
    let mut all = Vec::new();
    for (side, group) in groups.into_iter().enumerate() {
        for &interview in group {
            let Some(stratum) = strata.get(interview).copied().flatten() else { continue };
            all.extend(count_of(interview).map(|count| Interview { side, stratum, count }));
        }
    }
    let mut sides: BTreeMap<usize, [bool; 2]> = BTreeMap::new();
    for one in &all {
        sides.entry(one.stratum).or_default()[one.side] = true;
    }
    all.retain(|one| sides.get(&one.stratum) == Some(&[true; 2]));
    all.sort_by_key(|one| one.stratum);
    all
}

/// The interviews of one side with their weights, so that both sides have the same mixture of strata.
fn standardised(interviews: &[Interview], side: usize) -> Vec<(f64, Count)> {
    let mut lengths: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
    for one in interviews {
        lengths.entry(one.stratum).or_default()[one.side] += f64::from(one.count.trials);
    }
    let weight = |[a, b]: &[f64; 2]| a * b / (a + b);
    let all: f64 = lengths.values().map(weight).sum();
    let own = interviews.iter().filter(|one| one.side == side);
    own.filter_map(|one| {
        let lengths = lengths.get(&one.stratum)?;
        Some((weight(lengths) / all * f64::from(one.count.trials) / lengths[side], one.count))
    })
    .collect()
}

/// The test of one theme.
struct Test {
    theme: usize,
    /// By stratum, and those of the first group first.
    interviews: Vec<Count>,
    strata: Vec<Stratum>,
    /// Interviews over interviews less the cells that a mean is taken of: corrects the variance for degrees of freedom.
    correction: f64,
    observed: f64,
}

struct Stratum {
    /// Interviews of both groups, and of the first.
    sizes: (usize, usize),
    all: Sums,
}

fn p_values(themes: &[Vec<Interview>], rng: &mut RandomStream) -> Vec<Option<f64>> {
    let mut p_values = vec![None; themes.len()];
    // All themes have the same interviews: whether one counts depends on its number of segments alone.
    let tests: Vec<Test> =
        themes.iter().enumerate().filter_map(|(theme, interviews)| Test::new(theme, interviews)).collect();
    let Some(first) = tests.first() else { return p_values };
    let sizes: Vec<(usize, usize)> = first.strata.iter().map(|stratum| stratum.sizes).collect();
    let arrangement = Arrangement::new(tests.iter().map(|test| test.interviews.as_slice()).collect(), &sizes);
    let draw = |arrangement: &mut Arrangement<'_>, open: &[usize]| arrangement.draw(open, rng);
    let extreme = |test: usize, arrangement: &Arrangement<'_>| {
        is_extreme(tests[test].statistic(arrangement.first_group(test)), tests[test].observed)
    };
    let found = monte_carlo::p_values(tests.len(), MAX_PERMUTATIONS, arrangement, draw, extreme);
    for (test, p) in tests.iter().zip(found) {
        p_values[test.theme] = Some(p);
    }
    p_values
}

impl Test {
    /// None where there are no degrees of freedom for a variance.
    fn new(theme: usize, of_theme: &[Interview]) -> Option<Self> {
        let (mut interviews, mut strata, mut first_groups) = (Vec::new(), Vec::new(), Vec::new());
        for stratum in of_theme.chunk_by(|one, other| one.stratum == other.stratum) {
            let [first, second] = [0, 1].map(|side| {
                let of_side = stratum.iter().filter(|one| one.side == side);
                of_side.map(|one| one.count).collect::<Vec<Count>>()
            });
            let all = Sums::of_all(&first).plus(Sums::of_all(&second));
            strata.push(Stratum { sizes: (stratum.len(), first.len()), all });
            first_groups.push(Sums::of_all(&first));
            interviews.extend(first.into_iter().chain(second));
        }
        let spare = interviews.len().checked_sub(2 * strata.len()).filter(|&spare| spare > 0)?;
        let correction = interviews.len() as f64 / spare as f64;
        let mut test = Self { theme, interviews, strata, correction, observed: 0.0 };
        test.observed = test.statistic(first_groups.into_iter());
        Some(test)
    }

    /// Squared difference over its variance, when the first group has these sums in the strata.
    fn statistic(&self, first_group: impl Iterator<Item = Sums>) -> f64 {
        let (mut sum, mut variance, mut weights) = (0.0, 0.0, 0.0);
        for (stratum, one) in self.strata.iter().zip(first_group) {
            let other = stratum.all.minus(one);
            let ((share, scatter), (other_share, other_scatter)) =
                (one.share_and_scatter(), other.share_and_scatter());
            let weight = one.trials * other.trials / (one.trials + other.trials);
            sum += weight * (share - other_share);
            variance += weight * weight * (scatter + other_scatter);
            weights += weight;
        }
        let difference = sum / weights;
        if difference.abs() <= TIE {
            return 0.0;
        }
        difference * difference / (self.correction * variance / (weights * weights))
    }
}
