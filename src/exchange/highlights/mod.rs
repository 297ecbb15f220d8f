//! Lists of coded passages, each row with a document, a code and the words: highlights of Taguette, coded segments of MAXQDA, quotations of
//! ATLAS.ti. They have no positions, so passages are found by their words.

mod search;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use transcripts::tables::read_sheets;
use transcripts::text::counted;
use transcripts::{Problem, Severity};

use self::search::SearchText;
use self::table::highlights_in;
use super::answers::{CodedSpan, CodingTarget, answers_by};
use super::sources::{transcript_of, transcripts_by_name};
use crate::results::{ThemeIndex, TranscriptIndex, codes};
use crate::review::CodedAnswer;

/// Megabytes of a list.
const MAX_MB: u64 = 64;
/// The answers of a list of coded passages.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Highlights {
    pub(super) answers: Vec<CodedAnswer>,
    /// The transcripts that it has passages of.
    pub(super) transcripts: BTreeSet<TranscriptIndex>,
    /// What could not be used.
    pub(super) problems: Vec<Problem>,
}

/// Whether a file is a list of coded passages, by its headings.
pub fn is_list_of_highlights(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_table = matches!(ending.as_str(), "csv" | "tsv" | "txt" | "xlsx" | "ods" | "xlsb");
    is_table && highlights_in(&read_sheets(path, "", MAX_MB).sheets).is_some()
}

/// The answers of the list of coded passages at `path` about the segments of a run. `coder` is who coded where the list does not say it.
/// About a theme that no passage has, there are no answers.
pub(super) fn read_highlights(path: &Path, coder: &str, target: CodingTarget<'_>) -> Highlights {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = read_sheets(path, &name, MAX_MB);
    let mut result = Highlights { problems: file.problems, ..Highlights::default() };
    let Some(all) = highlights_in(&file.sheets) else {
        let problem = Problem::new(Severity::Error, name, "this is no list of coded passages")
            .with_code(codes::CODING_UNMATCHED);
        result
            .problems
            .push(problem.with_hint("it has a row a passage, with columns for document, tag and content"));
        return result;
    };
    let mut unused = Unused::default();
    let by_name = transcripts_by_name(&target.corpus.transcripts);
    let mut texts: BTreeMap<TranscriptIndex, SearchText> = BTreeMap::new();
    let mut coded: BTreeMap<String, (BTreeSet<TranscriptIndex>, Vec<CodedSpan>)> = BTreeMap::new();
    let mut asked = BTreeSet::new();
    for highlight in &all {
        let document = target.pseudonyms.path(&highlight.document);
        let Some(transcript) = transcript_of(&document, &by_name) else {
            unused.documents.insert(document);
            continue;
        };
        let Some(about) = transcript.of(&target.corpus.transcripts) else { continue };
        let who = if highlight.coder.is_empty() { coder } else { &highlight.coder };
        let (transcripts, spans) = coded.entry(who.to_owned()).or_default();
        transcripts.insert(transcript);
        result.transcripts.insert(transcript);
        let words = target.pseudonyms.text(&highlight.words);
        let span =
            texts.entry(transcript).or_insert_with(|| SearchText::of(about)).span_of(&words, &highlight.id);
        if span.is_none() && !highlight.words.trim().is_empty() {
            unused.passages.entry(about.id.as_str()).or_default().push(highlight.row);
        }
        for code in &highlight.codes {
            let Some(theme) = theme_of(code, target.themes) else {
                unused.codes.insert(code.clone());
                continue;
            };
            asked.insert(theme);
            spans.extend(span.map(|span| CodedSpan { transcript, theme, span }));
        }
    }
    for (who, (transcripts, spans)) in coded {
        result.answers.extend(answers_by(&who, &transcripts, &asked, &spans, target));
    }
    let absent: Vec<&str> = (0..target.themes.len())
        .map(ThemeIndex::new)
        .filter(|theme| !asked.contains(theme))
        .filter_map(|theme| theme.of(target.themes).copied())
        .collect();
    result.problems.extend(unused.problems(&name, if result.answers.is_empty() { &[] } else { &absent }));
    result
}

/// What could not be used.
#[derive(Default)]
struct Unused<'a> {
    documents: BTreeSet<String>,
    codes: BTreeSet<String>,
    /// Rows by transcript.
    passages: BTreeMap<&'a str, Vec<u64>>,
}

impl Unused<'_> {
    fn problems(self, name: &str, absent: &[&str]) -> Vec<Problem> {
        let list = |names: &mut dyn Iterator<Item = &str>| {
            names.map(|name| format!("`{name}`")).collect::<Vec<String>>().join(", ")
        };
        let mut problems = Vec::new();
        if !self.documents.is_empty() {
            let names = list(&mut self.documents.iter().map(String::as_str));
            let message = format!("documents that are no transcripts of this study are left out: {names}");
            let hint = "a document is found by its name, which must be a transcript's";
            problems.push(
                Problem::new(Severity::Warning, name, message)
                    .with_code(codes::CODING_UNMATCHED)
                    .with_hint(hint),
            );
        }
        for (transcript, rows) in self.passages {
            let count = counted(rows.len(), "passage is", "passages are");
            let message = format!("{count} not in the transcript `{transcript}` and cannot be used");
            let hint = "a passage is found by its words; the text in the other program is not that of the transcript";
            let problem = Problem::new(Severity::Warning, name, message)
                .with_code(codes::CODING_UNMATCHED)
                .with_hint(hint);
            problems.push(Problem { line: rows.first().copied(), ..problem });
        }
        if !self.codes.is_empty() {
            let names = list(&mut self.codes.iter().map(String::as_str));
            let message = format!("codes that are no themes of this study are left out: {names}");
            problems.push(
                Problem::new(Severity::Note, name, message)
                    .with_code(codes::CODING_UNMATCHED)
                    .with_hint("to use them, add them to the codebook"),
            );
        }
        if !absent.is_empty() {
            let names = list(&mut absent.iter().copied());
            let message = format!("no passage has the themes {names}, so they count as not asked for");
            problems.push(Problem::new(Severity::Note, name, message).with_code(codes::CODING_UNMATCHED));
        }
        problems
    }
}

/// The theme that a code names: by its whole name, or by the last part of a path.
fn theme_of(code: &str, themes: &[&str]) -> Option<ThemeIndex> {
    let find = |name: &str| {
        let is_it = |theme: &&str| theme.trim().to_lowercase() == name.trim().to_lowercase();
        themes.iter().position(is_it).map(ThemeIndex::new)
    };
    find(code).or_else(|| {
        ["\\", " > ", "::", "/"]
            .into_iter()
            .filter_map(|mark| code.rsplit_once(mark))
            .find_map(|(_, last)| find(last))
    })
}

#[cfg(test)]
mod tests;
