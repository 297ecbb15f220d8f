//! A corrected share and how far it can be trusted.

use super::super::interval::{Interval, effective, exact_with_tail, freedom, on_logit_scale, student};
use super::sample::{Coded, Interview, ThemeSample};

/// How alike the codes of one interview are taken to be where the exact interval needs a number of answers (intraclass
/// correlation): the upper end of what is usual for segments of an interview.
const CORRELATION: f64 = 0.3;

/// A corrected share with all that its intervals need.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Estimate {
    /// The share as it comes out, which may be a little outside of 0 to 1.
    pub(super) raw: f64,
    /// Its variance; none where a single interview tells nothing of others.
    pub(super) variance: Option<f64>,
    /// What the variance is known from.
    pub(super) freedom: f64,
    /// Answers that the codes are worth, if those of one interview are as alike as [`CORRELATION`].
    pub(super) number: f64,
    pub(super) coded: u32,
    pub(super) interviews_coded: u32,
    /// Segments of the group.
    pub(super) segments: f64,
    /// The part of the variance that comes from coding some segments only: `shrinking` falls with their number, `all` is what is
    /// gained because the number of segments is finite.
    pub(super) shrinking: f64,
    pub(super) all: f64,
}

/// The share of segments with a theme in the interviews at `places`, from labels and codes; none when nothing was coded there.
///
/// With *m* the label, *h* the code, *λ* the trust in labels and *r* = 1 ÷ π the weight of a coded segment, the share is *λ* · mean(*m*) over
/// all segments + Σ *r* (*h* − *λ m*) ÷ Σ *r* over the coded ones: what the machine counts, plus what it was found to miss. It is the
/// generalised difference estimator of survey sampling (Särndal, Swensson and Wretman, 1992), in its form with normalised weights
/// (Hájek, 1971); with *λ* = 1 and whole weights it is that of design-based supervised learning (Egami et al., 2023). It is right
/// however wrong labels are, as long as chances are known.
///
/// The variance is that of the sums of interviews (ultimate clusters: Hansen, Hurwitz and Madow, 1953), linearised, with Bell and
/// McCaffrey's (2002) correction, as in [`super::super::interval::share_of`]; it holds both the differences between interviews and those
/// of the drawn segments. It is no less than what drawing from labelled and unlabelled segments would give, were each
/// share of codes there one yes and one no nearer to a half (Agresti and Coull, 1998): where no mistake was seen, some may be.
pub(super) fn estimate(sample: &ThemeSample, places: &[usize]) -> Option<Estimate> {
    let interviews = sample.at(places);
    let coded: Vec<&Coded> = interviews.iter().flat_map(|interview| &interview.coded).collect();
    if coded.is_empty() {
        return None;
    }
    let lambda = sample.lambda;
    let segments: f64 = interviews.iter().map(|interview| interview.segments).sum();
    let labelled = interviews.iter().map(|interview| interview.labelled).sum::<f64>() / segments;
    let weight: f64 = coded.iter().map(|one| one.weight).sum();
    let missed = |one: &Coded| one.human - lambda * one.machine;
    let mean = coded.iter().map(|one| one.weight * missed(one)).sum::<f64>() / weight;

    let linearised = |interview: &&Interview| {
        let missed: f64 = interview.coded.iter().map(|one| one.weight * (missed(one) - mean)).sum();
        lambda * (interview.labelled - interview.segments * labelled) / segments + missed / weight
    };
    let sums: Vec<f64> = interviews.iter().map(linearised).collect();
    let scatter = |power: fn(f64) -> f64| {
        coded.iter().map(|one| power(one.weight) * (missed(one) - mean).powi(2)).sum::<f64>() / weight.powi(2)
    };
    let (shrinking, all) = (scatter(|weight| weight * weight), scatter(|weight| weight));
    let least = least(&interviews, &coded, segments);
    // Where the smallest variance is taken, it is all that is known of coding.
    let shrinking = shrinking.max(least + all);

    let weights: Vec<f64> = interviews.iter().map(|interview| interview.segments / segments).collect();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let corrections: Vec<f64> = weights.iter().map(|weight| 1.0 / (1.0 - 2.0 * weight + squares)).collect();
    let variance = sums.iter().zip(&corrections).map(|(sum, correction)| correction * sum * sum).sum::<f64>();
    let factors: Vec<f64> =
        weights.iter().zip(&corrections).map(|(weight, correction)| weight * weight * correction).collect();
    // Where nobody has what is rare there is nobody to count, and the exact interval to fall back on.
    let carriers = |of: fn(&Coded) -> f64| {
        let sums: Vec<f64> =
            interviews.iter().map(|interview| interview.coded.iter().map(of).sum()).collect();
        Some(effective(sums.into_iter())).filter(|&number| number > 0.0).unwrap_or(f64::INFINITY)
    };
    let carriers = carriers(|one| one.weight * one.human).min(carriers(|one| one.weight * (1.0 - one.human)));
    let several = interviews.len() > 1;
    let within: f64 = interviews
        .iter()
        .map(|interview| interview.coded.iter().map(|one| one.weight).sum::<f64>().powi(2))
        .sum();
    let own: f64 = coded.iter().map(|one| one.weight.powi(2)).sum();
    let number = weight.powi(2) / (CORRELATION * within + (1.0 - CORRELATION) * own);
    Some(Estimate {
        raw: lambda * labelled + mean,
        variance: several.then(|| variance.max(least)),
        freedom: if several { freedom(&weights, &factors, squares).min(carriers).max(1.0) } else { 1.0 },
        number: if several { number.max(1.0) } else { 1.0 },
        coded: coded.len() as u32,
        interviews_coded: interviews.iter().filter(|interview| !interview.coded.is_empty()).count() as u32,
        segments,
        shrinking,
        all,
    })
}

