//! 95 % intervals of a share and of a difference, with the interview as the unit of evidence.
//!
//! A percentile bootstrap over interviews is the usual way and is too narrow for a dozen of them: it knows no degrees of
//! freedom, and has no width at all where a theme is absent. What stands here has neither fault; the coverage that it reaches
//! is in benches/README.md and printed by `cargo bench --bench coverage`.

use super::tally::Tally;
use same_bits::distributions::{beta_quantile, student_quantile};
use same_bits::elementary::{hypot, logistic, logit};

/// Lower and upper end of a 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end: 0 to 1 for a share, −1 to 1 for a difference.
    pub low: f64,
    /// Upper end, not below the lower.
    pub high: f64,
}

/// What is left out on each side.
pub(crate) const TAIL: f64 = 0.025;

/// A share and its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Estimate {
    /// All segments with the theme over all segments; 0 of nothing.
    pub(super) share: f64,
    /// Its interval.
    pub(super) interval: Interval,
}

/// The share of segments that carry a theme, from the interviews of a group.
///
/// With *xᵢ* of *mᵢ* segments in interview *i* of *k*, *M* = Σ *mᵢ*, *p* = Σ *xᵢ* ÷ *M*, weights *wᵢ* = *mᵢ* ÷ *M* and *S* = Σ *wᵢ*²,
/// the interval is where two agree:
///
/// 1. logit(*p*) ± *t* √*v* ÷ (*p* (1 − *p*)), with *v* = Σ *wᵢ*² (*xᵢ* ÷ *mᵢ* − *p*)² ÷ (1 − *S*). This is the linearised variance of a ratio (Woodruff,
///    1971), where 1 − *S* is *k* ÷ (*k* − 1) for interviews of unequal length, and never less than *p* (1 − *p*) ÷ *M*, what independent segments
///    would give. The degrees of freedom of *t* are 1 ÷ *S* − 1, one less than the effective number of interviews (Kish, 1965), but no more than
///    one above the effective number of interviews that carry the theme, (Σ *xᵢ*)² ÷ Σ *xᵢ*², and the same for segments without it: where
///    three people make a theme, its variance is known from hardly more. On the logit scale the ends stay between 0 and 1 (Korn and
///    Graubard, 1998, compare).
/// 2. The exact interval for *p* of 1 ÷ *S* independent answers (Clopper and Pearson, 1934; 1 ÷ *S* is Kish's effective number of
///    interviews). Shares between 0 and 1 with mean *p* cannot vary more than yes and no do, so that this is the worst case. It
///    is all there is where a theme is in no segment, in all, or in the group's one interview.
///
/// It has width always; the interval of a group without segments is 0 to 1.
pub(super) fn share_of(tallies: &[Tally]) -> Estimate {
    weighted_share(&by_length(tallies))
}

/// Interviews weighted by their length, as the share of segments has them.
pub(super) fn by_length(tallies: &[Tally]) -> Vec<(f64, Tally)> {
    let of = tallies.iter().map(|tally| u64::from(tally.of)).sum::<u64>() as f64;
    tallies.iter().map(|&one| (f64::from(one.of) / of, one)).collect()
}

/// The mean over interviews of the share of their segments that carry a theme, so that each interview counts once however long it
/// is. The same interval as [`share_of`], with *wᵢ* = 1 ÷ *k* for the weights.
pub(super) fn mean_share(tallies: &[Tally]) -> Estimate {
    let weight = 1.0 / tallies.len() as f64;
    weighted_share(&tallies.iter().map(|&one| (weight, one)).collect::<Vec<_>>())
}

/// A weighted mean of the shares of interviews, each of which has segments; weights sum to 1. See [`share_of`].
pub(super) fn weighted_share(weighted: &[(f64, Tally)]) -> Estimate {
    estimate_of(&parts(weighted))
}

/// An interview of which some decisions were drawn, each with a weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WeightedInterview {
    /// Sum of the weights of what is counted.
    pub(crate) yes: f64,
    /// Sum of all weights.
    pub(crate) all: f64,
    /// How many decisions of one weight they are worth (Kish, 1965).
    pub(crate) number: f64,
}

