//! p values from randomly drawn rearrangements of interviews: the loop that differences, stratified differences and trends share.

use crate::settings::MAX_EXTREME_PERMUTATIONS;

/// Statistics whose relative difference is less than this are ties: sums in another order are rounded differently.
pub(crate) const TIE: f64 = 1e-9;

/// Whether a statistic is at least as extreme as that of the data.
pub(crate) fn is_extreme(statistic: f64, observed: f64) -> bool {
    statistic >= observed * (1.0 - TIE)
}

/// The p value of each test: (1 + extreme) ÷ (1 + draws) after `max_draws` draws (Phipson and Smyth, 2010), or
/// [`MAX_EXTREME_PERMUTATIONS`] ÷ draws as soon as so many are extreme (Besag and Clifford, 1991).
///
/// All tests see the same arrangements: `rearrange` draws the next one, `extreme` compares its statistic with that of the data.
pub(crate) fn p_values<T, A>(
    tests: &[T],
    max_draws: u32,
    mut arrangement: A,
    mut rearrange: impl FnMut(&mut A),
    extreme: impl Fn(&T, &A) -> bool,
) -> Vec<f64> {
    let mut p_values = vec![1.0; tests.len()];
    let mut open: Vec<(usize, u32)> = (0..tests.len()).map(|index| (index, 0)).collect();
    for draws in 1..=max_draws {
        if open.is_empty() {
            break;
        }
        rearrange(&mut arrangement);
        open.retain_mut(|(index, found)| {
            *found += u32::from(extreme(&tests[*index], &arrangement));
            if *found >= MAX_EXTREME_PERMUTATIONS {
                p_values[*index] = f64::from(MAX_EXTREME_PERMUTATIONS) / f64::from(draws);
            }
            *found < MAX_EXTREME_PERMUTATIONS
        });
    }
    for (index, found) in open {
        p_values[index] = f64::from(1 + found) / f64::from(1 + max_draws);
    }
    p_values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_findings_end_early_and_rare_ones_never_are_zero() {
        // The arrangement counts draws: one question finds every second one extreme, another none, a third every tenth.
        let found =
            p_values(&[2, 5_000, 10], 4_499, 0, |draws| *draws += 1, |every, draws| draws % every == 0);
        assert_eq!(found, [400.0 / 800.0, 1.0 / 4_500.0, 400.0 / 4_000.0]);
        assert!(is_extreme(2.0 - 1e-12, 2.0) && !is_extreme(1.999, 2.0));
    }
}
