//! p values from rearranging interviews between two groups.
//!
//! If the groups do not differ, each interview could as well have been in the other one. So an interview's counts stay together and
//! change sides as a whole. The statistic is studentised: the test is exact where the groups are exchangeable, and valid in large
//! samples where only their shares are equal but their spreads or lengths are not (Janssen, 1997; Chung and Romano, 2013).

use rand::Rng;
use same_bits::RandomStream;

use crate::Count;
use crate::monte_carlo::{self, TIE, is_extreme};
use crate::settings::MAX_PERMUTATIONS;

/// Interviews that all rearrangements of a pair of groups may move together, and rearrangements that are drawn however many interviews
/// there are: for thousands of interviews fewer are drawn, where Welch's test (`logit`) is as good as exact.
const MAX_MOVES: u32 = 200_000_000;
const MIN_PERMUTATIONS: u32 = 9_999;

/// The sums that a group's share and variance are made of.
///
/// All are sums of whole numbers far below 2⁵³, so they are the same in any order, and the sums of one group are those of both less
/// the other's.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    successes: f64,
    pub(super) trials: f64,
    successes_squared: f64,
    trials_squared: f64,
    product: f64,
}

impl Sums {
    pub(super) fn of(count: Count) -> Self {
        let (successes, trials) = (f64::from(count.successes), f64::from(count.trials));
        Self {
            successes,
            trials,
            successes_squared: successes * successes,
            trials_squared: trials * trials,
            product: successes * trials,
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            successes: self.successes + other.successes,
            trials: self.trials + other.trials,
            successes_squared: self.successes_squared + other.successes_squared,
            trials_squared: self.trials_squared + other.trials_squared,
            product: self.product + other.product,
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            successes: self.successes - other.successes,
            trials: self.trials - other.trials,
            successes_squared: self.successes_squared - other.successes_squared,
            trials_squared: self.trials_squared - other.trials_squared,
            product: self.product - other.product,
        }
    }

    /// The share *p* = Σ *x* ÷ Σ *m* and its linearised variance *k* ÷ (*k* − 1) × Σ (*x* − *p m*)² ÷ (Σ *m*)² over *k* interviews.
    fn share_and_variance(self, interviews: f64) -> (f64, f64) {
        let (share, scatter) = self.share_and_scatter();
        (share, interviews / (interviews - 1.0) * scatter)
    }

    /// The share and Σ (*x* − *p m*)² ÷ (Σ *m*)².
    pub(super) fn share_and_scatter(self) -> (f64, f64) {
        let share = self.successes / self.trials;
        let scatter =
            self.successes_squared - 2.0 * share * self.product + share * share * self.trials_squared;
        // Interviews that all have one share have no variance; what is left is rounding.
        let scatter = if scatter <= TIE * self.successes_squared { 0.0 } else { scatter };
        (share, scatter / (self.trials * self.trials))
    }
}

/// The test of one theme.
struct Test {
    theme: usize,
    interviews: Vec<Sums>,
    all: Sums,
    observed: f64,
}

/// The p value of each theme, from its interviews in the first and in the second group: two-sided, above 0 to 1.
///
/// Where there are at most 100,000 arrangements all are tried, and p is the share of them that is at least as extreme as the data.
/// Otherwise they are drawn, the same for all themes, and p is (1 + extreme) ÷ (1 + draws) (Phipson and Smyth, 2010), or after 400
/// extreme ones 400 ÷ draws (Besag and Clifford, 1991). None where a group has fewer than two interviews, which do not show how much
/// interviews differ. A theme that is nowhere, or everywhere, has p = 1.
pub(super) fn p_values(themes: &[[Vec<Count>; 2]], rng: &mut RandomStream) -> Vec<Option<f64>> {
    let sizes = themes.first().map_or([0, 0], |groups| [groups[0].len(), groups[1].len()]);
    if sizes[0].min(sizes[1]) < 2 {
        return vec![None; themes.len()];
    }
    // The smaller group is the one to draw: the statistic is symmetric.
    let (smaller, larger) = if sizes[0] <= sizes[1] { (0, 1) } else { (1, 0) };
    let (from, choose) = (sizes[0] + sizes[1], sizes[smaller]);
    let test = |(theme, groups): (usize, &[Vec<Count>; 2])| {
        Test::new(theme, &[groups[smaller].as_slice(), &groups[larger]].concat(), choose)
    };
    let tests: Vec<Test> =
        themes.iter().enumerate().map(test).filter(|test| test.interviews.len() == from).collect();

    let mut p_values = vec![None; themes.len()];
    let found = match arrangements(from, choose) {
        Some(all) => exact(&tests, from, choose, all),
        None => sampled(&tests, from, choose, rng),
    };
    for (theme, p) in found {
        p_values[theme] = Some(p);
    }
    p_values
}

impl Test {
    /// The test whether the first `chosen` interviews, which are one group, differ from the others.
    fn new(theme: usize, counts: &[Count], chosen: usize) -> Self {
        let interviews: Vec<Sums> = counts.iter().copied().map(Sums::of).collect();
        let all = interviews.iter().fold(Sums::default(), |sum, &one| sum.plus(one));
        let mut test = Self { theme, interviews, all, observed: 0.0 };
        test.observed = test.statistic(&(0..chosen).collect::<Vec<_>>());
        test
    }

    /// Squared difference of the two shares over the sum of their variances, when the interviews at `chosen` are one group.
    fn statistic(&self, chosen: &[usize]) -> f64 {
        let one = chosen.iter().fold(Sums::default(), |sum, &index| sum.plus(self.interviews[index]));
        let sizes = [chosen.len() as f64, (self.interviews.len() - chosen.len()) as f64];
        let (share, variance) = one.share_and_variance(sizes[0]);
        let (other_share, other_variance) = self.all.minus(one).share_and_variance(sizes[1]);
        let difference = share - other_share;
        if difference.abs() <= TIE { 0.0 } else { difference * difference / (variance + other_variance) }
    }

