//! Shares of segments and of interviews, and their 95 % intervals.
//!
//! A percentile bootstrap over interviews is the usual method and is too narrow for a dozen of them: it has no degrees of freedom, and
//! no width where a theme is absent. The intervals here have both; `cargo bench -p interview-stats --bench coverage` prints how often
//! they cover the true share.

use same_bits::elementary::hypot;

use crate::interval::{binomial_interval, effective_number, on_logit_scale, student};
use crate::settings::TAIL_PROBABILITY;
use crate::{Count, Estimate, Interval, Measure};

/// The share of a theme in a group, by either measure: [`pooled_proportion`] or [`interview_proportion`].
pub fn proportion(counts: &[Count], measure: Measure) -> Estimate {
    match measure {
        Measure::Segments => pooled_proportion(counts),
        Measure::Interviews => interview_proportion(counts),
    }
}

/// The share of segments that carry a theme, over all segments of a group of interviews.
///
/// With *xᵢ* of *mᵢ* segments in interview *i* of *k*, *M* = Σ *mᵢ*, *p* = Σ *xᵢ* ÷ *M*, weights *wᵢ* = *mᵢ* ÷ *M* and *S* = Σ *wᵢ*²,
/// the interval is the intersection of two:
///
/// 1. logit(*p*) ± *t* √*v* ÷ (*p* (1 − *p*)), with *v* = Σ *wᵢ*² (*xᵢ* ÷ *mᵢ* − *p*)² ÷ (1 − *S*). This is the linearised variance of a ratio (Woodruff,
///    1971), where 1 − *S* is *k* ÷ (*k* − 1) for interviews of unequal length. It is never less than *p* (1 − *p*) ÷ *M*, which independent
///    segments would have. The degrees of freedom of *t* are 1 ÷ *S* − 1, one less than the effective number of interviews (Kish, 1965), but no
///    more than one above the effective number of interviews that carry the theme, (Σ *xᵢ*)² ÷ Σ *xᵢ*², and the same for segments without
///    it: where three people make up a theme, the variance is estimated from hardly more. On the logit scale the ends stay between 0 and 1
///    (Korn and Graubard, 1998, compare).
/// 2. The exact interval for *p* of 1 ÷ *S* independent observations (Clopper and Pearson, 1934; 1 ÷ *S* is Kish's effective number of
///    interviews). Shares between 0 and 1 with mean *p* cannot vary more than binary ones, so this is the worst case. It is used alone
///    where a theme is in no segment, in all, or where the group has one interview.
///
/// The interval of a group without segments is 0 to 1.
pub fn pooled_proportion(counts: &[Count]) -> Estimate {
    weighted_proportion(&by_length(counts))
}

/// The mean over interviews of the share of their segments that carry a theme: each interview counts once, however long it is.
///
/// The interval is that of [`pooled_proportion`] with weights *wᵢ* = 1 ÷ *k*.
pub fn mean_proportion(counts: &[Count]) -> Estimate {
    let weight = 1.0 / counts.len() as f64;
    weighted_proportion(&counts.iter().map(|&one| (weight, one)).collect::<Vec<_>>())
}

/// The share of interviews in which a theme comes up, with the exact interval of Clopper and Pearson (1934).
///
/// Interviews are independent, so the interval covers in at least 95 % of studies, in small ones in more.
pub fn interview_proportion(counts: &[Count]) -> Estimate {
    let successes = counts.iter().filter(|count| count.successes > 0).count() as f64;
    let nobs = counts.len() as f64;
    let value = if counts.is_empty() { 0.0 } else { successes / nobs };
    Estimate { value, interval: binomial_interval(value, nobs) }
}

/// The interval of the difference *a* − *b* of two independent shares, from the intervals of both.
///
/// Each end is √ of the sum of squares of the distances to the ends that matter (Newcombe, 1998, method 10; for any two intervals Zou
/// and Donner, 2008).
pub fn difference_interval(a: Estimate, b: Estimate) -> Interval {
    let difference = a.value - b.value;
    let below = hypot(a.value - a.interval.low, b.interval.high - b.value);
    let above = hypot(a.interval.high - a.value, b.value - b.interval.low);
    Interval { low: (difference - below).max(-1.0), high: (difference + above).min(1.0) }
}

