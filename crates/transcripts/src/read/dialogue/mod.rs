//! Makes turns of lines, for plain text and word processors: lines → labels → turns. [`labels`] decides which labels are speakers', from
//! the whole file.

pub(crate) mod blocks;
pub(crate) mod docx;
pub(crate) mod html;
mod labels;
pub(crate) mod odt;
pub(crate) mod parts;
pub(crate) mod pdf;
pub(crate) mod qdpx;
pub(crate) mod questions;
pub(crate) mod rtf;
pub(crate) mod services;
mod speaker_table;
pub(crate) mod txt;

use unicode_segmentation::UnicodeSegmentation;

use self::questions::QuestionForm;
use crate::codes;
use crate::read::format::{Draft, DraftTurn};
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::{Candidate, Style, fold, shown};
use crate::read::times::{When, take_when, take_when_at_end};

/// A line of a text file, or of a paragraph in Word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Number of the line, or of the paragraph in Word, from 1.
    pub(crate) number: u64,
    /// The line without its break.
    pub(crate) text: String,
    /// Whether a paragraph begins here.
    pub(crate) starts_paragraph: bool,
    /// Bytes at the start of the line that are bold.
    pub(crate) bold: usize,
    /// Bytes at the start of the line that are in italics.
    pub(crate) italic: usize,
    /// Whether the word processor numbers the paragraph.
    pub(crate) is_numbered: bool,
    /// When it is said, where the file has times beside the text.
    pub(crate) when: When,
    /// Whether the line is certainly speech, so that no label is looked for.
    pub(crate) is_speech: bool,
    /// The text of a Markdown heading, which is no speech; the line is empty then.
    pub(crate) heading: String,
    /// The label where it is known, from a table of speakers; the line is empty then.
    pub(crate) label: Option<Label>,
}

/// A known label of a speaker.
#[derive(Debug, Clone, Default)]
pub(crate) struct Label {
    /// The speaker as written.
    pub(crate) name: String,
    /// The time beside it.
    pub(crate) when: When,
}

impl Line {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The transcript of lines: lines → labels → turns. `roster` are labels that the study names.
pub(crate) fn draft_of(
    lines: &[Line],
    roster: &[String],
    questions: Option<QuestionForm>,
    log: &mut ProblemLog,
) -> Draft {
    let found = labels::find(lines, roster);
    let labels = &found.labels;
    let Some(first) = labels.iter().position(Option::is_some) else {
        found.warn(log);
        return unlabelled(lines, &found.is_header, questions, log);
    };
    let last = labels.iter().rposition(Option::is_some).unwrap_or(first);
    found.warn(log);
    let mut turns = preface(&lines[..first], &found.is_header[..first], log);
    note_footer(&lines[last..], &found.is_header[last..], log);
    let mut speech: Vec<Speech> = Vec::new();
    let mut pending = When::default();
    for ((line, label), is_header) in lines.iter().zip(labels).zip(&found.is_header).skip(first) {
        if *is_header || (line.is_blank() && label.is_none()) {
            continue;
        }
        if let Some(label) = label {
            let start = label.when.start.or(line.when.start).or(pending.start);
            let end = label.when.end.or(line.when.end);
            let mut said = Speech::new(label.label, When { start, end });
            if label.style == Style::TabbedTimes {
                // Lines of captions, whose ends mean nothing.
                said.joint = ' ';
            }
            said.add(label.text);
            speech.push(said);
            pending = When::default();
        } else if let Some((when, "")) = take_when(line.text.trim()) {
            // A time on a line of its own belongs to the next label, unless the same turn continues.
            pending = when;
        } else if let Some(said) = speech.last_mut() {
            said.turn.end_ms = said.turn.end_ms.max(line.when.end);
            said.add(&line.text);
            pending = When::default();
        }
    }
    turns.extend(merged(speech));
    Draft { turns, ..Draft::default() }
}

/// A transcript without speakers: by the form of its questions if the plan names it, otherwise a turn for each paragraph.
fn unlabelled(
    lines: &[Line],
    is_header: &[bool],
    questions: Option<QuestionForm>,
    log: &mut ProblemLog,
) -> Draft {
    if let Some(turns) = questions.and_then(|form| questions::turns(form, lines, is_header, log)) {
        return Draft { turns, asked_by: vec![questions::ASKS.to_owned()], ..Draft::default() };
    }
    questions::tell(lines, is_header, log);
    Draft { turns: paragraphs(lines), ..Draft::default() }
}

/// For each line the label of its speaker, if it begins with one.
fn accepted_labels<'a>(lines: &'a [Line], roster: &[String]) -> Vec<Option<Candidate<'a>>> {
    labels::find(lines, roster).labels
}

/// Lines of one label.
struct Speech {
    turn: DraftTurn,
    key: String,
    /// The text between this speech and the next of the same speaker.
    joint: char,
}

