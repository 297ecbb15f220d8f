//! Co-occurrence: which themes come up together, in one segment or in one interview.
//!
//! Interviews are the unit here too: one person who always says two things together does not make them go together in general. Pairs
//! grow with the square of the themes, so everything is computed from counts by interview.

use std::collections::BTreeMap;

use same_bits::elementary::exp;

use crate::Interval;
use crate::interval::{effective_number, student};
use crate::settings::TAIL_PROBABILITY;

/// Two themes and how often they come up together.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Cooccurrence {
    /// Units (segments or interviews) that carry both.
    pub both: u32,
    /// Units with both over units with either, 0 to 1; 0 where there is neither (Jaccard, 1901).
    pub jaccard: f64,
    /// Units with both over what chance would give if the themes were independent; none where either theme is absent.
    pub lift: Option<f64>,
    /// The 95 % interval of the lift, from 0 upwards; none without a lift and for fewer than two interviews with units.
    pub lift_interval: Option<Interval>,
}

/// How often themes and pairs of them come up in each interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairCounts {
    /// Units of each interview: segments, or 1 for the interview itself.
    trials: Vec<u32>,
    /// Themes × interviews.
    successes: Vec<Vec<u32>>,
    /// For each pair that comes up together, the lower index first, its interviews with the number of units that carry both.
    both: BTreeMap<(usize, usize), Vec<(usize, u32)>>,
}

impl PairCounts {
    /// Counts themes in units, which are segments or interviews.
    ///
    /// `units` has the interview of each unit and its themes, sorted and none twice, by their indices; those of one interview stand
    /// together. `interviews` and `themes` are the numbers of both; units and themes beyond them are left out.
    pub fn new<'a>(
        interviews: usize,
        themes: usize,
        units: impl IntoIterator<Item = (usize, &'a [usize])>,
    ) -> Self {
        let mut counts = Self {
            trials: vec![0; interviews],
            successes: vec![vec![0; interviews]; themes],
            both: BTreeMap::new(),
        };
        for (interview, carried) in units {
            let Some(trials) = counts.trials.get_mut(interview) else { continue };
            *trials += 1;
            for (at, &first) in carried.iter().enumerate() {
                let Some(successes) = counts.successes.get_mut(first) else { continue };
                successes[interview] += 1;
                for &second in carried.iter().skip(at + 1).filter(|&&second| second < themes) {
                    let met = counts.both.entry((first, second)).or_default();
                    match met.last_mut() {
                        Some((last, count)) if *last == interview => *count += 1,
                        _ => met.push((interview, 1)),
                    }
                }
            }
        }
        counts
    }

    /// How two themes, of which the second has the higher index, come up together; none where a theme is beyond the counts.
    ///
    /// With *n* units, of which *a* and *b* carry the themes and *ab* both:
    ///
    /// - jaccard = *ab* ÷ (*a* + *b* − *ab*) (Jaccard, 1901),
    /// - lift = (*ab* ÷ *n*) ÷ ((*a* ÷ *n*) × (*b* ÷ *n*)) = *n* × *ab* ÷ (*a* × *b*): 1 is what chance gives, more means that the themes come up
    ///   together (the "interest" of Brin, Motwani, Ullman and Tsur, 1997).
    ///
    /// Rare themes have large lifts by chance: read a lift with its interval. That is the intersection of two:
    ///
    /// 1. ln(lift) ± *t* √*v*, with *v* = *k* ÷ (*k* − 1) Σ (*abᵢ* ÷ *ab* − *aᵢ* ÷ *a* − *bᵢ* ÷ *b* + *nᵢ* ÷ *n*)² over the *k* interviews, the linearised variance
    ///    (Woodruff, 1971; Binder, 1983), no less than 1 ÷ *ab* − 1 ÷ *a* − 1 ÷ *b* + (2 lift − 1) ÷ *n*, which independent units would have. The
    ///    degrees of freedom of *t* are the effective number of interviews with both, no more than *k* − 1.
    /// 2. The interval of as many observations as there are effective interviews (Kish, 1965), which is the worst case: with *e* =
    ///    (Σ*nᵢ*)² ÷ Σ*nᵢ*² the four counts of the shares times *e*, each of the four cells half an observation more (Haldane, 1956), and the
    ///    variance of independent units. It is used alone where the themes never come up together, when the interval begins at 0, and where
    ///    the units are the interviews themselves: then part 1 is far too narrow for themes that are in nearly all.
    pub fn cooccurrence(&self, first: usize, second: usize) -> Option<Cooccurrence> {
        let met = self.both.get(&(first, second)).map_or(&[][..], Vec::as_slice);
        let (a, b) = (self.successes.get(first)?, self.successes.get(second)?);
        let sum = |counts: &[u32]| counts.iter().sum::<u32>();
        let (trials, all_a, all_b) = (sum(&self.trials), sum(a), sum(b));
        let both: u32 = met.iter().map(|(_, count)| count).sum();
        let either = (all_a + all_b).saturating_sub(both);
        let jaccard = if either == 0 { 0.0 } else { f64::from(both) / f64::from(either) };
        if all_a == 0 || all_b == 0 {
            return Some(Cooccurrence { both, jaccard, lift: None, lift_interval: None });
        }
        let lift = f64::from(both) / (f64::from(all_a) * f64::from(all_b) / f64::from(trials));
        let mut met = met.iter().copied().peekable();
        let interviews: Vec<[f64; 4]> = (0..self.trials.len())
            .filter(|&interview| self.trials[interview] > 0)
            .map(|interview| {
                let both = met.next_if(|&(at, _)| at == interview).map_or(0, |(_, count)| count);
                [self.trials[interview], a[interview], b[interview], both].map(f64::from)
            })
            .collect();
        Some(Cooccurrence {
            both,
            jaccard,
            lift: Some(lift),
            lift_interval: lift_interval(&interviews, lift),
        })
    }
}

