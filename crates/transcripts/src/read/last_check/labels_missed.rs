//! Nobody is named although lines begin alike or somebody asks: the labels have a form that was not recognised.

use std::collections::BTreeMap;

use super::{first_words, is_declared, is_table, warning};
use crate::corpus::{Problem, Transcript};
use crate::question::QUESTION_MARKS;
use crate::read::counted;

/// Longest opening that may be a label, in characters and words.
const LONGEST: usize = 40;
const MAX_WORDS: usize = 4;
/// Lines with one opening, at least…
const MIN_EACH: usize = 3;
/// …if such openings begin this share of the lines, and this many.
const MIN_SHARE: f64 = 0.3;
const MIN_LINES: usize = 6;
/// Openings that a message shows.
const LISTED: usize = 3;
/// Turns with a question, and their share, from which somebody asks.
const MIN_QUESTIONS: usize = 3;
const MIN_QUESTION_SHARE: f64 = 0.15;

pub(super) fn labels_missed(transcript: &Transcript) -> Option<Problem> {
    if is_table(transcript) || is_declared(transcript) {
        return None;
    }
    if transcript.turns.iter().any(|turn| !turn.speaker.is_empty()) {
        return None;
    }
    let lines: Vec<&str> = transcript.turns.iter().flat_map(|turn| turn.text.lines()).collect();
    let mut openings: BTreeMap<String, usize> = BTreeMap::new();
    for opening in lines.iter().filter_map(|line| opening(line)) {
        *openings.entry(opening).or_default() += 1;
    }
    openings.retain(|_, times| *times >= MIN_EACH);
    let opened: usize = openings.values().sum();
    if opened >= MIN_LINES && opened as f64 >= MIN_SHARE * lines.len() as f64 {
        let mut usual: Vec<(usize, String)> =
            openings.into_iter().map(|(text, times)| (times, text)).collect();
        usual.sort_by(|a, b| (b.0, &a.1).cmp(&(a.0, &b.1)));
        let shown: Vec<String> =
            usual.iter().take(LISTED).map(|(times, text)| format!("`{text}` ({times})")).collect();
        let message = format!(
            "nobody is named, although {opened} of {} lines begin alike: {}; all of it was read as words",
            lines.len(),
            shown.join(", ")
        );
        let hint = "if these are speakers, write `Name: ` at the start of each turn; docs/formats.md lists the forms that are read";
        return Some(warning(transcript, &message, hint));
    }
    let turns = &transcript.turns;
    // Captions are cut at pauses and not where somebody else speaks; a paragraph that somebody asks ends in the question.
    let asks = |text: &str| {
        if is_captions(transcript) { text.contains(QUESTION_MARKS) } else { ends_in_question_mark(text) }
    };
    let asking: Vec<_> = turns.iter().filter(|turn| asks(&turn.text)).collect();
    let enough =
        asking.len() >= MIN_QUESTIONS && asking.len() as f64 >= MIN_QUESTION_SHARE * turns.len() as f64;
    let first = asking.first().filter(|_| enough && turns.len() > 1)?;
    let message = format!(
        "nobody is named, but {} of {} a question, first {} {}: whoever asks counts as a participant",
        asking.len(),
        counted(turns.len(), "turn holds", "turns hold"),
        super::number(first),
        first_words(&first.text),
    );
    let hint = "write who speaks and a colon at the start of each turn, and name the interviewer under `interviewers`";
    Some(warning(transcript, &message, hint))
}

fn is_captions(transcript: &Transcript) -> bool {
    matches!(transcript.format, "vtt" | "srt" | "sbv" | "json")
}

fn ends_in_question_mark(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '»' | ')' | ']' | '*' | '.'))
        .ends_with(QUESTION_MARKS)
}

/// What a line begins with, if that may be a label: up to four words and the mark behind them.
fn opening(line: &str) -> Option<String> {
    let line = line.trim_start();
    for dash in ["--", ">>", "-", "–", "—", "•", "*"] {
        if let Some(rest) = line.strip_prefix(dash) {
            return rest
                .chars()
                .next()
                .is_some_and(|c| c.is_whitespace() || c.is_alphanumeric())
                .then(|| dash.to_owned());
        }
    }
    let mut characters = line.char_indices().take(LONGEST).peekable();
    while let Some((at, c)) = characters.next() {
        let before = line.get(..at)?.trim();
        let next = characters.peek().map(|(_, next)| *next);
        let is_mark = match c {
            ':' | '：' | '\t' | '|' | ']' | ')' | '}' | '>' => true,
            // `Q.`, `A.`, `P1.`
            '.' => before.chars().count() <= 3 && !before.chars().all(|c| c.is_ascii_digit()),
            '–' | '—' | '-' => before.len() < at && next.is_some_and(char::is_whitespace),
            _ => false,
        };
        if is_mark {
            let is_label =
                before.chars().any(char::is_alphabetic) && before.split_whitespace().count() <= MAX_WORDS;
            return is_label
                .then(|| format!("{before}{}", if c == '\t' { ' ' } else { c }).trim_end().to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn openings_are_what_may_be_labels() {
        let shown: Vec<String> = [
            "Q. How?",
            "Ana K.: Yes",
            "[Ana] Yes",
            "- Yes",
            ">> Yes",
            "SMITH — Yes",
            "Ana\tYes",
            "Well. Yes",
            "well-known words",
            "So I told them what I had seen there: nothing",
            "12. Yes",
        ]
        .iter()
        .map(|line| opening(line).unwrap_or_default())
        .collect();
        assert_eq!(shown, ["Q.", "Ana K.:", "[Ana]", "-", ">>", "SMITH—", "Ana", "", "", "", ""]);
    }
}
