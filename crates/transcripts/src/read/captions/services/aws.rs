//! AWS Transcribe: `results.items`, words and signs with times as texts. Speakers are in the items, or by time in
//! `speaker_labels`, or are channels; where items are missing, `audio_segments` are read. Call Analytics writes `Transcript`, a
//! list of turns, which [`super::meetings`] reads. Times are seconds.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::{Channel, SpeakerTimes, said_in_passages, said_on_channels};
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Perhaps, Plain};
use crate::read::captions::timed_words::{Joint, TimedWord, Token, pieces_of_tokens};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Transcribe;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    results: Perhaps<Results>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Results {
    transcripts: List<Entry>,
    items: List<Item>,
    speaker_labels: Perhaps<Labels>,
    channel_labels: Perhaps<Channels>,
    audio_segments: List<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Item {
    #[serde(rename = "type")]
    kind: Plain,
    start_time: Plain,
    end_time: Plain,
    speaker_label: Plain,
    alternatives: List<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Labels {
    segments: List<Segment>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Segment {
    start_time: Plain,
    end_time: Plain,
    speaker_label: Plain,
    items: List<Entry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Channels {
    channels: List<OneChannel>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OneChannel {
    channel_label: Plain,
    items: List<Item>,
}

impl Service for Transcribe {
    fn name(&self) -> &'static str {
        "AWS Transcribe"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&[
            "results.items[].alternatives[]",
            "results.channel_labels.channels[].items[]",
            "results.audio_segments[].transcript",
            "results.transcripts[].transcript",
        ])
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for top in objects::<Top>(text)? {
            all.extend(said_in_results(top.results.0.unwrap_or_default(), unit, log));
        }
        Ok(all)
    }
}

fn said_in_results(results: Results, unit: Unit, log: &mut ProblemLog) -> Vec<Fragment> {
    let channels = results.channel_labels.0.unwrap_or_default().channels.0;
    if channels.iter().filter(|channel| !channel.items.0.is_empty()).count() > 1 {
        let channels = channels.into_iter().map(|channel| {
            let tokens = channel.items.0.into_iter().map(|item| token_of(item, unit)).collect();
            Channel {
                name: channel.channel_label.into_text().unwrap_or_default().replace("ch_", ""),
                words: joined_with_signs(tokens),
                text: String::new(),
            }
        });
        return said_on_channels(channels.collect());
    }
    let items = results.items.0;
    if items.is_empty() {
        if !results.audio_segments.0.is_empty() {
            return said_in_passages(results.audio_segments.0, unit, log);
        }
        return results.transcripts.0.into_iter().map(|transcript| transcript.said(unit)).collect();
    }
    let speakers = Speakers::of(results.speaker_labels.0.unwrap_or_default().segments.0, unit);
    let mut tokens: Vec<Token> = items.into_iter().map(|item| token_of(item, unit)).collect();
    for word in tokens.iter_mut().map(|token| &mut token.word) {
        if word.speaker.is_none() && word.start_ms.is_some() {
            word.speaker = speakers.at(word.start_ms, word.end_ms);
        }
    }
    // The transcript has the blanks; Chinese and Japanese have none.
    let written =
        results.transcripts.0.into_iter().find_map(|transcript| transcript.text).unwrap_or_default();
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
    let without_blanks =
        !written.trim().contains(char::is_whitespace) && letters(&written) > 0 && tokens.len() > 1;
    if without_blanks {
        for token in &mut tokens {
            token.joint = Joint::None;
        }
    }
    pieces_of_tokens(tokens)
}

fn token_of(item: Item, unit: Unit) -> Token {
    let first = item.alternatives.0.into_iter().next().unwrap_or_default();
    let is_sign = matches!(&item.kind, Plain::Text(kind) if kind == "punctuation");
    let word = TimedWord {
        text: first.text.unwrap_or_default(),
        start_ms: Entry::moment(&item.start_time, unit),
        end_ms: Entry::moment(&item.end_time, unit),
        speaker: item.speaker_label.into_text().filter(|name| !name.trim().is_empty()),
    };
    Token { word, joint: if is_sign { Joint::None } else { Joint::Blank } }
}

/// Words with the signs after them, for channels, whose words are sorted again.
fn joined_with_signs(tokens: Vec<Token>) -> Vec<TimedWord> {
    let mut words: Vec<TimedWord> = Vec::with_capacity(tokens.len());
    for Token { word, joint } in tokens {
        match words.last_mut() {
            Some(last) if joint == Joint::None => last.text.push_str(&word.text),
            _ => words.push(word),
        }
    }
    words
}

/// The speakers by time: each word is listed under its speaker's segment by its start; otherwise segments are intervals.
struct Speakers {
    by_start: BTreeMap<u64, String>,
    stretches: SpeakerTimes,
}

impl Speakers {
    fn of(segments: Vec<Segment>, unit: Unit) -> Self {
        let mut by_start = BTreeMap::new();
        let mut stretches = Vec::new();
        for segment in segments {
            let of_segment = segment.speaker_label.into_text();
            for item in segment.items.0 {
                let start = item.start_ms(unit);
                if let (Some(start), Some(name)) = (start, item.speaker.or_else(|| of_segment.clone())) {
                    by_start.entry(start).or_insert(name);
                }
            }
            if let (Some(start), Some(name)) = (Entry::moment(&segment.start_time, unit), of_segment) {
                stretches.push((start, Entry::moment(&segment.end_time, unit), name));
            }
        }
        Self { by_start, stretches: SpeakerTimes::of_stretches(stretches) }
    }

    fn at(&self, start_ms: Option<u64>, end_ms: Option<u64>) -> Option<String> {
        let listed = self.by_start.get(&start_ms?).cloned();
        listed.or_else(|| self.stretches.at(start_ms, end_ms))
    }
}