/// Interviews weighted by their numbers of segments.
pub(crate) fn by_length(counts: &[Count]) -> Vec<(f64, Count)> {
    let trials = counts.iter().map(|count| u64::from(count.trials)).sum::<u64>() as f64;
    counts.iter().map(|&one| (f64::from(one.trials) / trials, one)).collect()
}

/// A weighted mean of the shares of interviews; weights sum to 1. See [`pooled_proportion`].
pub(crate) fn weighted_proportion(weighted: &[(f64, Count)]) -> Estimate {
    estimate(&clusters(weighted))
}

/// An interview of which some decisions were sampled, each with a weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WeightedInterview {
    /// Sum of the weights of what is counted.
    pub(crate) successes: f64,
    /// Sum of all weights.
    pub(crate) trials: f64,
    /// Kish's (1965) effective number of decisions.
    pub(crate) nobs: f64,
}

/// The weighted share over all interviews, with the interval of [`pooled_proportion`] and weights for counts.
pub(crate) fn weighted_ratio(interviews: &[WeightedInterview]) -> Estimate {
    let all: f64 = interviews.iter().map(|one| one.trials).sum();
    let clusters: Vec<Cluster> = interviews
        .iter()
        .filter(|one| one.trials > 0.0)
        .map(|one| Cluster { weight: one.trials / all, share: one.successes / one.trials, nobs: one.nobs })
        .collect();
    estimate(&clusters)
}

/// An interview as a cluster of observations.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    /// Its part of the whole; all sum to 1.
    weight: f64,
    /// Its share, 0 to 1.
    share: f64,
    /// The number of observations that the share is of.
    nobs: f64,
}

/// The mean of chances of interviews, with the exact interval for as many answers: shares between 0 and 1 cannot vary more than binary ones.
pub(crate) fn mean_chance(chances: &[f64]) -> Estimate {
    let nobs = chances.len() as f64;
    let value = if chances.is_empty() { 0.0 } else { (chances.iter().sum::<f64>() / nobs).clamp(0.0, 1.0) };
    Estimate { value, interval: binomial_interval(value, nobs) }
}

/// The variance of the mean of chances of interviews, each with the variance that it has at least.
pub(crate) fn chance_variance(chances: &[(f64, f64)]) -> Option<ShareVariance> {
    let weight = 1.0 / chances.len() as f64;
    let mean = (weight * chances.iter().map(|(chance, _)| chance).sum::<f64>()).clamp(0.0, 1.0);
    let spread = mean * (1.0 - mean);
    let cluster = |&(share, least): &(f64, f64)| Cluster { weight, share, nobs: spread / least };
    variance(&chances.iter().map(cluster).collect::<Vec<_>>())
}

/// A weighted mean of binary answers or chances of interviews, each of which is one observation.
pub(crate) fn weighted_answers(weighted: &[(f64, Count)]) -> Estimate {
    estimate(&answers(weighted))
}

/// Its variance.
pub(crate) fn answer_variance(weighted: &[(f64, Count)]) -> Option<ShareVariance> {
    variance(&answers(weighted))
}

fn answers(weighted: &[(f64, Count)]) -> Vec<Cluster> {
    clusters(weighted).into_iter().map(|one| Cluster { nobs: 1.0, ..one }).collect()
}

/// The interviews that have segments.
fn clusters(weighted: &[(f64, Count)]) -> Vec<Cluster> {
    let cluster = |&(weight, one): &(f64, Count)| Cluster {
        weight,
        share: f64::from(one.successes) / f64::from(one.trials),
        nobs: f64::from(one.trials),
    };
    weighted.iter().filter(|(_, one)| one.trials > 0).map(cluster).collect()
}

fn estimate(clusters: &[Cluster]) -> Estimate {
    if clusters.is_empty() {
        return Estimate { value: 0.0, interval: Interval { low: 0.0, high: 1.0 } };
    }
    let value = weighted_mean(clusters);
    let worst = binomial_interval(value, 1.0 / sum_of_squares(clusters));
    let Some(likely) = variance(clusters).and_then(linearised_interval) else {
        return Estimate { value, interval: worst };
    };
    Estimate {
        value,
        interval: Interval { low: worst.low.max(likely.low), high: worst.high.min(likely.high) },
    }
}

