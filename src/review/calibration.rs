//! Whether the machine's confidence means what it says: of the decisions that it was so sure of, how many people say yes to.
//!
//! A decision is a coded segment and a theme that was asked for. What is compared is the confidence that the machine would have had
//! had nobody coded the segment's interview, over samples drawn by chance alone; interviews are the unit of the intervals.

use std::collections::BTreeMap;

use super::{CalibrationBin, Coding, Codings};
use crate::compare::{WeightedInterview, weighted_ratio};

/// Where bins of confidence begin. They are finer below, where most segments are; a label has .2 or more.
pub const CALIBRATION_BINS: [f64; 7] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8];

/// The bins that hold decisions, from the least confidence to the most.
///
/// `confidence` is what the machine says of a segment and a theme without the codes of that segment's interview; `interviews` has the
/// interview of each segment of the run, of `themes` themes. Codings of segments or themes beyond the lists, and such with a
/// probability that is none, are left out.
pub fn calibration(
    codings: &Codings,
    confidence: &dyn Fn(usize, usize) -> f64,
    interviews: &[usize],
    themes: usize,
) -> Vec<CalibrationBin> {
    let mut bins: [Bin; CALIBRATION_BINS.len()] = std::array::from_fn(|_| Bin::default());
    for of_segment in codings.rows.chunk_by(|a, b| a.segment == b.segment) {
        let Some(segment) = of_segment.first().map(|row| row.segment) else { continue };
        let Some(&interview) = interviews.get(segment) else { continue };
        for theme in 0..themes {
            let Some((yes, weight)) = said(of_segment, theme) else { continue };
            let sure = confidence(segment, theme).clamp(0.0, 1.0);
            let sure = if sure.is_nan() { 0.0 } else { sure };
            let place = CALIBRATION_BINS.partition_point(|low| *low <= sure).saturating_sub(1);
            if let Some(bin) = bins.get_mut(place) {
                bin.add(interview, sure, yes, weight);
            }
        }
    }
    let all: f64 = bins.iter().map(|bin| bin.weight).sum();
    let ends = CALIBRATION_BINS.iter().skip(1).copied().chain([1.0]);
    let edges = CALIBRATION_BINS.iter().copied().zip(ends);
    edges.zip(&bins).filter(|(_, bin)| bin.decisions > 0).map(|(edges, bin)| bin.row(edges, all)).collect()
}

/// What the coders of a segment say of a theme together, 0 to 1, and how many segments it stands for; none where nobody was asked.
/// Somebody who saw a part of the others' segments made none of them rarer, so that the largest chance is the segment's.
fn said(rows: &[Coding], theme: usize) -> Option<(f64, f64)> {
    let (mut yes, mut of, mut chance) = (0.0, 0.0, 0.0_f64);
    for row in rows.iter().filter(|row| row.probability > 0.0 && row.probability <= 1.0) {
        if let Some(applies) = row.themes.get(theme).copied().flatten() {
            yes += f64::from(u8::from(applies));
            of += 1.0;
            chance = chance.max(row.probability);
        }
    }
    (of > 0.0).then(|| (yes / of, 1.0 / chance))
}

/// Sums of a bin.
#[derive(Debug, Default)]
struct Bin {
    decisions: u32,
    weight: f64,
    confidence: f64,
    /// For each interview the weights of its decisions: of yes, all, and their squares.
    interviews: BTreeMap<usize, [f64; 3]>,
}

impl Bin {
    fn add(&mut self, interview: usize, confidence: f64, yes: f64, weight: f64) {
        self.decisions += 1;
        self.weight += weight;
        self.confidence += weight * confidence;
        let [of_yes, all, squares] = self.interviews.entry(interview).or_default();
        *of_yes += weight * yes;
        *all += weight;
        *squares += weight * weight;
    }

