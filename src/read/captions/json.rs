//! JSON of speech recognisers: looks at what is in the file and hands it to [`super::whisper`] or [`super::google`]. A list
//! of turns, or one turn a line, is a table and goes to its reader; any other JSON is refused.
//!
//! Only the fields that are needed are kept, and nesting costs nothing: what is not known is skipped while parsing.

use serde::Deserialize;

use super::lenient_json::{List, Perhaps, Plain};
use super::{google, turns_of, whisper};
use crate::read::columns::jsonl::Jsonl;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

/// Reads `.json`.
#[derive(Debug)]
pub(crate) struct Json;

/// What may stand at the top of a file, of all kinds together.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    segments: List<whisper::Segment>,
    chunks: List<whisper::Chunk>,
    transcription: List<whisper::Passage>,
    words: List<whisper::Word>,
    text: Plain,
    results: List<google::Recognised>,
    response: Perhaps<Response>,
}

/// The answer within a long-running operation of Google's.
#[derive(Debug, Default, Deserialize)]
struct Response {
    #[serde(default)]
    results: List<google::Recognised>,
}

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        if text.trim_start().starts_with('[') {
            return list(&text, source, log);
        }
        let top = match parsed::<Perhaps<Top>>(&text, log) {
            Ok(Perhaps(top)) => top.unwrap_or_default(),
            // One object a line.
            Err(error) if error.to_string().starts_with("trailing characters") => {
                return Jsonl.read(source, log);
            }
            Err(error) => return Err(ReadError::Damaged(format!("it is not JSON: {error}"))),
        };
        let Top { segments, chunks, transcription, words, text, results, response } = top;
        let results = if results.0.is_empty() { response.0.unwrap_or_default().results } else { results };
        let said = if results.0.iter().any(google::Recognised::is_one) {
            google::said(results.0, log)
        } else {
            let output = whisper::Output { segments, chunks, transcription, words, text };
            whisper::said(output, log).ok_or_else(unknown)?
        };
        Ok(vec![Draft { turns: turns_of(said), ..Draft::default() }])
    }
}

/// A list: of Google's results, or of turns.
fn list(text: &str, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
    if let Ok(List(results)) = parsed::<List<google::Recognised>>(text, log)
        && results.iter().any(google::Recognised::is_one)
    {
        return Ok(vec![Draft { turns: turns_of(google::said(results, log)), ..Draft::default() }]);
    }
    match Jsonl.read(source, log) {
        Err(ReadError::NoTextColumn { .. }) => Err(unknown()),
        other => other,
    }
}

fn unknown() -> ReadError {
    ReadError::WrongContent {
        ending: "json".to_owned(),
        found: "JSON without a transcript that is known here",
        hint: "save what Whisper or Google Speech wrote, or a list of turns, each an object with `text` and `speaker`",
    }
}

/// Parses JSON. Python writes numbers that are none as `NaN`, which is not JSON; they are read as absent.
fn parsed<T: for<'de> Deserialize<'de>>(text: &str, log: &mut ProblemLog) -> serde_json::Result<T> {
    serde_json::from_str(text).or_else(|error| {
        let Some(mended) = without_nan(text) else { return Err(error) };
        let value = serde_json::from_str(&mended)?;
        log.note(
            None,
            "some numbers in the file are `NaN` or `Infinity`; they were read as if they were not there",
            "",
        );
        Ok(value)
    })
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
