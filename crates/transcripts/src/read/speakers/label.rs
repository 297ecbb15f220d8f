//! Finds candidates for speaker labels at the start of a line, in the styles that people and services use.
//!
//! One line alone cannot distinguish a speaker from `Note:`. [`crate::read::dialogue`] and [`crate::read::captions`] decide from the whole file,
//! with the words of [`super::label_words`]. Signs that also occur in sentences (dashes, dots, bars) are in [`super::label_signs`].

use std::borrow::Cow;

use crate::corpus::is_invisible;
use crate::read::times::{When, clock, moment, take_when, take_when_at_end};

/// Longest label, in characters.
pub(super) const MAX_LABEL: usize = 63;
/// Most words of a label.
const MAX_WORDS: usize = 7;

/// Signs that end a label as a colon does, in the forms that keyboards of several scripts write.
pub(super) const COLONS: [char; 6] = [':', '：', '﹕', '︓', '꞉', '∶'];

/// How a label is set off from what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// `Name: text`, also within brackets or after `#` and `@`.
    Colon,
    /// `Name  0:03`, alone on its line.
    NameAndTime,
    /// `Name`, start, end and text between tabs; times in seconds.
    TabbedTimes,
    /// Time, `Name:` and text between tabs, as Zoom saves its chat.
    Chat,
    /// `[Name] text` without a colon.
    Bracket,
    /// `Name`, a tab, text.
    Tab,
    /// `INTERVIEWER`, alone on its line.
    Alone,
    /// `Name – text`, with any dash; a hyphen has blanks on both sides.
    Dash,
    /// `Q. text`: initials, a short form or a name in capitals.
    Dot,
    /// `A) text`.
    Parenthesis,
    /// `Name | text`.
    Bar,
    /// `Name> text`.
    Angle,
    /// `INT   text`: three blanks or more.
    Gap,
    /// A name in bold before text that is not.
    Bold,
    /// `Name; text`: the key beside the colon's.
    Semicolon,
    /// `INTERVIEWER text`: the sign was forgotten.
    Bare,
    /// Known from a table of speakers, not looked for.
    Given,
}

/// A label that a line may begin with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate<'a> {
    /// The label without colon, brackets and time.
    pub(crate) label: &'a str,
    /// How it is set off.
    pub(crate) style: Style,
    /// The time beside it.
    pub(crate) when: When,
    /// The rest of the line.
    pub(crate) text: &'a str,
}