/// The interval of a lift, from the units of each interview: all, with the first theme, with the second, with both; none for fewer
/// than two interviews. See [`PairCounts::cooccurrence`].
fn lift_interval(interviews: &[[f64; 4]], lift: f64) -> Option<Interval> {
    let number = interviews.len() as f64;
    if number < 2.0 {
        return None;
    }
    let mut all = [0.0; 4];
    for one in interviews {
        for (sum, count) in all.iter_mut().zip(one) {
            *sum += count;
        }
    }
    let [n, a, b, ab] = all;
    let independent =
        |[n, a, b, ab]: [f64; 4]| 1.0 / ab - 1.0 / a - 1.0 / b + (2.0 * n * ab / (a * b) - 1.0) / n;
    let around = |lift: f64, variance: f64, degrees_of_freedom: f64| {
        let reach = student(degrees_of_freedom.max(1.0), TAIL_PROBABILITY)? * variance.max(0.0).sqrt();
        Some(Interval { low: lift * exp(-reach), high: lift * exp(reach) })
    };

    let answers = effective_number(interviews.iter().map(|one| one[0])) / n;
    let cells = [n * answers + 2.0, a * answers + 1.0, b * answers + 1.0, ab * answers + 0.5];
    let worst = around(cells[0] * cells[3] / (cells[1] * cells[2]), independent(cells), number - 1.0)?;
    let worst = Interval { low: worst.low.min(lift), high: worst.high.max(lift) };
    let units_are_interviews = interviews.iter().all(|one| one[0] <= 1.0);
    if ab == 0.0 || units_are_interviews {
        return Some(worst);
    }
    let part = |one: &[f64; 4]| (one[3] / ab - one[1] / a - one[2] / b + one[0] / n).powi(2);
    let variance = interviews.iter().map(part).sum::<f64>() * number / (number - 1.0);
    let degrees_of_freedom = effective_number(interviews.iter().map(|one| one[3])).min(number - 1.0);
    let likely = around(lift, variance.max(independent(all)), degrees_of_freedom)?;
    // A theme that is everywhere has a lift of 1 by definition, and no variance.
    if likely.high - likely.low < 1e-9 {
        return Some(worst);
    }
    Some(Interval { low: worst.low.max(likely.low), high: worst.high.min(likely.high) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_of_lifts_are_those_of_numpy() {
        // Printed by tests/fixtures/oracle.py: all, with a, with b, with both of each interview.
        let several = [
            [20.0, 6.0, 5.0, 3.0],
            [11.0, 2.0, 0.0, 0.0],
            [35.0, 9.0, 8.0, 4.0],
            [9.0, 0.0, 3.0, 0.0],
            [14.0, 5.0, 4.0, 2.0],
            [28.0, 3.0, 9.0, 1.0],
            [30.0, 12.0, 10.0, 7.0],
            [16.0, 4.0, 2.0, 1.0],
        ];
        let never = [[20.0, 6.0, 0.0, 0.0], [30.0, 0.0, 8.0, 0.0], [12.0, 3.0, 2.0, 0.0]];
        let everywhere =
            [[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0]];
        let found = [&several[..], &never, &everywhere].map(|interviews| {
            let sum = |column: usize| interviews.iter().map(|one| one[column]).sum::<f64>();
            let lift = sum(0) * sum(3) / (sum(1) * sum(2));
            let Interval { low, high } = lift_interval(interviews, lift).unwrap();
            format!("{lift:.6} ({low:.6}, {high:.6})")
        });
        insta::assert_snapshot!(found.join("\n"), @r"
        1.745390 (1.157939, 2.630869)
        0.000000 (0.000000, 64.962647)
        1.000000 (0.676766, 1.629070)
        ");
        assert_eq!(lift_interval(&several[..1], 1.0), None);
    }

    #[test]
    fn what_is_beyond_the_counts_is_left_out() {
        let counts = PairCounts::new(2, 2, [(0, &[0, 1, 7][..]), (0, &[1]), (1, &[]), (9, &[0])]);
        let found = counts.cooccurrence(0, 1).unwrap();
        assert_eq!((found.both, found.lift), (1, Some(1.5)));
        assert_eq!(counts.cooccurrence(0, 7), None);
        assert_eq!(PairCounts::new(0, 2, []).cooccurrence(0, 1).unwrap().lift, None);
    }
}
