//! Tabs, times and arrows within what was said: columns and time codes that were taken for words.

use std::sync::LazyLock;

use regex::Regex;

use super::{first_words, number, warning};
use crate::corpus::{Problem, Transcript, Turn};
use crate::read::counted;

/// Tabs or times from which they are the file's layout; a sentence may contain one.
const FEWEST: usize = 2;

/// A turn has columns where it holds several tabs, or where many turns hold one.
pub(super) fn tabs(transcript: &Transcript) -> Option<Problem> {
    let holding: Vec<&Turn> = transcript.turns.iter().filter(|turn| turn.text.contains('\t')).collect();
    let first = *holding.first()?;
    let all: usize = holding.iter().map(|turn| turn.text.matches('\t').count()).sum();
    if all < FEWEST {
        return None;
    }
    let message = format!(
        "{} tabs, first {} {}: columns of a table may have been read as words",
        counted(holding.len(), "turn holds", "turns hold"),
        number(first),
        first_words(around(&first.text, first.text.find('\t')?)),
    );
    let hint = "if a column names the speaker or the time, save the table as .csv or .tsv with a heading for each column";
    Some(warning(transcript, &message, hint))
}

/// Times that nobody says: with hours, minutes and seconds, in brackets or between hashes, and the arrows of captions.
#[expect(clippy::expect_used, reason = "the pattern is fixed and a test compiles it")]
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?\b|[\[({<]\d{1,3}:\d{2}(?:[.,]\d+)?[\])}>]|#\d{1,2}:\d{2}:\d{2}-\d#")
        .expect("a fixed pattern")
});
/// A line of a caption's times.
#[expect(clippy::expect_used, reason = "the pattern is fixed and a test compiles it")]
static ARROW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s*--?>\s*\d{1,2}:\d{2}").expect("a fixed pattern")
});

/// A remark of a transcriber in brackets: `[inaudible 00:12:33]`.
#[expect(clippy::expect_used, reason = "the pattern is fixed and a test compiles it")]
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\[({<][^\[\](){}<>]*\p{L}[^\[\](){}<>]*[\])}>]").expect("a fixed pattern")
});

pub(super) fn times(transcript: &Transcript) -> Option<Problem> {
    let (mut turns, mut times) = (0, 0);
    let mut first: Option<(&Turn, usize)> = None;
    let mut has_arrow = false;
    for turn in &transcript.turns {
        let text = turn.text.as_str();
        let positions: Vec<usize> = TIME.find_iter(text).map(|found| found.start()).collect();
        let arrow = ARROW.find(text).map(|found| found.start());
        has_arrow |= arrow.is_some();
        if positions.is_empty() && arrow.is_none() {
            continue;
        }
        let remarks: Vec<_> = REMARK.find_iter(text).map(|found| found.range()).collect();
        let counting: Vec<usize> =
            positions.into_iter().filter(|at| !remarks.iter().any(|remark| remark.contains(at))).collect();
        let Some(position) = counting.first().copied().or(arrow) else { continue };
        turns += 1;
        times += counting.len().max(1);
        first.get_or_insert((turn, position));
    }
    let (turn, position) = first?;
    if times < FEWEST && !has_arrow {
        return None;
    }
    let message = format!(
        "{} times among the words, {times} in all, first {} {}: they are part of quotes and count as words",
        counted(turns, "turn holds", "turns hold"),
        number(turn),
        first_words(around(&turn.text, position)),
    );
    let hint = "put times in brackets at the start of a turn, `[00:01:02] Name: …`, or take them out";
    Some(warning(transcript, &message, hint))
}

/// The text from a few words before a position on.
fn around(text: &str, position: usize) -> &str {
    const WORDS: usize = 2;
    let before = text.get(..position).unwrap_or_default();
    let start = before
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .nth(WORDS)
        .map_or(0, |(at, c)| at + c.len_utf8());
    text.get(start..).unwrap_or(text)
}
