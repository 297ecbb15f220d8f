//! Labels that are set off by a sign which stands in sentences too: `SMITH — text`, `Q. text`, `A) text`, `Anna | text`,
//! `Anna> text`, `INT   text`.
//!
//! A line may be read in several of these ways at once; which of them a file uses is decided in
//! [`crate::read::dialogue::labels`] from the whole file, and none of them counts against a file's colons.

use crate::read::times::{When, take_when, take_when_at_end};

use super::label::{
    COLONS, Candidate, MAX_LABEL, Style, after_time, is_capitals, is_label_shape, joined, trim_marks,
    trim_marks_start, trim_name,
};
use super::label_words::{is_code, is_usual};

/// Most words of a label before one of these signs; more are a sentence.
const MAX_WORDS: usize = 4;
/// Most letters of a short form that a dot may end: `Q.`, `Int.`, `Mod1.`.
const MAX_SHORT: usize = 5;
/// Titles, whose dot does not end a label.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "dr", "prof", "st", "hon", "rev", "sgt", "lt", "capt", "fr", "sr"];

/// Every label that the line may begin with in one of these ways.
pub(crate) fn signed(line: &str) -> Vec<Candidate<'_>> {
    // A row of a table in Markdown.
    let line = trim_marks(line);
    let line = line.strip_prefix('|').filter(|row| row.contains('|')).unwrap_or(line);
    let (when, rest) = after_time(line);
    let ways = [
        dash(rest),
        dot(rest),
        closed(rest),
        bar(rest),
        angle(rest),
        gap(rest),
        semicolon(rest),
        without_sign(rest),
    ];
    ways.into_iter()
        .flatten()
        .filter(|found| is_label_shape(found.label) && could_be_set_off(found.label))
        .map(|found| Candidate { when: joined(when, found.when), ..found })
        .collect()
}

/// A label that is the bold beginning of a line (`bold` bytes) or is bold by Markdown's signs, and has no other sign.
pub(crate) fn in_bold(line: &str, bold: usize) -> Option<Candidate<'_>> {
    let (when, rest) = after_time(line);
    let (label, said) = if let Some(inside) = rest.strip_prefix("**") {
        inside.split_once("**")?
    } else {
        let start = (rest.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
        let end = bold.checked_sub(start).filter(|end| *end > 0 && *end < rest.len())?;
        (rest.get(..end)?, rest.get(end..)?)
    };
    let (label, behind) = take_when_at_end(label).unwrap_or((label, When::default()));
    let label = trim_name(label);
    let is_set_off = !said.trim().is_empty() && (said.starts_with(char::is_whitespace) || !label.is_empty());
    let found =
        Candidate { label, style: Style::Bold, when: joined(when, behind), text: trim_marks_start(said) };
    // A colon or a dot is a sign of its own, and a sentence in bold no label.
    let ends_plainly = label.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']'));
    let goes_on_plainly = found.text.starts_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '"' | '“' | '(' | '[' | '¿' | '¡' | '…' | '\'')
    });
    (is_set_off && ends_plainly && goes_on_plainly && is_label_shape(label) && could_be_set_off(label))
        .then_some(found)
}

/// A short label without the signs of a sentence.
fn could_be_set_off(label: &str) -> bool {
    let begins = label.chars().find(|c| c.is_alphanumeric());
    begins.is_some_and(|c| !c.is_lowercase() || is_usual(label))
        && label.split_whitespace().count() <= MAX_WORDS
        && !label.contains(COLONS)
        && !label.contains(',')
}

/// The label before `at`, with a time behind it, and what follows the sign.
fn cut(text: &str, at: usize, sign: usize, style: Style) -> Option<Candidate<'_>> {
    let (head, after) = (text.get(..at)?, text.get(at + sign..)?);
    let (label, when) = take_when_at_end(head).unwrap_or((head, When::default()));
    let mut text = trim_marks_start(after);
    let mut when = when;
    if when.start.is_none()
        && text.starts_with(['[', '(', '{', '#'])
        && let Some((time, after)) = take_when(text)
    {
        (when, text) = (time, after);
    }
    let label = trim_name(label.trim_start_matches("**").trim_end_matches("**"));
    Some(Candidate { label, style, when, text })
}

/// The start of a line in which a label ends: as many characters as a label and a time take.
fn head(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().take(MAX_LABEL * 2)
}

fn dash(text: &str) -> Option<Candidate<'_>> {
    let mut before = ' ';
    for (at, c) in head(text) {
        let after = text.get(at + c.len_utf8()..)?;
        let is_dash = match c {
            '—' | '―' => true,
            '–' => !before.is_ascii_digit() || after.starts_with(char::is_whitespace),
            '-' if after.starts_with("- ") => return cut(text, at, 2, Style::Dash),
            '-' => before.is_whitespace() && after.starts_with(char::is_whitespace),
            _ => false,
        };
        if is_dash && at > 0 {
            return cut(text, at, c.len_utf8(), Style::Dash);
        }
        before = c;
    }
    None
}

fn dot(text: &str) -> Option<Candidate<'_>> {
    for (at, c) in head(text) {
        if c != '.' || !text.get(at + 1..)?.starts_with(char::is_whitespace) {
            continue;
        }
        let label = trim_marks(text.get(..at)?);
        let last = label.rsplit(' ').next().unwrap_or(label).to_lowercase();
        if TITLES.contains(&last.as_str()) {
            continue;
        }
        let is_short = label.chars().count() <= MAX_SHORT && !label.contains(' ');
        return (is_short || is_capitals(label)).then(|| cut(text, at, 1, Style::Dot)).flatten();
    }
    None
}