fn weighted_mean(clusters: &[Cluster]) -> f64 {
    let share = clusters.iter().map(|one| one.weight * one.share).sum::<f64>().clamp(0.0, 1.0);
    // Rounding must not make 1 a share that varies.
    if clusters.iter().all(|one| one.share >= 1.0) { share.round() } else { share }
}

fn sum_of_squares(clusters: &[Cluster]) -> f64 {
    clusters.iter().map(|one| one.weight * one.weight).sum()
}

/// A weighted share and its variance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShareVariance {
    /// The share, above 0 and below 1.
    pub(crate) share: f64,
    /// Its linearised variance.
    pub(crate) variance: f64,
    /// Degrees of freedom of the variance, 1 or more.
    pub(crate) degrees_of_freedom: f64,
}

/// The interval on the logit scale: part 1 of [`pooled_proportion`].
fn linearised_interval(one: ShareVariance) -> Option<Interval> {
    let ShareVariance { share, variance, degrees_of_freedom } = one;
    let reach = student(degrees_of_freedom, TAIL_PROBABILITY)? * variance.sqrt();
    let interval = on_logit_scale(share, reach / (share * (1.0 - share)));
    (interval.low.is_finite() && interval.high.is_finite()).then_some(interval)
}

/// The variance of part 1 of [`pooled_proportion`]; none where the interviews do not show how much they differ.
pub(crate) fn share_variance(weighted: &[(f64, Count)]) -> Option<ShareVariance> {
    variance(&clusters(weighted))
}

