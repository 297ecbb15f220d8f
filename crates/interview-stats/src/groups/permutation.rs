//! p values from rearranging interviews between two groups.
//!
//! If the groups do not differ, each interview could as well have been in the other one. So an interview's counts stay together and
//! change sides as a whole. The statistic is studentised: the test is exact where the groups are exchangeable, and valid in large
//! samples where only their shares are equal but their spreads or lengths are not (Janssen, 1997; Chung and Romano, 2013).

use same_bits::RandomStream;

use super::arrangement::Arrangement;
use super::kinds::Kinds;
use super::sums::Sums;
use crate::Count;
use crate::hypergeometric;
use crate::monte_carlo::{self, TIE, is_extreme};
use crate::settings::MAX_PERMUTATIONS;

/// Interviews that all rearrangements of a pair of groups may move together, and rearrangements that are drawn however many interviews
/// there are: for thousands of interviews fewer are drawn, where Welch's test (`logit`) is as good as exact.
const MAX_MOVES: u32 = 200_000_000;
const MIN_PERMUTATIONS: u32 = 9_999;

/// The test of one theme: whether the interviews of the smaller group, which come first, differ from the others.
struct Test {
    theme: usize,
    interviews: Vec<Count>,
    chosen: usize,
    all: Sums,
    observed: f64,
}

/// The p value of each theme, from its interviews in the first and in the second group: two-sided, above 0 to 1.
///
/// p is the share of arrangements that are at least as extreme as the data. Where there are at most 100,000 arrangements all are tried.
/// Where the interviews of a theme have two different counts at most, as if each is one answer, all are known from the hypergeometric distribution
/// of how many of one kind are in a group (Fisher, 1934). Otherwise arrangements are drawn, the same for all themes unless interviews have few different counts (`kinds`), and p is (1 + extreme) ÷ (1 + draws)
/// (Phipson and Smyth, 2010), or after 400 extreme ones 400 ÷ draws (Besag and Clifford, 1991). None where a group has fewer than two
/// interviews, which do not show how much interviews differ. A theme that is nowhere, or everywhere, has p = 1.
///
/// An interview has the same trials in all themes.
pub(super) fn p_values(themes: &[[Vec<Count>; 2]], rng: &mut RandomStream) -> Vec<Option<f64>> {
    let sizes = themes.first().map_or([0, 0], |groups| [groups[0].len(), groups[1].len()]);
    if sizes[0].min(sizes[1]) < 2 {
        return vec![None; themes.len()];
    }
    // The smaller group is the one to draw: the statistic is symmetric.
    let (smaller, larger) = if sizes[0] <= sizes[1] { (0, 1) } else { (1, 0) };
    let (from, choose) = (sizes[0] + sizes[1], sizes[smaller]);
    let test = |(theme, groups): (usize, &[Vec<Count>; 2])| {
        Test::new(theme, [groups[smaller].as_slice(), &groups[larger]].concat(), choose)
    };
    let tests: Vec<Test> =
        themes.iter().enumerate().map(test).filter(|test| test.interviews.len() == from).collect();

    let mut p_values = vec![None; themes.len()];
    if let Some(all) = arrangements(from, choose) {
        for (theme, p) in enumerated(&tests, from, choose, all) {
            p_values[theme] = Some(p);
        }
        return p_values;
    }
    let mut to_draw = Vec::new();
    for test in tests {
        // A stream of its own for each theme, so that none depends on the others.
        match test.of_two_kinds().or_else(|| test.drawn_by_kind(rng.clone())) {
            Some(p) => p_values[test.theme] = Some(p),
            None => to_draw.push(test),
        }
    }
    for (theme, p) in drawn(&to_draw, from, choose, rng) {
        p_values[theme] = Some(p);
    }
    p_values
}

impl Test {
    /// The test whether the first `chosen` interviews, which are one group, differ from the others.
    fn new(theme: usize, interviews: Vec<Count>, chosen: usize) -> Self {
        let all = Sums::of_all(&interviews);
        let first = Sums::of_all(interviews.get(..chosen).unwrap_or(&interviews));
        let mut test = Self { theme, interviews, chosen, all, observed: 0.0 };
        test.observed = test.statistic(first);
        test
    }

