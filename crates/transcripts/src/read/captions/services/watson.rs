//! IBM Watson: `results` with words as `[word, start, end]`, and `speaker_labels` beside them with speakers by time. Stored jobs hold
//! several such answers under `results`. Times are seconds.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::SpeakerTimes;
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::timed_words::{TimedWord, pieces_of};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Watson;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    results: List<Recognition>,
    speaker_labels: List<Entry>,
}

/// A result, or a whole answer within a job.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Recognition {
    #[serde(rename = "final")]
    is_final: Plain,
    alternatives: List<Alternative>,
    results: List<Inner>,
    speaker_labels: List<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Inner {
    #[serde(rename = "final")]
    is_final: Plain,
    alternatives: List<Alternative>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Alternative {
    transcript: Plain,
    timestamps: Stamps,
}

/// A list of `["word", 0.1, 0.4]`.
#[derive(Debug, Default)]
struct Stamps(Vec<(String, f64, f64)>);

impl<'de> Deserialize<'de> for Stamps {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(from)?;
        let stamp = |stamp: &serde_json::Value| {
            let number = |at: usize| {
                let value = stamp.get(at)?;
                value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
            };
            Some((stamp.get(0)?.as_str()?.to_owned(), number(1).unwrap_or(-1.0), number(2).unwrap_or(-1.0)))
        };
        Ok(Self(value.as_array().map_or_else(Vec::new, |list| list.iter().filter_map(stamp).collect())))
    }
}

impl Service for Watson {
    fn name(&self) -> &'static str {
        "Watson"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&[
            "results[].alternatives[].timestamps[]",
            "results[].results[].alternatives[]",
            "results[].speaker_labels[].from",
        ]) || shape.has("results[].alternatives[]") && shape.has("speaker_labels[].from")
    }

    fn said(&self, text: &str, unit: Unit, _log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut heard: Vec<(bool, Alternative)> = Vec::new();
        let mut labels: Vec<Entry> = Vec::new();
        for Top { results, speaker_labels } in objects(text)? {
            labels.extend(speaker_labels.0);
            for result in results.0 {
                labels.extend(result.speaker_labels.0);
                let own = Inner { is_final: result.is_final, alternatives: result.alternatives };
                for Inner { is_final, alternatives } in std::iter::once(own).chain(result.results.0) {
                    let is_final = is_final != Plain::Truth(false);
                    heard.extend(alternatives.0.into_iter().next().map(|first| (is_final, first)));
                }
            }
        }
        // Interim results are repeated as final ones.
        if heard.iter().any(|(is_final, _)| *is_final) {
            heard.retain(|(is_final, _)| *is_final);
        }
        let speakers = SpeakerTimes::of(labels, unit);
        let mut all = Vec::new();
        for (_, Alternative { transcript, timestamps }) in heard {
            let words: Vec<TimedWord> = timestamps
                .0
                .into_iter()
                .map(|(text, start, end)| {
                    let (start_ms, end_ms) = (unit.ms(start), unit.ms(end));
                    TimedWord { speaker: speakers.at(start_ms, end_ms), text, start_ms, end_ms }
                })
                .collect();
            let text = transcript.into_text().unwrap_or_default();
            if words.is_empty() {
                all.push(Fragment { text, ..Fragment::default() });
            } else {
                all.extend(pieces_of(&text, &words, None));
            }
        }
        Ok(all)
    }
}
