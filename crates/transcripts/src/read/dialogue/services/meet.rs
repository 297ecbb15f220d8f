//! Google Meet's transcripts in Google Docs: a time on a line of its own every few minutes, `Name: text` below, a closing line with the
//! length; above them Gemini's notes, if there are any.

use super::front::own_lines;
use super::line_shape::{is_empty, names_transcription, only_time, shown, words};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::speakers::label::{Style, candidate};
use crate::read::times::clock;

/// Filled lines at the end that may be the closing line.
const EDGE: usize = 6;
/// Maximum words of the closing line.
const MAX_CLOSING_WORDS: usize = 9;
/// Maximum filled lines between the heading of the transcript and its first time.
const MAX_BELOW_HEADING: usize = 6;

/// Transcripts of Google Meet from Google Docs.
pub(super) struct Meet;

impl ServiceForm for Meet {
    fn name(&self) -> &'static str {
        "a transcript of Google Meet"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        let filled: Vec<usize> = (0..lines.len()).filter(|at| !is_empty(&lines[*at])).collect();
        let times: Vec<usize> =
            filled.iter().copied().filter(|at| only_time(&shown(&lines[*at])).is_some()).collect();
        let labelled = filled.iter().filter(|at| is_labelled(&lines[**at])).count();
        let closing = filled.iter().rev().take(EDGE).copied().find(|at| is_closing(&lines[*at]));
        let first_label = filled.iter().copied().find(|at| is_labelled(&lines[*at]))?;
        let start = times.first().copied().filter(|time| *time < first_label || closing.is_none());
        let start = start.unwrap_or(first_label);
        let own = own_lines(&lines[..start]);
        let titled = (0..start).rev().find(|at| own[*at] && is_heading_of_transcript(&lines[*at]));
        let between =
            filled.iter().filter(|at| titled.is_some_and(|titled| **at > titled && **at < start)).count();
        let titled = titled.filter(|_| between < MAX_BELOW_HEADING);
        let sections = closing.is_some() || titled.is_some() && !times.is_empty();
        if labelled < 2 || labelled * 2 < filled.len().saturating_sub(start.min(filled.len())) || !sections {
            return None;
        }
        let mut recognised = RecognisedText::default();
        for (at, line) in lines[..start].iter().enumerate() {
            let above = titled.is_some_and(|titled| at < titled);
            if own[at] {
                recognised.leave_out(line);
            } else if above && !is_empty(line) {
                recognised.summary.add(line.number);
                recognised.keep(Line { number: line.number, ..Line::default() });
            } else {
                recognised.keep(line.clone());
            }
        }
        let mut pending = None;
        for (at, line) in lines.iter().enumerate().skip(start) {
            if closing.is_some_and(|closing| at == closing || at > closing && is_footer(line)) {
                recognised.leave_out(line);
            } else if let Some(when) = only_time(&shown(line)) {
                pending = when.start;
                recognised.keep(Line { number: line.number, ..Line::default() });
            } else {
                let mut line = line.clone();
                line.text = unescaped(&line.text);
                if pending.is_some() && !is_empty(&line) {
                    line.when.start = line.when.start.or(pending.take());
                }
                recognised.keep(line);
            }
        }
        Some(recognised)
    }
}

fn is_labelled(line: &Line) -> bool {
    candidate(&line.text).is_some_and(|found| found.style == Style::Colon && !found.label.contains("://"))
}

/// `Transcription ended after 00:21:10`, in any language: a few words, one of them the length.
fn is_closing(line: &Line) -> bool {
    let text = shown(line);
    let lengths = text.split_whitespace().filter(|word| {
        word.matches(':').count() == 2 && clock(word.trim_matches(|c: char| !c.is_numeric())).is_some()
    });
    lengths.count() == 1
        && (2..=MAX_CLOSING_WORDS).contains(&words(&text))
        && !text.contains(['?', '!', ','])
        && !is_labelled(line)
}

/// The lines below the closing line.
fn is_footer(line: &Line) -> bool {
    is_empty(line) || !is_labelled(line) && words(&shown(line)) <= 40
}

/// `Interview harvest - Transcript`, `📖 Transcript`.
fn is_heading_of_transcript(line: &Line) -> bool {
    let text = shown(line);
    words(&text) <= 16 && text.split_whitespace().next_back().is_some_and(names_transcription)
}

/// Google Docs writes a backslash before signs with a meaning in Markdown.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        plain.push(c);
    }
    plain
}
