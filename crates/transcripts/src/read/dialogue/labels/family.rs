//! The sign that sets off a file's labels. Colons and times set off labels anywhere; dashes, dots, bars, tabs, brackets and own lines
//! occur in any text, so they count only where they carry a dialogue: at least two repeated labels, at most beginnings, and
//! not as letters of a list.

use std::collections::{BTreeMap, BTreeSet};

use super::Spot;
use super::form::Shape;
use crate::read::speakers::key_words::{Remark, is_never_a_speaker, remark};
use crate::read::speakers::label::{Candidate, Style, fold, without_description};
use crate::read::speakers::label_words::{is_code, is_numbered_code, is_sound};

/// Signs that set off labels only.
pub(super) const TABLED: [Style; 3] = [Style::TabbedTimes, Style::Chat, Style::Given];
/// Signs that may set off labels, in order of certainty.
const WEAK: [Style; 10] = [
    Style::Bold,
    Style::Bar,
    Style::Bracket,
    Style::Angle,
    Style::Dash,
    Style::Dot,
    Style::Tab,
    Style::Parenthesis,
    Style::Gap,
    Style::Alone,
];

/// Repeated labels open at least this share of a file's beginnings…
const MIN_SHARE: f64 = 0.5;
/// …or this, where they are codes or in capitals, because answers may have many paragraphs.
const MIN_SHARE_OF_CODES: f64 = 0.1;
/// This many single letters in alphabetical order are a list.
const LIST_SHARE: f64 = 0.7;

/// The sign that sets off the file's labels; a colon where no other carries the dialogue.
pub(super) fn leading(spots: &[Spot<'_>], roster: &BTreeSet<String>) -> Style {
    let carried = |style: Style| SignUse::of(spots, style, roster);
    let colons = carried(Style::Colon).lines + carried(Style::NameAndTime).lines;
    let mut leading = (colons, Style::Colon);
    for style in WEAK {
        let found = carried(style);
        if found.lines > leading.0 && found.is_dialogue() {
            leading = (found.lines, style);
        }
    }
    leading.1
}

/// How many labels of a file have one sign.
struct SignUse {
    /// Lines with labels that are repeated, that only transcribers use, or that the study names.
    lines: usize,
    /// Such labels.
    labels: usize,
    /// Beginnings of the file, without those after a label on a line of its own.
    beginnings: usize,
    /// Whether most of the lines have labels that are codes, in capitals or named by the study.
    is_coded: bool,
    is_list: bool,
}

impl SignUse {
    fn of(spots: &[Spot<'_>], style: Style, roster: &BTreeSet<String>) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let keys: Vec<Option<(String, Shape)>> = spots
            .iter()
            .map(|spot| {
                let found = spot.with(style).filter(|found| spot.begins && could_be(found))?;
                let key = fold(without_description(found.label));
                *counts.entry(key.clone()).or_default() += 1;
                Some((key, Shape::of(found.label)))
            })
            .collect();
        let is_named = |key: &String| roster.contains(key) || is_code(key);
        let counts_for = |key: &String| {
            counts.get(key).is_some_and(|count| *count > 1)
                || (is_named(key) && (style != Style::Alone || is_numbered_code(key)))
        };
        let (mut lines, mut coded, mut beginnings) = (0, 0, 0);
        let mut after_own_line = false;
        for (spot, key) in spots.iter().zip(&keys) {
            let own = key.as_ref().filter(|(key, _)| counts_for(key));
            if let Some((key, shape)) = own {
                lines += 1;
                coded += usize::from(is_named(key) || matches!(shape, Shape::Code | Shape::Capitals));
            }
            if spot.line.is_blank() && spot.line.label.is_none() {
                continue;
            }
            beginnings += usize::from(spot.begins && !after_own_line);
            after_own_line = own.is_some() && spot.with(style).is_some_and(|found| found.text.is_empty());
        }
        let labels = counts.keys().filter(|key| counts_for(key)).count();
        let letters: Vec<&str> = keys
            .iter()
            .flatten()
            .map(|(key, _)| key.as_str())
            .filter(|key| key.chars().count() == 1)
            .collect();
        Self {
            lines,
            labels,
            beginnings,
            is_coded: coded * 5 >= lines * 4,
            is_list: is_list(&letters) && letters.len() * 2 > lines,
        }
    }

    fn is_dialogue(&self) -> bool {
        let least = if self.is_coded { MIN_SHARE_OF_CODES } else { MIN_SHARE };
        self.labels > 1 && !self.is_list && self.lines as f64 >= least * self.beginnings as f64
    }
}

/// Whether a label could be a speaker in such a style.
fn could_be(found: &Candidate<'_>) -> bool {
    let bracketed = found.style == Style::Bracket && is_sound(found.label);
    !is_never_a_speaker(found.label)
        && !bracketed
        && remark(found.label) == Remark::No
        && (Shape::of(found.label).is_name() || is_code(found.label))
        // A line of its own is a name or nothing; sentences end with a sign.
        && !(found.style == Style::Alone && found.label.ends_with(['.', ',', ';', ':']))
}

/// Whether letters follow each other as in a list: `a`, `b`, `c`, and `a` again.
fn is_list(letters: &[&str]) -> bool {
    let distinct: BTreeSet<&&str> = letters.iter().collect();
    if distinct.len() < 3 {
        return false;
    }
    let code = |letter: &str| letter.chars().next().map_or(0, u32::from);
    let follows = letters
        .windows(2)
        .filter(|pair| matches!(pair, [one, next] if code(next) == code(one) + 1 || *next == "a"))
        .count();
    follows as f64 >= LIST_SHARE * (letters.len() - 1) as f64
}
