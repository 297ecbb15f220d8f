//! A speaker and a time on a line above speech: Otter, Teams, Rev, Riverside, Happy Scribe, Fathom, Word, Zoom and others, each
//! with its own order, gaps and brackets, which are learned from the file.

use std::collections::{BTreeMap, BTreeSet};

use super::front::{is_notice_of_transcription, own_lines};
use super::line_shape::{is_cast, is_empty, is_name, is_rule, mostly_ascending, shown};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::speakers::label::fold;
use crate::read::speakers::label_words::is_usual;
use crate::read::times::{When, take_when};

/// Maximum length of a heading in bytes.
const MAX_HEADING: usize = 160;

/// Speaker and time above speech.
pub(super) struct Headings;

/// Which comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Order {
    NameFirst,
    TimeFirst,
}

/// The text between name and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// One blank, which also occurs in running text.
    Blank,
    /// Two blanks or more, or a tab.
    Wide,
    /// A dash, a bar or a dot.
    Sign(char),
}

/// The style of a file's headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Style {
    order: Order,
    gap: Gap,
    /// Whether the time is in brackets.
    time_bracketed: bool,
    /// Whether the name is in brackets.
    name_bracketed: bool,
    /// Whether speech begins on the same line.
    with_text: bool,
}

impl Style {
    /// Whether the style is rare in sentences.
    fn is_plain_to_see(self) -> bool {
        self.gap != Gap::Blank || self.time_bracketed || self.name_bracketed
    }
}

/// A heading and the text after it on its line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Heading<'a> {
    name: &'a str,
    when: When,
    style: Style,
    text: &'a str,
}

/// A heading with its own words.
struct OwnedHeading {
    at: usize,
    name: String,
    when: When,
    style: Style,
    text: String,
}

impl ServiceForm for Headings {
    fn name(&self) -> &'static str {
        "an export with a speaker and a time above what is said (Otter, Teams, Fathom, Rev and others)"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        if lines.iter().any(|line| line.label.is_some()) {
            return None;
        }
        let found = found_in(lines);
        let style = style_of(&found, lines)?;
        let cast: BTreeSet<String> = found
            .iter()
            .filter(|heading| heading.style == style)
            .map(|heading| fold(&heading.name))
            .collect();
        // A heading in another style, edited by hand, still names one of the speakers.
        let headings: BTreeMap<usize, &OwnedHeading> = found
            .iter()
            .filter(|heading| heading.style == style || cast.contains(&fold(&heading.name)))
            .map(|heading| (heading.at, heading))
            .collect();
        let first = *headings.keys().next()?;
        let mut recognised = RecognisedText::default();
        let own = own_lines(&lines[..first]);
        for (line, own) in lines[..first].iter().zip(own) {
            if own { recognised.leave_out(line) } else { recognised.keep(line.clone()) }
        }
        let last = lines.iter().rposition(|line| !is_empty(line));
        for (at, line) in lines.iter().enumerate().skip(first) {
            if let Some(heading) = headings.get(&at) {
                recognised.speaker(line.number, &heading.name, heading.when);
                recognised.speech(line.number, &heading.text);
            } else if is_rule(line.text.trim()) || Some(at) == last && is_closing(line, &cast) {
                recognised.leave_out(line);
            } else {
                recognised.speech(line.number, &line.text);
            }
        }
        Some(recognised)
    }
}

/// `Ines Falk stopped transcription` at the end: a name, and a few words about transcribing.
fn is_closing(line: &Line, cast: &BTreeSet<String>) -> bool {
    let text = shown(line);
    let small = text.to_lowercase();
    let begins_with_a_name = cast.iter().any(|name| small.starts_with(name.as_str()));
    let capital = text.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
    is_notice_of_transcription(&text) && capital && (begins_with_a_name || !text.trim_end().ends_with('.'))
}

fn found_in(lines: &[Line]) -> Vec<OwnedHeading> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_speech) {
        let text = shown(line);
        // A bold name may end where the time begins, without a blank.
        if let Some(heading) = heading_in(&text) {
            let Heading { name, when, style, text } = heading;
            found.push(OwnedHeading { at, name: name.to_owned(), when, style, text: text.to_owned() });
        }
    }
    found
}

