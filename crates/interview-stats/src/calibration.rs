//! Calibration: of the decisions with a given predicted probability, to how many people say yes.

use std::collections::BTreeMap;

use crate::Interval;
use crate::proportion::{WeightedInterview, weighted_ratio};

/// A prediction that people checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckedPrediction {
    /// Index of the interview.
    pub interview: usize,
    /// The predicted probability, 0 to 1; what is outside is moved to the nearer end, and what is no number is 0. It may not have learned
    /// from the human code.
    pub predicted: f64,
    /// Share of the coders who say yes, 0 to 1.
    pub human: f64,
    /// How many decisions it stands for: 1 ÷ the probability with which it was sampled.
    pub weight: f64,
}

/// The decisions of one range of predicted probabilities.
///
/// All but the number are weighted.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CalibrationBin {
    /// Lower end of the range, which belongs to it.
    pub low: f64,
    /// Upper end: where the next range begins, or 1, which belongs to the last range.
    pub high: f64,
    /// Number of decisions.
    pub nobs: u32,
    /// Their part of all decisions, 0 to 1.
    pub share_decisions: f64,
    /// Mean predicted probability.
    pub mean_predicted: f64,
    /// Share of yes by people, 0 to 1.
    pub share_yes: f64,
    /// Its 95 % interval, with interviews as the unit (see [`crate::pooled_proportion`]); it always has width.
    pub interval: Interval,
}

/// The calibration curve: a bin for each range of predicted probabilities that holds decisions, lowest first.
///
/// `lower_ends` are where the ranges begin, in ascending order, from 0 on; the last one ends at 1. Predictions whose human share is not 0 to
/// 1, or whose weight is not above 0 and finite, are left out.
pub fn calibration_curve(
    predictions: impl IntoIterator<Item = CheckedPrediction>,
    lower_ends: &[f64],
) -> Vec<CalibrationBin> {
    let mut bins: Vec<Bin> = lower_ends.iter().map(|_| Bin::default()).collect();
    for one in predictions {
        let possible = (0.0..=1.0).contains(&one.human) && one.weight > 0.0 && one.weight.is_finite();
        if !possible {
            continue;
        }
        let predicted = one.predicted.clamp(0.0, 1.0);
        let predicted = if predicted.is_nan() { 0.0 } else { predicted };
        let index = lower_ends.partition_point(|low| *low <= predicted).saturating_sub(1);
        if let Some(bin) = bins.get_mut(index) {
            bin.add(one.interview, predicted, one.human, one.weight);
        }
    }
    let all: f64 = bins.iter().map(|bin| bin.weight).sum();
    let ends = lower_ends.iter().skip(1).copied().chain([1.0]);
    let edges = lower_ends.iter().copied().zip(ends);
    edges.zip(&bins).filter(|(_, bin)| bin.nobs > 0).map(|(edges, bin)| bin.row(edges, all)).collect()
}

/// Sums of a bin.
#[derive(Debug, Default)]
struct Bin {
    nobs: u32,
    weight: f64,
    predicted: f64,
    /// By interview the weights of its decisions: of yes, all, and their squares.
    interviews: BTreeMap<usize, [f64; 3]>,
}

impl Bin {
    fn add(&mut self, interview: usize, predicted: f64, human: f64, weight: f64) {
        self.nobs += 1;
        self.weight += weight;
        self.predicted += weight * predicted;
        let [of_yes, all, squares] = self.interviews.entry(interview).or_default();
        *of_yes += weight * human;
        *all += weight;
        *squares += weight * weight;
    }

    fn row(&self, (low, high): (f64, f64), all: f64) -> CalibrationBin {
        let interview = |&[yes, all, squares]: &[f64; 3]| WeightedInterview {
            successes: yes,
            trials: all,
            nobs: all * all / squares,
        };
        let interviews: Vec<WeightedInterview> = self.interviews.values().map(interview).collect();
        let share = weighted_ratio(&interviews);
        CalibrationBin {
            low,
            high,
            nobs: self.nobs,
            share_decisions: (self.weight / all).min(1.0),
            mean_predicted: (self.predicted / self.weight).max(low).min(high),
            share_yes: share.value,
            interval: share.interval,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::interval::{binomial_interval, on_logit_scale, student};

    const LOWER_ENDS: [f64; 7] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8];

    #[test]
    fn the_ends_of_bins_belong_to_the_bin_above() {
        let at = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, f64::NAN];
        let predictions = at.into_iter().enumerate().map(|(interview, predicted)| CheckedPrediction {
            interview,
            predicted,
            human: 1.0,
            weight: 1.0,
        });
        let bins = calibration_curve(predictions, &LOWER_ENDS);
        let counts: Vec<(f64, u32)> = bins.iter().map(|bin| (bin.low, bin.nobs)).collect();
        assert_eq!(counts, [(0.0, 2), (0.1, 1), (0.2, 1), (0.3, 1), (0.4, 1), (0.6, 1), (0.8, 2)]);
    }

