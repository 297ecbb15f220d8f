//! Shapes of lines, for all forms: names, rules, emphasis, times in order. A form needs the shape on most lines of a file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::Line;
use crate::read::speakers::key_words::is_never_a_speaker;
use crate::read::speakers::label::{fold, is_label_shape};
use crate::read::speakers::label_words::is_usual;
use crate::read::times::{When, take_when};

/// The text of a line or of a Markdown heading, without emphasis and heading signs.
pub(super) fn shown(line: &Line) -> Cow<'_, str> {
    let text = if line.text.trim().is_empty() { line.heading.as_str() } else { line.text.as_str() };
    let text = text.trim_matches(is_blank);
    let after = text.trim_start_matches('#');
    let text = if after.len() < text.len() && after.starts_with(' ') { after.trim() } else { text };
    without_emphasis(text)
}

/// Blanks and direction marks, which exports contain.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text without `**`, `__` and signs of emphasis around the whole.
pub(super) fn without_emphasis(text: &str) -> Cow<'_, str> {
    if !text.contains(['*', '_', '`']) {
        return Cow::Borrowed(text);
    }
    let bare = text.replace("**", "").replace("__", "");
    let trimmed = bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
    Cow::Owned(trimmed.to_owned())
}

/// Whether the line is empty, without even a heading.
pub(super) fn is_empty(line: &Line) -> bool {
    line.heading.is_empty() && line.label.is_none() && line.text.chars().all(is_blank)
}

/// A line of signs that only separates: `---`, `=====`.
pub(super) fn is_rule(text: &str) -> bool {
    text.chars().count() >= 3
        && text.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '#' | '–' | '—' | ' ' | '.' | '·'))
}

/// Whether a text may be a speaker's name.
pub(super) fn is_name(name: &str) -> bool {
    let ends_a_sentence = name.ends_with(['.', ',', '،', '。']) && name.split_whitespace().count() > 1;
    is_label_shape(name) && !name.contains(':') && !ends_a_sentence && !is_never_a_speaker(name)
}

/// A line that is a time and nothing else.
pub(super) fn only_time(text: &str) -> Option<When> {
    match take_when(text.trim_matches(is_blank)) {
        Some((when, "")) => Some(when),
        _ => None,
    }
}

/// Whether most times are in order; a recording that was stopped and begun again starts anew.
pub(super) fn mostly_ascending(times: impl Iterator<Item = Option<u64>>) -> bool {
    let (mut steps, mut backwards, mut before) = (0_usize, 0_usize, 0);
    for time in times.flatten() {
        steps += 1;
        backwards += usize::from(time < before);
        before = time;
    }
    backwards * 5 <= steps
}

/// Whether names look like a talk's: one is repeated, or all are labels of programs.
pub(super) fn is_cast<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(fold(name)).or_default() += 1;
    }
    !counts.is_empty()
        && (counts.values().any(|count| *count > 1) || counts.keys().all(|name| is_usual(name)))
}

/// Stems of words for transcription, in the languages of the services.
const TRANSCRIPTION: &[&str] = &[
    "transcri",
    "transkri",
    "trascri",
    "transkry",
    "transcrei",
    "транскри",
    "расшифров",
    "стенограм",
    "litteroin",
    "deşifre",
    "transkrib",
    "przepis",
    "文字起こし",
    "トランスクリプト",
    "转录",
    "轉錄",
    "听录",
    "聽錄",
    "转写",
    "轉寫",
    "逐字稿",
    "전사",
    "스크립트",
    "تفريغ",
    "تمليل",
];

/// Whether a text is about a transcription.
pub(super) fn names_transcription(text: &str) -> bool {
    let text = text.to_lowercase();
    TRANSCRIPTION.iter().any(|stem| text.contains(stem))
}

/// Words between blanks.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
