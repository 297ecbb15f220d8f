//! What people coded in another program, as answers about the segments of a run.
//!
//! Other programs let people mark any stretch of text; a run asks of each segment whether it carries a theme. A segment carries it when
//! half of the segment is marked, or when half of what is marked lies in it. REFI-QDA has no way to say "looked at, and it does not
//! apply", so a segment without the theme counts as answered with no where its interview was coded at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use refi_qda::{Project, distinct_names, read_qdpx_file};
use transcripts::projects::{ProjectDecoder, problems_of};
use transcripts::pseudonym::Pseudonyms;
use transcripts::text::{TimeMarks, counted};
use transcripts::{CharSpan, Corpus, Problem, Severity, Transcript};

use super::export::MACHINE_USER;
use super::highlights::{is_list_of_highlights, read_highlights};
use super::lines::LineIndex;
use super::places::Places;
use crate::results::Segment;
use crate::review::{CodedAnswer, WHOLE_INTERVIEWS, text_digest};

/// The coder of what nobody is named for.
const UNKNOWN: &str = "unknown";

/// A stretch that somebody gave a theme to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    /// Place of the transcript.
    pub(super) transcript: usize,
    /// Place of the theme.
    pub(super) theme: usize,
    /// In the transcript's reading text.
    pub(super) span: CharSpan,
}

/// A run that codings are held against.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// Its transcripts.
    pub corpus: &'a Corpus,
    /// Its segments.
    pub segments: &'a [Segment],
    /// The names of its themes.
    pub themes: &'a [&'a str],
    /// What its transcripts show in the place of names. The project has the names.
    pub pseudonyms: &'a Pseudonyms,
}

/// Everything that the people of a project coded, each under their name, with what could not be used. `name` is what problems call the
/// file.
///
/// A person was asked about the interviews in which they coded anything, for all themes that the project has a code for.
pub fn human_answers(project: &Project, run: Run<'_>, name: &str) -> (Vec<CodedAnswer>, Vec<Problem>) {
    let mut problems = Vec::new();
    let theme_of = themes_by_name(project, run.themes, name, &mut problems);
    let located = located(project, run.corpus, run.pseudonyms, name, &mut problems);
    if located.iter().all(Option::is_none) {
        let message =
            "none of the texts in this project is a transcript of this study; nothing of it is used";
        let hint = "name the project that was coded for this study, or list it among the transcripts too";
        problems.push(Problem::new(Severity::Error, name, message).with_hint(hint));
    }
    let mut marks: BTreeMap<&str, (BTreeSet<usize>, Vec<Mark>)> = BTreeMap::new();
    for (source, place) in project.sources.iter().zip(&located) {
        let Some((transcript, places)) = place else { continue };
        for selection in &source.selections {
            let span = places.to_reading(selection.span);
            for coding in &selection.codings {
                let user =
                    coding.user.and_then(|user| project.users.get(user)).map_or(UNKNOWN, |user| &user.name);
                let Some(span) = span.filter(|_| user != MACHINE_USER) else { continue };
                let (interviews, marks) = marks.entry(user).or_default();
                interviews.insert(*transcript);
                if let Some(Some(theme)) = theme_of.get(coding.code) {
                    marks.push(Mark { transcript: *transcript, theme: *theme, span });
                }
            }
        }
    }
    let asked: BTreeSet<usize> = theme_of.iter().flatten().copied().collect();
    let mut answers = Vec::new();
    for (coder, (interviews, marks)) in marks {
        answers.extend(answers_by(coder, &interviews, &asked, &marks, run));
    }
    (answers, problems)
}

/// As [`human_answers`], of the project or the list of coded passages in the file at `path`; a file that cannot be read is a problem.
pub fn read_human_answers(path: &Path, run: Run<'_>) -> (Vec<CodedAnswer>, Vec<Problem>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if is_list_of_highlights(path) {
        let read = read_highlights(path, UNKNOWN, run);
        return (read.answers, read.problems);
    }
    match read_qdpx_file(path, &ProjectDecoder) {
        Ok(read) => {
            let (answers, doubts) = human_answers(&read.project, run, &name);
            let problems = problems_of(read.diagnostics, &path.display().to_string());
            (answers, [problems, doubts].concat())
        }
        Err(error) => (Vec::new(), vec![Problem::new(Severity::Error, name, error.to_string())]),
    }
}