fn closed(text: &str) -> Option<Candidate<'_>> {
    let (at, _) = head(text).find(|(_, c)| matches!(c, '(' | ')'))?;
    text.get(at..)?.strip_prefix(')')?;
    cut(text, at, 1, Style::Parenthesis)
}

/// `Name | text`, also as a row of a table in Markdown and with a time between bars.
fn bar(text: &str) -> Option<Candidate<'_>> {
    let (at, _) = head(text).find(|(_, c)| matches!(c, '|' | '│' | '¦'))?;
    let sign = text.get(at..)?.chars().next().map_or(1, char::len_utf8);
    let found = cut(text, at, sign, Style::Bar)?;
    let said = found.text.trim_end().strip_suffix('|').unwrap_or(found.text).trim_end();
    let (between, said) = match take_when(said) {
        Some((time, after)) => (time, after.trim_start_matches(['|', '│', '¦', ' '])),
        None => (When::default(), said),
    };
    Some(Candidate { when: joined(found.when, between), text: said, ..found })
}

fn angle(text: &str) -> Option<Candidate<'_>> {
    let (at, _) = head(text).find(|(_, c)| matches!(c, '<' | '>'))?;
    let signs = text.get(at..)?.bytes().take_while(|byte| *byte == b'>').count();
    (signs > 0 && at > 0).then(|| cut(text, at, signs, Style::Angle)).flatten()
}

fn gap(text: &str) -> Option<Candidate<'_>> {
    let (at, _) = head(text).find(|(at, c)| {
        matches!(c, '\u{2003}' | '\u{3000}') || text.get(*at..).is_some_and(|rest| rest.starts_with("   "))
    })?;
    let label = trim_marks(text.get(..at)?);
    let is_apart = is_usual(label) || is_capitals(label);
    (is_apart && !text.get(at..)?.trim().is_empty()).then(|| cut(text, at, 0, Style::Gap)).flatten()
}

fn semicolon(text: &str) -> Option<Candidate<'_>> {
    let (at, _) = head(text).find(|(_, c)| matches!(c, ';' | '；'))?;
    let sign = text.get(at..)?.chars().next().map_or(1, char::len_utf8);
    cut(text, at, sign, Style::Semicolon)
}

/// One word that only transcribers use, with its number, before a capital: `Interviewer How was it?`, `P01 Yes.`
fn without_sign(text: &str) -> Option<Candidate<'_>> {
    let ends = head(text).filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).take(2);
    let label = ends.filter_map(|at| text.get(..at)).map(str::trim_end).find(|label| {
        let has_number = label.contains(|c: char| c.is_ascii_digit());
        is_code(label) && !label.ends_with('.') && (has_number || label.chars().count() > 2)
    })?;
    let said = text.get(label.len()..)?.trim_start();
    let begins = said.chars().find(|c| c.is_alphanumeric())?;
    // `Participant 1 said` is a sentence, and so is `Speaker 2`.
    (begins.is_uppercase() || (!begins.is_lowercase() && begins.is_alphabetic()))
        .then(|| cut(text, label.len(), 0, Style::Bare))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let ways: Vec<String> = signed(line)
            .iter()
            .map(|found| {
                let time = found.when.start.map_or(String::new(), |ms| format!(" at {ms}"));
                format!("{:?} <{}>{time} <{}>", found.style, found.label, found.text)
            })
            .collect();
        if ways.is_empty() { "none".to_owned() } else { ways.join(", ") }
    }

    #[test]
    fn labels_before_signs_are_found() {
        let lines = [
            "SMITH — How was it?",
            "SMITH—How was it?",
            "I – How was it?",
            "Anna - yes",
            "Anna -- yes",
            "[00:01] Anna – yes",
            "Anna (00:01) – yes",
            "Q.   How was it?",
            "MR. SMITH. How was it?",
            "A) yes",
            "Anna | yes",
            "| 00:01 | Anna | yes |",
            "Anna | 00:01 | yes",
            "Anna> yes",
            "INT    yes",
        ];
        let all: Vec<String> = lines.iter().map(|line| shown(line)).collect();
        insta::assert_snapshot!(all.join("\n"), @r"
        Dash <SMITH> <How was it?>
        Dash <SMITH> <How was it?>
        Dash <I> <How was it?>
        Dash <Anna> <yes>
        Dash <Anna> <yes>
        Dash <Anna> at 1000 <yes>
        Dash <Anna> at 1000 <yes>
        Dot <Q> <How was it?>, Gap <Q.> <How was it?>
        Dot <MR. SMITH> <How was it?>
        Parenthesis <A> <yes>
        Bar <Anna> <yes>
        Bar <Anna> at 1000 <yes>
        Bar <Anna> at 1000 <yes>
        Angle <Anna> <yes>
        Gap <INT> <yes>
        ");
    }

    #[test]
    fn sentences_and_compounds_have_none() {
        for line in [
            "and then – nothing",
            "It was hard. We had no car.",
            "well-known to all",
            "1990–1995 was hard",
            "see (below) for it",
            "he is 5 > 3",
            "Peter, my brother – he left",
        ] {
            assert_eq!(shown(line), "none", "{line}");
        }
    }
}
