//! Lines of the Santa Barbara Corpus and similar corpora: start and end in seconds, the speaker where one begins, and an intonation
//! unit. Units of one speaker are joined by blanks, because their ends mean nothing.

use super::line_shape::{is_empty, is_name};
use super::{Line, RecognisedText, ServiceForm};
use crate::read::times::{When, seconds};

/// Intonation units with start and end in seconds.
pub(super) struct SantaBarbara;

/// A line's unit.
struct Unit {
    start: u64,
    end: u64,
    name: Option<String>,
    text: String,
}

/// What a speaker says until the next.
struct SpokenUnit {
    number: u64,
    name: String,
    when: When,
    text: String,
}

impl ServiceForm for SantaBarbara {
    fn name(&self) -> &'static str {
        "intonation units with seconds (Santa Barbara Corpus)"
    }

    fn recognise(&self, lines: &[Line]) -> Option<RecognisedText> {
        let filled = lines.iter().filter(|line| !is_empty(line)).count();
        let units: Vec<Option<Unit>> = lines.iter().map(|line| unit(&line.text)).collect();
        let found = units.iter().flatten().count();
        let named = units.iter().flatten().filter(|unit| unit.name.is_some()).count();
        if found < 3 || found * 5 < filled * 4 || named < 2 {
            return None;
        }
        let mut recognised = RecognisedText::default();
        let mut said: Option<SpokenUnit> = None;
        for (line, unit) in lines.iter().zip(units) {
            // `>ENV:` describes the surroundings.
            if unit.as_ref().is_some_and(|unit| unit.text.starts_with('>')) {
                recognised.leave_out(line);
                continue;
            }
            let Some(Unit { start, end, name, text }) = unit else {
                if !is_empty(line) {
                    give(&mut recognised, said.take());
                    recognised.unfit(line);
                }
                continue;
            };
            match (&mut said, name) {
                (Some(said), None) => {
                    said.when.end = said.when.end.max(Some(end));
                    if !text.is_empty() {
                        said.text.push(' ');
                        said.text.push_str(&text);
                    }
                }
                (_, name) => {
                    give(&mut recognised, said.take());
                    let when = When { start: Some(start), end: Some(end) };
                    said =
                        Some(SpokenUnit { number: line.number, name: name.unwrap_or_default(), when, text });
                }
            }
        }
        give(&mut recognised, said);
        Some(recognised)
    }
}

fn give(recognised: &mut RecognisedText, said: Option<SpokenUnit>) {
    let Some(SpokenUnit { number, name, when, text }) = said else { return };
    if name.is_empty() {
        recognised.keep(Line { number, text, when, starts_paragraph: true, ..Line::default() });
    } else {
        recognised.speaker(number, &name, when);
        recognised.speech(number, &text);
    }
}

fn unit(line: &str) -> Option<Unit> {
    let (start, rest) = take_seconds(line.trim())?;
    let (end, rest) = take_seconds(rest)?;
    if end < start {
        return None;
    }
    let (name, text) = match rest.split_once(':') {
        Some((name, text)) if is_name(name.trim()) && text.starts_with([' ', '\t']) => {
            (Some(name.trim().to_owned()), text)
        }
        _ => (None, rest),
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(Unit { start, end, name, text: words.join(" ") })
}

/// Seconds with a fraction, up to a blank.
fn take_seconds(text: &str) -> Option<(u64, &str)> {
    let end = text.find(char::is_whitespace)?;
    let number = &text[..end];
    number.contains('.').then(|| seconds(number)).flatten().map(|ms| (ms, text[end..].trim_start()))
}
