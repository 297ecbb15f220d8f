//! p values from randomly drawn rearrangements of interviews: the loop that differences, stratified differences and trends share.

use crate::settings::MAX_EXTREME_PERMUTATIONS;

/// Statistics whose relative difference is less than this are ties: sums in another order are rounded differently.
pub(crate) const TIE: f64 = 1e-9;

/// Whether a statistic is at least as extreme as that of the data.
pub(crate) fn is_extreme(statistic: f64, observed: f64) -> bool {
    statistic >= observed * (1.0 - TIE)
}

/// The p value of each of so many tests: (1 + extreme) ÷ (1 + draws) after `max_draws` draws (Phipson and Smyth, 2010), or
/// [`MAX_EXTREME_PERMUTATIONS`] ÷ draws as soon as so many are extreme (Besag and Clifford, 1991).
///
/// All tests see the same arrangements: `rearrange` draws the next one, for the tests that are still open, in ascending order;
/// `extreme` compares the statistic of a test with that of the data.
pub(crate) fn p_values<A>(
    tests: usize,
    max_draws: u32,
    mut arrangement: A,
    mut rearrange: impl FnMut(&mut A, &[usize]),
    extreme: impl Fn(usize, &A) -> bool,
) -> Vec<f64> {
    let mut p_values = vec![1.0; tests];
    let mut found = vec![0_u32; tests];
    let mut open: Vec<usize> = (0..tests).collect();
    for draws in 1..=max_draws {
        if open.is_empty() {
            break;
        }
        rearrange(&mut arrangement, &open);
        open.retain(|&test| {
            found[test] += u32::from(extreme(test, &arrangement));
            if found[test] >= MAX_EXTREME_PERMUTATIONS {
                p_values[test] = f64::from(MAX_EXTREME_PERMUTATIONS) / f64::from(draws);
            }
            found[test] < MAX_EXTREME_PERMUTATIONS
        });
    }
    for test in open {
        p_values[test] = f64::from(1 + found[test]) / f64::from(1 + max_draws);
    }
    p_values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_findings_end_early_and_rare_ones_never_are_zero() {
        // The arrangement counts draws: one question finds every second one extreme, another none, a third every tenth.
        let every = [2, 5_000, 10];
        let mut seen = Vec::new();
        let rearrange = |draws: &mut u32, open: &[usize]| {
            *draws += 1;
            seen.push(open.to_vec());
        };
        let found = p_values(3, 4_499, 0, rearrange, |test, draws| draws % every[test] == 0);
        assert_eq!(found, [400.0 / 800.0, 1.0 / 4_500.0, 400.0 / 4_000.0]);
        assert_eq!([799, 800, 4_000].map(|at| seen[at].clone()), [vec![0, 1, 2], vec![1, 2], vec![1]]);
        assert!(is_extreme(2.0 - 1e-12, 2.0) && !is_extreme(1.999, 2.0));
    }
}
