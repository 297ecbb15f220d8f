//! p values from drawn arrangements of interviews: the one loop that contrasts, contrasts within levels and trends share.

/// Arrangements as extreme as the study's after which no more are drawn: p is known to 5 % of itself (Besag and Clifford, 1991).
pub(super) const ENOUGH: u32 = 400;

/// Statistics that differ by less than this part are ties, whatever the order of their sums.
pub(super) const TIE: f64 = 1e-9;

/// Whether a statistic is at least as extreme as the study's.
pub(super) fn is_extreme(statistic: f64, observed: f64) -> bool {
    statistic >= observed * (1.0 - TIE)
}

/// The p value of each question: (1 + extreme) ÷ (1 + draws) after `most` draws (Phipson and Smyth, 2010), or [`ENOUGH`] ÷ draws as soon
/// as so many are extreme. All questions see the same arrangements: `rearrange` makes the next one, `extreme` holds it against a question.
pub(super) fn p_values<Q, A>(
    questions: &[Q],
    most: u32,
    mut arrangement: A,
    mut rearrange: impl FnMut(&mut A),
    extreme: impl Fn(&Q, &A) -> bool,
) -> Vec<f64> {
    let mut p_values = vec![1.0; questions.len()];
    let mut open: Vec<(usize, u32)> = (0..questions.len()).map(|place| (place, 0)).collect();
    for draws in 1..=most {
        if open.is_empty() {
            break;
        }
        rearrange(&mut arrangement);
        open.retain_mut(|(place, found)| {
            *found += u32::from(extreme(&questions[*place], &arrangement));
            if *found >= ENOUGH {
                p_values[*place] = f64::from(ENOUGH) / f64::from(draws);
            }
            *found < ENOUGH
        });
    }
    for (place, found) in open {
        p_values[place] = f64::from(1 + found) / f64::from(1 + most);
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