/// The form in which two labels are compared: small letters without anything invisible, one plain blank between words, no colon.
/// Full-width letters count as their plain ones.
pub(crate) fn fold(label: &str) -> String {
    let mut folded = String::with_capacity(label.len());
    for c in label.chars().filter(|c| !is_invisible(*c)) {
        match c {
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            '！'..='～' => folded.extend(plain_width(c).to_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.trim_end_matches(|c: char| c == ' ' || COLONS.contains(&c)).to_owned()
}

/// The plain form of a full-width sign.
fn plain_width(c: char) -> char {
    u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c)
}

/// A label as it is shown: as written, without what is invisible, with plain blanks. Joiners stay, because some scripts cannot be
/// written without them.
pub(crate) fn shown(label: &str) -> String {
    let label = trim_marks(label);
    let keeps =
        |c: &char| !is_invisible(*c) || matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}');
    let mut shown = String::with_capacity(label.len());
    for c in label.chars().filter(keeps) {
        if !c.is_whitespace() {
            shown.push(c);
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
    shown
}

/// A label without what stands in brackets behind it: `P01 (F, 34)` is `P01`. Folded labels stay folded.
pub(crate) fn without_description(label: &str) -> &str {
    match label.find(['(', '[', '（']) {
        Some(at) if at > 0 => label.get(..at).unwrap_or(label).trim_end(),
        _ => label,
    }
}

/// A candidate for a label at the start of a line, in one of the styles.
pub(crate) fn candidate(line: &str) -> Option<Candidate<'_>> {
    if let Some(found) = tabbed_times(line).or_else(|| chat(line)) {
        return Some(found);
    }
    let (when, rest) = after_time(line);
    let found = emphasised(rest).or_else(|| bracketed(rest)).unwrap_or_else(|| plain(rest));
    let mut found = Candidate { when: joined(when, found.when), ..found };
    if when.start.is_some() && found.style == Style::Alone {
        found.style = Style::NameAndTime;
    }
    if when.start.is_some() {
        found.label = without_addressee(found.label);
    }
    is_label_shape(found.label).then_some(found)
}

/// A line without bullet and time at its start, and the time.
pub(super) fn after_time(line: &str) -> (When, &str) {
    let rest = strip_bullet(trim_marks(line));
    match take_when(rest) {
        Some((when, after)) => (
            when,
            strip_bullet(trim_marks(after.trim_start_matches(['|', '\t', ' ', '\u{200E}', '\u{200F}']))),
        ),
        None => (When::default(), rest),
    }
}

pub(super) fn joined(first: When, second: When) -> When {
    When { start: first.start.or(second.start), end: first.end.or(second.end) }
}

/// Without blanks and invisible characters around; right-to-left transcripts are full of marks of direction.
pub(super) fn trim_marks(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Without blanks and invisible characters at the start.
pub(super) fn trim_marks_start(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

fn strip_bullet(text: &str) -> &str {
    let text = text.trim_start_matches('>').trim_start();
    ["- ", "– ", "— ", "• "].iter().find_map(|bullet| text.strip_prefix(bullet)).unwrap_or(text).trim_start()
}

/// `Name<TAB>0.53<TAB>2.291<TAB>text`, as corpus tools write it.
fn tabbed_times(line: &str) -> Option<Candidate<'_>> {
    let mut cells = line.splitn(4, '\t');
    let (label, start, end, text) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let (start, end) = (moment(start)?, moment(end)?);
    let label = trim_marks(label);
    if label.chars().count() > MAX_LABEL {
        return None;
    }
    let when = When { start: Some(start), end: Some(end) };
    Some(Candidate { label, style: Style::TabbedTimes, when, text })
}

/// `00:04:07<TAB>Name:<TAB>text`. The style is so plain that the name may be anything.
fn chat(line: &str) -> Option<Candidate<'_>> {
    let mut cells = line.splitn(3, '\t');
    let (time, label, text) = (cells.next()?, cells.next()?, cells.next()?);
    let start = clock(time)?;
    let label = trim_marks(trim_marks(label).strip_suffix(':')?);
    if label.is_empty() || label.chars().count() > MAX_LABEL {
        return None;
    }
    let when = When { start: Some(start), end: None };
    Some(Candidate { label, style: Style::Chat, when, text })
}

/// `**Name:** text` and `**Name**: text`, as Markdown writes it.
fn emphasised(line: &str) -> Option<Candidate<'_>> {
    let mark = ["**", "__"].into_iter().find(|mark| line.starts_with(mark))?;
    let (inside, after) = line.get(2..)?.split_once(mark)?;
    let (head, text) = match trim_marks(inside).strip_suffix(COLONS) {
        Some(head) => (head, after),
        None => (inside, trim_marks_start(after).strip_prefix(COLONS)?),
    };
    let (first, head) = take_when(trim_marks(head)).unwrap_or((When::default(), head));
    let (head, when) = take_when_at_end(head).unwrap_or((head, When::default()));
    let when = joined(first, when);
    Some(Candidate { label: trim_name(head), style: Style::Colon, when, text: trim_marks(text) })
}

/// `[Name] text`, `{Name} text`, `(Name) text`, `<Name> text`, with or without a colon or a time behind.
fn bracketed(line: &str) -> Option<Candidate<'_>> {
    let close = match line.chars().next()? {
        '[' => ']',
        '{' => '}',
        '(' => ')',
        '<' => '>',
        _ => return None,
    };
    let (inside, after) = line.get(1..)?.split_once(close)?;
    let label = inside.trim().trim_end_matches(COLONS);
    let after = trim_marks_start(after);
    if let Some(text) = after.strip_prefix(COLONS) {
        return Some(Candidate {
            label: trim_name(label),
            style: Style::Colon,
            when: When::default(),
            text: text.trim_start(),
        });
    }
    match take_when(after) {
        Some((when, "")) => {
            Some(Candidate { label: trim_name(label), style: Style::NameAndTime, when, text: "" })
        }
        Some((when, text)) => Some(Candidate { label: trim_name(label), style: Style::Bracket, when, text }),
        None => Some(Candidate {
            label: trim_name(label),
            style: Style::Bracket,
            when: When::default(),
            text: after,
        }),
    }
}