/// The share of what is counted in all weights of all interviews, and its interval: that of [`share_of`], with weights for counts.
pub(crate) fn weighted_ratio(interviews: &[WeightedInterview]) -> (f64, Interval) {
    let all: f64 = interviews.iter().map(|one| one.all).sum();
    let parts: Vec<Part> = interviews
        .iter()
        .filter(|one| one.all > 0.0)
        .map(|one| Part { weight: one.all / all, rate: one.yes / one.all, number: one.number })
        .collect();
    let Estimate { share, interval } = estimate_of(&parts);
    (share, interval)
}

/// An interview as intervals see it.
#[derive(Debug, Clone, Copy)]
struct Part {
    /// Its part of the whole; all sum to 1.
    weight: f64,
    /// Its share, 0 to 1.
    rate: f64,
    /// How many answers the share is made of.
    number: f64,
}

/// The interviews that have segments.
fn parts(weighted: &[(f64, Tally)]) -> Vec<Part> {
    let with_segments = weighted.iter().filter(|(_, one)| one.of > 0);
    with_segments.map(|&(weight, one)| Part { weight, rate: rate(one), number: f64::from(one.of) }).collect()
}

fn estimate_of(parts: &[Part]) -> Estimate {
    if parts.is_empty() {
        return Estimate { share: 0.0, interval: Interval { low: 0.0, high: 1.0 } };
    }
    let share = weighted_mean(parts);
    let squares: f64 = parts.iter().map(|part| part.weight * part.weight).sum();
    let worst = exact(share, 1.0 / squares);
    let Some(likely) = scatter(parts).and_then(linearised) else {
        return Estimate { share, interval: worst };
    };
    Estimate {
        share,
        interval: Interval { low: worst.low.max(likely.low), high: worst.high.min(likely.high) },
    }
}

/// The mean of the interviews' shares by their weights.
fn weighted_mean(parts: &[Part]) -> f64 {
    let share = parts.iter().map(|part| part.weight * part.rate).sum::<f64>().clamp(0.0, 1.0);
    // What rounding leaves of all is not to be taken for a share that varies.
    if parts.iter().all(|part| part.rate >= 1.0) { share.round() } else { share }
}

fn rate(tally: Tally) -> f64 {
    f64::from(tally.with) / f64::from(tally.of)
}

/// The share of interviews in which a theme comes up: the exact interval of Clopper and Pearson (1934), because interviews are
/// independent. It covers in at least 95 % of studies, in small ones in more.
pub(super) fn share_of_interviews(tallies: &[Tally]) -> Estimate {
    let with = tallies.iter().filter(|tally| tally.with > 0).count() as f64;
    let of = tallies.len() as f64;
    let share = if tallies.is_empty() { 0.0 } else { with / of };
    Estimate { share, interval: exact(share, of) }
}

/// The interval of the difference *a* − *b* of two independent shares, from the intervals of both: √ of the sum of squares of the
/// distances to the ends that matter (Newcombe, 1998, method 10; for any two intervals Zou and Donner, 2008).
pub(super) fn difference(a: Estimate, b: Estimate) -> Interval {
    let difference = a.share - b.share;
    let below = hypot(a.share - a.interval.low, b.interval.high - b.share);
    let above = hypot(a.interval.high - a.share, b.share - b.interval.low);
    Interval { low: (difference - below).max(-1.0), high: (difference + above).min(1.0) }
}

/// Clopper and Pearson's interval for a share of `number` answers, which need not be whole (Korn and Graubard, 1998).
pub(crate) fn exact(share: f64, number: f64) -> Interval {
    exact_with_tail(share, number, TAIL)
}

/// The same with so much left out on each side, above 0 to below .5.
pub(crate) fn exact_with_tail(share: f64, number: f64, tail: f64) -> Interval {
    let (with, without) = (share * number, (1.0 - share) * number);
    Interval {
        low: quantile(with, without + 1.0, tail).unwrap_or(0.0).clamp(0.0, share),
        high: quantile(with + 1.0, without, 1.0 - tail).unwrap_or(1.0).clamp(share, 1.0),
    }
}

