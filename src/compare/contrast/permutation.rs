//! p values from shuffling interviews between two groups.
//!
//! If the groups do not differ, each interview could as well have been in the other one. So its counts stay together and change
//! sides as a whole, which no test on segments does. The statistic is studentised: the test is exact where the groups are
//! exchangeable, and right in large samples where only their shares are equal but their spreads or lengths are not
//! (Janssen, 1997; Chung and Romano, 2013).

use rand::Rng;

use super::super::drawn::{self, TIE, is_extreme};
use super::super::tally::Tally;
use same_bits::random_stream;

/// Arrangements that are drawn at most, and up to which all are tried instead. So many, because Holm multiplies p by the number
/// of questions: 1 in 100,000 is still below .05 after 1,000 of them.
pub(in crate::compare) const DRAWS: u32 = 99_999;

/// Interviews that all arrangements of a pair may move together, and arrangements that are drawn however many interviews there are: of
/// thousands of interviews fewer arrangements are drawn, and Welch's test beside them (`logit`) is as good as exact.
const MOST_MOVES: u32 = 200_000_000;
const LEAST_DRAWS: u32 = 9_999;

/// What a group's share and variance are made of. All are sums of whole numbers far below 2⁵³, so that they are the same in any
/// order and the sums of one group are those of both less the other's.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    with: f64,
    pub(super) of: f64,
    with_squared: f64,
    of_squared: f64,
    product: f64,
}

impl Sums {
    pub(super) fn of(tally: Tally) -> Self {
        let (with, of) = (f64::from(tally.with), f64::from(tally.of));
        Self { with, of, with_squared: with * with, of_squared: of * of, product: with * of }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            with: self.with + other.with,
            of: self.of + other.of,
            with_squared: self.with_squared + other.with_squared,
            of_squared: self.of_squared + other.of_squared,
            product: self.product + other.product,
        }
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self {
            with: self.with - other.with,
            of: self.of - other.of,
            with_squared: self.with_squared - other.with_squared,
            of_squared: self.of_squared - other.of_squared,
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
        let share = self.with / self.of;
        let scatter = self.with_squared - 2.0 * share * self.product + share * share * self.of_squared;
        // What rounding leaves of interviews that all have one share is no variance.
        let scatter = if scatter <= TIE * self.with_squared { 0.0 } else { scatter };
        (share, scatter / (self.of * self.of))
    }
}

/// A theme under test.
struct Question {
    place: usize,
    interviews: Vec<Sums>,
    all: Sums,
    observed: f64,
}

/// The p value of each theme, from its interviews in the first and in the second group: two-sided, above 0 to 1.
///
/// Where all arrangements number at most 100,000 all are tried, and p is the part of them that is at least as extreme as the
/// study's. Otherwise they are drawn, the same for all themes, and p is (1 + extreme) ÷ (1 + draws) (Phipson and Smyth, 2010), or after
/// 400 extreme ones 400 ÷ draws (Besag and Clifford, 1991). None where a group has fewer than two interviews, which say nothing
/// about how much they differ. A theme that is nowhere, or everywhere, has p = 1.
pub(super) fn p_values(themes: &[[Vec<Tally>; 2]], seed: u64, stream: &str) -> Vec<Option<f64>> {
    let sizes = themes.first().map_or([0, 0], |groups| [groups[0].len(), groups[1].len()]);
    if sizes[0].min(sizes[1]) < 2 {
        return vec![None; themes.len()];
    }
    // The smaller group is the one to draw: the statistic has no sides.
    let (smaller, larger) = if sizes[0] <= sizes[1] { (0, 1) } else { (1, 0) };
    let (from, choose) = (sizes[0] + sizes[1], sizes[smaller]);
    let ask = |(place, groups): (usize, &[Vec<Tally>; 2])| {
        Question::new(place, &[groups[smaller].as_slice(), &groups[larger]].concat(), choose)
    };
    let questions: Vec<Question> =
        themes.iter().enumerate().map(ask).filter(|question| question.interviews.len() == from).collect();

    let mut p_values = vec![None; themes.len()];
    let answers = match arrangements(from, choose) {
        Some(all) => exact(&questions, from, choose, all),
        None => sampled(&questions, from, choose, seed, stream),
    };
    for (place, p) in answers {
        p_values[place] = Some(p);
    }
    p_values
}

impl Question {
    /// The question whether the first `chosen` interviews, which are one group, differ from the others.
    fn new(place: usize, tallies: &[Tally], chosen: usize) -> Self {
        let interviews: Vec<Sums> = tallies.iter().copied().map(Sums::of).collect();
        let all = interviews.iter().fold(Sums::default(), |sum, &one| sum.plus(one));
        let mut question = Self { place, interviews, all, observed: 0.0 };
        question.observed = question.statistic(&(0..chosen).collect::<Vec<_>>());
        question
    }

