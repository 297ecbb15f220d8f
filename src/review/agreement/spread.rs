//! Intervals of the coefficients, by leaving out one interview at a time.
//!
//! A percentile bootstrap of a dozen interviews is too narrow and has no width where raters agree throughout. The
//! jackknife with Student's distribution, on scales that keep the ends in range and within what an exact interval for percent
//! allows, has neither fault; docs/methods.md has its coverage.

use super::Coefficient;
use super::coefficient::{Coefficients, Corrected, coefficients};
use super::tally::Tally;
use crate::compare::{Interval, TAIL, effective, exact, on_logit_scale, student};
use same_bits::elementary::exp;

/// How alike the decisions of one interview are taken to be where the exact interval needs a number of answers (intraclass
/// correlation): the upper end of what is usual for segments of an interview.
const CORRELATION: f64 = 0.3;

/// All coefficients with their intervals.
pub(super) struct Measured {
    pub(super) percent: Coefficient,
    pub(super) cohen_kappa: Option<Coefficient>,
    pub(super) fleiss_kappa: Option<Coefficient>,
    pub(super) gwet_ac1: Coefficient,
    pub(super) krippendorff_alpha: Option<Coefficient>,
    pub(super) pabak: Coefficient,
    pub(super) prevalence_index: Coefficient,
    pub(super) bias_index: Option<Coefficient>,
}

/// What the intervals of all coefficients share.
struct Spread {
    full: Coefficients,
    /// The coefficients without each interview in turn.
    without: Vec<Option<Coefficients>>,
    /// Standard errors to each side of a 95 % interval; none with one interview.
    reach: Option<f64>,
    /// Answers that the decisions are worth, were they independent (Kish, 1965).
    independent: f64,
    /// The exact interval of percent, for as many answers as the decisions are worth if those of one interview are as alike as
    /// [`CORRELATION`].
    exact: Interval,
}

/// The coefficients of interviews with their intervals; none without a decision of two raters. With *k* interviews the variance
/// is (*k* − 1) ÷ *k* · Σ (*c*₋ᵢ − mean)², where *c*₋ᵢ leaves out interview *i* (Tukey's jackknife), and the degrees of freedom are one less than
/// the effective number of interviews (Kish, 1965, by their decisions):
///
/// - Percent (and with it PABAK), and the prevalence index put on 0 to 1: on the logit scale, with a variance of no less than
///   independent decisions would have, within the exact interval for the number of answers that decisions are worth
///   if those of one interview are as alike as [`CORRELATION`] (Clopper and Pearson, 1934).
/// - What corrects for chance: on the scale of ln(1 − *c*), within what the exact interval of percent would make of it.
/// - The bias index: as it is, no further from 0 than disagreement goes.
pub(super) fn measured(interviews: &[Tally], pair: bool) -> Option<Measured> {
    let sum = |without: Option<usize>| {
        let kept = interviews.iter().enumerate().filter(|&(place, _)| Some(place) != without);
        kept.fold(Tally::default(), |sum, (_, tally)| sum.plus(tally))
    };
    let all = sum(None);
    let full = coefficients(&all)?;
    let compared: Vec<f64> =
        interviews.iter().map(|tally| tally.weight).filter(|&weight| weight > 0.0).collect();
    let within: f64 = compared.iter().map(|weight| weight * weight).sum();
    let number = all.weight.powi(2) / (CORRELATION * within + (1.0 - CORRELATION) * all.squares);
    let freedom = (effective(compared.iter().copied()) - 1.0).max(1.0);
    let spread = Spread {
        without: (0..interviews.len()).map(|place| coefficients(&sum(Some(place)))).collect(),
        reach: if compared.len() < 2 { None } else { student(freedom, TAIL) },
        independent: all.weight.powi(2) / all.squares,
        exact: exact(full.percent, number),
        full,
    };
    let percent = spread.share(full.percent, |one| one.percent, spread.exact, spread.reach);
    let doubled = |Coefficient { value, interval }: Coefficient| Coefficient {
        value: 2.0 * value - 1.0,
        interval: Interval { low: 2.0 * interval.low - 1.0, high: 2.0 * interval.high - 1.0 },
    };
    let yes = f64::midpoint(full.prevalence_index, 1.0);
    // Where few interviews have what is rare, its spread is known from few.
    let carriers = effective(interviews.iter().map(|tally| tally.yes))
        .min(effective(interviews.iter().map(|tally| tally.answers - tally.yes)));
    let reach = spread.reach.and_then(|_| student(freedom.min(carriers).max(1.0), TAIL));
    let prevalence =
        spread.share(yes, |one| f64::midpoint(one.prevalence_index, 1.0), exact(yes, number), reach);
    Some(Measured {
        percent,
        cohen_kappa: full
            .cohen_kappa
            .filter(|_| pair)
            .map(|one| spread.corrected(one, |other| other.cohen_kappa)),
        fleiss_kappa: full.fleiss_kappa.map(|one| spread.corrected(one, |other| other.fleiss_kappa)),
        gwet_ac1: spread.corrected(full.gwet_ac1, |other| Some(other.gwet_ac1)),
        krippendorff_alpha: full
            .krippendorff_alpha
            .map(|one| spread.corrected(one, |other| other.krippendorff_alpha)),
        pabak: doubled(percent),
        prevalence_index: doubled(prevalence),
        bias_index: pair.then(|| spread.bias()),
    })
}

impl Spread {
    /// Jackknife variance. A coefficient that is lost with an interview is taken not to change: it says nothing then.
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
    ) -> Coefficient {
        let possible = value * (1.0 - value);
        let Some(reach) = reach.filter(|_| possible > 0.0) else {
            return Coefficient { value, interval: within };
        };
        let variance = self.variance(value, |one| Some(of(one))).max(possible / self.independent);
        let likely = on_logit_scale(value, reach * variance.sqrt() / possible);
        let interval = Interval { low: within.low.max(likely.low), high: within.high.min(likely.high) };
        Coefficient { value, interval }
    }

    fn corrected(
        &self,
        Corrected { value, expected }: Corrected,
        of: impl Fn(&Coefficients) -> Option<Corrected>,
    ) -> Coefficient {
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
        Coefficient { value, interval: Interval { low: interval.low.max(-1.0).min(value), ..interval } }
    }

    fn bias(&self) -> Coefficient {
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
        Coefficient { value, interval }
    }
}