impl Speech {
    fn new(label: &str, when: When) -> Self {
        let turn = DraftTurn {
            speaker: shown(label),
            start_ms: when.start,
            end_ms: when.end,
            ..DraftTurn::default()
        };
        Self { turn, key: fold(label), joint: '\n' }
    }

    fn add(&mut self, text: &str) {
        let (text, end) = without_end_mark(text);
        self.turn.end_ms = self.turn.end_ms.max(end);
        if text.trim().is_empty() {
            return;
        }
        if !self.turn.text.is_empty() {
            self.turn.text.push(self.joint);
        }
        self.turn.text.push_str(text);
    }
}

/// f4 and MAXQDA end a paragraph with the time at which it ends: `#00:01:02-3#`.
fn without_end_mark(text: &str) -> (&str, Option<u64>) {
    if text.trim_end().ends_with('#')
        && let Some((before, When { start, .. })) = take_when_at_end(text)
    {
        return (before, start);
    }
    (text, None)
}

/// One turn for all that a speaker says until the next.
fn merged(speech: Vec<Speech>) -> Vec<DraftTurn> {
    let mut turns: Vec<Speech> = Vec::new();
    for said in speech {
        match turns.last_mut() {
            Some(last) if last.key == said.key && !said.key.is_empty() => {
                last.turn.start_ms = last.turn.start_ms.or(said.turn.start_ms);
                last.turn.end_ms = last.turn.end_ms.max(said.turn.end_ms);
                last.add(said.turn.text.trim());
            }
            _ => turns.push(said),
        }
    }
    turns.into_iter().map(|said| said.turn).filter(|turn| !turn.text.trim().is_empty()).collect()
}

/// Text before the first label that is no header is kept, because it may be speech.
fn preface(lines: &[Line], is_header: &[bool], log: &mut ProblemLog) -> Vec<DraftTurn> {
    let count = |lines: &[Line]| lines.iter().map(|line| line.text.unicode_words().count()).sum::<usize>();
    let (mut left_out, mut kept) = (Vec::new(), Vec::new());
    for (line, is_header) in lines.iter().zip(is_header) {
        if *is_header {
            left_out.push(line.clone());
            kept.push(Line { number: line.number, ..Line::default() });
        } else {
            kept.push(line.clone());
        }
    }
    let words = count(&left_out);
    if let Some(first) = left_out.first().filter(|_| words > 0) {
        log.note(
            codes::TEXT_LEFT_OUT,
            Some(first.number),
            format!(
                "{} left out as a header before the first speaker",
                counted(words, "word was", "words were")
            ),
            "if somebody says them, put the speaker's label before them",
        );
    }
    let words = count(&kept);
    if let Some(first) = kept.iter().find(|line| !line.is_blank()).filter(|_| words > 0) {
        log.warning(
            codes::SPEAKER_MISSING,
            Some(first.number),
            format!(
                "{} before the first speaker (“{}”); kept as said by nobody in particular",
                counted(words, "word stands", "words stand"),
                labels::first_words(&first.text)
            ),
            "if somebody says them, put the speaker's label before them; if nobody does, delete them",
        );
    }
    paragraphs(&kept)
}

/// Removes the footer below the last label.
fn note_footer(lines: &[Line], is_header: &[bool], log: &mut ProblemLog) {
    let mut left_out = lines.iter().zip(is_header).filter(|(_, is_header)| **is_header).map(|(line, _)| line);
    let Some(first) = left_out.next() else { return };
    let count = 1 + left_out.count();
    log.note(
        codes::TEXT_LEFT_OUT,
        Some(first.number),
        format!("{} left out as a footer", counted(count, "line at the end was", "lines at the end were")),
        "",
    );
}

/// A text without speakers: each paragraph is a turn.
fn paragraphs(lines: &[Line]) -> Vec<DraftTurn> {
    let mut turns: Vec<DraftTurn> = Vec::new();
    let mut open = false;
    let mut pending = When::default();
    for line in lines {
        if line.is_blank() {
            open = false;
            continue;
        }
        let (when, text) = take_when(line.text.trim_start()).unwrap_or((When::default(), line.text.as_str()));
        if text.trim().is_empty() {
            pending = when;
            open = false;
            continue;
        }
        let (text, end) = without_end_mark(text);
        if line.starts_paragraph || !open || when.start.is_some() {
            let start_ms = when.start.or(line.when.start).or(pending.start);
            turns.push(DraftTurn { start_ms, end_ms: when.end.or(line.when.end), ..DraftTurn::default() });
            pending = When::default();
        }
        open = true;
        if let Some(turn) = turns.last_mut() {
            if !turn.text.is_empty() {
                turn.text.push('\n');
            }
            turn.text.push_str(text);
            turn.end_ms = turn.end_ms.max(end);
        }
    }
    turns.retain(|turn| !turn.text.trim().is_empty());
    turns
}
