//! How far coders agree with each other and with the machine, and where they do not.
//!
//! Each segment is one decision a theme, yes or no, so there is a coefficient a theme, and one over all decisions. `tally` sums
//! decisions an interview, `coefficient` has the formulas, `spread` the intervals: interviews are the unit, because what one
//! person says is hard or easy to code throughout. Optional: reflexive thematic analysis does without.

mod coefficient;
mod disagreement;
mod spread;
mod tally;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use self::spread::measured;
use self::tally::{Decision, Tally, tallies};
use super::Codings;
use crate::results::{Agreement, Coefficient, Rater, Raters};

pub use self::disagreement::disagreements;

/// Agreement of each pair of coders, of each coder with the machine, and with more than two coders of all of them; for each in
/// this order all themes together, then theme by theme.
///
/// `machine` has the themes that each segment carries, sorted; `interviews` the interview of each segment; both go beside the
/// run's segments. Themes without a decision by two raters have no row, nor have raters without a segment in common. What
/// points beyond the lists is left out.
pub fn agreement(
    codings: &Codings,
    machine: &[Vec<usize>],
    interviews: &[usize],
    themes: usize,
) -> Vec<Agreement> {
    let coders = codings.coders.len();
    let mut raters = Vec::new();
    for first in 0..coders {
        raters.extend(
            (first + 1..coders).map(|second| Raters::Pair(Rater::Coder(first), Rater::Coder(second))),
        );
    }
    raters.extend((0..coders).map(|coder| Raters::Pair(Rater::Coder(coder), Rater::Machine)));
    if coders > 2 {
        raters.push(Raters::AllCoders);
    }
    let by_theme: Vec<Vec<Decision>> =
        (0..themes).into_par_iter().map(|theme| decisions(codings, machine, interviews, theme)).collect();
    raters.par_iter().flat_map_iter(|&raters| of_raters(raters, &by_theme)).collect()
}

/// The rows of some raters: all themes together, then those with decisions to compare.
fn of_raters(raters: Raters, by_theme: &[Vec<Decision>]) -> Vec<Agreement> {
    let all: Vec<&Decision> = by_theme.iter().flatten().collect();
    let of_themes =
        by_theme.iter().enumerate().map(|(theme, decisions)| (Some(theme), decisions.iter().collect()));
    let rows = std::iter::once((None, all)).chain(of_themes);
    rows.filter_map(|(theme, decisions)| row(theme, raters, &tallies(&decisions, raters))).collect()
}

fn row(theme: Option<usize>, raters: Raters, tallies: &[Tally]) -> Option<Agreement> {
    let compared: Vec<&Tally> = tallies.iter().filter(|tally| tally.decisions > 0).collect();
    if compared.is_empty() {
        return None;
    }
    let measured = measured(tallies, matches!(raters, Raters::Pair(..)))?;
    Some(Agreement {
        theme,
        raters,
        segments: compared.iter().map(|tally| tally.segments).sum(),
        decisions: compared.iter().map(|tally| tally.decisions).sum(),
        interviews: compared.len() as u32,
        percent: measured.percent,
        cohen_kappa: measured.cohen_kappa,
        fleiss_kappa: measured.fleiss_kappa,
        gwet_ac1: measured.gwet_ac1,
        krippendorff_alpha: measured.krippendorff_alpha,
        pabak: measured.pabak,
        prevalence_index: measured.prevalence_index,
        bias_index: measured.bias_index,
    })
}

/// Everything that was decided about a theme, by segment.
fn decisions(codings: &Codings, machine: &[Vec<usize>], interviews: &[usize], theme: usize) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::new();
    for coding in &codings.rows {
        let Some(applies) = coding.themes.get(theme).copied().flatten() else { continue };
        let (Some(&interview), Some(carried)) = (interviews.get(coding.segment), machine.get(coding.segment))
        else {
            continue;
        };
        let possible = coding.probability > 0.0 && coding.probability <= 1.0;
        if coding.coder >= codings.coders.len() || !possible {
            continue;
        }
        let vote = (coding.coder, applies, coding.probability);
        match decisions.last_mut() {
            Some(last) if last.segment == coding.segment => last.votes.push(vote),
            _ => decisions.push(Decision {
                segment: coding.segment,
                interview,
                machine: carried.binary_search(&theme).is_ok(),
                votes: vec![vote],
            }),
        }
    }
    decisions
}
