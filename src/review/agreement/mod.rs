//! How far coders agree with each other and with the machine, and where they do not.
//!
//! Each segment is one decision a theme, yes or no, so there is a row a theme, and one over all decisions. The coefficients are those of
//! `interview_stats::agreement`. Optional: reflexive thematic analysis does without.

mod disagreement;
#[cfg(test)]
mod tests;

use interview_stats::agreement::{self, Answer, Decision};
use rayon::prelude::*;

use crate::results::{Agreement, Codings, Rater, Raters, ThemeIndex, TranscriptIndex};

pub use self::disagreement::disagreements;

/// Agreement of each pair of coders, of each coder with the machine, and with more than two coders of all of them; for each in
/// this order all themes together, then theme by theme.
///
/// `machine` has the sorted themes of each segment of the run, `transcript_of` the transcript of each. Themes without a decision by two
/// raters have no row, nor have raters without a segment in common. What points beyond the lists is left out.
pub fn agreement(
    codings: &Codings,
    machine: &[Vec<ThemeIndex>],
    transcript_of: &[TranscriptIndex],
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
    let by_theme: Vec<Vec<Decision>> = (0..themes)
        .into_par_iter()
        .map(|theme| decisions(codings, machine, transcript_of, theme.into()))
        .collect();
    raters.par_iter().flat_map_iter(|&raters| of_raters(raters, coders, &by_theme)).collect()
}

/// The rows of some raters: all themes together, then those with decisions to compare.
fn of_raters(raters: Raters, coders: usize, by_theme: &[Vec<Decision>]) -> Vec<Agreement> {
    let index = |rater: Rater| match rater {
        Rater::Coder(coder) => coder,
        Rater::Machine => coders,
    };
    let indices: Vec<usize> = match raters {
        Raters::Pair(first, second) => vec![index(first), index(second)],
        Raters::AllCoders => (0..coders).collect(),
    };
    let row = |theme: Option<ThemeIndex>, decisions: &[Vec<Decision>]| {
        let coefficients = agreement::agreement(decisions.iter().flatten(), &indices)?;
        Some(Agreement { theme, raters, coefficients })
    };
    let of_themes =
        by_theme.chunks(1).enumerate().map(|(theme, decisions)| row(Some(theme.into()), decisions));
    std::iter::once(row(None, by_theme)).chain(of_themes).flatten().collect()
}

/// Everything that was decided about a theme, by segment; the machine is the rater after the last coder, and has decided on all
/// segments.
fn decisions(
    codings: &Codings,
    machine: &[Vec<ThemeIndex>],
    transcript_of: &[TranscriptIndex],
    theme: ThemeIndex,
) -> Vec<Decision> {
    let coders = codings.coders.len();
    let mut decisions: Vec<Decision> = Vec::new();
    for coding in &codings.rows {
        let Some(applies) = theme.of(&coding.themes).copied().flatten() else { continue };
        let (Some(transcript), Some(carried)) =
            (coding.segment.of(transcript_of), coding.segment.of(machine))
        else {
            continue;
        };
        let possible = coding.probability > 0.0 && coding.probability <= 1.0;
        if coding.coder >= coders || !possible {
            continue;
        }
        let answer = Answer { rater: coding.coder, applies, probability: coding.probability };
        match decisions.last_mut() {
            Some(last) if last.segment == coding.segment.get() => {
                let machine = last.answers.len() - 1;
                last.answers.insert(machine, answer);
            }
            _ => {
                let applies = carried.binary_search(&theme).is_ok();
                let machine = Answer { rater: coders, applies, probability: 1.0 };
                decisions.push(Decision {
                    segment: coding.segment.get(),
                    interview: transcript.get(),
                    answers: vec![answer, machine],
                });
            }
        }
    }
    decisions
}
