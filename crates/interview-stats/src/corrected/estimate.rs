//! A corrected share and its intervals.

use super::sample::{CodedSample, Sums};
use super::tuning::{Tuning, spread};
use super::{Question, SamplingUnit};
use crate::interval::{binomial_interval_with_tail, effective_number, jeffreys_interval, student};
use crate::settings::TAIL_PROBABILITY;
use crate::{Estimate, Interval};

/// Degrees of freedom of the variance between interviews: themes differ in how alike segments of an interview are, about as much as
/// estimates with so many degrees of freedom would.
const DEGREES_OF_FREEDOM_BETWEEN: f64 = 4.0;
/// With so many degrees of freedom Student's distribution is the normal one.
const MANY: f64 = 1e6;

/// The share of segments of some interviews that carry a theme, corrected by human codes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorrectedShare {
    /// The share, 0 to 1.
    pub(super) value: f64,
    /// A share near it that is never 0 or 1.
    near: f64,
    /// Between which shares it lies by the codes alone.
    least: f64,
    most: f64,
    /// The variance from coding only some segments is `shrinking` − `all`: the first falls with their number, the second is the correction for a
    /// finite number of segments.
    pub(super) shrinking: f64,
    pub(super) all: f64,
    /// The variance from the interviews; none for a single one.
    pub(super) between: Option<f64>,
    /// Degrees of freedom of the variance from coding; none where a single interview was drawn.
    coding_freedom: Option<f64>,
    pub(super) nobs: u32,
    pub(super) interviews: u32,
    /// Segments, coded or not.
    pub(super) segments: f64,
}

impl CodedSample {
    /// The corrected share in some interviews, by their indices; none when nothing was coded there.
    ///
    /// With *m* what the machine says, *h* the human code and *r* = 1 ÷ π the weight of a coded segment, the share is λ · mean(*m*) over all
    /// segments + Σ *r* (*h* − λ*m*) ÷ Σ *r* over the coded ones: what the machine counts, plus what it was found to miss. It is the
    /// generalised difference estimator of survey sampling (Särndal, Swensson and Wretman, 1992) with normalised weights (Hájek, 1971).
    /// It is right on average however wrong the machine is, as long as the probabilities are known.
    ///
    /// The variance from coding is Σ (1 ÷ π − 1) *q* (1 − *q*) ÷ *N*², with the probabilities *q* of [`super::tunings`] and its ratio, and no larger
    /// than with *q* the same for all segments, as the sample alone has it. That from the interviews is *p* (1 − *p*) ((1 − ρ) ÷ *N* + ρ *S* ÷ (1 − *S*))
    /// with the correlation ρ and *S* the sum of squares of the interviews' parts of the segments (Kish, 1965).
    pub fn corrected_share(&self, tuning: &Tuning, interviews: &[usize]) -> Option<CorrectedShare> {
        Some(CorrectedShare::of(&Sums::of(self.at(interviews))?, tuning))
    }

    /// The corrected share in all interviews.
    pub(super) fn corrected_share_of_all(&self, tuning: &Tuning) -> Option<CorrectedShare> {
        Some(CorrectedShare::of(&Sums::of(self.all())?, tuning))
    }
}

impl CorrectedShare {
    fn of(sums: &Sums<'_>, tuning: &Tuning) -> Self {
        let &Tuning { lambda, correlation, unit, .. } = tuning;
        let variance_ratio = tuning.variance_ratio_in(sums);
        let (value, near) = sums.share(lambda);
        let (mut coded, mut squares, mut plain_squares) = (0.0, 0.0, 0.0);
        for one in sums.coded() {
            let spread = spread(one.machine, near, lambda, sums.machine_mean);
            coded += one.weight * spread;
            squares += one.weight * one.weight * spread;
            plain_squares += one.weight * one.weight;
        }
        let values = sums.interviews.iter().flat_map(|interview| &interview.machine);
        let spreads: f64 =
            values.map(|&machine| spread(machine, near, lambda, sums.machine_mean)).sum::<f64>()
                / sums.segments;
        let by_interview: Vec<f64> =
            sums.interviews.iter().map(|one| one.coded.iter().map(|one| one.weight).sum()).collect();
        let drawn = by_interview.iter().filter(|&&weight| weight > 0.0).count();
        // Segments of one drawn interview are alike.
        let alike = match unit {
            SamplingUnit::Segments => 1.0,
            SamplingUnit::Interviews => {
                let number = sums.weight * sums.weight / plain_squares;
                let interviews = effective_number(by_interview.iter().copied());
                1.0 + (number / interviews - 1.0).max(0.0) * correlation
            }
        };
        let scale = variance_ratio * alike / sums.segments;
        let parts = |spread: f64, weight: f64| (scale * spread * weight, scale * spread);
        let alone = parts(near * (1.0 - near), plain_squares / sums.weight);
        let tuned = if coded > 0.0 { parts(spreads, squares / coded) } else { alone };
        let (shrinking, all) = if tuned.0 - tuned.1 < alone.0 - alone.1 { tuned } else { alone };
        let concentration = sums.concentration();
        let between = (sums.interviews.len() > 1).then(|| {
            let between = concentration / (1.0 - concentration);
            near * (1.0 - near) * ((1.0 - correlation) / sums.segments + correlation * between).min(between)
        });
        Self {
            value,
            near,
            least: sums.least(),
            most: sums.most(),
            shrinking,
            all,
            between,
            coding_freedom: match unit {
                SamplingUnit::Segments => Some((sums.coded - 1.0).max(1.0)),
                SamplingUnit::Interviews => (drawn > 1).then_some(drawn as f64 - 1.0),
            },
            nobs: sums.nobs(),
            interviews: drawn as u32,
            segments: sums.segments,
        }
    }