    fn row(&self, (low, high): (f64, f64), all: f64) -> CalibrationBin {
        let interview =
            |&[yes, all, squares]: &[f64; 3]| WeightedInterview { yes, all, number: all * all / squares };
        let interviews: Vec<WeightedInterview> = self.interviews.values().map(interview).collect();
        let (share_yes, interval) = weighted_ratio(&interviews);
        CalibrationBin {
            low,
            high,
            decisions: self.decisions,
            share_decisions: (self.weight / all).min(1.0),
            confidence: (self.confidence / self.weight).clamp(low, high),
            share_yes,
            interval,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(segment: usize, coder: usize, probability: f64, themes: &[Option<bool>]) -> Coding {
        Coding { segment, coder, probability, themes: themes.to_vec() }
    }

    fn codings(rows: Vec<Coding>) -> Codings {
        Codings { coders: vec!["Ana".into(), "Ben".into()], rows, ..Codings::default() }
    }

    fn show(bins: &[CalibrationBin]) -> String {
        let line = |bin: &CalibrationBin| {
            format!(
                "{:.1} to {:.1}: {} decisions ({:.3}), confidence {:.4}, yes {:.4} ({:.4} to {:.4})",
                bin.low,
                bin.high,
                bin.decisions,
                bin.share_decisions,
                bin.confidence,
                bin.share_yes,
                bin.interval.low,
                bin.interval.high
            )
        };
        bins.iter().map(line).collect::<Vec<String>>().join("\n")
    }

    #[test]
    fn decisions_are_weighed_by_the_chance_of_their_segment() {
        // Segments 0 and 1 of one interview, 2 and 3 of another; segment 1 was twice as likely to be drawn as the others.
        let codings = codings(vec![
            row(0, 0, 0.25, &[Some(true), Some(false)]),
            row(1, 0, 0.5, &[Some(false), None]),
            row(2, 0, 0.25, &[Some(true), Some(false)]),
            row(2, 1, 0.25, &[Some(false), None]),
            row(3, 1, 0.25, &[None, Some(true)]),
            row(9, 1, 0.25, &[Some(true), Some(true)]),
        ]);
        let sure = [[0.25, 0.05], [0.2, 0.9], [0.29, 0.1], [0.7, 1.0]];
        let confidence = |segment: usize, theme: usize| sure[segment][theme];
        let bins = calibration(&codings, &confidence, &[0, 0, 1, 1], 2);
        insta::assert_snapshot!(show(&bins), @r"
        0.0 to 0.1: 1 decisions (0.182), confidence 0.0500, yes 0.0000 (0.0000 to 0.9750)
        0.1 to 0.2: 1 decisions (0.182), confidence 0.1000, yes 0.0000 (0.0000 to 0.9750)
        0.2 to 0.3: 3 decisions (0.455), confidence 0.2560, yes 0.6000 (0.0239 to 0.9963)
        0.8 to 1.0: 1 decisions (0.182), confidence 1.0000, yes 1.0000 (0.0250 to 1.0000)
        ");
        // By hand: weights 4, 2 and 4; yes 1, 0 and ½.
        assert!((bins[2].share_yes - 6.0 / 10.0).abs() < 1e-12);
        assert!((bins[2].confidence - (4.0 * 0.25 + 2.0 * 0.2 + 4.0 * 0.29) / 10.0).abs() < 1e-12);
        assert_eq!(calibration(&Codings::default(), &confidence, &[0, 0, 1, 1], 2), []);
    }

    #[test]
    fn the_ends_of_bins_belong_to_the_bin_above() {
        let at = [0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, f64::NAN];
        let rows = (0..at.len()).map(|segment| row(segment, 0, 1.0, &[Some(true)])).collect();
        let bins = calibration(&codings(rows), &|segment, _| at[segment], &[0, 1, 2, 3, 4, 5, 6, 7, 8], 1);
        let counts: Vec<(f64, u32)> = bins.iter().map(|bin| (bin.low, bin.decisions)).collect();
        assert_eq!(counts, [(0.0, 2), (0.1, 1), (0.2, 1), (0.3, 1), (0.4, 1), (0.6, 1), (0.8, 2)]);
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
        let worst = crate::compare::exact(share, 1.0 / squares);
        let spread = share * (1.0 - share);
        if spread < 1e-12 || interviews.len() < 2 {
            return Some((mean, share, worst.low, worst.high));
        }
        let variance = (scatter / (1.0 - squares)).max(least * spread);
        let freedom = (1.0 / squares - 1.0)
            .min(with * with / with_squares + 1.0)
            .min(without * without / without_squares + 1.0)
            .max(1.0);
        let reach = crate::compare::student(freedom, 0.025).unwrap() * variance.sqrt() / spread;
        let likely = crate::compare::on_logit_scale(share, reach);
        Some((mean, share, worst.low.max(likely.low), worst.high.min(likely.high)))
    }

    proptest! {
        #[test]
        fn bins_are_what_a_slow_count_gives(
            coded in prop::collection::vec((0_usize..6, 0.02_f64..1.0, prop::collection::vec((0.0_f64..1.0, prop::option::of(any::<bool>()), prop::option::of(any::<bool>())), 3)), 1..40),
        ) {
            let mut rows = Vec::new();
            let mut decisions = Vec::new();
            for (segment, (interview, chance, themes)) in coded.iter().enumerate() {
                for coder in 0..2 {
                    let said = themes.iter().map(|(_, ana, ben)| if coder == 0 { *ana } else { *ben });
                    rows.push(row(segment, coder, *chance, &said.collect::<Vec<_>>()));
                }
                for (sure, ana, ben) in themes {
                    let said: Vec<f64> = [ana, ben].into_iter().flatten().map(|yes| f64::from(u8::from(*yes))).collect();
                    if !said.is_empty() {
                        decisions.push((*interview, *sure, said.iter().sum::<f64>() / said.len() as f64, 1.0 / chance));
                    }
                }
            }
            let interviews: Vec<usize> = coded.iter().map(|(interview, ..)| *interview).collect();
            let confidence = |segment: usize, theme: usize| coded[segment].2[theme].0;
            let bins = calibration(&codings(rows), &confidence, &interviews, 3);
            let mut place = 0;
            for (at, &low) in CALIBRATION_BINS.iter().enumerate() {
                let high = CALIBRATION_BINS.get(at + 1).copied().unwrap_or(1.0);
                let Some((mean, share, from, to)) = slowly(&decisions, low, high) else { continue };
                let bin = &bins[place];
                place += 1;
                prop_assert_eq!((bin.low, bin.high), (low, high));
                for (found, expected) in
                    [(bin.confidence, mean), (bin.share_yes, share), (bin.interval.low, from), (bin.interval.high, to)]
                {
                    prop_assert!((found - expected).abs() < 1e-6, "{bin:?} {found} {expected}");
                }
                prop_assert!(bin.interval.low <= bin.share_yes + 1e-12 && bin.share_yes <= bin.interval.high + 1e-12);
                prop_assert!(bin.interval.high - bin.interval.low > 1e-6);
            }
            prop_assert_eq!(place, bins.len());
            if !bins.is_empty() {
                let shares: f64 = bins.iter().map(|bin| bin.share_decisions).sum();
                prop_assert!((shares - 1.0).abs() < 1e-9);
                prop_assert_eq!(bins.iter().map(|bin| bin.decisions as usize).sum::<usize>(), decisions.len());
            }
        }
    }
}
