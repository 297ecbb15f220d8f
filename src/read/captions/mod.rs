//! From captions to turns, for WebVTT, SubRip, `YouTube` and the JSON of speech recognisers alike: finds the cues whatever
//! their numbers and blank lines, finds the speakers' labels in them, and joins the cues of one speaker.

mod google;
pub(crate) mod json;
mod lenient_json;
pub(crate) mod sbv;
pub(crate) mod srt;
mod timed_words;
pub(crate) mod vtt;
mod whisper;

use std::collections::{BTreeMap, BTreeSet};

use unicode_segmentation::UnicodeSegmentation;

use crate::read::format::DraftTurn;
use crate::read::problems::{ProblemLog, counted};
use crate::read::speakers::label::{Candidate, Style, candidate, fold};
use crate::read::speakers::{key_words::is_never_a_speaker, label_words::is_usual};
use crate::read::times::take_clock;

/// Cues without a speaker are one turn as long as the pause between them is no longer than this.
const LONGEST_PAUSE_MS: u64 = 2_000;
/// A turn without a speaker is closed after this long, so that an unlabelled hour is not one turn.
const LONGEST_UNKNOWN_MS: u64 = 60_000;
/// When so large a part of the cues has a label, an unlabelled cue is somebody unknown; otherwise labels stand
/// only where the speaker changes.
const EVERY_CUE: f64 = 0.8;

/// Rolling captions show two or three lines.
const MOST_ROLLING_LINES: usize = 8;
/// A tag that is not closed within so many bytes is text.
const LONGEST_TAG: usize = 300;

/// Where a tag that opens `text` is closed, in bytes.
pub(crate) fn tag_end(text: &str, close: u8) -> Option<usize> {
    text.bytes().take(LONGEST_TAG).position(|byte| byte == close)
}

/// A single label counts only when so large a part of the cues has it; a phrase that comes twice in an hour is none.
const ONE_SPEAKER: f64 = 0.2;

/// One caption.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cue {
    /// Line of its time, from 1.
    pub(crate) line: u64,
    /// Milliseconds from the start of the recording.
    pub(crate) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(crate) end_ms: Option<u64>,
    /// What is shown, line by line, as written.
    pub(crate) lines: Vec<String>,
}

/// A piece of a cue that one speaker says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said {
    /// The speaker; none when the cue does not say.
    pub(crate) speaker: Option<String>,
    /// The words without markup.
    pub(crate) text: String,
    /// Milliseconds from the start of the recording.
    pub(crate) start_ms: Option<u64>,
    /// Milliseconds from the start of the recording.
    pub(crate) end_ms: Option<u64>,
    /// Whether a mark such as `>>` says that somebody else goes on.
    pub(crate) change: bool,
}

/// The times of a cue, each as far as it is one.
pub(crate) type Times = (Option<u64>, Option<u64>);

/// What a format writes around its cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    /// Nothing: the time comes first.
    None,
    /// A number above the time.
    Numbers,
    /// Anything above the time, or nothing.
    Any,
    /// Anything above nearly every time, however long.
    Every,
}

/// The two times of a timing line; none for any other line.
fn timing(line: &str) -> Option<Times> {
    let (start, rest) = line.split_once("-->")?;
    let (start, rest) = (start.trim(), rest.trim());
    if !start.starts_with(|c: char| c.is_ascii_digit()) || !start.chars().all(is_time_character) {
        return None;
    }
    let end = rest.split_whitespace().next().unwrap_or("");
    Some((whole(start), whole(end)))
}

fn is_time_character(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ':' | '.' | ',' | ' ')
}

fn whole(text: &str) -> Option<u64> {
    match take_clock(text) {
        Some((ms, "")) => Some(ms),
        _ => None,
    }
}

/// Whether a line is the time of a cue.
pub(crate) fn is_timing(line: &str) -> bool {
    timing(line).is_some()
}

/// The cues of a text whose lines are given with their numbers. Everything between two timing lines belongs to
/// the first, blank lines included, but for the number or name right before the second.
pub(crate) fn cues_of(lines: &[(u64, &str)], names: Names, log: &mut ProblemLog) -> Vec<Cue> {
    timed_cues(lines, names, timing, log)
}

