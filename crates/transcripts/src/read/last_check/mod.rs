//! The last check of every transcript, whatever its format: whether it looks like a conversation or like a file that was read wrongly. Nothing
//! is changed here.
//!
//! A check is a function of one transcript, listed in [`CHECKS`]. Whether somebody interviews elsewhere, and [`one_long`], need the whole
//! corpus. What a reader has said about a file already is not repeated ([`is_reported`]).

mod labels_inside;
mod labels_missed;
mod odd_speakers;
mod one_long;
mod one_turn;
mod one_voice;
mod pace;
mod roles;
mod stray_marks;
mod times_back;

use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use crate::codes;
use crate::corpus::{Corpus, Problem, Severity, Transcript, Turn};
use crate::read::counted;

/// A check of one transcript.
type Check = fn(&Transcript) -> Option<Problem>;

/// The checks of every transcript: what a problem is called where many transcripts have it, its code, the check.
const CHECKS: &[(&str, &str, Check)] = &[
    ("nobody is named", codes::SPEAKER_MISSING, labels_missed::labels_missed),
    ("all of it is one turn", codes::TURNS_UNLIKELY, one_turn::one_turn),
    ("one speaker has nearly all words", codes::TURNS_UNLIKELY, one_voice::one_voice),
    ("tabs among the words", codes::TEXT_DOUBTFUL, stray_marks::tabs),
    ("times among the words", codes::TEXT_DOUBTFUL, stray_marks::times),
    ("labels within turns", codes::SPEAKER_DOUBTFUL, labels_inside::labels_inside),
    ("speakers that look like nobody's name", codes::SPEAKER_DOUBTFUL, odd_speakers::odd_speakers),
    ("impossible or unlikely times", codes::TIME_DOUBTFUL, pace::pace),
    ("times that run backwards", codes::TIME_DOUBTFUL, times_back::times_back),
    ("nobody answers", codes::INTERVIEWER_DOUBTFUL, roles::nobody_answers),
    ("one name in both roles", codes::INTERVIEWER_DOUBTFUL, roles::both_roles),
    ("somebody asks who is not listed", codes::INTERVIEWER_DOUBTFUL, roles::another_asks),
];

/// Transcripts that a check reports one by one; further ones are counted.
const MAX_EACH: usize = 12;

/// Warnings about transcripts that may have been read wrongly. `reported` are the problems of the files so far.
pub(super) fn last_check(corpus: &Corpus, reported: &[Problem]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (what, code, check) in CHECKS {
        let found: Vec<Problem> =
            corpus.transcripts.par_iter().filter_map(check).map(|problem| problem.with_code(code)).collect();
        let found: Vec<Problem> =
            found.into_iter().filter(|problem| !is_reported(problem, reported)).collect();
        problems.extend(in_number(found, what));
    }
    let nobody_asks = roles::nobody_asks(corpus, reported)
        .into_iter()
        .map(|problem| problem.with_code(codes::INTERVIEWER_DOUBTFUL))
        .collect();
    problems.extend(in_number(nobody_asks, "nobody interviews"));
    problems.extend(one_long::one_long(corpus));
    problems
}

/// The first problems of a kind, and how many more there are.
fn in_number(mut problems: Vec<Problem>, what: &str) -> Vec<Problem> {
    let more = problems.len().saturating_sub(MAX_EACH);
    let Some(next) = problems.get(MAX_EACH).filter(|_| more > 0) else { return problems };
    let transcripts = counted(more, "further transcript", "further transcripts");
    let rest = Problem::new(next.severity, &next.source, format!("{transcripts}, this one first: {what}"))
        .with_code(next.code)
        .with_hint(next.hint.clone());
    problems.truncate(MAX_EACH);
    problems.push(rest);
    problems
}

/// Phrases that readers and these checks share: what a reader reports of a file is not repeated.
const SHARED: &[&str] = &["times run backwards", "names nobody", "nobody is named"];

fn is_reported(problem: &Problem, reported: &[Problem]) -> bool {
    let of_file = || reported.iter().filter(|other| other.source == problem.source);
    let shares = |phrase: &&str| {
        problem.message.contains(*phrase) && of_file().any(|other| other.message.contains(*phrase))
    };
    SHARED.iter().any(shares) || labels_inside::is_reported(&problem.message, &of_file())
}

/// A warning about a transcript. In a file of many it is named.
fn warning(transcript: &Transcript, message: &str, hint: impl Into<String>) -> Problem {
    let shares_its_file = !transcript.source.contains(transcript.id.as_str());
    let message =
        if shares_its_file { format!("`{}`: {message}", transcript.id) } else { message.to_owned() };
    Problem::new(Severity::Warning, &transcript.source, message).with_hint(hint)
}

/// Whether the transcript is a row or rows of a table, where columns and not lines say who speaks.
fn is_table(transcript: &Transcript) -> bool {
    matches!(transcript.format, "csv" | "tsv" | "xlsx" | "ods" | "xlsb" | "jsonl" | "parquet")
}

/// Whether the file declares its speakers by ids, so that labels are not found by their look.
fn is_declared(transcript: &Transcript) -> bool {
    matches!(transcript.format, "cha" | "eaf" | "textgrid" | "tei")
}

/// The turn's number, as messages give it.
fn number(turn: &Turn) -> String {
    format!("turn {}", turn.index)
}

/// The first words of a text, to find it by.
fn first_words(text: &str) -> String {
    const WORDS: usize = 6;
    const CHARACTERS: usize = 48;
    let words: Vec<&str> = text.split_whitespace().take(WORDS + 1).collect();
    let mut shown: String = words.iter().take(WORDS).copied().collect::<Vec<_>>().join(" ");
    let is_cut = words.len() > WORDS || shown.chars().count() > CHARACTERS;
    shown = shown.chars().take(CHARACTERS).collect();
    if is_cut { format!("“{}…”", shown.trim_end()) } else { format!("“{shown}”") }
}

/// Words of a text; letters of scripts that are written without blanks count half, as about two make a word.
fn words(text: &str) -> usize {
    let (mut words, mut letters) = (0, 0);
    for word in text.unicode_words() {
        if word.chars().next().is_some_and(is_written_without_blanks) {
            letters += word.chars().count();
        } else {
            words += 1;
        }
    }
    words + letters.div_ceil(2)
}

fn is_written_without_blanks(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3134F}')
}

/// The turns' words, all together.
fn words_of<'a>(turns: impl IntoIterator<Item = &'a Turn>) -> usize {
    turns.into_iter().map(|turn| words(&turn.text)).sum()
}

/// A number with commas between thousands.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `1 h 02 min`, `4 min`, `12 s`.
fn duration(ms: u64) -> String {
    let seconds = ms / 1000;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, _) => format!("{minutes} min"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}

#[cfg(test)]
mod tests;
