//! From lines to turns, for plain text and Word alike: which labels are speakers', where a turn begins, what
//! stands before the first one.
//!
//! A label counts when it comes again, when it is one that transcribers use everywhere, or when the study names
//! it; so `Note:` and `http://` stay in the text, and a header's `Date:` is no speaker.

pub(crate) mod blocks;
pub(crate) mod docx;
pub(crate) mod odt;
pub(crate) mod parts;
pub(crate) mod pdf;
pub(crate) mod qdpx;
pub(crate) mod rtf;
mod speaker_table;
pub(crate) mod txt;

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::read::format::DraftTurn;
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::{Candidate, Style, candidate, fold, is_capitals};
use crate::read::speakers::label_words::{is_never_a_speaker, is_sound, is_usual};
use crate::read::times::{When, take_when, take_when_at_end};

/// Text before the first label is a title or a header up to so many words; more than that is kept as turns.
const LONGEST_HEADER: usize = 100;

/// A header's value has up to so many words.
const LONGEST_VALUE: usize = 8;
/// A header comes before the talk: at most so many labels stand before it, in a citation or a copyright note.
const MOST_BEFORE_HEADER: usize = 6;

/// A single label counts only when at least this part of the lines has it.
const ONE_SPEAKER: f64 = 0.2;

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
    /// When it is said, where the file tells beside the text.
    pub(crate) when: When,
    /// Whether the line is speech for sure, so that no label is looked for.
    pub(crate) is_speech: bool,
    /// What a heading says that is no part of the text, in Markdown; the line is empty then.
    pub(crate) heading: String,
    /// The label when it is known already, from a table of speakers; the line is empty then.
    pub(crate) label: Option<Label>,
}

/// A speaker's label that need not be looked for.
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

/// The turns that lines make up.
pub(crate) fn turns_of(lines: &[Line], roster: &[String], log: &mut ProblemLog) -> Vec<DraftTurn> {
    let labels = accepted_labels(lines, roster);
    let Some(first) = labels.iter().position(Option::is_some) else { return paragraphs(lines) };
    let mut turns = preface(&lines[..first], log);
    let mut speech: Vec<Speech> = Vec::new();
    let mut pending = When::default();
    for (line, label) in lines.iter().zip(&labels).skip(first) {
        if line.is_blank() && label.is_none() {
            continue;
        }
        if let Some(label) = label {
            let start = label.when.start.or(line.when.start).or(pending.start);
            let end = label.when.end.or(line.when.end);
            let mut said = Speech::new(label.label, When { start, end });
            if label.style == Style::TabbedTimes {
                // These lines are captions, and their ends mean no more than those of captions.
                said.joint = ' ';
            }
            said.add(label.text);
            speech.push(said);
            pending = When::default();
        } else if let Some((when, "")) = take_when(line.text.trim()) {
            // A time on a line of its own belongs to the next label, unless more of the same turn follows.
            pending = when;
        } else if let Some(said) = speech.last_mut() {
            said.turn.end_ms = said.turn.end_ms.max(line.when.end);
            said.add(&line.text);
            pending = When::default();
        }
    }
    turns.extend(merged(speech));
    turns
}

/// Lines that one label covers.
struct Speech {
    turn: DraftTurn,
    key: String,
    /// What stands between what is said here and what the same speaker goes on to say.
    joint: char,
}

impl Speech {
    fn new(label: &str, when: When) -> Self {
        let turn = DraftTurn {
            speaker: label.to_owned(),
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

/// One turn for all that a speaker says until another does.
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

/// How often a label comes, and in which styles.
#[derive(Default)]
struct Tally {
    count: usize,
    by_style: BTreeMap<Style, usize>,
}

/// For each line the label that it begins with, if that is a speaker's.
fn accepted_labels<'a>(lines: &'a [Line], roster: &[String]) -> Vec<Option<Candidate<'a>>> {
    let roster: Vec<String> = roster.iter().map(|name| fold(name)).collect();
    let mut found: Vec<Option<Candidate<'a>>> = (0..lines.len()).map(|at| candidate_at(lines, at)).collect();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for label in found.iter().flatten() {
        let tally = tallies.entry(fold(label.label)).or_default();
        tally.count += 1;
        *tally.by_style.entry(label.style).or_default() += 1;
    }
    for (label, line) in found.iter_mut().zip(lines) {
        *label = label.take().filter(|label| {
            let key = fold(label.label);
            let known = roster.contains(&key) || is_usual(&key);
            let tally = tallies.get(&key);
            let count = tally.map_or(0, |tally| tally.count);
            let in_style = tally.and_then(|tally| tally.by_style.get(&label.style)).copied().unwrap_or(0);
            let bold = line.bold > 0 && line.bold >= label.label.len();
            match label.style {
                Style::Colon => known || count >= 2,
                Style::TabbedTimes | Style::Chat | Style::Given => true,
                Style::NameAndTime => known || in_style >= 2,
                Style::Bracket => !is_sound(&key) && (known || in_style >= 2),
                Style::Tab => known || in_style >= 2 || (bold && count >= 2),
                Style::Alone => {
                    in_style >= 2 && (known || is_capitals(label.label)) || known && key.chars().count() > 2
                }
            }
        });
    }
    keep_leading_styles(&mut found);
    drop_header(lines, &mut found, &tallies);
    let labelled = found.iter().flatten().count();
    let speakers: BTreeSet<String> = found.iter().flatten().map(|label| fold(label.label)).collect();
    let filled = lines.iter().filter(|line| !line.is_blank()).count();
    if filled > 3 && speakers.len() < 2 && (labelled < 2 || (labelled as f64) < ONE_SPEAKER * filled as f64) {
        // A word before a colon that comes now and then in a text without speakers.
        return vec![None; lines.len()];
    }
    found
}

