//! Plain text and Markdown: lines for [`crate::read::dialogue`], or for the caption readers when the text is captions.

use super::parts::drafts_of;
use super::services::{are_blocks, are_rows, read_forms};
use super::{Line, draft_of};
use crate::codes;
use crate::read::captions::{sbv, srt, vtt};
use crate::read::columns::{csv, transcripts_of};
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};

/// Lines of a text without blank lines are paragraphs when they are, on average, longer than this many bytes; shorter ones are
/// wrapped.
const PARAGRAPH_LINE: usize = 100;

/// Reads `.txt` and `.md`.
#[derive(Debug)]
pub(crate) struct Txt;

impl Reader for Txt {
    fn name(&self) -> &'static str {
        "txt"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["txt", "md"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let captions: Option<&dyn Reader> = if vtt::looks_like(&text) {
            Some(&vtt::Vtt)
        } else if srt::looks_like(&text) {
            Some(&srt::Srt)
        } else if sbv::looks_like(&text) {
            Some(&sbv::Sbv)
        } else {
            None
        };
        let text = without_entities(text, log);
        let is_markdown = source.ending == "md";
        // Teams once wrote times with arrows above the speakers' names; as captions the names would be words.
        let names_speakers = |reader: &&dyn Reader| {
            reader.name() == "srt" && are_blocks(&lines_of(&text, is_markdown, &mut ProblemLog::new("")))
        };
        if let Some(reader) = captions.filter(|reader| !names_speakers(reader)) {
            log.note(
                codes::FORMAT_CHANGED,
                None,
                format!("the text holds captions and was read as .{}", reader.name()),
                "",
            );
            return reader.read(source, log);
        }
        let lines = lines_of(&text, is_markdown, log);
        if !are_rows(&lines)
            && let Some(table) = csv::table_in_text(&text, log)?
        {
            log.note(
                codes::FORMAT_CHANGED,
                None,
                "every line of the text is a row of a table, and was read as such",
                "",
            );
            return transcripts_of(&table, source, log);
        }
        Ok(drafts_of(&lines, source, log))
    }
}

/// The transcript of a text that is no captions.
pub(crate) fn draft_in(text: &str, markdown: bool, source: &Source<'_>, log: &mut ProblemLog) -> Draft {
    let lines = lines_of(text, markdown, log);
    let lines = read_forms(&lines, log);
    draft_of(&lines, source.roster, source.questions, log)
}

/// Tools for web pages write `&lt;` for `<` in plain text too.
fn without_entities(text: String, log: &mut ProblemLog) -> String {
    if !text.contains("&lt;") || !text.contains("&gt;") {
        return text;
    }
    log.note(codes::FORMAT_CHANGED, None, "`&lt;`, `&gt;` and `&amp;` were read as <, > and &", "");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn lines_of(text: &str, markdown: bool, log: &mut ProblemLog) -> Vec<Line> {
    let lines_are_paragraphs = are_paragraphs(text);
    let mut lines = Vec::new();
    let mut headings: Vec<u64> = Vec::new();
    let mut after_blank = true;
    for (number, line) in (1..).zip(text.split('\n')) {
        if markdown && is_markup(line) {
            headings.push(number);
            lines.push(Line { number, heading: line.trim().to_owned(), ..Line::default() });
            after_blank = true;
            continue;
        }
        let starts_paragraph = after_blank || lines_are_paragraphs;
        after_blank = line.trim().is_empty();
        lines.push(Line { number, text: line.to_owned(), starts_paragraph, ..Line::default() });
    }
    if let Some(first) = headings.first() {
        log.note(
            codes::TEXT_LEFT_OUT,
            Some(*first),
            format!("{} left out", counted(headings.len(), "heading or rule was", "headings and rules were")),
            "",
        );
    }
    lines
}

/// Headings and rules of Markdown.
fn is_markup(line: &str) -> bool {
    let line = line.trim();
    let after = line.trim_start_matches('#');
    let heading = after.len() < line.len() && line.len() - after.len() <= 6 && after.starts_with(' ');
    let rule = line.len() >= 3 && ["-", "*", "_"].iter().any(|mark| line.replace(mark, "").trim().is_empty());
    heading || rule
}

/// Whether every line is a paragraph: long lines, and no blank one between them.
fn are_paragraphs(text: &str) -> bool {
    let text = text.trim();
    let lines = text.split('\n').count();
    text.split('\n').all(|line| !line.trim().is_empty()) && text.len() > lines * PARAGRAPH_LINE
}