/// The smallest variance that coding some of the segments leaves, from those that the machine did not label and those that it did.
fn least(interviews: &[&Interview], coded: &[&Coded], segments: f64) -> f64 {
    let mut least = 0.0;
    for class in [0, 1] {
        let of_class: f64 = interviews.iter().map(|interview| interview.classes[class]).sum();
        if of_class == 0.0 {
            continue;
        }
        let coded: Vec<&&Coded> = coded.iter().filter(|one| one.class() == class).collect();
        let number = effective(coded.iter().map(|one| one.weight));
        let weight: f64 = coded.iter().map(|one| one.weight).sum();
        let yes: f64 = coded.iter().map(|one| one.weight * one.human).sum();
        let share = (if weight > 0.0 { number * yes / weight } else { 0.0 } + 1.0) / (number + 2.0);
        let uncoded = 1.0 - (coded.len() as f64 / of_class).min(1.0);
        least += (of_class / segments).powi(2) * share * (1.0 - share) / number.max(1.0) * uncoded;
    }
    least
}

impl Estimate {
    /// The share, within 0 to 1.
    pub(super) fn share(&self) -> f64 {
        self.raw.clamp(0.0, 1.0)
    }

    /// The interval that leaves out `tail` on each side: Student's on the logit scale, within the exact one for as many answers as
    /// the codes are worth (Clopper and Pearson, 1934; Korn and Graubard, 1998). The exact one is all there is at 0 and 1.
    pub(super) fn interval(&self, tail: f64) -> Interval {
        let share = self.share();
        let exact = exact_with_tail(share, self.number, tail);
        let Some((variance, reach)) = self.variance.zip(student(self.freedom, tail)) else { return exact };
        let reach = reach * variance.sqrt();
        // Beyond the ends, where labels outweigh codes, the plain scale tells how far inside the truth may be.
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

/// How many more segments to code, in the groups together and in proportion, so that the standard error of their sum or
/// difference halves: with *c* ÷ *f* − *a* the part that falls when *f* times as many are coded and *b* the part that stays, *f* = *c* ÷
/// (*v* ÷ 4 − *b* + *a*). None when *b* alone is too much.
pub(super) fn more_to_halve(groups: &[&Estimate]) -> Option<u32> {
    let sum = |of: fn(&Estimate) -> f64| groups.iter().map(|one| of(one)).sum::<f64>();
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
    let (coded, segments) = (sum(|one| f64::from(one.coded)), sum(|one| one.segments));
    let times = shrinking / (wanted - between + all);
    let more = ((times - 1.0) * coded).ceil().clamp(1.0, (segments - coded).max(0.0).max(1.0));
    (segments > coded).then_some(more as u32)
}