/// How many standard errors of Student's distribution leave out so much on each side; none for degrees of freedom of 0 or less.
pub(crate) fn student(freedom: f64, tail: f64) -> Option<f64> {
    student_quantile(freedom, tail)
}

/// The shares whose logits are `reach` below and above that of `share`, which is above 0 and below 1.
pub(crate) fn on_logit_scale(share: f64, reach: f64) -> Interval {
    let logit = logit(share);
    Interval { low: logistic(logit - reach), high: logistic(logit + reach) }
}

/// A quantile of the beta distribution; none where a shape is as good as 0 and the bound is the end of the range.
fn quantile(shape_a: f64, shape_b: f64, probability: f64) -> Option<f64> {
    if shape_a.min(shape_b) < 1e-9 {
        return None;
    }
    beta_quantile(shape_a, shape_b, probability)
}

/// A weighted share and how well it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scatter {
    /// The share, above 0 and below 1.
    pub(super) share: f64,
    /// Its linearised variance.
    pub(super) variance: f64,
    /// Degrees of freedom of that, 1 or more.
    pub(super) freedom: f64,
}

/// The interval on the logit scale: part 1 of [`share_of`].
fn linearised(Scatter { share, variance, freedom }: Scatter) -> Option<Interval> {
    let interval = on_logit_scale(share, student(freedom, TAIL)? * variance.sqrt() / (share * (1.0 - share)));
    (interval.low.is_finite() && interval.high.is_finite()).then_some(interval)
}

/// The variance of part 1 of [`share_of`]; none where the interviews do not tell how much they differ.
pub(super) fn scatter_of(weighted: &[(f64, Tally)]) -> Option<Scatter> {
    scatter(&parts(weighted))
}

fn scatter(parts: &[Part]) -> Option<Scatter> {
    let share = weighted_mean(parts);
    let squares: f64 = parts.iter().map(|part| part.weight * part.weight).sum();
    let spread = share * (1.0 - share);
    if spread <= 0.0 || parts.len() < 2 {
        return None;
    }
    let scatter: f64 = parts.iter().map(|part| (part.weight * (part.rate - share)).powi(2)).sum();
    let least: f64 = parts.iter().map(|part| part.weight * part.weight / part.number).sum::<f64>() * spread;
    let variance = (scatter / (1.0 - squares)).max(least);
    let carriers = effective(parts.iter().map(|part| part.weight * part.rate));
    let others = effective(parts.iter().map(|part| part.weight * (1.0 - part.rate)));
    let freedom = (1.0 / squares - 1.0).min(carriers + 1.0).min(others + 1.0).max(1.0);
    Some(Scatter { share, variance, freedom })
}

/// Bell and McCaffrey's degrees of freedom: with *C* the covariance of the residuals of a weighted mean and *D* the diagonal of
/// `factors`, tr(*DC*)² ÷ tr(*DCDC*). 1 to *k* − 1; *k* − 1 for interviews of one length.
pub(super) fn freedom(weights: &[f64], factors: &[f64], squares: f64) -> f64 {
    let (mut trace, mut square) = (0.0, 0.0);
    for (place, (weight, factor)) in weights.iter().zip(factors).enumerate() {
        let own = 1.0 - 2.0 * weight + squares;
        trace += factor * own;
        square += (factor * own).powi(2);
        for (other, beside) in weights.iter().zip(factors).skip(place + 1) {
            square += 2.0 * factor * beside * (squares - weight - other).powi(2);
        }
    }
    trace * trace / square
}

