//! Vosk: `result` with words and `text`, an object an utterance: one, a list of them, or one after the other. It has no speakers; the
//! numbers under `spk` describe a voice. Times are seconds.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::timed;
use super::shape::Shape;
use super::{Service, objects};
use crate::codes;
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::timed_words::pieces_of;
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Vosk;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Utterance {
    result: List<Entry>,
    text: Plain,
    alternatives: List<Alternative>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Alternative {
    result: List<Entry>,
    text: Plain,
}

impl Service for Vosk {
    fn name(&self) -> &'static str {
        "Vosk"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&["result[].word", "alternatives[].result[].word"]) && !shape.has("results")
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for Utterance { result, text, alternatives } in objects(text)? {
            let (result, text) = match alternatives.0.into_iter().next() {
                Some(first) if result.0.is_empty() => (first.result, first.text),
                _ => (result, text),
            };
            let text = text.into_text().unwrap_or_default();
            if result.0.is_empty() {
                all.push(Fragment { text, ..Fragment::default() });
            } else {
                all.extend(pieces_of(&text, &timed(result.0, unit), None));
            }
        }
        all.retain(|said| !said.text.trim().is_empty());
        if all.iter().all(|said| said.speaker.is_none()) {
            log.note(
                codes::SPEAKER_MISSING,
                None,
                "Vosk names no speakers: turns end at pauses",
                "have the speakers told apart if they matter to the study",
            );
        }
        Ok(all)
    }
}
