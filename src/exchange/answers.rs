//! From codings of any stretch of text to answers whether a segment carries a theme.
//!
//! A segment carries a theme when half of it is coded with the theme, or when half of a coded stretch is in the segment. REFI-QDA
//! cannot say that a code was considered and does not apply, so segments without the code count as "no" where the coder coded anything
//! in the transcript.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use refi_qda::{Project, distinct_names, read_qdpx_file};
use transcripts::projects::{ProjectDecoder, problems_of};
use transcripts::pseudonym::Pseudonyms;
use transcripts::{CharSpan, Corpus, Problem, Severity};

use super::export::MACHINE_USER;
use super::highlights::{is_list_of_highlights, read_highlights};
use super::sources::{LocatedSource, locate_sources};
use crate::results::{Segment, SegmentIndex, ThemeIndex, TranscriptIndex, codes};
use crate::review::{CodedAnswer, WHOLE_INTERVIEWS, text_digest};

/// The coder where the file names nobody.
const UNKNOWN: &str = "unknown";

/// A stretch of a transcript that somebody coded with a theme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CodedSpan {
    /// Index of the transcript.
    pub(super) transcript: TranscriptIndex,
    /// Index of the theme.
    pub(super) theme: ThemeIndex,
    /// In the transcript's reading text.
    pub(super) span: CharSpan,
}

/// What codings are translated to: the segments and themes of a run.
#[derive(Debug, Clone, Copy)]
pub struct CodingTarget<'a> {
    /// Its transcripts.
    pub corpus: &'a Corpus,
    /// Its segments.
    pub segments: &'a [Segment],
    /// The names of its themes.
    pub themes: &'a [&'a str],
    /// What the transcripts show instead of names. The project has the names.
    pub pseudonyms: &'a Pseudonyms,
}

/// The answers of everyone who coded in a project, and what could not be used. `name` is what problems call the file.
///
/// A coder answers for the transcripts in which they coded anything, about all themes that the project has a code for.
pub fn human_answers(
    project: &Project,
    target: CodingTarget<'_>,
    name: &str,
) -> (Vec<CodedAnswer>, Vec<Problem>) {
    let mut problems = Vec::new();
    let theme_of = themes_by_name(project, target.themes, name, &mut problems);
    let located = locate_sources(project, target.corpus, target.pseudonyms, name, &mut problems);
    if located.iter().all(Option::is_none) {
        let message =
            "none of the texts in this project is a transcript of this study; nothing of it is used";
        let hint = "name the project that was coded for this study, or list it among the transcripts too";
        problems.push(
            Problem::new(Severity::Error, name, message).with_code(codes::CODING_UNMATCHED).with_hint(hint),
        );
    }
    let mut coded: BTreeMap<&str, (BTreeSet<TranscriptIndex>, Vec<CodedSpan>)> = BTreeMap::new();
    for (source, located) in project.sources.iter().zip(&located) {
        let Some(LocatedSource { transcript, alignment }) = located else { continue };
        for selection in &source.selections {
            let span = alignment.to_reading(selection.span);
            for coding in &selection.codings {
                let user =
                    coding.user.and_then(|user| project.users.get(user)).map_or(UNKNOWN, |user| &user.name);
                let Some(span) = span.filter(|_| user != MACHINE_USER) else { continue };
                let (transcripts, spans) = coded.entry(user).or_default();
                transcripts.insert(*transcript);
                if let Some(Some(theme)) = theme_of.get(coding.code) {
                    spans.push(CodedSpan { transcript: *transcript, theme: *theme, span });
                }
            }
        }
    }
    let asked: BTreeSet<ThemeIndex> = theme_of.iter().flatten().copied().collect();
    let mut answers = Vec::new();
    for (coder, (transcripts, spans)) in coded {
        answers.extend(answers_by(coder, &transcripts, &asked, &spans, target));
    }
    (answers, problems)
}

/// As [`human_answers`], from the file of a project or of a list of coded passages. A file that cannot be read is a problem.
pub fn read_human_answers(path: &Path, target: CodingTarget<'_>) -> (Vec<CodedAnswer>, Vec<Problem>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if is_list_of_highlights(path) {
        let read = read_highlights(path, UNKNOWN, target);
        return (read.answers, read.problems);
    }
    match read_qdpx_file(path, &ProjectDecoder) {
        Ok(read) => {
            let (answers, warnings) = human_answers(&read.project, target, &name);
            let problems = problems_of(read.diagnostics, &path.display().to_string());
            (answers, [problems, warnings].concat())
        }
        Err(error) => (
            Vec::new(),
            vec![Problem::new(Severity::Error, name, error.to_string()).with_code(codes::CODING_UNMATCHED)],
        ),
    }
}