    /// The share, 0 to 1, and its 95 % interval for a question.
    ///
    /// The interval is Jeffreys's for the answers that the codes are worth, *p* (1 − *p*) ÷ variance (Brown and others, 2001; effective
    /// numbers with degrees of freedom as Korn and Graubard, 1998). For these interviews it keeps within what the codes leave possible, so
    /// that it has no width where all was coded.
    pub fn estimate(&self, question: Question) -> Estimate {
        self.estimate_with_tail(question, TAIL_PROBABILITY)
    }

    /// The share, 0 to 1.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Number of coded segments.
    pub fn nobs(&self) -> u32 {
        self.nobs
    }

    /// Number of interviews with coded segments.
    pub fn interviews(&self) -> u32 {
        self.interviews
    }

    /// How many answers about independent segments of a large number the codes are worth, for these interviews.
    pub fn effective_nobs(&self) -> f64 {
        self.near * (1.0 - self.near) / (self.shrinking - self.all).max(1e-15)
    }

    /// About how many more segments to code, sampled in the same way, to halve the width of the interval; none where coding all would
    /// not do, because interviews differ, and where nothing is left to code.
    pub fn additional_sample_size(&self, question: Question) -> Option<u32> {
        additional_sample_size(&[self], question)
    }

    /// The variance that a question has to do with; none where it is not known.
    fn variance(&self, question: Question) -> Option<f64> {
        let coding = (self.shrinking - self.all).max(0.0);
        match question {
            Question::TheseInterviews => Some(coding),
            Question::InterviewsLikeThese => Some(coding + self.between?),
        }
    }

    /// The same estimate with an interval that leaves a probability of `tail` outside on each side.
    pub(super) fn estimate_with_tail(&self, question: Question, tail: f64) -> Estimate {
        Estimate { value: self.value, interval: self.interval(question, tail) }
    }

    fn interval(&self, question: Question, tail: f64) -> Interval {
        let one_answer = || binomial_interval_with_tail(self.value, 1.0, tail);
        let bounds = |Interval { low, high }: Interval| match question {
            // Shares of a finite number of segments are half a segment from the middle of the step between two.
            Question::TheseInterviews => Interval {
                low: (low - 0.5 / self.segments).max(self.least).min(self.value),
                high: (high + 0.5 / self.segments).min(self.most).max(self.value),
            },
            Question::InterviewsLikeThese => Interval { low, high },
        };
        let Some((variance, freedom)) = self.variance(question).zip(self.degrees_of_freedom(question)) else {
            return bounds(one_answer());
        };
        if variance <= 0.0 {
            return Interval { low: self.value, high: self.value };
        }
        let Some((normal, reach)) = student(MANY, tail).zip(student(freedom, tail)) else {
            return bounds(one_answer());
        };
        let number = self.near * (1.0 - self.near) / variance * (normal / reach).powi(2);
        bounds(jeffreys_interval(self.value, number, tail))
    }

    /// Satterthwaite's (1946) for the sum of both variances.
    fn degrees_of_freedom(&self, question: Question) -> Option<f64> {
        let coding_freedom = self.coding_freedom?;
        let coding = self.variance(Question::TheseInterviews)?;
        let between = match question {
            Question::TheseInterviews => 0.0,
            Question::InterviewsLikeThese => self.between?,
        };
        let square = coding * coding / coding_freedom + between * between / DEGREES_OF_FREEDOM_BETWEEN;
        Some(if square > 0.0 { ((coding + between).powi(2) / square).clamp(1.0, MANY) } else { MANY })
    }
}

/// How many more segments to code, in the groups together and in proportion, to halve the standard error of their sum or difference:
/// with *c* ÷ *f* − *a* the part of the variance that falls when *f* times as many are coded and *b* the part that stays, *f* = *c* ÷ (*v* ÷ 4 − *b* +
/// *a*). None where *b* alone is too much.
pub(super) fn additional_sample_size(groups: &[&CorrectedShare], question: Question) -> Option<u32> {
    let sum = |of: fn(&CorrectedShare) -> f64| groups.iter().map(|one| of(one)).sum::<f64>();
    let mut variance = 0.0;
    for group in groups {
        variance += group.variance(question)?;
    }
    let (shrinking, all) = (sum(|one| one.shrinking), sum(|one| one.all));
    let between = (variance - (shrinking - all)).max(0.0);
    let wanted = variance / 4.0;
    if wanted <= between && between > 0.0 {
        return None;
    }
    let (coded, segments) = (sum(|one| f64::from(one.nobs)), sum(|one| one.segments));
    let times = shrinking / (wanted - between + all);
    let more = ((times - 1.0) * coded).ceil().clamp(1.0, (segments - coded).max(0.0).max(1.0));
    (segments > coded).then_some(more as u32)
}
