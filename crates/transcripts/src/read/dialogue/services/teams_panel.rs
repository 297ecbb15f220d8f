//! The transcript beside a Teams recording, copied as text: each time occurs twice, visible and for screen readers
//! (`0 minutes 3 seconds0:03`, `Ines Falk 0 minutes 3 seconds`), with initials for pictures.

use std::collections::BTreeSet;

use super::front::{is_notice_of_transcription, own_lines};
use super::line_shape::{is_blank, is_empty, is_name, is_rule, shown};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::speakers::label::fold;
use crate::read::times::{When, clock, take_length};

/// Text copied from the transcript panel of Teams.
pub(super) struct TeamsPanel;

/// The type of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// `Ines Falk 0 minutes 3 seconds`.
    Entry(String, u64),
    /// `0 minutes 3 seconds0:03`.
    Time,
    Other,
}

impl ServiceForm for TeamsPanel {
    fn name(&self) -> &'static str {
        "a transcript copied from the panel of Teams"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        if lines.iter().any(|line| line.label.is_some()) {
            return None;
        }
        let kinds: Vec<Kind> = lines.iter().map(|line| kind_of(&shown(line))).collect();
        let entries = kinds.iter().filter(|kind| matches!(kind, Kind::Entry(..))).count();
        let times = kinds.iter().filter(|kind| **kind == Kind::Time).count();
        if entries < 2 {
            return None;
        }
        let names: BTreeSet<String> = kinds
            .iter()
            .filter_map(|kind| match kind {
                Kind::Entry(name, _) => Some(fold(name)),
                _ => None,
            })
            .collect();
        let filled: Vec<usize> = (0..lines.len()).filter(|at| !is_empty(&lines[*at])).collect();
        let is_head = headed(lines, &kinds, &names, &filled);
        // A page that was copied differently has only the clock between name and entry.
        if times == 0 && is_head.iter().filter(|is_head| **is_head).count() < entries {
            return None;
        }
        Some(written(lines, &kinds, &is_head, filled.last().copied()))
    }
}

fn written(lines: &[Line], kinds: &[Kind], is_head: &[bool], last: Option<usize>) -> RecognisedText {
    let first = (0..lines.len()).find(|at| is_head[*at] || kinds[*at] != Kind::Other).unwrap_or(lines.len());
    let mut recognised = RecognisedText::default();
    for (line, own) in lines[..first].iter().zip(own_lines(&lines[..first])) {
        if own { recognised.leave_out(line) } else { recognised.keep(line.clone()) }
    }
    for (at, line) in lines.iter().enumerate().skip(first) {
        match &kinds[at] {
            Kind::Entry(name, ms) => {
                recognised.speaker(line.number, name, When { start: Some(*ms), end: None });
            }
            Kind::Time => {}
            Kind::Other if is_head[at] => {}
            Kind::Other if is_rule(line.text.trim()) || line.text.trim().starts_with("![") => {
                recognised.leave_out(line);
            }
            Kind::Other if Some(at) == last && is_notice_of_transcription(&shown(line)) => {
                recognised.leave_out(line);
            }
            Kind::Other => recognised.speech(line.number, &line.text),
        }
    }
    recognised
}

/// For each line whether it repeats the entry below: initials, name, time.
fn headed(lines: &[Line], kinds: &[Kind], names: &BTreeSet<String>, filled: &[usize]) -> Vec<bool> {
    let mut heads = vec![false; lines.len()];
    for (nth, at) in filled.iter().enumerate() {
        let Kind::Entry(name, _) = &kinds[*at] else { continue };
        // At most: initials, name and time.
        let above = |back: usize| nth.checked_sub(back).and_then(|nth| filled.get(nth)).copied();
        let is_own_name = |at: usize| fold(&shown(&lines[at])) == fold(name);
        let name_at = (1..=2).filter_map(above).find(|at| kinds[*at] == Kind::Other && is_own_name(*at));
        let Some(name_at) = name_at.filter(|at| names.contains(&fold(&shown(&lines[*at])))) else { continue };
        let from = filled.binary_search(&name_at).unwrap_or(nth);
        // A time that was damaged by copying is between them.
        for between in &filled[from..nth] {
            heads[*between] = true;
        }
        if let Some(initials) = from.checked_sub(1).and_then(|nth| filled.get(nth)).copied()
            && kinds[initials] == Kind::Other
            && are_initials(&shown(&lines[initials]), name)
        {
            heads[initials] = true;
        }
    }
    heads
}

/// Initials of a name, in any order: `FI` for `Ines Falk`.
fn are_initials(text: &str, name: &str) -> bool {
    let letters = text.trim_matches(is_blank);
    let firsts: String =
        name.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next()).collect();
    (1..=3).contains(&letters.chars().count())
        && letters.chars().all(|c| c.is_alphanumeric() && firsts.to_uppercase().contains(c))
}

fn kind_of(text: &str) -> Kind {
    let text = text.trim_matches(is_blank);
    if text.len() > 200 {
        return Kind::Other;
    }
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_numeric()
            && is_blank(before)
            && let Some((ms, rest)) = take_length(&text[at..])
        {
            let name = text[..at].trim_matches(is_blank);
            if name.is_empty() && clock(rest).is_some() {
                return Kind::Time;
            }
            if rest.is_empty() && is_name(name) {
                return Kind::Entry(name.to_owned(), ms);
            }
        }
        before = c;
    }
    Kind::Other
}