/// As [`cues_of`], for a format whose timing lines are those that `timing` knows.
pub(crate) fn timed_cues(
    lines: &[(u64, &str)],
    names: Names,
    timing: impl Fn(&str) -> Option<Times>,
    log: &mut ProblemLog,
) -> Vec<Cue> {
    let times: Vec<usize> = (0..lines.len()).filter(|at| timing(lines[*at].1).is_some()).collect();
    let mut cues = Vec::with_capacity(times.len());
    if let Some(first) = times.first() {
        let before = &lines[..before_first(lines, *first, names)];
        if let Some((number, _)) = before.iter().find(|(_, line)| !line.trim().is_empty()) {
            let words: usize = before.iter().map(|(_, line)| line.unicode_words().count()).sum();
            log.note(
                Some(*number),
                format!("{} left out before the first caption", counted(words, "word was", "words were")),
                "",
            );
        }
    }
    let names = if names == Names::Any && every_time_is_named(lines, &times) { Names::Every } else { names };
    for (place, &at) in times.iter().enumerate() {
        let (number, line) = lines[at];
        let (start_ms, end_ms) = timing(line).unwrap_or_default();
        if start_ms.is_none() || end_ms.is_none() {
            log.warning(
                Some(number),
                "the time of this caption is not a time",
                "its words were kept without one",
            );
        }
        let until = times.get(place + 1).map_or(lines.len(), |next| before_name(lines, at, *next, names));
        let shown = lines[at + 1..until].iter().filter(|(_, line)| !line.trim().is_empty());
        let lines = shown.map(|(_, line)| (*line).to_owned()).collect();
        cues.push(Cue { line: number, start_ms, end_ms: end_ms.max(start_ms), lines });
    }
    cues
}

/// Where the lines before the first timing line end: its number or name belongs to it.
fn before_first(lines: &[(u64, &str)], first: usize, names: Names) -> usize {
    let named = names != Names::None && first > 0 && !lines[first - 1].1.trim().is_empty();
    if named { first - 1 } else { first }
}

/// Where the lines before a timing line end that belong to the cue before: the line right above is the next cue's
/// name when it is a number or, in formats with names, a word or two alone after a blank line.
fn before_name(lines: &[(u64, &str)], at: usize, next: usize, names: Names) -> usize {
    let above = next - 1;
    if names == Names::None || above <= at || lines[above].1.trim().is_empty() {
        return next;
    }
    let name = lines[above].1.trim();
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    let alone = above > at + 1 && lines[above - 1].1.trim().is_empty();
    let is_name = match names {
        Names::None | Names::Numbers => false,
        Names::Any => is_cue_name(name),
        Names::Every => true,
    };
    if is_number || (alone && is_name) { above } else { next }
}

/// Whether nearly every time has a line of its own right above it.
fn every_time_is_named(lines: &[(u64, &str)], times: &[usize]) -> bool {
    let is_blank = |at: usize| lines[at].1.trim().is_empty();
    let named = times.iter().filter(|at| **at > 1 && !is_blank(**at - 1) && is_blank(**at - 2)).count();
    named as f64 >= EVERY_CUE * times.len() as f64
}

/// Whether a line could be a cue's name rather than words that a blank line cut off.
fn is_cue_name(line: &str) -> bool {
    line.split_whitespace().count() <= 3 && !line.ends_with(['.', ',', '?', '!', ':', '…'])
}

/// Leaves out the lines that a rolling caption repeats from the one before (automatic captions of `YouTube` show
/// each line two or three times). Gives how many were left out.
pub(crate) fn drop_rolling_repeats(cues: &mut Vec<Cue>, plain: impl Fn(&str) -> String) -> usize {
    let mut dropped = 0;
    let mut before: Vec<String> = Vec::new();
    for cue in cues.iter_mut() {
        let shown: Vec<String> = cue.lines.iter().map(|line| plain(line).trim().to_owned()).collect();
        let most = before.len().min(shown.len()).min(MOST_ROLLING_LINES);
        let same = (1..=most).rev().find(|n| before[before.len() - n..] == shown[..*n]).unwrap_or(0);
        dropped += same;
        cue.lines.drain(..same);
        if !shown.is_empty() {
            before = shown;
        }
    }
    cues.retain(|cue| !cue.lines.is_empty());
    dropped
}