fn variance(clusters: &[Cluster]) -> Option<ShareVariance> {
    let share = weighted_mean(clusters);
    let squares = sum_of_squares(clusters);
    let spread = share * (1.0 - share);
    if spread <= 0.0 || clusters.len() < 2 {
        return None;
    }
    let scatter: f64 = clusters.iter().map(|one| (one.weight * (one.share - share)).powi(2)).sum();
    let least: f64 = clusters.iter().map(|one| one.weight * one.weight / one.nobs).sum::<f64>() * spread;
    let variance = (scatter / (1.0 - squares)).max(least);
    let carriers = effective_number(clusters.iter().map(|one| one.weight * one.share));
    let others = effective_number(clusters.iter().map(|one| one.weight * (1.0 - one.share)));
    let degrees_of_freedom = (1.0 / squares - 1.0).min(carriers + 1.0).min(others + 1.0).max(1.0);
    Some(ShareVariance { share, variance, degrees_of_freedom })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use same_bits::random_stream;

    use super::*;
    use crate::simulated::{interview, lengths};

    fn counts(counts: &[(u32, u32)]) -> Vec<Count> {
        counts.iter().map(|&(with, of)| Count { successes: with, trials: of }).collect()
    }

    fn show(Estimate { value, interval: Interval { low, high } }: Estimate) -> String {
        format!("{value:.6} ({low:.6}, {high:.6})")
    }

    // The numbers of the first two tests are printed by tests/fixtures/oracle.py.

    #[test]
    fn shares_of_segments_are_those_of_numpy() {
        let found = [
            &[(3, 20), (0, 11), (5, 35), (1, 9), (2, 14), (0, 28), (7, 30), (2, 16)][..],
            &[(6, 12), (5, 10), (7, 14), (6, 12)],
            &[(0, 20), (0, 20), (0, 20), (0, 20), (1, 20), (0, 20)],
            &[(1, 10), (4, 10)],
        ]
        .map(|interviews| show(pooled_proportion(&counts(interviews))));
        insta::assert_snapshot!(found.join("\n"), @r"
        0.122699 (0.059852, 0.235040)
        0.500000 (0.283242, 0.716758)
        0.008333 (0.000110, 0.391666)
        0.250000 (0.000217, 0.939170)
        ");
    }

    #[test]
    fn means_of_interviews_count_each_once() {
        let found = [
            &[(3, 20), (0, 11), (5, 35), (1, 9), (2, 14), (0, 28), (7, 30), (2, 16)][..],
            &[(6, 12), (5, 10), (7, 14), (6, 12)],
            &[(0, 20), (0, 5), (0, 20), (0, 20), (1, 20), (0, 20)],
            &[(1, 10), (40, 100)],
        ]
        .map(|interviews| show(mean_proportion(&counts(interviews))));
        insta::assert_snapshot!(found.join("\n"), @r"
        0.113145 (0.061683, 0.198460)
        0.500000 (0.283893, 0.716107)
        0.008333 (0.000042, 0.470099)
        0.250000 (0.000217, 0.939170)
        ");
    }

    #[test]
    fn nothing_said_has_width_too() {
        let found = [
            pooled_proportion(&[]),
            mean_proportion(&[]),
            pooled_proportion(&counts(&[(0, 0)])),
            pooled_proportion(&counts(&[(3, 3)])),
            pooled_proportion(&counts(&[(0, 20); 10])),
            interview_proportion(&counts(&[(0, 1); 10])),
            interview_proportion(&[]),
        ]
        .map(show);
        insta::assert_snapshot!(found.join("\n"), @r"
        0.000000 (0.000000, 1.000000)
        0.000000 (0.000000, 1.000000)
        0.000000 (0.000000, 1.000000)
        1.000000 (0.025000, 1.000000)
        0.000000 (0.000000, 0.308497)
        0.000000 (0.000000, 0.308497)
        0.000000 (0.000000, 1.000000)
        ");
    }

    #[test]
    fn a_difference_of_two_shares_is_newcombes() {
        // 7 of 10 and 4 of 10 with Clopper and Pearson's intervals, put together by hand.
        let of_ten =
            |with| interview_proportion(&counts(&[vec![(1, 1); with], vec![(0, 1); 10 - with]].concat()));
        let (a, b) = (of_ten(7), of_ten(4));
        let Interval { low, high } = difference_interval(a, b);
        insta::assert_snapshot!(format!("{low:.6} {high:.6}"), @"-0.188069 0.663240");
    }

    #[test]
    fn intervals_hold_the_truth_in_about_95_of_100_studies() {
        // More cases: benches/coverage.rs.
        let mut rng = random_stream(7, "coverage");
        let found =
            [(8, 0.1, 0.3), (20, 0.05, 0.15), (40, 0.3, 0.3)].map(|(interviews, share, correlation)| {
                let study = |_| {
                    let of = lengths(interviews, &mut rng);
                    let one =
                        |of| Count { successes: interview(of, share, correlation, &mut rng), trials: of };
                    let Interval { low, high } =
                        pooled_proportion(&of.into_iter().map(one).collect::<Vec<_>>()).interval;
                    low <= share && share <= high
                };
                let covered = (0..1_000).map(study).filter(|&covered| covered).count();
                format!(
                    "{interviews} interviews, share {share}, correlation {correlation}: {covered} of 1000"
                )
            });
        insta::assert_snapshot!(found.join("\n"), @r"
        8 interviews, share 0.1, correlation 0.3: 938 of 1000
        20 interviews, share 0.05, correlation 0.15: 942 of 1000
        40 interviews, share 0.3, correlation 0.3: 953 of 1000
        ");
    }

    proptest! {
        #[test]
        fn intervals_hold_their_share_and_have_width(
            counts in prop::collection::vec((0_u32..40, 0_u32..40), 0..12),
            others in prop::collection::vec((0_u32..2000, 0_u32..2000), 0..3),
        ) {
            let [a, b] = [counts, others].map(|counts| {
                let counts: Vec<(u32, u32)> = counts.into_iter().filter(|&(_, of)| of > 0).collect();
                let counts = self::counts(&counts).into_iter();
                pooled_proportion(&counts.map(|one| Count { successes: one.successes.min(one.trials), ..one }).collect::<Vec<_>>())
            });
            for one in [a, b] {
                prop_assert!(0.0 <= one.interval.low && one.interval.low <= one.value + 1e-12);
                prop_assert!(one.value <= one.interval.high + 1e-12 && one.interval.high <= 1.0);
                prop_assert!(one.interval.high - one.interval.low > 1e-6);
            }
            let (there, back) = (difference_interval(a, b), difference_interval(b, a));
            prop_assert!(-1.0 <= there.low && there.low <= a.value - b.value + 1e-12);
            prop_assert!(a.value - b.value <= there.high + 1e-12 && there.high <= 1.0);
            prop_assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
        }
    }
}
