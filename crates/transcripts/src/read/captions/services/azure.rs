//! Azure Speech: batches write `recognizedPhrases`, each with several alternatives of which the first is read, and times as
//! `PT1.3S` or in ticks; fast transcription writes `phrases` with milliseconds; version 2 wrote `SegmentResults`.

use serde::Deserialize;

use super::entry::{Entry, Speaker, Unit};
use super::passages::said_in_passages;
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Azure;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    #[serde(rename = "recognizedPhrases")]
    phrases: List<Phrase>,
    #[serde(rename = "RecognizedPhrases")]
    large: List<Phrase>,
    #[serde(rename = "phrases")]
    fast: List<Entry>,
    #[serde(rename = "AudioFileResults")]
    files: List<OldFile>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OldFile {
    #[serde(rename = "SegmentResults")]
    segments: List<Phrase>,
}

#[derive(Debug)]
struct Phrase {
    entry: Entry,
    guesses: Vec<Guess>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Guess {
    display: Plain,
    #[serde(rename = "Display")]
    large: Plain,
    lexical: Plain,
    #[serde(rename = "Lexical")]
    large_lexical: Plain,
    speaker: Speaker,
}

impl<'de> Deserialize<'de> for Phrase {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize, Default)]
        #[serde(default)]
        struct AzureFile {
            #[serde(rename = "nBest")]
            small: List<Guess>,
            #[serde(rename = "NBest")]
            large: List<Guess>,
            speaker: Speaker,
            #[serde(rename = "Speaker")]
            large_speaker: Speaker,
            #[serde(rename = "SpeakerId")]
            speaker_id: Speaker,
            channel: Plain,
            #[serde(rename = "Channel")]
            large_channel: Plain,
            #[serde(rename = "ChannelNumber")]
            channel_number: Plain,
            offset: Plain,
            #[serde(rename = "Offset")]
            large_offset: Plain,
            duration: Plain,
            #[serde(rename = "Duration")]
            large_duration: Plain,
            #[serde(rename = "offsetInTicks")]
            offset_in_ticks: Plain,
            #[serde(rename = "OffsetInTicks")]
            large_offset_in_ticks: Plain,
            #[serde(rename = "durationInTicks")]
            duration_in_ticks: Plain,
            #[serde(rename = "DurationInTicks")]
            large_duration_in_ticks: Plain,
        }
        let written = AzureFile::deserialize(from)?;
        let first =
            |all: [Plain; 4]| all.into_iter().find(|value| *value != Plain::Nothing).unwrap_or_default();
        let start = first([
            written.offset_in_ticks,
            written.large_offset_in_ticks,
            written.offset,
            written.large_offset,
        ]);
        let length = first([
            written.duration_in_ticks,
            written.large_duration_in_ticks,
            written.duration,
            written.large_duration,
        ]);
        let channel = first([written.channel, written.large_channel, written.channel_number, Plain::Nothing]);
        let speaker = written.speaker.0.or(written.large_speaker.0).or(written.speaker_id.0);
        let entry = Entry { speaker, channel: channel.into_text(), ..Entry::lasting(&start, &length) };
        let guesses = if written.small.0.is_empty() { written.large.0 } else { written.small.0 };
        Ok(Self { entry, guesses })
    }
}

impl Service for Azure {
    fn name(&self) -> &'static str {
        "Azure Speech"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&[
            "recognizedPhrases[].nBest[]",
            "RecognizedPhrases[].NBest[]",
            "phrases[].offsetMilliseconds",
            "AudioFileResults[].SegmentResults[]",
        ])
    }

    fn unit(&self) -> Unit {
        Unit::Ticks
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for Top { phrases, large, fast, files } in objects(text)? {
            let old = files.0.into_iter().flat_map(|file| file.segments.0);
            let phrases =
                phrases.0.into_iter().chain(large.0).chain(old).filter_map(|Phrase { entry, guesses }| {
                    let guess = guesses.into_iter().next()?;
                    let all = [guess.display, guess.large, guess.lexical, guess.large_lexical];
                    let text =
                        all.into_iter().filter_map(Plain::into_text).find(|text| !text.trim().is_empty());
                    Some(Entry { text, speaker: entry.speaker.clone().or(guess.speaker.0), ..entry })
                });
            let mut passages: Vec<Entry> = phrases.chain(fast.0).collect();
            name_channels(&mut passages);
            passages.sort_by_key(|passage| passage.start_ms(unit));
            all.extend(said_in_passages(passages, unit, log));
        }
        Ok(all)
    }
}

/// With several channels, each is a speaker, or has speakers of its own.
pub(super) fn name_channels(passages: &mut [Entry]) {
    let first = passages.iter().find_map(|passage| passage.channel.clone());
    if passages.iter().all(|passage| passage.channel.is_none() || passage.channel == first) {
        return;
    }
    // One speaker a channel is the channel's own name, so the channel alone is enough.
    for passage in passages {
        let Some(channel) = passage.channel.as_ref().map(|channel| format!("Channel {channel}")) else {
            continue;
        };
        passage.speaker = Some(match passage.speaker.take() {
            Some(speaker) => format!("{channel}, {speaker}"),
            None => channel,
        });
    }
}