fn plain(line: &str) -> Candidate<'_> {
    if let Some(at) = label_colon(line) {
        let (head, text) = line.split_at(at);
        let text = &text[text.chars().next().map_or(0, char::len_utf8)..];
        let head = head.strip_prefix(['#', '@']).unwrap_or(head);
        let (head, mut when) = take_when_at_end(head).unwrap_or((head, When::default()));
        let mut text = trim_marks_start(text);
        if when.start.is_none()
            && text.starts_with(['[', '(', '{', '#'])
            && let Some((time, after)) = take_when(text)
        {
            (when, text) = (time, after);
        }
        return Candidate { label: trim_name(head), style: Style::Colon, when, text };
    }
    if let Some((head, text)) = line.split_once('\t')
        && !text.trim().is_empty()
        && take_when_at_end(line).is_none_or(|(before, _)| before.contains('\t'))
    {
        return Candidate {
            label: trim_name(head),
            style: Style::Tab,
            when: When::default(),
            text: text.trim_start(),
        };
    }
    if let Some((head, when)) = take_when_at_end(line) {
        return Candidate { label: trim_name(head), style: Style::NameAndTime, when, text: "" };
    }
    Candidate { label: trim_name(line), style: Style::Alone, when: When::default(), text: "" }
}

/// Where the colon stands that ends a label: not within brackets, not in a time, not in an address.
fn label_colon(line: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut before = ' ';
    // Room for a label, a description in brackets and a time.
    let mut characters = line.char_indices().take(MAX_LABEL * 2).peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            '\t' => return None,
            c if COLONS.contains(&c) && depth == 0 => {
                let after = characters.peek().map_or(' ', |(_, c)| *c);
                let in_time = before.is_ascii_digit() && after.is_ascii_digit();
                if after == '/' {
                    return None;
                }
                if !in_time {
                    return Some(at);
                }
            }
            _ => {}
        }
        before = c;
    }
    None
}

pub(super) fn trim_name(name: &str) -> &str {
    name.trim_matches(|c: char| {
        c.is_whitespace() || is_invisible(c) || matches!(c, '*' | '_' | '-' | '–' | '—' | '|')
    })
}

/// Zoom's older chats write `From Anna to Everyone`.
fn without_addressee(label: &str) -> &str {
    let Some(name) = label.strip_prefix("From ").or_else(|| label.strip_prefix("from ")) else {
        return label;
    };
    [" to ", " To ", "\tto "].iter().find_map(|to| name.split_once(to)).map_or(name, |(name, _)| name).trim()
}

