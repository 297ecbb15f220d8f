//! What all themes of a sample show together: how far the machine's values can be used, how far variances are to be trusted and how
//! alike segments of one interview are.
//!
//! A hundred codes hold a rare theme two or three times: too few for a slope, a variance or a correlation of its own. The themes were
//! coded on the same segments of the same interviews, so each is moved towards what all show, the more the rarer it is.

use super::SamplingUnit;
use super::sample::{CodedSample, CodedSegment, Sums};

// The constants were chosen over sixteen coded sets of interviews and answers; with a third or three times as much, intervals of sets that
// were left out were as good to 1 % (docs/methods.md).

/// The common slope counts like so many coded segments.
const SLOPE_SEGMENTS: f64 = 30.0;
/// The common ratio of found to expected variance counts like so many coded segments with the theme.
const RATIO_SEGMENTS: f64 = 20.0;
/// That the common ratio is 1 counts like so many of each theme.
const EXPECTED_SEGMENTS: f64 = 5.0;
/// The correlation of segments of one interview that is usual, what it is at least, and how many pairs of segments it counts like.
const USUAL_CORRELATION: f64 = 0.05;
const LEAST_CORRELATION: f64 = 0.01;
const CORRELATION_PAIRS: f64 = 100.0;
/// The common correlation counts like so many coded segments with the theme.
const CORRELATION_SEGMENTS: f64 = 30.0;

/// How a theme's share is corrected; see [`tunings`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Tuning {
    /// Weight of the machine's values, 0 (none: the sample alone) or more.
    pub lambda: f64,
    /// By how much the variance is larger than expected from the probabilities that the correction implies, 1 or more.
    pub variance_ratio: f64,
    /// Correlation of the segments of an interview, 0 to 1.
    pub correlation: f64,
    /// What was drawn.
    pub unit: SamplingUnit,
    /// Coded segments.
    pub nobs: u32,
}

/// The tuning of each theme of a sample.
///
/// λ is the slope of human codes on the machine's values (power tuning: Angelopoulos, Duchi and Zrnic, 2023), here over all coded
/// segments with their weights, moved towards the common slope of all themes as if that were known from 30 segments. A theme for
/// which the correction would not lower the variance gets 0.
///
/// The expected variance is that of a sample with these probabilities from segments that carry the theme with probability
/// *q* = share + λ (*m* − mean *m*) (anticipated variance: Isaki and Fuller, 1982); the found one that of the deviations *h* − λ*m*. Their
/// ratio is moved towards that of all themes and not below 1. That of a group is moved towards the theme's in the same way.
///
/// The correlation is the mean product of deviations of two coded segments of one interview, moved towards that of all themes, and
/// this towards .05, which is usual.
pub fn tunings(themes: &[CodedSample], unit: SamplingUnit) -> Vec<Tuning> {
    let sums: Vec<Option<Sums<'_>>> = themes.iter().map(|theme| Sums::of(theme.all())).collect();
    let present = || sums.iter().flatten();
    let slope = {
        let (products, squares) = present().map(|one| (one.coded, moments(one))).fold(
            (0.0, 0.0),
            |(products, squares), (coded, (product, square))| {
                (products + coded * product, squares + coded * square)
            },
        );
        if squares > 0.0 { (products / squares).max(0.0) } else { 0.0 }
    };
    let lambdas: Vec<f64> =
        sums.iter().map(|one| one.as_ref().map_or(0.0, |one| lambda(one, slope))).collect();
    let tuned = variance_ratios(&sums, &lambdas);
    let alone = variance_ratios(&sums, &vec![0.0; sums.len()]);
    let correlations = correlations(&sums);
    let tuning = |at: usize| {
        let correlation = correlations[at];
        let nobs = sums[at].as_ref().map_or(0, Sums::nobs);
        let tuned = Tuning { lambda: lambdas[at], variance_ratio: tuned[at], correlation, unit, nobs };
        let alone = Tuning { lambda: 0.0, variance_ratio: alone[at], ..tuned };
        let worth = |tuning: &Tuning| {
            themes[at].corrected_share_of_all(tuning).map_or(0.0, |share| share.effective_nobs())
        };
        // With the same worth the simpler one, whichever way sums were rounded.
        if worth(&tuned) > worth(&alone) * (1.0 + 1e-9) { tuned } else { alone }
    };
    (0..themes.len()).map(tuning).collect()
}

/// The weighted covariance of human codes with the machine's values, and the variance of these.
fn moments(sums: &Sums<'_>) -> (f64, f64) {
    let (mut product, mut square) = (0.0, 0.0);
    for one in sums.coded() {
        let machine = one.machine - sums.machine;
        product += one.weight * machine * (one.human - sums.human);
        square += one.weight * machine * machine;
    }
    (product / sums.weight, square / sums.weight)
}

fn lambda(sums: &Sums<'_>, slope: f64) -> f64 {
    let (product, square) = moments(sums);
    let usual = SLOPE_SEGMENTS * sums.machine_variance;
    let squares = sums.coded * square + usual;
    if squares <= 1e-12 { 0.0 } else { ((sums.coded * product + usual * slope) / squares).max(0.0) }
}

