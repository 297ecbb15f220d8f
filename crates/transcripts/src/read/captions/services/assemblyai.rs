//! `AssemblyAI`: `utterances` where speakers or channels were asked for, else `words` beside `text`; also its answers with
//! `sentences` or `paragraphs`. Times are milliseconds.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::{said_in_passages, timed};
use super::shape::{Shape, Top as Kind};
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::timed_words::pieces_of;
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct AssemblyAi;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    utterances: List<Entry>,
    sentences: List<Entry>,
    paragraphs: List<Entry>,
    words: List<Entry>,
    text: Plain,
}

impl Service for AssemblyAi {
    fn name(&self) -> &'static str {
        "AssemblyAI"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        let passages = ["utterances[].start", "sentences[].start", "paragraphs[].text"];
        let header = [
            "audio_url",
            "audio_duration",
            "acoustic_model",
            "speech_model",
            "speech_models",
            "language_model",
            "webhook_url",
            "confidence",
        ];
        shape.top == Kind::Object
            && (shape.has("utterances[].start")
                || (shape.has("words[].start") || shape.has_any(&passages))
                    && shape.has_any(&header)
                    && !shape.has("segments[]"))
    }

    fn unit(&self) -> Unit {
        Unit::Milliseconds
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for Top { utterances, sentences, paragraphs, words, text } in objects(text)? {
            let passages =
                [utterances.0, sentences.0, paragraphs.0].into_iter().find(|list| !list.is_empty());
            all.extend(match passages {
                Some(mut passages) => {
                    passages.sort_by_key(|passage| passage.start_ms(unit));
                    said_in_passages(passages, unit, log)
                }
                None => pieces_of(&text.into_text().unwrap_or_default(), &timed(words.0, unit), None),
            });
        }
        Ok(all)
    }
}
