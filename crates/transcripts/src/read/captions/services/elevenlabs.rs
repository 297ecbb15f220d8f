//! `ElevenLabs` Scribe: `words` of three types (word, spacing, `audio_event`), each with a `speaker_id`; with several channels
//! one such answer a channel under `transcripts`. Times are seconds.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::{Channel, said_on_channels};
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::timed_words::{Joint, TimedWord, Token, pieces_of_tokens};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Scribe;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    words: List<Entry>,
    text: Plain,
    channel_index: Plain,
    transcripts: List<OneChannel>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OneChannel {
    words: List<Entry>,
    channel_index: Plain,
}

impl Service for Scribe {
    fn name(&self) -> &'static str {
        "ElevenLabs"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&["transcripts[].words[].type", "transcripts[].words[].speaker_id"])
            || shape.has("words[].type")
                && shape.has_any(&["words[].speaker_id", "words[].logprob", "language_code"])
    }

    fn said(&self, text: &str, unit: Unit, _log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for Top { words, text, transcripts, .. } in objects(text)? {
            if transcripts.0.is_empty() {
                if words.0.is_empty() {
                    all.extend(text.into_text().map(|text| Fragment { text, ..Fragment::default() }));
                }
                all.extend(pieces_of_tokens(tokens(words.0, unit)));
                continue;
            }
            let channels = transcripts.0.into_iter().enumerate().map(|(index, channel)| Channel {
                name: channel.channel_index.into_text().unwrap_or_else(|| index.to_string()),
                words: tokens(channel.words.0, unit)
                    .into_iter()
                    .map(|token| token.word)
                    .filter(|word| !word.text.trim().is_empty())
                    .map(without_own_channel)
                    .collect(),
                text: String::new(),
            });
            all.extend(said_on_channels(channels.collect()));
        }
        Ok(all)
    }
}

/// Where channels are speakers, each word repeats its channel: `speaker_0`.
fn without_own_channel(word: TimedWord) -> TimedWord {
    TimedWord { speaker: None, ..word }
}

fn tokens(words: Vec<Entry>, unit: Unit) -> Vec<Token> {
    let is_spacing = |entry: &Entry| entry.kind.as_deref() == Some("spacing");
    let has_spacing = words.iter().any(is_spacing);
    words
        .into_iter()
        .map(|entry| {
            let is_event = entry.kind.as_deref() == Some("audio_event");
            let is_spacing = is_spacing(&entry);
            let mut word = entry.timed(unit);
            if is_event || is_spacing {
                // A sound is no turn; it belongs to the words before it.
                word.speaker = None;
            }
            Token { word, joint: if has_spacing { Joint::None } else { Joint::Blank } }
        })
        .collect()
}