/// Whether a text could be a name at all: short, with a letter in it, not a sentence.
pub(crate) fn is_label_shape(label: &str) -> bool {
    let label = visible(label);
    let label = label.as_ref();
    if label.is_empty() || label.chars().count() > MAX_LABEL || !label.chars().any(char::is_alphabetic) {
        return false;
    }
    if label.contains(['?', '!', ';', '"', '“', '”', '„', '…', '\n', '。', '<', '>']) {
        return false;
    }
    // What stands in brackets behind a name may describe the speaker freely: `P01 (F, 34)`; but in `Roe, A. (2017). The gap` a sentence
    // goes on behind them.
    let name = without_description(label);
    if name.len() < label.len() && !label.ends_with([')', ']', '）']) {
        return false;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.len() > MAX_WORDS || name.matches(',').count() > 2 {
        return false;
    }
    // A dot ends a sentence unless it ends an initial or a title: `J. Smith`, `Dr. Wang`.
    let long_before_dot = |word: &&str| word.ends_with('.') && word.chars().count() > 5;
    if words.iter().rev().skip(1).any(long_before_dot) {
        return false;
    }
    // `THE WITNESS` and `The Court` are capitals throughout; `The point` is not.
    let is_titled = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    if words.len() < 4 && words.iter().all(is_titled) && words.first().is_some_and(|word| fold(word) == "the")
    {
        return true;
    }
    !(words.len() > 1 && words.iter().any(|word| SENTENCE_WORDS.contains(&word.to_lowercase().as_str())))
}

/// The text without invisible characters.
fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_invisible) {
        Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Words that stand in sentences and not in names.
const SENTENCE_WORDS: &[&str] = &[
    "a",
    "about",
    "are",
    "asked",
    "be",
    "because",
    "but",
    "can",
    "did",
    "do",
    "for",
    "had",
    "have",
    "he",
    "if",
    "is",
    "it",
    "it's",
    "like",
    "me",
    "my",
    "not",
    "said",
    "say",
    "saying",
    "says",
    "she",
    "so",
    "that",
    "that's",
    "the",
    "their",
    "then",
    "there",
    "they",
    "this",
    "thought",
    "told",
    "was",
    "we",
    "were",
    "what",
    "with",
    "you",
    "אמר",
    "אמרה",
    "אמרתי",
    "אומר",
    "אומרת",
    "אני",
    "הוא",
    "היא",
    "של",
    "שלי",
    "שלו",
    "שלה",
    "את",
    "זה",
    "לא",
    "תמיד",
    "قال",
    "قالت",
    "قلت",
    "يقول",
    "أنا",
    "هو",
    "هي",
    "في",
    "من",
    "على",
    "كان",
    "دائما",
];

/// Whether a label is written in capitals throughout.
pub(crate) fn is_capitals(label: &str) -> bool {
    label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        match candidate(line) {
            Some(Candidate { label, style, when, text }) => {
                let time = when.start.map_or(String::new(), |ms| format!(" at {ms}"));
                format!("{style:?} <{label}>{time} <{text}>")
            }
            None => "none".to_owned(),
        }
    }

    #[test]
    fn every_style_of_label_is_found() {
        let lines = [
            "Anna: yes",
            "Anna : yes",
            "I:yes",
            "Interviewer 1:\tyes",
            "Justin (Besu): yes",
            "P01 (F, 34): yes",
            "[Anna]: yes",
            "[Anna] yes",
            "{Anna}: yes",
            "#Anna: yes",
            "@Anna: yes",
            "**Q:** yes",
            "**Dr. Wang**: yes",
            "Anna (00:01:02): yes",
            "[00:01:02] Anna: yes",
            "00:01:02 Anna: yes",
            "Anna: [00:01:02] yes",
            "Anna 00:01:02: yes",
            "Speaker 1  0:03",
            "[Anna] 10:01:02",
            "00:04:07\tAnna:\tyes",
            "10:01:02 From Anna to Everyone: yes",
            "Anna\t0.53\t2.291\tyes",
            "Anna\tyes",
            "INTERVIEWER",
            "- Marie : oui",
            ">> JOHN: yes",
            "\u{200F}מראיין: כן",
            "采访者：是",
        ];
        let all: Vec<String> = lines.iter().map(|line| shown(line)).collect();
        insta::assert_snapshot!(all.join("\n"), @r"
        Colon <Anna> <yes>
        Colon <Anna> <yes>
        Colon <I> <yes>
        Colon <Interviewer 1> <yes>
        Colon <Justin (Besu)> <yes>
        Colon <P01 (F, 34)> <yes>
        Colon <Anna> <yes>
        Bracket <Anna> <yes>
        Colon <Anna> <yes>
        Colon <Anna> <yes>
        Colon <Anna> <yes>
        Colon <Q> <yes>
        Colon <Dr. Wang> <yes>
        Colon <Anna> at 62000 <yes>
        Colon <Anna> at 62000 <yes>
        Colon <Anna> at 62000 <yes>
        Colon <Anna> at 62000 <yes>
        Colon <Anna> at 62000 <yes>
        NameAndTime <Speaker 1> at 3000 <>
        NameAndTime <Anna> at 36062000 <>
        Chat <Anna> at 247000 <yes>
        Colon <Anna> at 36062000 <yes>
        TabbedTimes <Anna> at 530 <yes>
        Tab <Anna> <yes>
        Alone <INTERVIEWER> <>
        Colon <Marie> <oui>
        Colon <JOHN> <yes>
        Colon <מראיין> <כן>
        Colon <采访者> <是>
        ");
    }

    #[test]
    fn addresses_times_and_sentences_are_no_labels() {
        for line in
            ["http://example.org/a: b", "and then she said: no", "Is that so? No: yes", "10:30", "", "..."]
        {
            let found = candidate(line);
            assert!(found.is_none_or(|found| found.style == Style::Alone), "{line}: {}", shown(line));
        }
    }
}