    fn is_extreme(&self, chosen: &[usize]) -> bool {
        is_extreme(self.statistic(chosen), self.observed)
    }
}

/// How many arrangements of so many interviews are drawn.
fn max_draws(interviews: usize) -> u32 {
    let interviews = u32::try_from(interviews).unwrap_or(u32::MAX).max(1);
    (MAX_MOVES / interviews).clamp(MIN_PERMUTATIONS, MAX_PERMUTATIONS)
}

/// How many ways there are to choose, if they are few enough to try all.
fn arrangements(from: usize, choose: usize) -> Option<u32> {
    let mut ways: u64 = 1;
    for step in 1..=choose as u64 {
        ways = ways * (from as u64 - choose as u64 + step) / step;
        if ways > u64::from(MAX_PERMUTATIONS) + 1 {
            return None;
        }
    }
    u32::try_from(ways).ok()
}

/// p values by theme from all arrangements, of which that of the data is one.
fn exact(tests: &[Test], from: usize, choose: usize, all: u32) -> Vec<(usize, f64)> {
    let mut chosen: Vec<usize> = (0..choose).collect();
    let mut extreme = vec![0_u32; tests.len()];
    loop {
        for (test, extreme) in tests.iter().zip(&mut extreme) {
            *extreme += u32::from(test.is_extreme(&chosen));
        }
        // The next in lexicographic order: the last index that can rise does, and those after it follow.
        let Some(rising) = (0..choose).rev().find(|&at| chosen[at] < from - choose + at) else {
            break;
        };
        let first = chosen[rising] + 1;
        for (index, next) in chosen.iter_mut().skip(rising).zip(first..) {
            *index = next;
        }
    }
    let found = tests.iter().zip(extreme);
    found.map(|(one, extreme)| (one.theme, f64::from(extreme) / f64::from(all))).collect()
}

/// p values by theme from drawn arrangements.
fn sampled(tests: &[Test], from: usize, choose: usize, rng: &mut RandomStream) -> Vec<(usize, f64)> {
    let rearrange = |order: &mut Vec<usize>| {
        for index in 0..choose {
            order.swap(index, rng.gen_range(index..from));
        }
    };
    let extreme = |test: &Test, order: &Vec<usize>| test.is_extreme(&order[..choose]);
    let p_values = monte_carlo::p_values(tests, max_draws(from), (0..from).collect(), rearrange, extreme);
    tests.iter().map(|one| one.theme).zip(p_values).collect()
}

#[cfg(test)]
mod tests {
    use same_bits::random_stream;

    use super::*;

    fn counts(counts: &[(u32, u32)]) -> Vec<Count> {
        counts.iter().map(|&(with, of)| Count { successes: with, trials: of }).collect()
    }

    #[test]
    fn small_studies_have_the_exact_values_of_scipy() {
        // scipy.stats.permutation_test over interviews with this statistic; see tests/fixtures/oracle.py.
        let segments = [
            counts(&[(3, 20), (6, 11), (5, 35), (4, 9)]),
            counts(&[(2, 14), (0, 28), (1, 30), (2, 16), (3, 12)]),
        ];
        let interviews = [counts(&[(1, 1); 5]), counts(&[(0, 1), (0, 1), (0, 1), (1, 1), (0, 1), (0, 1)])];
        let absent = [counts(&[(0, 3); 4]), counts(&[(0, 5); 3])];
        let found =
            [segments, interviews, absent].map(|groups| p_values(&[groups], &mut random_stream(7, "test")));
        insta::assert_snapshot!(format!("{found:.6?}"), @"[[Some(0.126984)], [Some(0.015152)], [Some(1.000000)]]");
    }

    #[test]
    fn drawn_values_are_near_the_exact_ones() {
        // 20 interviews, of which 10 are in each group: 184,756 arrangements, so that they are drawn.
        let a: Vec<(u32, u32)> = (0..10).map(|index| (3 + index % 4, 10 + 2 * index)).collect();
        let b: Vec<(u32, u32)> = (0..10).map(|index| (1 + index % 3, 12 + index)).collect();
        let groups = [counts(&a), counts(&b)];
        assert_eq!(arrangements(20, 10), None);
        let drawn = p_values(std::slice::from_ref(&groups), &mut random_stream(7, "test"))[0].unwrap();
        let test = Test::new(0, &groups.concat(), 10);
        let (_, every) = exact(&[test], 20, 10, 184_756)[0];
        assert!((drawn / every - 1.0).abs() < 0.15, "{drawn} drawn, {every} exact");
        assert_eq!(p_values(&[groups], &mut random_stream(7, "test")), [Some(drawn)]);
    }

    #[test]
    fn groups_of_fewer_than_two_interviews_have_none() {
        assert_eq!(
            p_values(&[[counts(&[(1, 2)]), counts(&[(0, 3); 9])]], &mut random_stream(7, "test")),
            [None]
        );
        assert_eq!(p_values(&[], &mut random_stream(7, "test")), []);
    }

    #[test]
    fn arrangements_are_counted_up_to_a_limit() {
        assert_eq!(
            [(5, 2), (18, 9), (2, 0)].map(|(from, choose)| arrangements(from, choose)),
            [Some(10), Some(48_620), Some(1)]
        );
        assert_eq!(arrangements(1_000, 300), None);
    }

    #[test]
    fn thousands_of_interviews_are_arranged_less_often() {
        assert_eq!([10, 2_000, 10_000, 1_000_000].map(max_draws), [99_999, 99_999, 20_000, 9_999]);
    }
}
