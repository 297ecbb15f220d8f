//! Talks written down in every style that people and services use, and read back: the same turns, speakers and times, or a warning.
//!
//! Talk and style follow from a number, so a failure names the number that makes it again: `difference(173)`.

mod captions;
mod documents;
mod style;
mod tables;
mod talk;
mod text;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use self::style::{Style, Times};
use self::talk::Talk;
use super::*;
use crate::corpus::Turn;

/// Talks that are written and read back.
const TALKS: u64 = 2_000;
/// So many of a hundred must come back as they were, and every other one with a warning.
const MIN_SAME: f64 = 99.5;

/// All styles.
fn styles() -> Vec<&'static Style> {
    let all = [
        text::IN_LINE,
        text::APART,
        text::TIMED,
        documents::STYLES,
        captions::CAPTIONS,
        captions::RECOGNISED,
        tables::STYLES,
    ];
    all.into_iter().flatten().collect()
}

/// What came back otherwise than it was written, and whether a warning says so.
struct Difference {
    style: &'static str,
    talk: u64,
    is_warned_of: bool,
    what: String,
}

/// Writes the talk with this number in its style and reads it.
fn difference(number: u64) -> Option<Difference> {
    let styles = styles();
    let mut talk = Talk::numbered(number);
    let style = styles[(number % styles.len() as u64) as usize];
    let mut variant = 0;
    while !(style.fits)(&talk) {
        // The same style with the next talk that can be written in it.
        variant += 1;
        talk = Talk::numbered(number + variant * 1_000_003);
    }
    let reading = read_as(&format!("P01.{}", style.ending), &(style.render)(&talk));
    let what = turns_differ(&talk, style, &reading)?;
    let is_warned_of = reading.problems.iter().any(|problem| problem.severity > Severity::Note);
    Some(Difference { style: style.name, talk: number, is_warned_of, what })
}

/// The first difference between what was written and what was read.
fn turns_differ(talk: &Talk, style: &Style, reading: &Reading) -> Option<String> {
    let none = Vec::new();
    let turns: &[Turn] = reading.corpus.transcripts.first().map_or(&none, |transcript| &transcript.turns);
    let one_blank = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    for (index, said) in talk.turns.iter().enumerate() {
        let Some(turn) = turns.get(index) else {
            return Some(format!("{} turns of {}", turns.len(), talk.turns.len()));
        };
        let text = one_blank(&said.text());
        if one_blank(&turn.text) != text {
            return Some(format!(
                "turn {}: {:?} became {:?}",
                index + 1,
                ends_of(&text),
                ends_of(&turn.text)
            ));
        }
        // A remark in brackets may stay with the name or not.
        let shown = turn.speaker.split(" (").next().unwrap_or_default().to_owned();
        let known = names.entry(said.person).or_insert_with(|| shown.clone());
        if *known != shown || shown.is_empty() {
            return Some(format!("turn {}: {known:?} became {shown:?}", index + 1));
        }
        let exact = |ms: u64, unit: u64| Some(ms / unit * unit);
        let (start, end) = match style.times {
            Times::Untimed => (None, None),
            Times::Starts(unit) => (exact(said.start_ms, unit), None),
            Times::Stretches(unit) => (exact(said.start_ms, unit), exact(said.end_ms, unit)),
        };
        if (start.is_some() && turn.start_ms != start) || (end.is_some() && turn.end_ms != end) {
            return Some(format!(
                "turn {}: {start:?} to {end:?} became {:?} to {:?}",
                index + 1,
                turn.start_ms,
                turn.end_ms
            ));
        }
    }
    if turns.len() > talk.turns.len() {
        return Some(format!("{} turns of {}", turns.len(), talk.turns.len()));
    }
    let distinct: BTreeSet<&String> = names.values().collect();
    (distinct.len() < names.len()).then(|| format!("{} people of {}", distinct.len(), names.len()))
}

/// The first and the last words of a text.
fn ends_of(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= 120 {
        return text.to_owned();
    }
    let some = |characters: &[char]| characters.iter().collect::<String>();
    format!("{} … {}", some(&characters[..40]), some(&characters[characters.len() - 80..]))
}

#[test]
fn talks_in_every_style_come_back_as_they_were() {
    let differences: Vec<Difference> = (0..TALKS).into_par_iter().filter_map(difference).collect();
    let silent = differences.iter().filter(|difference| !difference.is_warned_of).count();
    let same = 100.0 * (TALKS as usize - differences.len()) as f64 / TALKS as f64;
    let mut by_style: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
    for difference in &differences {
        by_style.entry(difference.style).or_default().push(difference);
    }
    let mut told = format!("{same:.2} % of {TALKS} the same, {silent} otherwise without a warning\n");
    for (style, of_style) in by_style {
        let _ = writeln!(told, "{style}: {}", of_style.len());
        for Difference { talk, is_warned_of, what, .. } in of_style.into_iter().take(3) {
            let _ =
                writeln!(told, "  talk {talk}, {}: {what}", if *is_warned_of { "warned" } else { "silent" });
        }
    }
    println!("{told}");
    assert!(same >= MIN_SAME && silent == 0, "{told}");
}
