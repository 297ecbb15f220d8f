//! A corrected share and its interval.

use super::sample::{CodedSample, CodedSegment, Interview};
use crate::interval::{binomial_interval_with_tail, effective_number, on_logit_scale, student};
use crate::settings::{INTRACLASS_CORRELATION, TAIL_PROBABILITY};
use crate::{Estimate, Interval};

/// The share of segments of some interviews that carry a theme, corrected by human codes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorrectedShare {
    /// The share as computed, which may be a little outside of 0 to 1.
    pub(super) raw: f64,
    /// Its variance; none for a single interview.
    pub(super) variance: Option<f64>,
    /// Degrees of freedom of the variance.
    pub(super) degrees_of_freedom: f64,
    /// Effective number of codes, with the correlation [`INTRACLASS_CORRELATION`] within interviews.
    pub(super) effective_nobs: f64,
    pub(super) nobs: u32,
    pub(super) interviews: u32,
    /// Segments, coded or not.
    pub(super) segments: f64,
    /// The part of the variance that comes from coding only some segments: `shrinking` falls with their number, `all` is the correction
    /// for a finite number of segments.
    pub(super) shrinking: f64,
    pub(super) all: f64,
}

impl CodedSample {
    /// The corrected share in some interviews, by their indices; none when nothing was coded there.
    ///
    /// With *m* the label, *h* the human code, *λ* that of [`CodedSample::lambda`] and *r* = 1 ÷ π the weight of a coded segment, the share is *λ* ·
    /// mean(*m*) over all segments + Σ *r* (*h* − *λ m*) ÷ Σ *r* over the coded ones: what the machine counts, plus what it was found to miss. It is
    /// the generalised difference estimator of survey sampling (Särndal, Swensson and Wretman, 1992) with normalised weights (Hájek, 1971);
    /// with *λ* = 1 and unnormalised weights it is that of design-based supervised learning (Egami et al., 2023). It is unbiased however wrong
    /// labels are, as long as the probabilities are known.
    ///
    /// The variance is that of the sums of interviews (ultimate clusters: Hansen, Hurwitz and Madow, 1953), linearised, with the correction of
    /// Bell and McCaffrey (2002), as for [`crate::pooled_proportion`]; it includes the differences between interviews and those of the drawn
    /// segments. It is no less than what drawing from labelled and unlabelled segments would give, if each share of codes there were one yes
    /// and one no nearer to a half (Agresti and Coull, 1998): where no mistake was seen, some may exist.
    pub fn corrected_share(&self, interviews: &[usize]) -> Option<CorrectedShare> {
        let interviews = self.at(interviews);
        let coded: Vec<&CodedSegment> = interviews.iter().flat_map(|interview| &interview.coded).collect();
        if coded.is_empty() {
            return None;
        }
        let lambda = self.lambda;
        let segments: f64 = interviews.iter().map(|interview| interview.segments).sum();
        let labelled = interviews.iter().map(|interview| interview.labelled).sum::<f64>() / segments;
        let weight: f64 = coded.iter().map(|one| one.weight).sum();
        let missed = |one: &CodedSegment| one.human - lambda * one.machine;
        let mean = coded.iter().map(|one| one.weight * missed(one)).sum::<f64>() / weight;

        let linearised = |interview: &&Interview| {
            let missed: f64 = interview.coded.iter().map(|one| one.weight * (missed(one) - mean)).sum();
            lambda * (interview.labelled - interview.segments * labelled) / segments + missed / weight
        };
        let sums: Vec<f64> = interviews.iter().map(linearised).collect();
        let scatter = |power: fn(f64) -> f64| {
            coded.iter().map(|one| power(one.weight) * (missed(one) - mean).powi(2)).sum::<f64>()
                / weight.powi(2)
        };
        let (shrinking, all) = (scatter(|weight| weight * weight), scatter(|weight| weight));
        let least = least(&interviews, &coded, segments);
        // Where the smallest variance is used, it is all that is known about coding.
        let shrinking = shrinking.max(least + all);

        let weights: Vec<f64> = interviews.iter().map(|interview| interview.segments / segments).collect();
        let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
        let corrections: Vec<f64> =
            weights.iter().map(|weight| 1.0 / (1.0 - 2.0 * weight + squares)).collect();
        let variance =
            sums.iter().zip(&corrections).map(|(sum, correction)| correction * sum * sum).sum::<f64>();
        let factors: Vec<f64> = weights
            .iter()
            .zip(&corrections)
            .map(|(weight, correction)| weight * weight * correction)
            .collect();
        // Where no interview carries what is rare, the exact interval is used.
        let carriers = |of: fn(&CodedSegment) -> f64| {
            let sums: Vec<f64> =
                interviews.iter().map(|interview| interview.coded.iter().map(of).sum()).collect();
            Some(effective_number(sums.into_iter())).filter(|&number| number > 0.0).unwrap_or(f64::INFINITY)
        };
        let carriers =
            carriers(|one| one.weight * one.human).min(carriers(|one| one.weight * (1.0 - one.human)));
        let several = interviews.len() > 1;
        let within: f64 = interviews
            .iter()
            .map(|interview| interview.coded.iter().map(|one| one.weight).sum::<f64>().powi(2))
            .sum();
        let own: f64 = coded.iter().map(|one| one.weight.powi(2)).sum();
        let number =
            weight.powi(2) / (INTRACLASS_CORRELATION * within + (1.0 - INTRACLASS_CORRELATION) * own);
        Some(CorrectedShare {
            raw: lambda * labelled + mean,
            variance: several.then(|| variance.max(least)),
            degrees_of_freedom: if several {
                bell_mccaffrey(&weights, &factors, squares).min(carriers).max(1.0)
            } else {
                1.0
            },
            effective_nobs: if several { number.max(1.0) } else { 1.0 },
            nobs: coded.len() as u32,
            interviews: interviews.iter().filter(|interview| !interview.coded.is_empty()).count() as u32,
            segments,
            shrinking,
            all,
        })
    }
}