fn candidate_at(lines: &[Line], at: usize) -> Option<Candidate<'_>> {
    if let Some(Label { name, when }) = &lines[at].label {
        return Some(Candidate { label: name, style: Style::Given, when: *when, text: "" });
    }
    let found = candidate(&lines[at].text).filter(|_| !lines[at].is_speech)?;
    if is_never_a_speaker(found.label) {
        return None;
    }
    if matches!(found.style, Style::NameAndTime | Style::Alone) && found.text.is_empty() {
        // A name on its own line must be followed by what is said; a short timed line is speech itself.
        let next = lines[at + 1..].iter().find(|line| !line.is_blank())?;
        if take_when(next.text.trim()).is_some() {
            return None;
        }
    }
    Some(found)
}

/// Styles that also occur in running text (`[Part 2] …`, a word in capitals) count only where the file uses them
/// more than colons; and where every line has times and tabs, nothing else is a label.
fn keep_leading_styles(found: &mut [Option<Candidate<'_>>]) {
    let count = |style: Style| found.iter().flatten().filter(|label| label.style == style).count();
    let sure = [Style::TabbedTimes, Style::Chat, Style::Given];
    let by_table = sure.into_iter().map(count).sum::<usize>();
    let firm = count(Style::Colon) + count(Style::NameAndTime);
    let weak = [Style::Bracket, Style::Tab, Style::Alone];
    let leading = weak
        .into_iter()
        .filter(|style| count(*style) > firm)
        .max_by_key(|style| (count(*style), std::cmp::Reverse(*style)));
    for label in found.iter_mut() {
        let keep = label.is_some_and(|label| match label.style {
            style if sure.contains(&style) => true,
            Style::Colon | Style::NameAndTime => by_table < 2,
            style => by_table < 2 && leading == Some(style),
        });
        if !keep {
            *label = None;
        }
    }
}

/// Lines with a key such as `Date:`, and the lines right above and below them that look the same, are a header:
/// `Interviewer: Jane Smith` there is nobody speaking, and neither are the few lines before it.
fn drop_header(lines: &[Line], found: &mut [Option<Candidate<'_>>], tallies: &BTreeMap<String, Tally>) {
    let is_key = |line: &Line| {
        candidate(&line.text)
            .is_some_and(|found| found.style == Style::Colon && is_never_a_speaker(found.label))
    };
    let is_single = |label: &Option<Candidate<'_>>| {
        label.is_some_and(|label| {
            let count = tallies.get(&fold(label.label)).map_or(0, |tally| tally.count);
            label.style == Style::Colon
                && count == 1
                && label.text.split_whitespace().count() <= LONGEST_VALUE
        })
    };
    let mut end = None;
    let (mut at, mut before) = (0, 0);
    while at < lines.len() && before <= MOST_BEFORE_HEADER {
        let block = lines[at..].iter().take_while(|line| !line.is_blank()).count();
        let range = at..at + block;
        let all_keys = range.clone().all(|at| is_key(&lines[at]) || is_single(&found[at]));
        if block > 0 && all_keys && range.clone().any(|at| is_key(&lines[at])) {
            end = Some(range.end);
        }
        before += found[range].iter().flatten().count();
        at += block + 1;
    }
    if let Some(end) = end {
        found[..end].fill(None);
    }
    let recurs = |label: &Option<Candidate<'_>>| label.is_some() && !is_single(label);
    let Some(first) = found.iter().position(recurs) else { return };
    if lines[..first].iter().any(is_key) {
        found[..first].fill(None);
    }
}

/// What stands before the first label: a header worth a note, or text worth keeping.
fn preface(lines: &[Line], log: &mut ProblemLog) -> Vec<DraftTurn> {
    let words: usize = lines.iter().map(|line| line.text.unicode_words().count()).sum();
    let Some(first) = lines.iter().find(|line| !line.is_blank()).filter(|_| words > 0) else {
        return Vec::new();
    };
    if words > LONGEST_HEADER {
        log.note(
            Some(first.number),
            format!(
                "{words} words stand before the first speaker; they were kept as turns without a speaker"
            ),
            "",
        );
        return paragraphs(lines);
    }
    log.note(
        Some(first.number),
        format!("{} left out as a header before the first speaker", counted(words, "word was", "words were")),
        "if somebody says them, put the speaker's label before them",
    );
    Vec::new()
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