/// One person's answers about all segments of the interviews that they coded.
///
/// The chance of each is the share of interviews that were coded, as if they had been drawn by lot.
pub(super) fn answers_by(
    coder: &str,
    interviews: &BTreeSet<usize>,
    asked: &BTreeSet<usize>,
    marks: &[Mark],
    run: Run<'_>,
) -> Vec<CodedAnswer> {
    let mut segments_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, segment) in run.segments.iter().enumerate() {
        segments_of.entry(segment.passage.transcript.get()).or_default().push(place);
    }
    let mut carried: BTreeSet<(usize, usize)> = BTreeSet::new();
    for mark in marks {
        let candidates = segments_of.get(&mark.transcript).map(Vec::as_slice).unwrap_or_default();
        carried.extend(
            meant(candidates, run.segments, mark.span).into_iter().map(|segment| (segment, mark.theme)),
        );
    }
    let with_segments = segments_of.len().max(1);
    let probability = (interviews.len() as f64 / with_segments as f64).min(1.0);
    let mut answers = Vec::new();
    for transcript in interviews {
        let id = run.corpus.transcripts.get(*transcript).map_or("", |transcript| transcript.id.as_str());
        for &place in segments_of.get(transcript).map(Vec::as_slice).unwrap_or_default() {
            let Some(segment) = run.segments.get(place) else { continue };
            let digest = text_digest(&segment.passage.text);
            for &theme in asked {
                answers.push(CodedAnswer {
                    sample: WHOLE_INTERVIEWS,
                    page: String::new(),
                    segment_id: segment.id.clone(),
                    transcript_id: id.to_owned(),
                    span: segment.passage.span,
                    text_digest: digest.clone(),
                    probability: Some(probability),
                    coder: coder.to_owned(),
                    theme: run.themes.get(theme).map_or(String::new(), |name| (*name).to_owned()),
                    applies: carried.contains(&(place, theme)),
                });
            }
        }
    }
    answers
}

/// The segments that a marked stretch means: at least the one that it overlaps most.
fn meant(candidates: &[usize], segments: &[Segment], marked: CharSpan) -> Vec<usize> {
    let length = marked.end - marked.start;
    let overlap = |place: usize| {
        let span = segments.get(place).map_or(CharSpan { start: 0, end: 0 }, |segment| segment.passage.span);
        let shared = span.end.min(marked.end).saturating_sub(span.start.max(marked.start));
        (shared, span.end - span.start)
    };
    let touched: Vec<(usize, usize, usize)> = candidates
        .iter()
        .map(|&place| (place, overlap(place)))
        .filter(|(_, (shared, _))| *shared > 0)
        .map(|(place, (shared, own))| (place, shared, own))
        .collect();
    let half: Vec<usize> = touched
        .iter()
        .filter(|(_, shared, own)| shared * 2 >= *own || shared * 2 >= length)
        .map(|(place, ..)| *place)
        .collect();
    if !half.is_empty() {
        return half;
    }
    let most = touched.iter().max_by_key(|(place, shared, _)| (*shared, std::cmp::Reverse(*place)));
    most.map(|(place, ..)| *place).into_iter().collect()
}

/// For each code the theme of its name; codes of other names are told of.
fn themes_by_name(
    project: &Project,
    themes: &[&str],
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Option<usize>> {
    let folded: Vec<String> = themes.iter().map(|theme| theme.trim().to_lowercase()).collect();
    let find = |text: &str| folded.iter().position(|theme| *theme == text.trim().to_lowercase());
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
        problems.push(Problem::new(Severity::Note, name, message).with_hint(hint));
    }
    theme_of
}

