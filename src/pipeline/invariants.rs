//! Checks that the parts of a run fit together, before anything is written.
//!
//! Labels, quotes, notes and codes refer to segments and themes by index. Later stages ignore indices out of range, which would
//! silently lower counts, so they stop the run here. None of this depends on the data: where a check fails, the program has a
//! fault.

use transcripts::Transcript;

use crate::compare::CompareInput;
use crate::results::{Passage, Segment};
use crate::table::Findings;
use crate::theme::OutOfFoldScores;

/// Two parts of a run that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{what}. This is a fault of Emic and not of your study: nothing was written, and the results of the last run are as they were. Please \
     report this sentence and the version of the program"
)]
pub struct BrokenInvariant {
    what: String,
}

/// Checks the results of a run.
///
/// # Errors
/// The first contradiction.
pub(super) fn check_findings(findings: &Findings) -> Result<(), BrokenInvariant> {
    let (segments, themes) = (findings.segments.len(), findings.themes.len());
    for segment in &findings.segments {
        check_segment(segment, &findings.corpus.transcripts)?;
    }
    let coders = findings.codings.coders.len();
    same("rows of vectors", findings.vectors.view().nrows(), "segments", segments)?;
    same("rows of scores", findings.scores.nrows(), "segments", segments)?;
    same("columns of scores", findings.scores.ncols(), "themes", themes)?;
    same("segments with a cluster or without", findings.cluster_of.len(), "segments", segments)?;
    for cluster in findings.cluster_of.iter().flatten() {
        within("a segment", "cluster", *cluster as usize, findings.clusters.len())?;
    }
    for label in &findings.labels {
        within("a label", "segment", label.segment.get(), segments)?;
        within("a label", "theme", label.theme.get(), themes)?;
        label.coders.iter().try_for_each(|&coder| within("a label", "coder", coder, coders))?;
    }
    for quote in &findings.quotes {
        within("a quote", "segment", quote.segment.get(), segments)?;
        within("a quote", "theme", quote.theme.get(), themes)?;
    }
    for coding in &findings.codings.rows {
        within("a code", "segment", coding.segment.get(), segments)?;
        within("a code", "coder", coding.coder, coders)?;
    }
    for decision in &findings.codings.unsampled {
        within("a decision", "segment", decision.segment.get(), segments)?;
        within("a decision", "coder", decision.coder, coders)?;
    }
    for disagreement in &findings.disagreements {
        within("a disagreement", "segment", disagreement.segment.get(), segments)?;
        within("a disagreement", "theme", disagreement.theme.get(), themes)?;
    }
    for note in &findings.notes {
        within("a note", "segment", note.segment.get(), segments)?;
    }
    Ok(())
}

/// Checks the input of comparisons that findings do not contain.
///
/// # Errors
/// The first contradiction.
pub(super) fn check_compared(
    input: &CompareInput<'_>,
    out_of_fold: &OutOfFoldScores,
) -> Result<(), BrokenInvariant> {
    let CompareInput { corpus, languages, passages, segments, themes, mentions, .. } = *input;
    same("languages", languages.len(), "transcripts", corpus.transcripts.len())?;
    let eligible = passages.iter().filter(|passage| passage.eligible).count();
    same("coded passages", eligible, "segments", segments.len())?;
    same("scores without codes", out_of_fold.dim().0, "segments", segments.len())?;
    for one in mentions {
        within("a question", "passage", one.passage, passages.len())?;
        within("a question", "theme", one.theme.get(), themes.len())?;
    }
    Ok(())
}

fn check_segment(segment: &Segment, transcripts: &[Transcript]) -> Result<(), BrokenInvariant> {
    let Passage { transcript, first_turn, last_turn, span, .. } = &segment.passage;
    within("a segment", "transcript", transcript.get(), transcripts.len())?;
    let turns = transcript.of(transcripts).map_or(0, |transcript| transcript.turns.len());
    within("a segment", "turn", *first_turn, turns)?;
    within("a segment", "turn", *last_turn, turns)?;
    if first_turn > last_turn || span.start > span.end {
        return Err(BrokenInvariant { what: format!("the segment {} ends before it begins", segment.id) });
    }
    Ok(())
}

fn within(what: &str, of: &str, index: usize, length: usize) -> Result<(), BrokenInvariant> {
    if index < length {
        return Ok(());
    }
    Err(BrokenInvariant { what: format!("{what} refers to {of} {index} (counted from 0) of {length}") })
}

fn same(these: &str, found: usize, those: &str, expected: usize) -> Result<(), BrokenInvariant> {
    if found == expected {
        return Ok(());
    }
    Err(BrokenInvariant { what: format!("the number of {these} is {found}, that of {those} {expected}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::small_findings;

    #[test]
    fn findings_that_fit_together_pass_and_each_fault_is_told() {
        type Fault = fn(&mut Findings);
        assert_eq!(check_findings(&small_findings()), Ok(()));
        let faults: [Fault; 10] = [
            |findings| findings.labels[0].segment = 99.into(),
            |findings| findings.labels[0].theme = 99.into(),
            |findings| findings.quotes[0].segment = 99.into(),
            |findings| findings.segments[0].passage.transcript = 99.into(),
            |findings| findings.segments[0].passage.last_turn = 99,
            |findings| findings.segments[0].passage.span.end = 0,
            |findings| findings.scores = ndarray::Array2::zeros((1, 1)),
            |findings| findings.vectors = ndarray::Array2::zeros((1, 3)).into(),
            |findings| findings.cluster_of[0] = Some(99),
            |findings| findings.notes[0].segment = 99.into(),
        ];
        let said: Vec<String> = faults
            .into_iter()
            .map(|fault| {
                let mut findings = small_findings();
                findings.segments[0].passage.span.start = 1;
                fault(&mut findings);
                let error = check_findings(&findings).unwrap_err();
                error.what
            })
            .collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        a label refers to segment 99 (counted from 0) of 4
        a label refers to theme 99 (counted from 0) of 3
        a quote refers to segment 99 (counted from 0) of 4
        a segment refers to transcript 99 (counted from 0) of 2
        a segment refers to turn 99 (counted from 0) of 3
        the segment P01:1 ends before it begins
        the number of rows of scores is 1, that of segments 4
        the number of rows of vectors is 1, that of segments 4
        a segment refers to cluster 99 (counted from 0) of 2
        a note refers to segment 99 (counted from 0) of 4
        ");
    }
}
