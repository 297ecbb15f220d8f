//! The formulas of agreement: each coefficient is 1 less the observed disagreement over the expected one.

use super::sums::Sums;

/// A chance-corrected coefficient and the disagreement that it expects by chance, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ChanceCorrected {
    pub(super) value: f64,
    pub(super) expected: f64,
}

/// All coefficients, as far as they exist.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Coefficients {
    pub(super) percent: f64,
    pub(super) cohen_kappa: Option<ChanceCorrected>,
    pub(super) fleiss_kappa: Option<ChanceCorrected>,
    pub(super) gwet_ac1: ChanceCorrected,
    pub(super) krippendorff_alpha: Option<ChanceCorrected>,
    pub(super) prevalence_index: f64,
    pub(super) bias_index: f64,
}

/// Expected disagreement below this is rounding.
const TINY: f64 = 1e-12;

/// The coefficients of summed decisions; none without a decision of two raters.
///
/// With *o* the observed disagreement, *p* and *q* the shares to which two raters said yes, and *s* the share over all raters,
/// the expected disagreement is *p* (1 − *q*) + *q* (1 − *p*) for Cohen (1960), 2 *s* (1 − *s*) for Fleiss (1971) and Scott (1955),
/// 1 − 2 *s* (1 − *s*) for Gwet (2008), and 2 *y* (*n* − *y*) ÷ (*n* (*n* − 1)) for Krippendorff (2011), with *y* of *n* answers yes
/// and *o* from the coincidences of answers. Single answers to a segment count in *s* and not in *n* (Gwet, 2014). Where few answers
/// are matched, the coefficient could fall below −1; the expected disagreement is then taken to be half of the observed one.
pub(super) fn coefficients(sums: &Sums) -> Option<Coefficients> {
    if sums.weight <= 0.0 {
        return None;
    }
    let percent = (sums.agreed / sums.weight).clamp(0.0, 1.0);
    let [p, q] = sums.said.map(|said| said / sums.weight);
    let share = sums.rated_yes / sums.rated;
    let corrected = |observed: f64, expected: f64| {
        let possible = expected > TINY;
        let expected = expected.max(observed / 2.0);
        possible.then(|| ChanceCorrected { value: 1.0 - observed / expected, expected })
    };
    let by_chance = 2.0 * share * (1.0 - share);
    let no = sums.answers - sums.yes;
    Some(Coefficients {
        percent,
        cohen_kappa: corrected(1.0 - percent, p * (1.0 - q) + q * (1.0 - p)),
        fleiss_kappa: corrected(1.0 - percent, by_chance),
        gwet_ac1: ChanceCorrected {
            value: 1.0 - (1.0 - percent) / (1.0 - by_chance),
            expected: 1.0 - by_chance,
        },
        krippendorff_alpha: corrected(
            sums.mixed / sums.answers,
            2.0 * sums.yes * no / (sums.answers * (sums.answers - 1.0)),
        ),
        prevalence_index: 2.0 * sums.yes / sums.answers - 1.0,
        bias_index: p - q,
    })
}
