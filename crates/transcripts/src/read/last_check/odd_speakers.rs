//! Speakers that are no names: a date, a time, a number, a line of a file's header, a sentence.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{first_words, is_declared, is_table, number, warning};
use crate::corpus::{Problem, Transcript, Turn};
use crate::read::counted;
use crate::read::speakers::key_words::is_never_a_speaker;
use crate::read::speakers::label::{fold, is_label_shape};

/// Words of a name, at most, including title and office.
const MAX_WORDS: usize = 8;
/// What services call somebody they do not know, and themselves.
const SERVICES: &[&str] = &[
    "speaker",
    "webvtt",
    "otter.ai",
    "otter",
    "zoom",
    "microsoft teams",
    "teams",
    "rev.com",
    "rev",
    "trint",
    "sonix",
    "descript",
    "transcribed by",
    "subtitles by",
    "captions by",
    "kind",
    "http",
    "https",
];

/// Day, month and year in digits, or with the month's name.
#[expect(clippy::expect_used, reason = "the pattern is fixed and a test compiles it")]
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\W* (?: \d{1,4} \s? [-./年] \s? \d{1,2} \s? [-./月] \s? \d{1,4} 日?
        | (?:\p{L}+day|mon|tue|wed|thu|fri|sat|sun)? [,.\s]* \d{1,2} (?:st|nd|rd|th)? [.\s]+ (?:of\s+|de\s+)? \p{L}{3,10} [.,]? (?:\s+de)? \s+ \d{4}
        | \p{L}{3,10} \s+ \d{1,2} (?:st|nd|rd|th)? ,? \s+ \d{4} ) \b",
    )
    .expect("a fixed pattern")
});
/// Hours or minutes, and more, with nothing else.
#[expect(clippy::expect_used, reason = "the pattern is fixed and a test compiles it")]
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*\d{1,3}[:.]\d{2}(?:[:.,]\d{1,3}){0,2}(?:\s*(?:-+>?|–)\s*\d{1,3}[:.]\d{2}(?:[:.,]\d{1,3}){0,2})?\s*(?:[ap]\.?m\.?|h|uhr)?\W*$")
        .expect("a fixed pattern")
});

pub(super) fn odd_speakers(transcript: &Transcript) -> Option<Problem> {
    let mut speakers: BTreeMap<&str, (usize, &Turn)> = BTreeMap::new();
    for turn in transcript.turns.iter().filter(|turn| !turn.speaker.is_empty()) {
        speakers.entry(&turn.speaker).or_insert((0, turn)).0 += 1;
    }
    let odd: Vec<(&str, usize, &Turn, &str)> = speakers
        .iter()
        .filter_map(|(speaker, (turns, first))| {
            Some((*speaker, *turns, *first, kind(speaker, *turns, transcript)?))
        })
        .collect();
    let (speaker, turns, first, kind) = *odd.iter().min_by_key(|(_, _, first, _)| first.span.start)?;
    let more = match odd.len() {
        1 => String::new(),
        several => format!(" (and {} more such speakers)", several - 1),
    };
    let message = format!(
        "a speaker is called `{}`, which looks like {kind}: {}, first {} {}{more}",
        speaker.chars().take(60).collect::<String>(),
        counted(turns, "turn", "turns"),
        number(first),
        first_words(&first.text),
    );
    Some(warning(
        transcript,
        &message,
        "if nobody is called so, change or delete the line in the file, or name the right column `speaker`",
    ))
}

/// What a speaker looks like, if it is nobody.
fn kind(speaker: &str, turns: usize, transcript: &Transcript) -> Option<&'static str> {
    let folded = fold(speaker);
    let digits =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_numeric() || matches!(c, '.' | '#' | ' '));
    if TIME.is_match(speaker) {
        Some("a time")
    } else if DATE.is_match(speaker) {
        Some("a date")
    } else if is_table(transcript) || is_declared(transcript) {
        // There a column or an attribute says who speaks, and people may be numbers.
        None
    } else if digits(&folded) {
        Some("a number")
    } else if is_never_a_speaker(speaker)
        || (SERVICES.contains(&folded.as_str()) && (turns == 1 || folded != "speaker"))
    {
        Some("a line of a file's head")
    } else if !is_label_shape(speaker) && speaker.split_whitespace().count() > MAX_WORDS {
        Some("a sentence")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_called_so() {
        let transcript = Transcript {
            id: "a".into(),
            source: "a.txt".into(),
            format: "txt",
            turns: Vec::new(),
            attributes: BTreeMap::new(),
        };
        let shown: Vec<String> = [
            "12 March 2024",
            "2024-03-12",
            "12.3.24",
            "March 3rd, 2024",
            "Monday, 3 May 2021",
            "2024年3月12日",
            "00:01:02",
            "10:30 am",
            "0:03 - 0:09",
            "12",
            "Speaker",
            "Otter.ai",
            "Date",
            "And then I went home because it was so late",
            "Anna",
            "P01",
            "Speaker 1",
            "Dr. J. May",
            "May 4",
            "April Jones",
            "K. 12",
            "Participant 12 (F, 34)",
            "May Smith 1999",
        ]
        .iter()
        .map(|label| format!("{label}: {}", kind(label, 1, &transcript).unwrap_or("-")))
        .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        12 March 2024: a date
        2024-03-12: a date
        12.3.24: a date
        March 3rd, 2024: a date
        Monday, 3 May 2021: a date
        2024年3月12日: a date
        00:01:02: a time
        10:30 am: a time
        0:03 - 0:09: a time
        12: a number
        Speaker: a line of a file's head
        Otter.ai: a line of a file's head
        Date: a line of a file's head
        And then I went home because it was so late: a sentence
        Anna: -
        P01: -
        Speaker 1: -
        Dr. J. May: -
        May 4: -
        April Jones: -
        K. 12: -
        Participant 12 (F, 34): -
        May Smith 1999: -
        ");
    }
}