/// A coder's answers about all segments of `transcripts`, which they coded: whether one of the `coded` spans carries each of the themes
/// `asked`.
///
/// The sampling probability of each answer is the share of transcripts that were coded, as if they had been drawn at random.
pub(super) fn answers_by(
    coder: &str,
    transcripts: &BTreeSet<TranscriptIndex>,
    asked: &BTreeSet<ThemeIndex>,
    coded: &[CodedSpan],
    target: CodingTarget<'_>,
) -> Vec<CodedAnswer> {
    let mut segments_of: BTreeMap<TranscriptIndex, Vec<SegmentIndex>> = BTreeMap::new();
    for (index, segment) in target.segments.iter().enumerate() {
        segments_of.entry(segment.passage.transcript).or_default().push(index.into());
    }
    let mut carried: BTreeSet<(SegmentIndex, ThemeIndex)> = BTreeSet::new();
    for one in coded {
        let candidates = segments_of.get(&one.transcript).map(Vec::as_slice).unwrap_or_default();
        let segments = segments_at(candidates, target.segments, one.span);
        carried.extend(segments.into_iter().map(|segment| (segment, one.theme)));
    }
    let with_segments = segments_of.len().max(1);
    let probability = (transcripts.len() as f64 / with_segments as f64).min(1.0);
    let mut answers = Vec::new();
    for transcript in transcripts {
        let id = transcript.of(&target.corpus.transcripts).map_or("", |transcript| transcript.id.as_str());
        for &index in segments_of.get(transcript).map(Vec::as_slice).unwrap_or_default() {
            let Some(segment) = index.of(target.segments) else { continue };
            let digest = text_digest(&segment.passage.text);
            for &theme in asked {
                answers.push(CodedAnswer {
                    sample: WHOLE_INTERVIEWS,
                    of_interviews: false,
                    page: String::new(),
                    segment_id: segment.id.to_string(),
                    transcript_id: id.to_owned(),
                    span: segment.passage.span,
                    text_digest: digest.clone(),
                    probability: Some(probability),
                    coder: coder.to_owned(),
                    theme: theme.of(target.themes).map_or(String::new(), |name| (*name).to_owned()),
                    applies: carried.contains(&(index, theme)),
                });
            }
        }
    }
    answers
}

/// The segments that a coded span is about: those that it covers half of, or that cover half of it; where there are none, the one that
/// it overlaps most.
fn segments_at(candidates: &[SegmentIndex], segments: &[Segment], marked: CharSpan) -> Vec<SegmentIndex> {
    let length = marked.end - marked.start;
    let overlap = |index: SegmentIndex| {
        let span = index.of(segments).map_or(CharSpan { start: 0, end: 0 }, |segment| segment.passage.span);
        let shared = span.end.min(marked.end).saturating_sub(span.start.max(marked.start));
        (shared, span.end - span.start)
    };
    let touched: Vec<(SegmentIndex, usize, usize)> = candidates
        .iter()
        .map(|&index| (index, overlap(index)))
        .filter(|(_, (shared, _))| *shared > 0)
        .map(|(index, (shared, own))| (index, shared, own))
        .collect();
    let half: Vec<SegmentIndex> = touched
        .iter()
        .filter(|(_, shared, own)| shared * 2 >= *own || shared * 2 >= length)
        .map(|(index, ..)| *index)
        .collect();
    if !half.is_empty() {
        return half;
    }
    let most = touched.iter().max_by_key(|(index, shared, _)| (*shared, std::cmp::Reverse(*index)));
    most.map(|(index, ..)| *index).into_iter().collect()
}

/// For each code the theme of its name. Codes of other names are a problem.
fn themes_by_name(
    project: &Project,
    themes: &[&str],
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Option<ThemeIndex>> {
    let folded: Vec<String> = themes.iter().map(|theme| theme.trim().to_lowercase()).collect();
    let find = |text: &str| {
        folded.iter().position(|theme| *theme == text.trim().to_lowercase()).map(ThemeIndex::new)
    };
    let mut theme_of = Vec::with_capacity(project.codes.len());
    let mut unknown = Vec::new();
    for (code, name) in project.codes.iter().zip(distinct_names(&project.codes)) {
        let theme = find(&name).or_else(|| find(&code.name));
        if theme.is_none() && code.is_codable {
            unknown.push(format!("`{}`", code.name));
        }
        theme_of.push(theme);
    }
    if !unknown.is_empty() {
        let message = format!("codes that are no themes of this study are left out: {}", unknown.join(", "));
        let hint = "to use them, name the project as the codebook too, or add them to the codebook";
        problems.push(
            Problem::new(Severity::Note, name, message).with_code(codes::CODING_UNMATCHED).with_hint(hint),
        );
    }
    theme_of
}
