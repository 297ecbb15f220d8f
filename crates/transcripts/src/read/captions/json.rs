//! JSON: of a speech recognition service, which [`super::services`] finds by the shape of the file, or a list of turns, or a turn a
//! line, which is a table and goes to its reader. Other JSON is refused, and so is a reading without the file's speakers.
//!
//! Only the needed fields are kept, and nesting needs no memory: unknown fields are skipped while parsing.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::services::shape::{Shape, Top};
use super::services::{KNOWN, said_by, service_of};
use super::turns_of;
use crate::codes;
use crate::read::columns::jsonl::Jsonl;
use crate::read::decode::decode;
use crate::read::dialogue::html::otr::Otr;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

/// Reads `.json`.
#[derive(Debug)]
pub(crate) struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let (text, shape) = match shaped(&text, log) {
            Ok(shaped) => shaped,
            // A broken line does not affect the others.
            Err(_) if text.trim_start().starts_with('{') && text.trim().contains("}\n") => {
                return Jsonl.read(source, log);
            }
            Err(error) => return Err(ReadError::Damaged(format!("it is not JSON: {error}"))),
        };
        if shape.is_otr() {
            log.note(codes::FORMAT_CHANGED, None, "the file is oTranscribe's and was read as .otr", "");
            return Otr.read(source, log);
        }
        let drafts = match service_of(&shape) {
            Some(service) => {
                let damaged = |error| ReadError::Damaged(format!("it is not JSON: {error}"));
                let said = said_by(service, &text, log).map_err(damaged)?;
                vec![Draft { turns: turns_of(said), ..Draft::default() }]
            }
            None if matches!(shape.top, Top::List | Top::Lines) => match Jsonl.read(source, log) {
                Err(ReadError::NoTextColumn { .. }) => return Err(unknown()),
                other => other?,
            },
            None => return Err(unknown()),
        };
        hold_speakers(&drafts, &shape, log)?;
        Ok(drafts)
    }
}

/// Refuses a reading without the speakers that the file names.
fn hold_speakers(drafts: &[Draft], shape: &Shape, log: &mut ProblemLog) -> Result<(), ReadError> {
    let Some((key, named)) = shape.speakers().filter(|(_, named)| *named > 0) else { return Ok(()) };
    let turns = || drafts.iter().flat_map(|draft| &draft.turns);
    let read: BTreeSet<&str> =
        turns().map(|turn| turn.speaker.as_str()).filter(|name| !name.is_empty()).collect();
    if read.is_empty() && turns().next().is_some() {
        return Err(ReadError::WrongContent {
            ending: "json".to_owned(),
            found: "JSON that names speakers in a way that is not known here",
            hint: KNOWN,
        });
    }
    if read.len() < named && read.len() < 2 {
        log.warning(
            codes::SPEAKER_DOUBTFUL,
            None,
            format!("the file names {named} speakers under `{key}`, but the turns have only one"),
            "compare the turns with the file before you go on",
        );
    }
    Ok(())
}

fn unknown() -> ReadError {
    ReadError::WrongContent {
        ending: "json".to_owned(),
        found: "JSON without a transcript that is known here",
        hint: KNOWN,
    }
}

/// The shape of a text. Python writes `NaN`, which is not JSON; it is read as absent.
fn shaped<'a>(text: &'a str, log: &mut ProblemLog) -> serde_json::Result<(Cow<'a, str>, Shape)> {
    match Shape::of(text) {
        Ok(shape) => Ok((Cow::Borrowed(text), shape)),
        Err(error) => {
            let Some(mended) = without_nan(text) else { return Err(error) };
            let shape = Shape::of(&mended)?;
            log.note(
                codes::TIME_LEFT_OUT,
                None,
                "some numbers in the file are `NaN` or `Infinity`; they were read as if they were not there",
                "",
            );
            Ok((Cow::Owned(mended), shape))
        }
    }
}

/// The text with `null` for `NaN` and `Infinity` outside of strings; none when there are none.
fn without_nan(text: &str) -> Option<String> {
    let mut mended = String::with_capacity(text.len());
    let mut found = false;
    for (at, part) in strings_and_rest(text) {
        if at {
            mended.push_str(part);
        } else {
            found |= part.contains("NaN") || part.contains("Infinity");
            mended.push_str(
                &part.replace("NaN", "null").replace("-Infinity", "null").replace("Infinity", "null"),
            );
        }
    }
    found.then_some(mended)
}

/// The text in parts, each with whether it is a string.
fn strings_and_rest(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_string = rest.starts_with('"');
        let length = if is_string { string_length(rest) } else { rest.find('"').unwrap_or(rest.len()) };
        let (part, after) = rest.split_at(length);
        rest = after;
        Some((is_string, part))
    })
}

fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