    /// Squared difference of the two shares over the sum of their variances, when one group has these sums.
    fn statistic(&self, one: Sums) -> f64 {
        let sizes = [self.chosen as f64, (self.interviews.len() - self.chosen) as f64];
        let (share, variance) = one.share_and_variance(sizes[0]);
        let (other_share, other_variance) = self.all.minus(one).share_and_variance(sizes[1]);
        let difference = share - other_share;
        if difference.abs() <= TIE { 0.0 } else { difference * difference / (variance + other_variance) }
    }

    fn is_extreme(&self, one: Sums) -> bool {
        is_extreme(self.statistic(one), self.observed)
    }

    /// p from all arrangements, where interviews have two different counts at most: then the number of one kind in the first group says
    /// everything of an arrangement.
    fn of_two_kinds(&self) -> Option<f64> {
        let kind = *self.interviews.first()?;
        let other = self.interviews.iter().copied().find(|&one| one != kind).unwrap_or(kind);
        if self.interviews.iter().any(|&one| one != kind && one != other) {
            return None;
        }
        let marked = self.interviews.iter().filter(|&&one| one == kind).count();
        let (first, probabilities) =
            hypergeometric::probabilities(self.interviews.len(), marked, self.chosen);
        let [kind, other] = [kind, other].map(Sums::of);
        let extreme = |&(number, _): &(usize, &f64)| {
            let rest = self.chosen - number;
            self.is_extreme(kind.times(number as f64).plus(other.times(rest as f64)))
        };
        let p: f64 = (first..).zip(&probabilities).filter(extreme).map(|(_, probability)| probability).sum();
        // A sum of all may be rounded up; the arrangement of the data is extreme, however small its probability.
        Some(p.clamp(f64::MIN_POSITIVE, 1.0))
    }

