//! Which transcript a source of a project is, and how their texts correspond.

use crate::results::{TranscriptIndex, codes};
use std::collections::BTreeMap;

use refi_qda::Project;
use transcripts::pseudonym::Pseudonyms;
use transcripts::text::{TimeMarks, counted};
use transcripts::{Corpus, Problem, Severity, Transcript};

use super::lines::LineIndex;
use super::positions::TextAlignment;

/// The transcript that a source is, and how their texts correspond.
#[derive(Debug, Clone)]
pub(super) struct LocatedSource {
    /// Index of the transcript.
    pub(super) transcript: TranscriptIndex,
    /// Between the source's text and the transcript's.
    pub(super) alignment: TextAlignment,
}

/// For each source of a project its transcript, by name or by text. Problems are about the file called `name`: sources that are no
/// transcript, and lines that are missing in a source.
pub(super) fn locate_sources(
    project: &Project,
    corpus: &Corpus,
    pseudonyms: &Pseudonyms,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Option<LocatedSource>> {
    let names: Vec<&str> = project.sources.iter().map(|source| source.name.as_str()).collect();
    locate_named(project, &names, corpus, pseudonyms, name, problems)
}

/// As [`locate_sources`], with the names under which the sources were exported.
pub(super) fn locate_named(
    project: &Project,
    names: &[&str],
    corpus: &Corpus,
    pseudonyms: &Pseudonyms,
    name: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Option<LocatedSource>> {
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
        let locate = |transcript: TranscriptIndex| {
            let alignment =
                TextAlignment::found_as(transcript.of(&corpus.transcripts)?, &source.text, &shown);
            Some(LocatedSource { transcript, alignment })
        };
        let mut found = transcript_of(&called, &by_name).and_then(locate);
        let is_same = |found: &LocatedSource| {
            found
                .transcript
                .of(&corpus.transcripts)
                .is_some_and(|transcript| has_most_lines(transcript, &found.alignment))
        };
        if !found.as_ref().is_some_and(is_same) {
            // Renamed in the other program, or another text under this name.
            let lines = lines.get_or_insert_with(|| {
                let texts = corpus.transcripts.iter().map(Transcript::reading_text);
                LineIndex::of(texts.collect::<Vec<String>>().iter().map(String::as_str))
            });
            let text: Vec<String> = source.text.lines().map(shown).collect();
            let other = lines.best_match(&text.join("\n"), |_| true).map(TranscriptIndex::new);
            let is_other =
                |index: &TranscriptIndex| found.as_ref().is_none_or(|found| found.transcript != *index);
            if let Some(index) = other.filter(is_other) {
                found = locate(index);
                let id = index.of(&corpus.transcripts).map_or("", |transcript| transcript.id.as_str());
                let message =
                    format!("the source `{called}` was found by its text: it is the transcript `{id}`");
                problems.push(Problem::new(Severity::Note, name, message).with_code(codes::CODING_UNMATCHED));
            }
        }
        let is_coded = source.selections.iter().any(|selection| !selection.codings.is_empty());
        match &found {
            None if is_coded => {
                let message = format!("`{called}` is no transcript of this study; its codings are left out");
                let hint = "a source is found by its name, which must be a transcript's, or by its text";
                problems.push(
                    Problem::new(Severity::Warning, name, message)
                        .with_code(codes::CODING_UNMATCHED)
                        .with_hint(hint),
                );
            }
            Some(LocatedSource { alignment, .. }) if alignment.missing() > 0 => {
                let lines =
                    counted(alignment.missing(), "line of the transcript is", "lines of the transcript are");
                let message = format!("the text of `{called}` was changed: {lines} not in it");
                let hint = "codings of these lines are left out";
                problems.push(
                    Problem::new(Severity::Warning, name, message)
                        .with_code(codes::CODING_UNMATCHED)
                        .with_hint(hint),
                );
            }
            _ => {}
        }
        located.push(found);
    }
    located
}

/// Whether at least half of a transcript's lines are in the text that it is aligned with.
fn has_most_lines(transcript: &Transcript, alignment: &TextAlignment) -> bool {
    let lines = transcript.turns.iter().flat_map(|turn| turn.text.lines());
    alignment.missing() * 2 <= lines.filter(|line| !line.trim().is_empty()).count()
}

/// Indices of transcripts by what a source may be called, in small letters: their ids, and the names of their files.
pub(super) fn transcripts_by_name(transcripts: &[Transcript]) -> BTreeMap<String, TranscriptIndex> {
    let mut by_name = BTreeMap::new();
    for (index, transcript) in transcripts.iter().enumerate() {
        by_name.entry(transcript.id.to_lowercase()).or_insert(index.into());
    }
    for (index, transcript) in transcripts.iter().enumerate() {
        let file = transcript.source.rsplit('/').next().unwrap_or_default();
        by_name.entry(file.to_lowercase()).or_insert(index.into());
    }
    by_name
}

/// The transcript that a source of this name is; the name may have an ending.
pub(super) fn transcript_of(
    name: &str,
    by_name: &BTreeMap<String, TranscriptIndex>,
) -> Option<TranscriptIndex> {
    let name = name.to_lowercase();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    by_name.get(&name).or_else(|| by_name.get(stem)).copied()
}
