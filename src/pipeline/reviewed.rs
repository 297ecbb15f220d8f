//! Human codes of a run's segments: read before themes are found, compared with the machine's labels after.

use crate::compare::{self, Corrected, HumanSample};
use transcripts::{Corpus, Problem};

use crate::results::{
    Agreement, CalibrationBin, Codings, Disagreement, Segment, SegmentIndex, SegmentNote, ThemeIndex,
    TranscriptIndex,
};
use crate::study::Study;
use crate::theme::OutOfFoldScores;
use crate::{exchange, review};

/// What people said of the segments and what they wrote besides, with what is doubtful about both.
pub(super) fn codes_and_notes(
    study: &Study,
    corpus: &Corpus,
    segments: &[Segment],
) -> (Codings, Vec<SegmentNote>, Vec<Problem>) {
    let (codings, mut warnings) = codes_of_people(study, corpus, segments);
    let (notes, of_notes) = notes_of_people(study, corpus, segments);
    warnings.extend(of_notes);
    (codings, notes, warnings)
}

/// The human codes of the segments, where there are any.
fn codes_of_people(study: &Study, corpus: &Corpus, segments: &[Segment]) -> (Codings, Vec<Problem>) {
    let Some(path) = study.codes() else { return (Codings::default(), Vec::new()) };
    let themes: Vec<&str> = study.codebook.seeds.iter().map(|seed| seed.name.as_str()).collect();
    let is_project = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("qdpx"));
    let (answers, mut problems) = if is_project || exchange::is_list_of_highlights(&path) {
        exchange::read_human_answers(
            &path,
            exchange::CodingTarget { corpus, segments, themes: &themes, pseudonyms: &study.read.pseudonyms },
        )
    } else {
        review::read_codes(&path)
    };
    let (codings, warnings) = review::codings(&answers, segments, &corpus.transcripts, &themes);
    problems.extend(warnings);
    let problems = problems.into_iter().map(|problem| study.read.pseudonyms.problem(problem)).collect();
    (codings, problems)
}

/// What coders wrote besides their codes, where there is a file of it beside that of the codes.
fn notes_of_people(study: &Study, corpus: &Corpus, segments: &[Segment]) -> (Vec<SegmentNote>, Vec<Problem>) {
    let Some(path) = study.notes() else { return (Vec::new(), Vec::new()) };
    let (notes, problems) = review::segment_notes(&path, segments, &corpus.transcripts);
    // Coders may have written names that the study hides.
    let hidden = |note: SegmentNote| SegmentNote { note: study.read.pseudonyms.text(&note.note), ..note };
    let problems = problems.into_iter().map(|problem| study.read.pseudonyms.problem(problem)).collect();
    (notes.into_iter().map(hidden).collect(), problems)
}

/// The machine compared with coders.
pub(super) struct CoderEvaluation {
    pub(super) agreement: Vec<Agreement>,
    pub(super) disagreements: Vec<Disagreement>,
    pub(super) calibration: Vec<CalibrationBin>,
    pub(super) likely_precision: Option<CalibrationBin>,
    pub(super) corrected: Corrected,
}

/// Compares codes with `out_of_fold`, labels and confidence from a fit without the codes of the segment's interview: on codes that it learned
/// from, the machine would look better than it is.
pub(super) fn evaluate_against_coders(
    study: &Study,
    corpus: &Corpus,
    segments: &[Segment],
    codings: &Codings,
    out_of_fold: &OutOfFoldScores,
) -> CoderEvaluation {
    let transcript_of: Vec<TranscriptIndex> =
        segments.iter().map(|segment| segment.passage.transcript).collect();
    let (segments, themes) = out_of_fold.dim();
    let coded = || codings.rows.iter().map(|row| row.segment).filter(|segment| segment.get() < segments);
    // Nobody is compared with the machine on other segments.
    let mut machine: Vec<Vec<ThemeIndex>> = vec![Vec::new(); coded().max().map_or(0, |last| last.get() + 1)];
    for segment in coded() {
        machine[segment.get()] =
            (0..themes).map(ThemeIndex::new).filter(|&theme| out_of_fold.is_label(segment, theme)).collect();
    }
    let is_label = |segment: SegmentIndex, theme: ThemeIndex| out_of_fold.is_label(segment, theme);
    let confidence = |segment: SegmentIndex, theme: ThemeIndex| out_of_fold.confidence(segment, theme);
    let sample = HumanSample {
        codings,
        is_label: &is_label,
        confidence: &confidence,
        transcript_of: &transcript_of,
        themes,
    };
    CoderEvaluation {
        agreement: review::agreement(codings, &machine, &transcript_of, themes),
        disagreements: review::disagreements(codings, &machine, &transcript_of, themes),
        calibration: review::calibration(codings, &confidence, &transcript_of, themes),
        likely_precision: review::likely_precision(codings, &confidence, &transcript_of, themes),
        corrected: compare::corrected(
            &corpus.transcripts,
            &sample,
            &study.read.groups,
            study.compare.question,
        ),
    }
}