/// Finds labels such as `Name:` at the start of the cues' lines and splits cues in which two people speak.
pub(crate) fn find_labels(cues: &[Cue], plain: impl Fn(&str) -> String, roster: &[String]) -> Vec<Said> {
    let roster: Vec<String> = roster.iter().map(|name| fold(name)).collect();
    let texts: Vec<Vec<String>> =
        cues.iter().map(|cue| cue.lines.iter().map(|line| plain(line)).collect()).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for label in texts.iter().flatten().filter_map(|line| label_of(line)) {
        *counts.entry(fold(label.label)).or_default() += 1;
    }
    let begins = |lines: &Vec<String>| lines.first().is_some_and(|line| label_of(line).is_some());
    let labelled = texts.iter().filter(|lines| begins(lines)).count();
    let every_cue = labelled as f64 >= EVERY_CUE * texts.len() as f64;
    let is_speaker = |label: &Candidate<'_>| {
        let key = fold(label.label);
        let count = counts.get(&key).copied().unwrap_or(0);
        count >= 2 || roster.contains(&key) || is_usual(&key) || (every_cue && labelled >= 2)
    };
    let speakers: BTreeSet<String> = texts
        .iter()
        .flatten()
        .filter_map(|line| label_of(line))
        .filter(&is_speaker)
        .map(|label| fold(label.label))
        .collect();
    let enough = speakers.len() > 1 || labelled as f64 >= ONE_SPEAKER * texts.len() as f64;
    let mut all: Vec<Said> = Vec::with_capacity(cues.len());
    let mut current: Option<String> = None;
    for (cue, lines) in cues.iter().zip(&texts) {
        if every_cue {
            current = None;
        }
        let mut first = true;
        for line in lines {
            let change = line.trim_start().starts_with(">>");
            // A mark that somebody else goes on makes a label of what follows it.
            let label = label_of(line).filter(|label| change || enough && is_speaker(label));
            let text = match &label {
                Some(label) => label.text,
                None => line.trim_start().trim_start_matches('>').trim(),
            };
            let text = if change || label.is_some() { text } else { line.trim() };
            if let Some(label) = &label {
                current = Some(label.label.to_owned());
            } else if change {
                current = None;
            }
            match all.last_mut() {
                Some(last) if !first && label.is_none() && !change => push_spaced(&mut last.text, text),
                _ => all.push(Said {
                    speaker: current.clone(),
                    text: text.to_owned(),
                    start_ms: cue.start_ms,
                    end_ms: cue.end_ms,
                    change,
                }),
            }
            first = false;
        }
    }
    all
}

fn label_of(line: &str) -> Option<Candidate<'_>> {
    let found = candidate(line)?;
    // `10:30 Meeting: …` is about a time; a caption has its own.
    if found.when.start.is_some() && line.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bracketed = found.style == Style::Bracket && is_usual(found.label);
    ((found.style == Style::Colon || bracketed) && !is_never_a_speaker(found.label)).then_some(found)
}

/// Adds `text` after one space.
pub(crate) fn push_spaced(all: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    if !all.is_empty() {
        all.push(' ');
    }
    all.push_str(text);
}

/// Joins what one speaker says in successive cues; without speakers, what is said without a long pause.
pub(crate) fn turns_of(said: Vec<Said>) -> Vec<DraftTurn> {
    let mut turns: Vec<DraftTurn> = Vec::new();
    let mut key = String::new();
    for Said { speaker, text, start_ms, end_ms, change } in said {
        let speaker = speaker.unwrap_or_default();
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let next = fold(&speaker);
        match turns.last_mut() {
            Some(turn) if !change && next == key && (!key.is_empty() || goes_on(turn, start_ms, end_ms)) => {
                push_spaced(&mut turn.text, text);
                turn.start_ms = turn.start_ms.or(start_ms);
                turn.end_ms = turn.end_ms.max(end_ms);
            }
            _ => turns.push(DraftTurn { index: None, speaker, start_ms, end_ms, text: text.to_owned() }),
        }
        key = next;
    }
    turns
}

fn goes_on(turn: &DraftTurn, start_ms: Option<u64>, end_ms: Option<u64>) -> bool {
    let (Some(first), Some(last), Some(start), Some(end)) = (turn.start_ms, turn.end_ms, start_ms, end_ms)
    else {
        return false;
    };
    start <= last.saturating_add(LONGEST_PAUSE_MS) && end.saturating_sub(first) <= LONGEST_UNKNOWN_MS
}