/// The variance that each theme's share is found to have, over that which is expected.
fn variance_ratios(sums: &[Option<Sums<'_>>], lambdas: &[f64]) -> Vec<f64> {
    let variances: Vec<(f64, f64, f64)> = sums
        .iter()
        .zip(lambdas)
        .map(|(sums, &lambda)| {
            sums.as_ref().map_or((0.0, 0.0, 0.0), |sums| {
                let (expected, found) = variances(sums, lambda);
                (expected, found, sums.rarer())
            })
        })
        .collect();
    let all = |of: fn(&(f64, f64, f64)) -> f64| variances.iter().map(of).sum::<f64>();
    let (expected, found, rarer) = (all(|one| one.0), all(|one| one.1), all(|one| one.2));
    if expected <= 0.0 {
        return vec![1.0; sums.len()];
    }
    let usual = EXPECTED_SEGMENTS * variances.iter().filter(|one| one.0 > 0.0).count() as f64;
    let common = (usual + rarer * found / expected) / (usual + rarer);
    let ratio = |&(expected, found, rarer): &(f64, f64, f64)| moved_ratio(common, (expected, found), rarer);
    variances.iter().map(ratio).collect()
}

/// The variance of the sum over the coded segments that is expected, and the one that is found; both 0 for a single segment.
fn variances(sums: &Sums<'_>, lambda: f64) -> (f64, f64) {
    let (mut expected, mut found) = (0.0, 0.0);
    if sums.coded <= 1.0 {
        return (expected, found);
    }
    let (_, near) = sums.share(lambda);
    let mean = sums.human - lambda * sums.machine;
    for one in sums.coded() {
        let uncoded = one.weight * (one.weight - 1.0);
        expected += uncoded * spread(one.machine, near, lambda, sums.machine_mean);
        found += uncoded * (one.human - lambda * one.machine - mean).powi(2);
    }
    (expected, found * sums.coded / (sums.coded - 1.0))
}

/// A ratio moved towards what is common, the less the more segments with the theme were coded.
fn moved_ratio(common: f64, (expected, found): (f64, f64), rarer: f64) -> f64 {
    let own = if expected > 0.0 { found / expected } else { common };
    ((RATIO_SEGMENTS * common + rarer * own) / (RATIO_SEGMENTS + rarer)).max(1.0)
}

impl Tuning {
    /// The ratio in some interviews, which may be harder for the machine than others.
    pub(super) fn variance_ratio_in(&self, sums: &Sums<'_>) -> f64 {
        if sums.nobs() >= self.nobs {
            return self.variance_ratio;
        }
        moved_ratio(self.variance_ratio, variances(sums, self.lambda), sums.rarer())
    }
}

/// *q* (1 − *q*) for the probability *q* that the correction implies for a segment with this value of the machine.
pub(super) fn spread(machine: f64, share: f64, lambda: f64, mean: f64) -> f64 {
    let probability = (share + lambda * (machine - mean)).clamp(0.0, 1.0);
    probability * (1.0 - probability)
}

/// Products of deviations of coded segments of one interview, and what they would be if these were all alike.
struct Products {
    found: f64,
    /// Weighted pairs, in pairs of the mean weight.
    pairs: f64,
    /// *p* (1 − *p*).
    spread: f64,
    rarer: f64,
}

impl Products {
    fn of(sums: &Sums<'_>) -> Self {
        let square = |of: fn(&CodedSegment) -> f64| sums.coded().map(of).sum::<f64>();
        let (squares, cubes) = (square(|one| one.weight.powi(2)), square(|one| one.weight.powi(3)));
        let (mut found, mut own, mut mixed) = (0.0, 0.0, 0.0);
        for interview in &sums.interviews {
            let (mut deviation, mut weight, mut square) = (0.0, 0.0, 0.0);
            for one in &interview.coded {
                let here = one.weight * (one.human - sums.human);
                deviation += here;
                found -= here * here;
                weight += one.weight;
                square += one.weight * one.weight;
            }
            found += deviation * deviation;
            own += weight * weight;
            mixed += weight * square;
        }
        let (weight, unit) = (sums.weight, squares / sums.coded);
        let spread = sums.human * (1.0 - sums.human);
        // Deviations are from the mean of the same segments, which makes products of independent ones negative.
        let bias = (own * squares / weight - 2.0 * mixed - squares * squares / weight + 2.0 * cubes) / weight;
        Self {
            found: (found - spread * bias) / unit,
            pairs: (own - squares) * (1.0 - own / (weight * weight)) / unit,
            spread,
            rarer: sums.rarer(),
        }
    }
}

fn correlations(sums: &[Option<Sums<'_>>]) -> Vec<f64> {
    let products: Vec<Option<Products>> = sums.iter().map(|one| one.as_ref().map(Products::of)).collect();
    let all = |of: fn(&Products) -> f64| products.iter().flatten().map(of).sum::<f64>();
    let number = products.iter().flatten().count().max(1) as f64;
    let usual = CORRELATION_PAIRS * all(|one| one.spread) / number;
    let alike = all(|one| one.pairs * one.spread) + usual;
    let common = if alike > 0.0 {
        (all(|one| one.found) + usual * USUAL_CORRELATION) / alike
    } else {
        USUAL_CORRELATION
    };
    let common = common.clamp(LEAST_CORRELATION, 1.0);
    let correlation = |one: &Option<Products>| {
        let Some(one) = one.as_ref().filter(|one| one.pairs * one.spread > 1e-9) else { return common };
        let own = one.found / (one.pairs * one.spread);
        let moved = common + one.rarer / (one.rarer + CORRELATION_SEGMENTS) * (own - common);
        moved.clamp(common / 2.0, 1.0)
    };
    products.iter().map(correlation).collect()
}
