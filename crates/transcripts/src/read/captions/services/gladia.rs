//! Gladia: `transcription.utterances`, in the first version `prediction`. Times are seconds.

use serde::Deserialize;

use super::azure::name_channels;
use super::entry::{Entry, Unit};
use super::passages::said_in_passages;
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Perhaps};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Gladia;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    result: Perhaps<Outcome>,
    transcription: Perhaps<Transcription>,
    prediction: List<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Outcome {
    transcription: Perhaps<Transcription>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Transcription {
    utterances: List<Entry>,
}

impl Service for Gladia {
    fn name(&self) -> &'static str {
        "Gladia"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&[
            "result.transcription.utterances[]",
            "transcription.utterances[]",
            "prediction[].transcription",
        ])
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for Top { result, transcription, prediction } in objects(text)? {
            let transcription = result.0.and_then(|result| result.transcription.0).or(transcription.0);
            let mut passages = transcription.map_or(prediction.0, |transcription| transcription.utterances.0);
            // Without diarization every utterance has the speaker 0 and its channel.
            let first = passages.iter().find_map(|passage| passage.speaker.clone());
            if passages.iter().all(|passage| passage.speaker == first) {
                let channels = passages.iter().any(|passage| passage.channel != passages[0].channel);
                for passage in passages.iter_mut().filter(|_| channels) {
                    passage.speaker = None;
                }
            }
            name_channels(&mut passages);
            passages.sort_by_key(|passage| passage.start_ms(unit));
            all.extend(said_in_passages(passages, unit, log));
        }
        Ok(all)
    }
}
