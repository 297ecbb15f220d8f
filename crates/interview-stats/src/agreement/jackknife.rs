//! Intervals of the coefficients, by leaving out one interview at a time.
//!
//! A percentile bootstrap of a dozen interviews is too narrow and has no width where raters agree throughout. The jackknife with Student's
//! *t*, on scales that keep the ends in range and within what an exact interval of percent agreement allows, has neither fault.

use same_bits::elementary::exp;

use super::Agreement;
use super::coefficient::{ChanceCorrected, Coefficients, coefficients};
use super::sums::Sums;
use crate::interval::{binomial_interval, effective_number, on_logit_scale, student};
use crate::settings::{INTRACLASS_CORRELATION, TAIL_PROBABILITY};
use crate::{Estimate, Interval};

/// What the intervals of all coefficients share.
struct Jackknife {
    full: Coefficients,
    /// The coefficients without each interview in turn.
    without: Vec<Option<Coefficients>>,
    /// Standard errors to each side of a 95 % interval; none with one interview.
    reach: Option<f64>,
    /// Effective number of decisions, if they are independent (Kish, 1965).
    independent: f64,
    /// The exact interval of percent agreement, for the effective number of decisions with the correlation [`INTRACLASS_CORRELATION`]
    /// within interviews.
    exact: Interval,
}

/// All coefficients with their intervals; none without a decision of two raters. With *k* interviews the variance
/// is (*k* − 1) ÷ *k* · Σ (*c*₋ᵢ − mean)², where *c*₋ᵢ leaves out interview *i* (Tukey's jackknife), and the degrees of freedom are one less than
/// the effective number of interviews (Kish, 1965, by their decisions):
///
/// - Percent (and with it PABAK), and the prevalence index put on 0 to 1: on the logit scale, with a variance of no less than
///   independent decisions would have, within the exact interval for the effective number of decisions with the correlation
///   [`INTRACLASS_CORRELATION`] within interviews (Clopper and Pearson, 1934).
/// - Chance-corrected coefficients: on the scale of ln(1 − *c*), within what the exact interval of percent makes of them.
/// - The bias index: on its own scale, no further from 0 than disagreement goes.
pub(super) fn coefficients_with_intervals(interviews: &[Sums], is_pair: bool) -> Option<Agreement> {
    let sum = |without: Option<usize>| {
        let kept = interviews.iter().enumerate().filter(|&(index, _)| Some(index) != without);
        kept.fold(Sums::default(), |sum, (_, one)| sum.plus(one))
    };
    let all = sum(None);
    let full = coefficients(&all)?;
    let compared: Vec<f64> = interviews.iter().map(|one| one.weight).filter(|&weight| weight > 0.0).collect();
    let within: f64 = compared.iter().map(|weight| weight * weight).sum();
    let number =
        all.weight.powi(2) / (INTRACLASS_CORRELATION * within + (1.0 - INTRACLASS_CORRELATION) * all.squares);
    let degrees_of_freedom = (effective_number(compared.iter().copied()) - 1.0).max(1.0);
    let jackknife = Jackknife {
        without: (0..interviews.len()).map(|index| coefficients(&sum(Some(index)))).collect(),
        reach: if compared.len() < 2 { None } else { student(degrees_of_freedom, TAIL_PROBABILITY) },
        independent: all.weight.powi(2) / all.squares,
        exact: binomial_interval(full.percent, number),
        full,
    };
    let percent = jackknife.share(full.percent, |one| one.percent, jackknife.exact, jackknife.reach);
    let doubled = |Estimate { value, interval }: Estimate| Estimate {
        value: 2.0 * value - 1.0,
        interval: Interval { low: 2.0 * interval.low - 1.0, high: 2.0 * interval.high - 1.0 },
    };
    let yes = f64::midpoint(full.prevalence_index, 1.0);
    // Where few interviews have what is rare, its variance is estimated from few.
    let carriers = effective_number(interviews.iter().map(|one| one.yes))
        .min(effective_number(interviews.iter().map(|one| one.answers - one.yes)));
    let reach =
        jackknife.reach.and_then(|_| student(degrees_of_freedom.min(carriers).max(1.0), TAIL_PROBABILITY));
    let prevalence = jackknife.share(
        yes,
        |one| f64::midpoint(one.prevalence_index, 1.0),
        binomial_interval(yes, number),
        reach,
    );
    let compared: Vec<&Sums> = interviews.iter().filter(|one| one.decisions > 0).collect();
    Some(Agreement {
        segments: compared.iter().map(|one| one.segments).sum(),
        decisions: compared.iter().map(|one| one.decisions).sum(),
        interviews: compared.len() as u32,
        percent,
        cohen_kappa: full
            .cohen_kappa
            .filter(|_| is_pair)
            .map(|one| jackknife.corrected(one, |other| other.cohen_kappa)),
        fleiss_kappa: full.fleiss_kappa.map(|one| jackknife.corrected(one, |other| other.fleiss_kappa)),
        gwet_ac1: jackknife.corrected(full.gwet_ac1, |other| Some(other.gwet_ac1)),
        krippendorff_alpha: full
            .krippendorff_alpha
            .map(|one| jackknife.corrected(one, |other| other.krippendorff_alpha)),
        pabak: doubled(percent),
        prevalence_index: doubled(prevalence),
        bias_index: is_pair.then(|| jackknife.bias()),
    })
}