    /// Squared difference of the two shares over the sum of their variances, when the interviews at `chosen` are one group.
    fn statistic(&self, chosen: &[usize]) -> f64 {
        let one = chosen.iter().fold(Sums::default(), |sum, &place| sum.plus(self.interviews[place]));
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
fn draws_of(interviews: usize) -> u32 {
    let interviews = u32::try_from(interviews).unwrap_or(u32::MAX).max(1);
    (MOST_MOVES / interviews).clamp(LEAST_DRAWS, DRAWS)
}

/// How many ways there are to choose, if they are few enough to try all.
fn arrangements(from: usize, choose: usize) -> Option<u32> {
    let mut ways: u64 = 1;
    for step in 1..=choose as u64 {
        ways = ways * (from as u64 - choose as u64 + step) / step;
        if ways > u64::from(DRAWS) + 1 {
            return None;
        }
    }
    u32::try_from(ways).ok()
}

/// p values by place from all arrangements, of which the study's is one.
fn exact(questions: &[Question], from: usize, choose: usize, all: u32) -> Vec<(usize, f64)> {
    let mut chosen: Vec<usize> = (0..choose).collect();
    let mut extreme = vec![0_u32; questions.len()];
    loop {
        for (question, extreme) in questions.iter().zip(&mut extreme) {
            *extreme += u32::from(question.is_extreme(&chosen));
        }
        // The next in the order of words: the last place that can move on does, and those behind follow it.
        let Some(moving) = (0..choose).rev().find(|&place| chosen[place] < from - choose + place) else {
            break;
        };
        let first = chosen[moving] + 1;
        for (place, after) in chosen.iter_mut().skip(moving).zip(first..) {
            *place = after;
        }
    }
    let answers = questions.iter().zip(extreme);
    answers.map(|(one, extreme)| (one.place, f64::from(extreme) / f64::from(all))).collect()
}

/// p values by place from drawn arrangements.
fn sampled(questions: &[Question], from: usize, choose: usize, seed: u64, stream: &str) -> Vec<(usize, f64)> {
    let mut rng = random_stream(seed, stream);
    let rearrange = |order: &mut Vec<usize>| {
        for place in 0..choose {
            order.swap(place, rng.gen_range(place..from));
        }
    };
    let extreme = |question: &Question, order: &Vec<usize>| question.is_extreme(&order[..choose]);
    let p_values = drawn::p_values(questions, draws_of(from), (0..from).collect(), rearrange, extreme);
    questions.iter().map(|one| one.place).zip(p_values).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tallies(counts: &[(u32, u32)]) -> Vec<Tally> {
        counts.iter().map(|&(with, of)| Tally { with, of }).collect()
    }

    #[test]
    fn small_studies_have_the_exact_values_of_scipy() {
        // scipy.stats.permutation_test over interviews with this statistic; see tests/fixtures/compare/oracle.py.
        let segments = [
            tallies(&[(3, 20), (6, 11), (5, 35), (4, 9)]),
            tallies(&[(2, 14), (0, 28), (1, 30), (2, 16), (3, 12)]),
        ];
        let interviews = [tallies(&[(1, 1); 5]), tallies(&[(0, 1), (0, 1), (0, 1), (1, 1), (0, 1), (0, 1)])];
        let absent = [tallies(&[(0, 3); 4]), tallies(&[(0, 5); 3])];
        let found = [segments, interviews, absent].map(|groups| p_values(&[groups], 7, "test"));
        insta::assert_snapshot!(format!("{found:.6?}"), @"[[Some(0.126984)], [Some(0.015152)], [Some(1.000000)]]");
    }

    #[test]
    fn drawn_values_are_near_the_exact_ones() {
        // 20 interviews, of which 10 are in each group: 184,756 arrangements, so that they are drawn.
        let a: Vec<(u32, u32)> = (0..10).map(|place| (3 + place % 4, 10 + 2 * place)).collect();
        let b: Vec<(u32, u32)> = (0..10).map(|place| (1 + place % 3, 12 + place)).collect();
        let groups = [tallies(&a), tallies(&b)];
        assert_eq!(arrangements(20, 10), None);
        let drawn = p_values(std::slice::from_ref(&groups), 7, "test")[0].unwrap();
        let question = Question::new(0, &groups.concat(), 10);
        let (_, every) = exact(&[question], 20, 10, 184_756)[0];
        assert!((drawn / every - 1.0).abs() < 0.15, "{drawn} drawn, {every} exact");
        assert_eq!(p_values(&[groups], 7, "test"), [Some(drawn)]);
    }

    #[test]
    fn groups_of_fewer_than_two_interviews_have_none() {
        assert_eq!(p_values(&[[tallies(&[(1, 2)]), tallies(&[(0, 3); 9])]], 7, "test"), [None]);
        assert_eq!(p_values(&[], 7, "test"), []);
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
        assert_eq!([10, 2_000, 10_000, 1_000_000].map(draws_of), [99_999, 99_999, 20_000, 9_999]);
    }
}
