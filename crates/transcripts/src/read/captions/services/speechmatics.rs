//! Speechmatics: `results`, each a word or a sign with alternatives of which the first is read and has the speaker; and older answers
//! with `words` and `speakers` beside them. Times are seconds, also as texts.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Perhaps, Plain};
use crate::read::captions::timed_words::{Joint, TimedWord, Token, pieces_of_tokens};
use crate::read::problems::ProblemLog;

/// The label of an unknown speaker.
const UNKNOWN: &str = "UU";

#[derive(Debug)]
pub(super) struct Speechmatics;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    metadata: Perhaps<Metadata>,
    results: List<Item>,
    words: List<OldWord>,
    speakers: List<OldWord>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Metadata {
    language_pack_info: Perhaps<Language>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Language {
    word_delimiter: Plain,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Item {
    #[serde(rename = "type")]
    kind: Plain,
    start_time: Plain,
    end_time: Plain,
    attaches_to: Plain,
    channel: Plain,
    alternatives: List<Entry>,
}

/// A word, or an interval of a speaker, of version 1.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OldWord {
    name: Plain,
    time: Plain,
    duration: Plain,
}

impl Service for Speechmatics {
    fn name(&self) -> &'static str {
        "Speechmatics"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has("results[].alternatives[].content")
            || (shape.has("words[].name") && shape.has("words[].time"))
    }

    fn said(&self, text: &str, unit: Unit, _log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for top in objects::<Top>(text)? {
            all.extend(if top.results.0.is_empty() { said_of_old(top, unit) } else { said_of(top, unit) });
        }
        Ok(all)
    }
}

fn said_of(top: Top, unit: Unit) -> Vec<Fragment> {
    let language = top.metadata.0.and_then(|metadata| metadata.language_pack_info.0).unwrap_or_default();
    // The file names languages without blanks.
    let has_blanks = language.word_delimiter != Plain::Text(String::new());
    let is_known = |entry: &Entry| entry.speaker.as_ref().is_some_and(|name| name != UNKNOWN);
    let has_speakers = top
        .results
        .0
        .iter()
        .any(|item| item.channel != Plain::Nothing || item.alternatives.0.first().is_some_and(is_known));
    let mut all: Vec<Fragment> = Vec::new();
    let mut tokens: Vec<Token> = Vec::new();
    let mut changed = false;
    let mut close = |tokens: &mut Vec<Token>, changed: bool| {
        let mut pieces = pieces_of_tokens(std::mem::take(tokens));
        if let Some(first) = pieces.first_mut() {
            first.change = changed;
        }
        all.extend(pieces);
    };
    for item in top.results.0 {
        let text = |plain: Plain| plain.into_text().unwrap_or_default();
        let kind = text(item.kind);
        if kind == "speaker_change" {
            close(&mut tokens, changed);
            changed = true;
            continue;
        }
        let Some(first) = item.alternatives.0.into_iter().next() else { continue };
        let joint = match (kind.as_str(), text(item.attaches_to).as_str()) {
            (_, "next") => Joint::Opening,
            ("punctuation", "none") => Joint::Blank,
            ("punctuation", _) | (_, "previous" | "both") => Joint::None,
            _ if has_blanks => Joint::Blank,
            _ => Joint::None,
        };
        // A sign belongs to the word before it; and `UU` is an unknown speaker, not the one before.
        let speaker = first
            .speaker
            .or_else(|| item.channel.into_text())
            .filter(|_| has_speakers && joint != Joint::None)
            .map(|name| if name == UNKNOWN { String::new() } else { name });
        let word = TimedWord {
            text: first.text.unwrap_or_default(),
            start_ms: Entry::moment(&item.start_time, unit),
            end_ms: Entry::moment(&item.end_time, unit),
            speaker,
        };
        tokens.push(Token { word, joint });
    }
    close(&mut tokens, changed);
    all
}

fn said_of_old(top: Top, unit: Unit) -> Vec<Fragment> {
    let mut speakers: Vec<(u64, String)> = top
        .speakers
        .0
        .into_iter()
        .filter_map(|speaker| Some((Entry::moment(&speaker.time, unit)?, speaker.name.into_text()?)))
        .collect();
    speakers.sort();
    let tokens = top.words.0.into_iter().map(|word| {
        let start_ms = Entry::moment(&word.time, unit);
        let duration = Entry::moment(&word.duration, unit);
        let text = word.name.into_text().unwrap_or_default();
        let is_sign = !text.contains(char::is_alphanumeric);
        let begun = start_ms.map_or(0, |start| speakers.partition_point(|(from, _)| *from <= start));
        let speaker = begun.checked_sub(1).and_then(|last| speakers.get(last)).map(|(_, name)| name.clone());
        let end_ms = start_ms.zip(duration).map(|(start, length)| start.saturating_add(length));
        let word = TimedWord { text, start_ms, end_ms, speaker: speaker.filter(|_| !is_sign) };
        Token { word, joint: if is_sign { Joint::None } else { Joint::Blank } }
    });
    pieces_of_tokens(tokens.collect())
}