    #[test]
    fn what_is_no_decision_is_left_out() {
        let good = CheckedPrediction { interview: 0, predicted: 0.5, human: 1.0, weight: 2.0 };
        let bad = [
            CheckedPrediction { human: f64::NAN, ..good },
            CheckedPrediction { weight: 0.0, ..good },
            CheckedPrediction { weight: f64::INFINITY, ..good },
        ];
        assert_eq!(calibration_curve(bad, &LOWER_ENDS), []);
        assert_eq!(calibration_curve([good], &[]), []);
        assert_eq!(calibration_curve([good], &[0.9, 0.1, f64::NAN]).len(), 1);
    }

    /// The same by the formulas of the interval, decision by decision.
    fn slowly(decisions: &[(usize, f64, f64, f64)], low: f64, high: f64) -> Option<(f64, f64, f64, f64)> {
        let inside: Vec<_> = decisions
            .iter()
            .filter(|(_, sure, ..)| *sure >= low && (*sure < high || (high >= 1.0 && *sure <= 1.0)))
            .collect();
        let all: f64 = inside.iter().map(|(.., weight)| weight).sum();
        if inside.is_empty() {
            return None;
        }
        let share = inside.iter().map(|(_, _, yes, weight)| weight * yes).sum::<f64>() / all;
        let mean = inside.iter().map(|(_, sure, _, weight)| weight * sure).sum::<f64>() / all;
        let mut interviews: Vec<usize> = inside.iter().map(|(interview, ..)| *interview).collect();
        interviews.sort_unstable();
        interviews.dedup();
        let of = |interview: usize, what: &dyn Fn(f64, f64) -> f64| {
            let of = inside.iter().filter(|(other, ..)| *other == interview);
            of.map(|(_, _, yes, weight)| what(*yes, *weight)).sum::<f64>()
        };
        let (mut scatter, mut squares, mut least) = (0.0, 0.0, 0.0);
        let (mut with, mut with_squares, mut without, mut without_squares) = (0.0, 0.0, 0.0, 0.0);
        for &interview in &interviews {
            let part = of(interview, &|_, weight| weight) / all;
            let yes = of(interview, &|yes, weight| weight * yes) / all;
            scatter += (yes - part * share).powi(2);
            squares += part * part;
            least += of(interview, &|_, weight| weight * weight) / (all * all);
            with += yes;
            with_squares += yes * yes;
            without += part - yes;
            without_squares += (part - yes).powi(2);
        }
        let worst = binomial_interval(share, 1.0 / squares);
        let spread = share * (1.0 - share);
        if spread < 1e-12 || interviews.len() < 2 {
            return Some((mean, share, worst.low, worst.high));
        }
        let variance = (scatter / (1.0 - squares)).max(least * spread);
        let degrees_of_freedom = (1.0 / squares - 1.0)
            .min(with * with / with_squares + 1.0)
            .min(without * without / without_squares + 1.0)
            .max(1.0);
        let reach = student(degrees_of_freedom, 0.025).unwrap() * variance.sqrt() / spread;
        let likely = on_logit_scale(share, reach);
        Some((mean, share, worst.low.max(likely.low), worst.high.min(likely.high)))
    }

    proptest! {
        #[test]
        fn bins_are_what_a_slow_count_gives(
            decisions in prop::collection::vec(
                (0_usize..6, 0.0_f64..1.0, prop::sample::select(vec![0.0, 0.5, 1.0]), 1.0_f64..50.0),
                1..60,
            ),
        ) {
            let predictions = decisions
                .iter()
                .map(|&(interview, predicted, human, weight)| CheckedPrediction { interview, predicted, human, weight });
            let bins = calibration_curve(predictions, &LOWER_ENDS);
            let mut index = 0;
            for (at, &low) in LOWER_ENDS.iter().enumerate() {
                let high = LOWER_ENDS.get(at + 1).copied().unwrap_or(1.0);
                let Some((mean, share, from, to)) = slowly(&decisions, low, high) else { continue };
                let bin = &bins[index];
                index += 1;
                prop_assert_eq!((bin.low, bin.high), (low, high));
                for (found, expected) in
                    [(bin.mean_predicted, mean), (bin.share_yes, share), (bin.interval.low, from), (bin.interval.high, to)]
                {
                    prop_assert!((found - expected).abs() < 1e-6, "{bin:?} {found} {expected}");
                }
                prop_assert!(bin.interval.low <= bin.share_yes + 1e-12 && bin.share_yes <= bin.interval.high + 1e-12);
                prop_assert!(bin.interval.high - bin.interval.low > 1e-6);
            }
            prop_assert_eq!(index, bins.len());
            let shares: f64 = bins.iter().map(|bin| bin.share_decisions).sum();
            prop_assert!((shares - 1.0).abs() < 1e-9);
            prop_assert_eq!(bins.iter().map(|bin| bin.nobs as usize).sum::<usize>(), decisions.len());
        }
    }
}
