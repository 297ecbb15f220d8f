//! Deepgram: `results.channels`, each with alternatives of which the first is read: its `words` aligned with its `transcript`,
//! else `utterances` or `paragraphs`. Times are seconds.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::{Channel, said_in_passages, said_on_channels, timed};
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Perhaps, Plain};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Deepgram;

/// An answer; some libraries wrap it once more.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    results: Perhaps<Results>,
    result: Perhaps<Wrapped>,
    response: Perhaps<Wrapped>,
    channels: List<OneChannel>,
    utterances: List<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wrapped {
    results: Perhaps<Results>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Results {
    channels: List<OneChannel>,
    utterances: List<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OneChannel {
    alternatives: List<Alternative>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Alternative {
    transcript: Plain,
    words: List<Entry>,
    paragraphs: Perhaps<Paragraphs>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Paragraphs {
    paragraphs: List<Paragraph>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Paragraph {
    speaker: super::entry::Speaker,
    sentences: List<Entry>,
}

const WRAPPERS: [&str; 4] = ["results.", "result.results.", "response.results.", ""];

impl Service for Deepgram {
    fn name(&self) -> &'static str {
        "Deepgram"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        WRAPPERS.iter().any(|wrapper| {
            shape.has(&format!("{wrapper}channels[].alternatives[]"))
                || shape.has(&format!("{wrapper}utterances[].transcript"))
        })
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for top in objects::<Top>(text)? {
            let wrapped = [top.result, top.response].into_iter().find_map(|wrapped| wrapped.0?.results.0);
            let own = Results { channels: top.channels, utterances: top.utterances };
            all.extend(said_in_results(top.results.0.or(wrapped).unwrap_or(own), unit, log));
        }
        Ok(all)
    }
}

fn said_in_results(results: Results, unit: Unit, log: &mut ProblemLog) -> Vec<Fragment> {
    let Results { channels, utterances } = results;
    let alternatives: Vec<Alternative> = channels
        .0
        .into_iter()
        .map(|channel| channel.alternatives.0.into_iter().next().unwrap_or_default())
        .collect();
    let has_words = alternatives.iter().any(|alternative| !alternative.words.0.is_empty());
    if !has_words && !utterances.0.is_empty() {
        return said_in_passages(utterances.0, unit, log);
    }
    if !has_words {
        return alternatives
            .into_iter()
            .flat_map(|alternative| said_in_paragraphs(alternative, unit))
            .collect();
    }
    let channels = alternatives.into_iter().enumerate().map(|(index, alternative)| Channel {
        name: index.to_string(),
        words: timed(alternative.words.0, unit),
        text: alternative.transcript.into_text().unwrap_or_default(),
    });
    said_on_channels(channels.collect())
}

/// Without words, paragraphs have sentences with times; otherwise there is only the text.
fn said_in_paragraphs(alternative: Alternative, unit: Unit) -> Vec<Fragment> {
    let paragraphs = alternative.paragraphs.0.unwrap_or_default().paragraphs.0;
    let text = alternative.transcript.into_text().unwrap_or_default();
    if paragraphs.is_empty() {
        return vec![Fragment { text, ..Fragment::default() }];
    }
    let mut all = Vec::new();
    for Paragraph { speaker, sentences } in paragraphs {
        let sentences = sentences.0.into_iter().map(|sentence| sentence.said(unit));
        all.extend(
            sentences.map(|said| Fragment { speaker: said.speaker.or_else(|| speaker.0.clone()), ..said }),
        );
    }
    all
}