/// The style of most headings, if the whole file has headings.
fn style_of(found: &[OwnedHeading], lines: &[Line]) -> Option<Style> {
    let mut counts: BTreeMap<Style, usize> = BTreeMap::new();
    for heading in found {
        *counts.entry(heading.style).or_default() += 1;
    }
    let (style, count) =
        counts.into_iter().max_by_key(|(style, count)| (*count, std::cmp::Reverse(*style)))?;
    let headings: Vec<&OwnedHeading> = found.iter().filter(|heading| heading.style == style).collect();
    if count < 2 || !mostly_ascending(headings.iter().map(|heading| heading.when.start)) {
        return None;
    }
    let indices: BTreeSet<usize> = found.iter().map(|heading| heading.at).collect();
    let followed = headings
        .iter()
        .filter(|heading| {
            let next = (heading.at + 1..lines.len()).find(|at| !is_empty(&lines[*at]));
            style.with_text || next.is_some_and(|next| !indices.contains(&next))
        })
        .count();
    // Headings without a word below are a table of contents.
    if followed * 5 < count * 3 {
        return None;
    }
    // Where such times begin most lines, `[00:00:03] - Right.` is a short answer and no heading.
    let all_usual = headings.iter().all(|heading| is_usual(&heading.name));
    if style.order == Order::TimeFirst && !all_usual {
        let timed = lines.iter().filter(|line| opens_with_time(line, style)).count();
        if count * 2 < timed {
            return None;
        }
    }
    let cast = is_cast(headings.iter().map(|heading| heading.name.as_str()));
    let sure = if style.is_plain_to_see() { cast || count <= 4 || count >= 8 } else { cast && count > 2 };
    sure.then_some(style)
}

/// Whether a line begins with a time in a style of headings, and has more text.
fn opens_with_time(line: &Line, style: Style) -> bool {
    let text = shown(line);
    let text = text.trim();
    let text = text.strip_prefix('@').unwrap_or(text);
    let Some((_, rest)) = take_when(text).filter(|_| !line.is_speech) else { return false };
    let time_bracketed = !text.starts_with(char::is_numeric);
    !rest.trim().is_empty() && time_bracketed == style.time_bracketed && without_sign(rest).0 == style.gap
}

/// A heading that a line is or begins with.
fn heading_in(line: &str) -> Option<Heading<'_>> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    if line.len() <= MAX_HEADING
        && let Some(heading) = time_first(line).or_else(|| name_first(line))
    {
        return Some(heading);
    }
    with_text(line)
}

/// `0:00 - Anna`, `[00:00:03] Anna`, `@0:00 - Anna`.
fn time_first(line: &str) -> Option<Heading<'_>> {
    let line = line.strip_prefix('@').unwrap_or(line);
    let (when, rest) = take_when(line)?;
    let (gap, rest) = without_sign(rest);
    let (name, name_bracketed) = bare_name(rest.trim_end_matches([':', '：']))?;
    let time_bracketed = !line.starts_with(char::is_numeric);
    let style = Style { order: Order::TimeFirst, gap, time_bracketed, name_bracketed, with_text: false };
    Some(Heading { name, when, style, text: "" })
}

/// `Anna  0:03`, `Anna (0:03):`, `Anna | 00:00`, `Anna - 0:03`, `[Anna] (0:00 - 0:05)`.
fn name_first(line: &str) -> Option<Heading<'_>> {
    let line = line.trim_end_matches([':', '：']).trim_end();
    let (before, when, time) = time_at_end(line)?;
    let (name, gap) = name_and_gap(before);
    let (name, name_bracketed) = bare_name(name)?;
    let time_bracketed = !time.starts_with(char::is_numeric);
    let style = Style { order: Order::NameFirst, gap, time_bracketed, name_bracketed, with_text: false };
    Some(Heading { name, when, style, text: "" })
}

/// `Anna  0:03  I have …` and `[Anna] [0:03]: I have …`.
fn with_text(line: &str) -> Option<Heading<'_>> {
    let (before, rest, name_bracketed) = if let Some(inner) = line.strip_prefix('[') {
        let (name, rest) = inner.split_once(']')?;
        (name, rest.trim_start().strip_prefix(['[', '('].as_slice()).map(|_| rest.trim_start())?, true)
    } else {
        let gap = line.find("  ").or_else(|| line.find('\t')).filter(|gap| *gap <= MAX_HEADING)?;
        (&line[..gap], line[gap..].trim_start(), false)
    };
    let (when, text) = take_when(rest)?;
    // Speech follows a gap as wide as the one before the time.
    let time = rest.get(..rest.len() - text.len())?;
    let wide = time.ends_with("  ") || time.ends_with('\t');
    if text.is_empty() || !wide && !name_bracketed {
        return None;
    }
    let (name, _) = bare_name(before)?;
    let gap = if name_bracketed { Gap::Blank } else { Gap::Wide };
    let time_bracketed = !rest.starts_with(char::is_numeric);
    let style = Style { order: Order::NameFirst, gap, time_bracketed, name_bracketed, with_text: true };
    Some(Heading { name, when, style, text: text.trim_start_matches([':', '：']).trim_start() })
}