impl Jackknife {
    /// Jackknife variance. Where leaving out an interview leaves a coefficient undefined, it counts as unchanged.
    fn variance(&self, value: f64, of: impl Fn(&Coefficients) -> Option<f64>) -> f64 {
        let values: Vec<f64> =
            self.without.iter().map(|one| one.as_ref().and_then(&of).unwrap_or(value)).collect();
        let number = values.len() as f64;
        let mean = values.iter().sum::<f64>() / number;
        values.iter().map(|one| (one - mean).powi(2)).sum::<f64>() * (number - 1.0) / number
    }

    fn share(
        &self,
        value: f64,
        of: impl Fn(&Coefficients) -> f64,
        within: Interval,
        reach: Option<f64>,
    ) -> Estimate {
        let possible = value * (1.0 - value);
        let Some(reach) = reach.filter(|_| possible > 0.0) else {
            return Estimate { value, interval: within };
        };
        let variance = self.variance(value, |one| Some(of(one))).max(possible / self.independent);
        let likely = on_logit_scale(value, reach * variance.sqrt() / possible);
        let interval = Interval { low: within.low.max(likely.low), high: within.high.min(likely.high) };
        Estimate { value, interval }
    }

    fn corrected(
        &self,
        ChanceCorrected { value, expected }: ChanceCorrected,
        of: impl Fn(&Coefficients) -> Option<ChanceCorrected>,
    ) -> Estimate {
        let found = self.full.percent;
        let worst = |percent: f64| 1.0 - (1.0 - percent) / expected;
        let within = Interval {
            low: worst(self.exact.low).min(value),
            high: worst(self.exact.high).max(value).min(1.0),
        };
        let disagreement = 1.0 - value;
        let independent = found * (1.0 - found) / self.independent / expected.powi(2);
        let variance = self.variance(value, |one| of(one).map(|one| one.value)).max(independent);
        let interval = match self.reach {
            Some(reach) if disagreement > 0.0 && variance > 0.0 => {
                let factor = exp(reach * variance.sqrt() / disagreement);
                Interval {
                    low: within.low.max(1.0 - disagreement * factor),
                    high: within.high.min(1.0 - disagreement / factor),
                }
            }
            _ => within,
        };
        Estimate { value, interval: Interval { low: interval.low.max(-1.0).min(value), ..interval } }
    }

    fn bias(&self) -> Estimate {
        let value = self.full.bias_index;
        let furthest = 1.0 - self.exact.low;
        let least = (1.0 - self.full.percent).max(1.0 / self.independent) / self.independent;
        let distance = match self.reach {
            Some(reach) if self.full.percent < 1.0 => {
                reach * self.variance(value, |one| Some(one.bias_index)).max(least).sqrt()
            }
            _ => f64::INFINITY,
        };
        let interval =
            Interval { low: (value - distance).max(-furthest), high: (value + distance).min(furthest) };
        Estimate { value, interval }
    }
}