/// For each source the transcript that it is, with how their texts go together; sources that are none are told of.
pub(super) fn located(
    project: &Project,
    corpus: &Corpus,
    pseudonyms: &Pseudonyms,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Option<(usize, Places)>> {
    let names: Vec<&str> = project.sources.iter().map(|source| source.name.as_str()).collect();
    located_as(project, &names, corpus, pseudonyms, name, problems)
}

/// As [`located`], where it is known by which name each source was given away.
pub(super) fn located_as(
    project: &Project,
    names: &[&str],
    corpus: &Corpus,
    pseudonyms: &Pseudonyms,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Option<(usize, Places)>> {
    let by_name = transcripts_by_name(&corpus.transcripts);
    let mut lines: Option<LineIndex> = None;
    let mut located = Vec::with_capacity(project.sources.len());
    for (source, given) in project.sources.iter().zip(names) {
        let called = pseudonyms.path(given);
        let marks = TimeMarks::of(source.text.lines());
        let shown = |line: &str| match marks.cut(line) {
            Some((line, ..)) => pseudonyms.text(&line),
            None => pseudonyms.text(line),
        };
        let places = |place: usize| {
            Some((place, Places::found_as(corpus.transcripts.get(place)?, &source.text, &shown)))
        };
        let mut found = transcript_of(&called, &by_name).and_then(places);
        if !found.as_ref().is_some_and(|(place, places)| is_most(corpus.transcripts.get(*place), places)) {
            // Renamed in the other program, or another text under this name.
            let lines = lines.get_or_insert_with(|| {
                let texts = corpus.transcripts.iter().map(Transcript::reading_text);
                LineIndex::of(texts.collect::<Vec<String>>().iter().map(String::as_str))
            });
            let text: Vec<String> = source.text.lines().map(shown).collect();
            let other = lines.most_of(&text.join("\n"), |_| true);
            if let Some(place) = other.filter(|place| found.as_ref().is_none_or(|(there, _)| there != place))
            {
                found = places(place);
                let id = corpus.transcripts.get(place).map_or("", |transcript| transcript.id.as_str());
                let message =
                    format!("the source `{called}` was found by its text: it is the transcript `{id}`");
                problems.push(Problem::new(Severity::Note, name, message));
            }
        }
        let is_coded = source.selections.iter().any(|selection| !selection.codings.is_empty());
        match &found {
            None if is_coded => {
                let message = format!("`{called}` is no transcript of this study; its codings are left out");
                let hint = "a source is found by its name, which must be a transcript's, or by its text";
                problems.push(Problem::new(Severity::Warning, name, message).with_hint(hint));
            }
            Some((_, places)) if places.missing() > 0 => {
                let lines =
                    counted(places.missing(), "line of the transcript is", "lines of the transcript are");
                let message = format!("the text of `{called}` was changed: {lines} not in it");
                let hint = "codings of these lines are left out";
                problems.push(Problem::new(Severity::Warning, name, message).with_hint(hint));
            }
            _ => {}
        }
        located.push(found);
    }
    located
}

/// Whether at least half of a transcript's lines are where these places say.
fn is_most(transcript: Option<&Transcript>, places: &Places) -> bool {
    let lines = |transcript: &Transcript| {
        let texts = transcript.turns.iter().flat_map(|turn| turn.text.lines());
        texts.filter(|line| !line.trim().is_empty()).count()
    };
    transcript.is_some_and(|transcript| places.missing() * 2 <= lines(transcript))
}

/// Transcripts by what a source may be called: their id, or their file, in small letters.
pub(super) fn transcripts_by_name(transcripts: &[Transcript]) -> BTreeMap<String, usize> {
    let mut by_name = BTreeMap::new();
    for (place, transcript) in transcripts.iter().enumerate() {
        by_name.entry(transcript.id.to_lowercase()).or_insert(place);
    }
    for (place, transcript) in transcripts.iter().enumerate() {
        let file = transcript.source.rsplit('/').next().unwrap_or_default();
        by_name.entry(file.to_lowercase()).or_insert(place);
    }
    by_name
}

/// The transcript of a source: by its name, with or without an ending.
pub(super) fn transcript_of(name: &str, by_name: &BTreeMap<String, usize>) -> Option<usize> {
    let name = name.to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    by_name.get(&name).or_else(|| by_name.get(stem)).copied()
}