    /// p from drawn arrangements, where interviews have few different counts.
    fn drawn_by_kind(&self, mut rng: RandomStream) -> Option<f64> {
        let kinds = Kinds::of(&self.interviews, self.chosen)?;
        let draw = |sums: &mut Sums, _: &[usize]| *sums = kinds.draw(&mut rng);
        let extreme = |_, sums: &Sums| self.is_extreme(*sums);
        monte_carlo::p_values(1, max_draws(self.interviews.len()), Sums::default(), draw, extreme).pop()
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
fn enumerated(tests: &[Test], from: usize, choose: usize, all: u32) -> Vec<(usize, f64)> {
    let sums: Vec<Vec<Sums>> =
        tests.iter().map(|test| test.interviews.iter().copied().map(Sums::of).collect()).collect();
    let mut chosen: Vec<usize> = (0..choose).collect();
    let mut extreme = vec![0_u32; tests.len()];
    loop {
        for ((test, sums), extreme) in tests.iter().zip(&sums).zip(&mut extreme) {
            let one = chosen.iter().fold(Sums::default(), |sum, &index| sum.plus(sums[index]));
            *extreme += u32::from(test.is_extreme(one));
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
fn drawn(tests: &[Test], from: usize, choose: usize, rng: &mut RandomStream) -> Vec<(usize, f64)> {
    let interviews = tests.iter().map(|test| test.interviews.as_slice()).collect();
    let arrangement = Arrangement::new(interviews, &[(from, choose)]);
    let extreme = |test: usize, arrangement: &Arrangement<'_>| {
        let mut first_group = arrangement.first_group(test);
        first_group.next().is_some_and(|one| tests[test].is_extreme(one))
    };
    let draw = |arrangement: &mut Arrangement<'_>, open: &[usize]| arrangement.draw(open, rng);
    let p_values = monte_carlo::p_values(tests.len(), max_draws(from), arrangement, draw, extreme);
    tests.iter().map(|one| one.theme).zip(p_values).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
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
        let test = Test::new(0, groups.concat(), 10);
        let (_, every) = enumerated(&[test], 20, 10, 184_756)[0];
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

    /// The interviews of a group of which so many carry the theme, and so many do not.
    fn answers(with: usize, without: usize) -> Vec<Count> {
        counts(&[vec![(1, 1); with], vec![(0, 1); without]].concat())
    }

    proptest! {
        #[test]
        fn interviews_of_two_kinds_have_the_value_of_all_arrangements(
            kinds in proptest::array::uniform2((0..4_u32, 1..9_u32)),
            interviews in proptest::collection::vec(any::<bool>(), 4..13),
            chosen in 2..11_usize,
        ) {
            let kinds = kinds.map(|(successes, trials)| Count { successes: successes.min(trials), trials });
            let interviews: Vec<Count> = interviews.into_iter().map(|one| kinds[usize::from(one)]).collect();
            let (from, chosen) = (interviews.len(), chosen.min(interviews.len() - 2));
            let test = Test::new(0, interviews, chosen);
            let known = test.of_two_kinds().unwrap();
            let (_, every) = enumerated(&[test], from, chosen, arrangements(from, chosen).unwrap())[0];
            prop_assert!((known - every).abs() <= 1e-12, "{known} {every}");
        }
    }

    #[test]
    fn answers_of_equally_large_groups_have_the_value_of_fishers_exact_test() {
        // scipy.stats.fisher_exact; and where groups are of unequal size, sums of scipy.stats.hypergeom over the arrangements with at
        // least this statistic. See tests/fixtures/oracle.py.
        let tables = [
            [12, 28, 25, 15],
            [1, 1_499, 9, 1_491],
            [700, 2_300, 400, 2_600],
            [9, 91, 300, 2_700],
            [0, 40, 30, 970],
            [3, 0, 900, 0],
        ];
        let p = |[a, b, c, d]: [usize; 4]| {
            let groups = [answers(a, b), answers(c, d)];
            let found = p_values(std::slice::from_ref(&groups), &mut random_stream(7, "test"))[0].unwrap();
            let [one, other] = groups;
            assert_eq!(p_values(&[[other, one]], &mut random_stream(8, "another")), [Some(found)]);
            format!("{found:.9e}")
        };
        insta::assert_snapshot!(tables.map(p).join("\n"), @r"
        6.745915283e-3
        2.127963942e-2
        1.153722618e-23
        7.445972031e-1
        3.031031682e-1
        1.000000000e0
        ");
        // The probability of this is too small for a float.
        assert_eq!(
            p_values(&[[answers(2_000, 0), answers(0, 2_000)]], &mut random_stream(7, "test")),
            [Some(f64::MIN_POSITIVE)]
        );
    }

    #[test]
    fn values_drawn_by_kind_are_near_those_of_moved_interviews() {
        // A survey: nearly all interviews are one answer, some are two.
        let group = |answers: [usize; 4]| {
            let kinds = [(0, 1), (1, 1), (0, 2), (1, 2)];
            counts(
                &kinds.iter().zip(answers).flat_map(|(&kind, number)| vec![kind; number]).collect::<Vec<_>>(),
            )
        };
        for [a, b] in [[[700, 60, 25, 9], [750, 44, 31, 4]], [[420, 55, 5, 9], [990, 84, 20, 14]]] {
            let groups = [group(a), group(b)];
            let chosen = groups[0].len();
            let from = chosen + groups[1].len();
            let test = Test::new(0, groups.concat(), chosen);
            assert_eq!(test.of_two_kinds(), None);
            let by_kind = test.drawn_by_kind(random_stream(7, "test")).unwrap();
            let (_, moved) = drawn(&[test], from, chosen, &mut random_stream(8, "test"))[0];
            assert!(moved < 0.2 && (by_kind / moved - 1.0).abs() < 0.15, "{by_kind} {moved}");
            assert_eq!(p_values(&[groups], &mut random_stream(7, "test")), [Some(by_kind)]);
        }
    }

    #[test]
    fn drawn_values_do_not_depend_on_the_themes_beside() {
        // Themes of two kinds are not drawn; the others see the same arrangements alone, and among many of which most are decided early.
        let theme = |theme: u32| {
            [0, 1].map(|group| {
                let of_interview = |index: u32| ((index * (theme + 3) + group * theme) % 5, 6 + index % 7);
                counts(&(0..30).map(of_interview).collect::<Vec<_>>())
            })
        };
        let answers = [counts(&[(1, 1); 30]), counts(&[(0, 1); 30])];
        let alone: Vec<Option<f64>> =
            (0..12).map(|index| p_values(&[theme(index)], &mut random_stream(7, "test"))[0]).collect();
        let together: Vec<[Vec<Count>; 2]> = (0..12).map(theme).collect();
        assert_eq!(p_values(&together, &mut random_stream(7, "test")), alone);
        assert!(
            alone.iter().flatten().any(|&p| p > 0.5) && alone.iter().flatten().any(|&p| p < 0.05),
            "{alone:?}"
        );
        assert!(p_values(&[answers], &mut random_stream(7, "test"))[0].unwrap() < 1e-9);
    }
}