/// Kish's effective number of interviews behind a sum of parts: all of them if they are alike, 1 if one has everything.
pub(crate) fn effective(parts: impl Iterator<Item = f64> + Clone) -> f64 {
    let sum: f64 = parts.clone().sum();
    let squares: f64 = parts.map(|part| part * part).sum();
    if squares == 0.0 { 0.0 } else { sum * sum / squares }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::simulated::{interview, lengths};
    use super::*;
    use same_bits::random_stream;

    fn tallies(counts: &[(u32, u32)]) -> Vec<Tally> {
        counts.iter().map(|&(with, of)| Tally { with, of }).collect()
    }

    fn show(Estimate { share, interval: Interval { low, high } }: Estimate) -> String {
        format!("{share:.6} ({low:.6}, {high:.6})")
    }

    // The numbers of the first two tests are printed by tests/fixtures/compare/oracle.py.

    #[test]
    fn exact_intervals_are_those_of_scipy() {
        for (share, number, low, high) in [
            (0.0, 10.0, 0.0, 0.308_497_108),
            (1.0, 10.0, 0.691_502_892, 1.0),
            (0.3, 1.0, 0.000_002_315, 0.996_153_347),
            (0.2, 5.0, 0.005_050_763, 0.716_417_936),
            (0.1, 10.0, 0.002_528_579, 0.445_016_117),
            (0.5, 40.0, 0.338_017_814, 0.661_982_186),
            (0.013, 7.3, 0.0, 0.414_913_315),
            (0.004, 60.5, 0.000_000_003, 0.066_895_044),
            (0.97, 31.7, 0.838_812_307, 0.999_355_386),
            (0.25, 600.0, 0.215_821_360, 0.286_660_471),
        ] {
            let found = exact(share, number);
            assert!((found.low - low).abs() < 1e-6, "{share} of {number}: {found:?}");
            assert!((found.high - high).abs() < 1e-6, "{share} of {number}: {found:?}");
        }
    }

    #[test]
    fn shares_of_segments_are_those_of_numpy() {
        let found = [
            &[(3, 20), (0, 11), (5, 35), (1, 9), (2, 14), (0, 28), (7, 30), (2, 16)][..],
            &[(6, 12), (5, 10), (7, 14), (6, 12)],
            &[(0, 20), (0, 20), (0, 20), (0, 20), (1, 20), (0, 20)],
            &[(1, 10), (4, 10)],
        ]
        .map(|counts| show(share_of(&tallies(counts))));
        insta::assert_snapshot!(found.join("\n"), @r"
        0.122699 (0.059852, 0.235040)
        0.500000 (0.283242, 0.716758)
        0.008333 (0.000110, 0.391666)
        0.250000 (0.000217, 0.939170)
        ");
    }

    #[test]
    fn means_of_interviews_count_each_once() {
        // Printed by tests/fixtures/compare/oracle.py.
        let found = [
            &[(3, 20), (0, 11), (5, 35), (1, 9), (2, 14), (0, 28), (7, 30), (2, 16)][..],
            &[(6, 12), (5, 10), (7, 14), (6, 12)],
            &[(0, 20), (0, 5), (0, 20), (0, 20), (1, 20), (0, 20)],
            &[(1, 10), (40, 100)],
        ]
        .map(|counts| show(mean_share(&tallies(counts))));
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
            share_of(&[]),
            mean_share(&[]),
            share_of(&tallies(&[(0, 0)])),
            share_of(&tallies(&[(3, 3)])),
            share_of(&tallies(&[(0, 20); 10])),
            share_of_interviews(&tallies(&[(0, 1); 10])),
            share_of_interviews(&[]),
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
            |with| share_of_interviews(&tallies(&[vec![(1, 1); with], vec![(0, 1); 10 - with]].concat()));
        let (a, b) = (of_ten(7), of_ten(4));
        let Interval { low, high } = difference(a, b);
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
                    let one = |of| Tally { with: interview(of, share, correlation, &mut rng), of };
                    let Interval { low, high } =
                        share_of(&of.into_iter().map(one).collect::<Vec<_>>()).interval;
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
                let tallies = tallies(&counts).into_iter();
                share_of(&tallies.map(|one| Tally { with: one.with.min(one.of), ..one }).collect::<Vec<_>>())
            });
            for one in [a, b] {
                prop_assert!(0.0 <= one.interval.low && one.interval.low <= one.share + 1e-12);
                prop_assert!(one.share <= one.interval.high + 1e-12 && one.interval.high <= 1.0);
                prop_assert!(one.interval.high - one.interval.low > 1e-6);
            }
            let (there, back) = (difference(a, b), difference(b, a));
            prop_assert!(-1.0 <= there.low && there.low <= a.share - b.share + 1e-12);
            prop_assert!(a.share - b.share <= there.high + 1e-12 && there.high <= 1.0);
            prop_assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
        }
    }
}