/// The text before the time or interval that ends a line, the time, and its text.
fn time_at_end(line: &str) -> Option<(&str, When, &str)> {
    let mut starts = line.char_indices().zip(line.chars().skip(1)).filter_map(|((at, c), next)| {
        let begins = c.is_whitespace() && !next.is_whitespace() || matches!(next, '(' | '[' | '（' | '［');
        begins.then_some(at + c.len_utf8())
    });
    starts.find_map(|start| match take_when(&line[start..]) {
        Some((when, "")) => Some((&line[..start], when, &line[start..])),
        _ => None,
    })
}

/// A name without the sign or the blanks before the time.
fn name_and_gap(before: &str) -> (&str, Gap) {
    let name = before.trim_end();
    let blanks = before.len() - name.len();
    let wide = blanks > 1 || before.ends_with('\t');
    for sign in ['-', '–', '—', '|', '·', '•', '@', ','] {
        if let Some(bare) = name.strip_suffix(sign)
            && bare.ends_with(char::is_whitespace)
        {
            return (bare.trim_end(), Gap::Sign(sign));
        }
    }
    // `Anna, 0:03`
    if let Some(bare) = name.strip_suffix(',') {
        return (bare, Gap::Sign(','));
    }
    (name, if wide { Gap::Wide } else { Gap::Blank })
}

fn without_sign(rest: &str) -> (Gap, &str) {
    for sign in ['-', '–', '—', '|', '·', '•'] {
        if let Some(bare) = rest.strip_prefix(sign) {
            return (Gap::Sign(sign), bare.trim_start());
        }
    }
    (Gap::Blank, rest)
}

/// The name without brackets, and whether it had them.
fn bare_name(name: &str) -> Option<(&str, bool)> {
    let name = name.trim();
    let inner = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let inner = inner.or_else(|| name.strip_prefix('{').and_then(|name| name.strip_suffix('}')));
    let bare = inner.unwrap_or(name).trim();
    is_name(bare).then_some((bare, inner.is_some()))
}

/// The parts of a line, for the tests of this file.
#[cfg(test)]
fn seen(line: &str) -> String {
    let text = super::line_shape::without_emphasis(line);
    match heading_in(&text) {
        Some(Heading { name, when, text, .. }) => {
            let end = when.end.map_or(String::new(), |end| format!("-{end}"));
            format!("{name} @{}{end} <{text}>", when.start.unwrap_or_default())
        }
        None => "none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_many_services_are_read() {
        let lines = [
            "Mira Holt  0:03  ",
            "Mira Holt   0:03",
            "**Mira Holt** 0:03",
            "**Mira Holt (0:03):**",
            "Mira Holt | 00:03",
            "Mira Holt - 00:03",
            "Mira Holt · 1:02:18",
            "Mira Holt (00:00:03)",
            "Mira Holt (00:03):",
            "Holt, Mira   0:03",
            "0:03 - Mira Holt (Kiln Works)",
            "@0:03 - Mira Holt",
            "[00:00:03.02] - Speaker 1",
            "00:00:03 Speaker 1",
            "[Speaker 1] (0:00 - 0:05)",
            "Speaker 1 00:00:01 --> 00:00:05",
            "[SPEAKER_00] [00:00:00.000 --> 00:00:05.000]: Good morning.",
            "Speaker 1  0:03  Good morning.",
            "田中太郎   0:03",
        ];
        let all: Vec<String> = lines.iter().map(|line| seen(line)).collect();
        insta::assert_snapshot!(all.join("\n"), @r"
        Mira Holt @3000 <>
        Mira Holt @3000 <>
        Mira Holt @3000 <>
        Mira Holt @3000 <>
        Mira Holt @3000 <>
        Mira Holt @3000 <>
        Mira Holt @3738000 <>
        Mira Holt @3000 <>
        Mira Holt @3000 <>
        Holt, Mira @3000 <>
        Mira Holt (Kiln Works) @3000 <>
        Mira Holt @3000 <>
        Speaker 1 @3020 <>
        Speaker 1 @3000 <>
        Speaker 1 @0-5000 <>
        Speaker 1 @1000-5000 <>
        SPEAKER_00 @0-5000 <Good morning.>
        Speaker 1 @3000 <Good morning.>
        田中太郎 @3000 <>
        ");
    }

    #[test]
    fn sentences_are_no_headings() {
        for line in
            ["and then we met at 10:30", "Anna: yes", "[00:00:03] Anna: yes", "10:30", "So it was? 10:30"]
        {
            assert_eq!(seen(line), "none", "{line}");
        }
    }
}