/// The smallest variance that coding only some segments can have, from those with and those without the label.
fn least(interviews: &[&Interview], coded: &[&CodedSegment], segments: f64) -> f64 {
    let mut least = 0.0;
    for class in [0, 1] {
        let of_class: f64 = interviews.iter().map(|interview| interview.classes[class]).sum();
        if of_class == 0.0 {
            continue;
        }
        let coded: Vec<&&CodedSegment> = coded.iter().filter(|one| one.class() == class).collect();
        let number = effective_number(coded.iter().map(|one| one.weight));
        let weight: f64 = coded.iter().map(|one| one.weight).sum();
        let yes: f64 = coded.iter().map(|one| one.weight * one.human).sum();
        let share = (if weight > 0.0 { number * yes / weight } else { 0.0 } + 1.0) / (number + 2.0);
        let uncoded = 1.0 - (coded.len() as f64 / of_class).min(1.0);
        least += (of_class / segments).powi(2) * share * (1.0 - share) / number.max(1.0) * uncoded;
    }
    least
}

/// Bell and McCaffrey's (2002) degrees of freedom: with *C* the covariance of the residuals of a weighted mean and *D* the diagonal of
/// `factors`, tr(*DC*)² ÷ tr(*DCDC*). 1 to *k* − 1; *k* − 1 for interviews of one length.
fn bell_mccaffrey(weights: &[f64], factors: &[f64], squares: f64) -> f64 {
    let (mut trace, mut square) = (0.0, 0.0);
    for (at, (weight, factor)) in weights.iter().zip(factors).enumerate() {
        let own = 1.0 - 2.0 * weight + squares;
        trace += factor * own;
        square += (factor * own).powi(2);
        for (other, beside) in weights.iter().zip(factors).skip(at + 1) {
            square += 2.0 * factor * beside * (squares - weight - other).powi(2);
        }
    }
    trace * trace / square
}

impl CorrectedShare {
    /// The share, within 0 to 1, and its 95 % interval.
    ///
    /// The interval is Student's on the logit scale, within the exact one for the effective number of codes (Clopper and Pearson, 1934;
    /// Korn and Graubard, 1998). At 0 and 1 the exact one is used alone.
    pub fn estimate(&self) -> Estimate {
        self.estimate_with_tail(TAIL_PROBABILITY)
    }

    /// Number of coded segments.
    pub fn nobs(&self) -> u32 {
        self.nobs
    }

    /// Number of interviews with coded segments.
    pub fn interviews(&self) -> u32 {
        self.interviews
    }

    /// About how many more segments to code, sampled in the same way, to halve the width of the interval; none where coding all would
    /// not do, because interviews differ.
    pub fn additional_sample_size(&self) -> Option<u32> {
        additional_sample_size(&[self])
    }

    /// The same estimate with an interval that leaves a probability of `tail` outside on each side.
    pub(super) fn estimate_with_tail(&self, tail: f64) -> Estimate {
        let value = self.raw.clamp(0.0, 1.0);
        Estimate { value, interval: self.interval(value, tail) }
    }

    fn interval(&self, share: f64, tail: f64) -> Interval {
        let exact = binomial_interval_with_tail(share, self.effective_nobs, tail);
        let Some((variance, reach)) = self.variance.zip(student(self.degrees_of_freedom, tail)) else {
            return exact;
        };
        let reach = reach * variance.sqrt();
        // Outside of 0 to 1, where labels outweigh codes, the linear scale gives the end on the other side.
        if self.raw <= 0.0 {
            return Interval { low: 0.0, high: exact.high.max(self.raw + reach).min(1.0) };
        }
        if self.raw >= 1.0 {
            return Interval { low: exact.low.min(self.raw - reach).max(0.0), high: 1.0 };
        }
        let likely = on_logit_scale(share, reach / (share * (1.0 - share)));
        Interval { low: exact.low.max(likely.low), high: exact.high.min(likely.high) }
    }
}

/// How many more segments to code, in the groups together and in proportion, to halve the standard error of their sum or difference:
/// with *c* ÷ *f* − *a* the part of the variance that falls when *f* times as many are coded and *b* the part that stays, *f* = *c* ÷ (*v* ÷ 4 − *b* +
/// *a*). None where *b* alone is too much.
pub(super) fn additional_sample_size(groups: &[&CorrectedShare]) -> Option<u32> {
    let sum = |of: fn(&CorrectedShare) -> f64| groups.iter().map(|one| of(one)).sum::<f64>();
    let mut variance = 0.0;
    for group in groups {
        variance += group.variance?;
    }
    let (shrinking, all) = (sum(|one| one.shrinking), sum(|one| one.all));
    let between = (variance - (shrinking - all)).max(0.0);
    let wanted = variance / 4.0;
    if wanted <= between {
        return None;
    }
    let (coded, segments) = (sum(|one| f64::from(one.nobs)), sum(|one| one.segments));
    let times = shrinking / (wanted - between + all);
    let more = ((times - 1.0) * coded).ceil().clamp(1.0, (segments - coded).max(0.0).max(1.0));
    (segments > coded).then_some(more as u32)
}
