//! Disagreements of raters, as a list to discuss.

use std::cmp::Reverse;

use interview_stats::agreement::Answer;

use super::decisions;
use crate::results::{Codings, Disagreement, Rater, ThemeIndex, TranscriptIndex};

/// Disagreements over coded segments, the most useful first: where coders differ among themselves, most evenly split first, before
/// those where all coders differ from the machine; among these by theme, those with the most disagreements first, so that a
/// group can settle one theme after the other; then in the order of the segments.
///
/// Arguments are those of [`super::agreement()`].
pub fn disagreements(
    codings: &Codings,
    machine: &[Vec<ThemeIndex>],
    transcript_of: &[TranscriptIndex],
    themes: usize,
) -> Vec<Disagreement> {
    let mut rows = Vec::new();
    for theme in (0..themes).map(ThemeIndex::new) {
        let of_theme: Vec<Disagreement> = decisions(codings, machine, transcript_of, theme)
            .into_iter()
            .map(|decision| {
                let rater = |answer: &Answer| match answer.rater {
                    coder if coder < codings.coders.len() => Rater::Coder(coder),
                    _ => Rater::Machine,
                };
                let side = |applies: bool| {
                    decision.answers.iter().filter(|one| one.applies == applies).map(rater).collect()
                };
                Disagreement { segment: decision.segment.into(), theme, yes: side(true), no: side(false) }
            })
            .filter(|one| !one.yes.is_empty() && !one.no.is_empty())
            .collect();
        let [among, all] = [of_theme.iter().filter(|one| one.among_coders()).count(), of_theme.len()];
        rows.extend(
            of_theme.into_iter().map(|one| (if one.among_coders() { among } else { all - among }, one)),
        );
    }
    rows.sort_by_key(|(others, one)| {
        let split = one.coders_for().min(one.coders_against());
        (Reverse(split), Reverse(*others), one.theme, one.segment)
    });
    rows.into_iter().map(|(_, one)| one).collect()
}
