//! Arrangements of interviews of few kinds: how many of each kind are in the first group is drawn, not which.
//!
//! In a survey most interviews have the same counts as thousands of others. Numbers of the kinds in a group have the multivariate
//! hypergeometric distribution, so that sums drawn by it are distributed as if every interview had been moved.

use std::collections::BTreeMap;

use same_bits::RandomStream;
use same_bits::elementary::ln;

use super::sums::Sums;
use crate::Count;
use crate::hypergeometric;

/// Drawing the number of a kind takes about as long as moving so many interviews.
const MOVES: usize = 100;

/// Interviews by kind.
pub(super) struct Kinds {
    /// The counts of a kind and how many interviews have them, rare kinds first.
    numbers: Vec<(Sums, usize)>,
    interviews: usize,
    chosen: usize,
    /// Logarithms of the factorials from 0 to the number of interviews.
    ln_factorials: Vec<f64>,
}

impl Kinds {
    /// Interviews of which `chosen` are the first group; none where they have so many kinds that moving them is faster.
    pub(super) fn of(interviews: &[Count], chosen: usize) -> Option<Self> {
        let most = chosen / MOVES;
        let mut numbers: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for one in interviews {
            *numbers.entry((one.successes, one.trials)).or_default() += 1;
            if numbers.len() > most {
                return None;
            }
        }
        Some(Self::new(numbers, interviews.len(), chosen))
    }

    fn new(numbers: BTreeMap<(u32, u32), usize>, interviews: usize, chosen: usize) -> Self {
        let kind = |((successes, trials), number)| (Sums::of(Count { successes, trials }), number);
        let mut numbers: Vec<(Sums, usize)> = numbers.into_iter().map(kind).collect();
        numbers.sort_by_key(|&(_, number)| number);
        let further = (1..=interviews).scan(0.0, |sum, number| {
            *sum += ln(number as f64);
            Some(*sum)
        });
        let ln_factorials = std::iter::once(0.0).chain(further).collect();
        Self { numbers, interviews, chosen, ln_factorials }
    }

    /// The sums of a randomly drawn first group.
    pub(super) fn draw(&self, rng: &mut RandomStream) -> Sums {
        let (mut sums, mut all, mut drawn) = (Sums::default(), self.interviews, self.chosen);
        for &(kind, number) in &self.numbers {
            // The last kind is all that is left, which takes no random number.
            let found = hypergeometric::draw(all, number, drawn, &self.ln_factorials, rng);
            sums = sums.plus(kind.times(found as f64));
            (all, drawn) = (all - number, drawn - found);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use same_bits::random_stream;

    use super::*;

    #[test]
    fn groups_drawn_by_kind_are_as_if_interviews_were_moved() {
        // Means and covariances over 100,000 draws, and those of drawing without replacement.
        let numbers = [((0, 1), 500), ((1, 1), 90), ((0, 2), 40), ((1, 2), 7), ((2, 3), 1)];
        let kinds = Kinds::new(numbers.into_iter().collect(), 638, 200);
        let counts: Vec<Count> = numbers
            .iter()
            .flat_map(|&((successes, trials), number)| vec![Count { successes, trials }; number])
            .collect();
        let mut rng = random_stream(7, "test");
        let draws: Vec<Sums> = (0..100_000).map(|_| kinds.draw(&mut rng)).collect();
        let mean = |value: &dyn Fn(&Sums) -> f64| draws.iter().map(value).sum::<f64>() / draws.len() as f64;
        let all = Sums::of_all(&counts);
        let share = 200.0 / 638.0;
        let (successes, trials) = (mean(&|sums| sums.successes), mean(&|sums| sums.trials));
        let covariance = |xy: f64, x: f64, y: f64| 200.0 * (1.0 - share) / 637.0 * (xy - x * y / 638.0);
        let expected = [
            covariance(all.successes_squared, all.successes, all.successes),
            covariance(all.trials_squared, all.trials, all.trials),
            covariance(all.product, all.successes, all.trials),
        ];
        let found = [
            mean(&|sums| (sums.successes - successes).powi(2)),
            mean(&|sums| (sums.trials - trials).powi(2)),
            mean(&|sums| (sums.successes - successes) * (sums.trials - trials)),
        ];
        assert!((successes - share * all.successes).abs() < 4.0 * (expected[0] / 1e5).sqrt());
        assert!((trials - share * all.trials).abs() < 4.0 * (expected[1] / 1e5).sqrt());
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found / expected - 1.0).abs() < 0.03, "{found} {expected}");
        }
    }

    #[test]
    fn many_kinds_or_few_interviews_are_moved() {
        let answers =
            [vec![Count { successes: 0, trials: 1 }; 900], vec![Count { successes: 1, trials: 1 }; 100]]
                .concat();
        assert!(Kinds::of(&answers, 200).is_some() && Kinds::of(&answers, 199).is_none());
        assert!(Kinds::of(&[], 0).is_none_or(|kinds| kinds.numbers.is_empty()));
    }
}
