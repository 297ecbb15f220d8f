//! Google Speech: results with alternatives, of which the first is read. With speakers, the last result repeats all words, each
//! with its speaker's number, and only that one is read; times are texts such as `1.300s`. Version 2 (Chirp) has speakers in
//! every result, and in batches the results of each file under its address.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::entry::Unit;
use super::shape::Shape;
use super::{Service, objects};
use crate::codes;
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, ListOr, Measure, Perhaps, Plain};
use crate::read::captions::timed_words::{TimedWord, pieces_of};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::seconds_to_ms;

#[derive(Debug)]
pub(super) struct Google;

/// An answer, also within a long-running operation.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    results: Answer,
    response: Perhaps<Response>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Response {
    results: Answer,
}

/// Results, in batches of version 2 by the address of the recording.
#[derive(Debug, Default)]
struct Answer(Vec<Recognised>);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct FileResult {
    transcript: Perhaps<Response>,
    #[serde(rename = "inlineResult", alias = "inline_result")]
    inline: Perhaps<Inline>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Inline {
    transcript: Perhaps<Response>,
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let files = match ListOr::<Recognised, BTreeMap<String, Perhaps<FileResult>>>::deserialize(from)? {
            ListOr::List(results) => return Ok(Self(results)),
            ListOr::Object(files) => files,
            ListOr::Nothing => return Ok(Self::default()),
        };
        let of_file = |file: Perhaps<FileResult>| {
            let FileResult { transcript, inline } = file.0?;
            transcript.0.or_else(|| inline.0?.transcript.0)
        };
        Ok(Self(files.into_values().filter_map(of_file).flat_map(|response| response.results.0).collect()))
    }
}

impl Service for Google {
    fn name(&self) -> &'static str {
        "Google Speech"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&[
            "results[].alternatives[]",
            "response.results[].alternatives[]",
            "alternatives[].transcript",
        ]) || shape.has_end("transcript.results[].alternatives[]")
    }

    fn said(&self, text: &str, _unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut results = Vec::new();
        for Top { results: own, response } in objects(text)? {
            let within = response.0.unwrap_or_default().results.0;
            results.extend(if own.0.is_empty() { within } else { own.0 });
        }
        if results.is_empty() {
            // The results alone.
            results = objects(text)?;
            results.retain(Recognised::is_one);
        }
        Ok(said(results, log))
    }
}

/// One result: the speech of an interval of the recording.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Recognised {
    alternatives: List<Alternative>,
    #[serde(rename = "channelTag", alias = "channel_tag")]
    channel: Plain,
    #[serde(
        rename = "resultEndTime",
        alias = "result_end_time",
        alias = "resultEndOffset",
        alias = "result_end_offset"
    )]
    end: Moment,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Alternative {
    transcript: Plain,
    words: List<Word>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Word {
    #[serde(rename = "word")]
    spelled: Plain,
    #[serde(rename = "startTime", alias = "start_time", alias = "startOffset", alias = "start_offset")]
    start: Moment,
    #[serde(rename = "endTime", alias = "end_time", alias = "endOffset", alias = "end_offset")]
    end: Moment,
    #[serde(rename = "speakerTag", alias = "speaker_tag")]
    tag: Plain,
    #[serde(rename = "speakerLabel", alias = "speaker_label")]
    label: Plain,
}

/// A time as the service writes it: `"1.300s"`, or an object with seconds and nanoseconds.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Measure<Parts>")]
struct Moment(Option<u64>);

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Parts {
    seconds: Plain,
    nanos: Plain,
}

impl From<Measure<Parts>> for Moment {
    fn from(measure: Measure<Parts>) -> Self {
        let plain = |value: &Plain| match value {
            Plain::Number(seconds) => Some(*seconds),
            Plain::Text(text) => text.trim().trim_end_matches('s').parse::<f64>().ok(),
            Plain::Nothing | Plain::Truth(_) => None,
        };
        let seconds = match &measure {
            Measure::Plain(value) => plain(value),
            Measure::Object(Parts { seconds, nanos }) => {
                Some(plain(seconds).unwrap_or(0.0) + plain(nanos).unwrap_or(0.0) / 1e9)
            }
        };
        Self(seconds.and_then(seconds_to_ms))
    }
}

impl Recognised {
    /// Whether this is a result.
    fn is_one(&self) -> bool {
        !self.alternatives.0.is_empty()
    }
}

/// One result with its first alternative.
struct Recognition {
    text: String,
    words: Vec<TimedWord>,
    channel: Option<u32>,
    end_ms: Option<u64>,
}

/// The speech in the results.
fn said(results: Vec<Recognised>, log: &mut ProblemLog) -> Vec<Fragment> {
    let mut alternatives = 0;
    let mut heard: Vec<Recognition> = Vec::with_capacity(results.len());
    for result in results {
        let Recognised { alternatives: List(all), channel, end } = result;
        alternatives += all.len().saturating_sub(1);
        let Some(first) = all.into_iter().next() else { continue };
        heard.push(Recognition {
            text: first.transcript.into_text().unwrap_or_default(),
            words: first.words.0.into_iter().map(timed).collect(),
            channel: number(&channel),
            end_ms: end.0,
        });
    }
    if alternatives > 0 {
        log.note(
            codes::TEXT_LEFT_OUT,
            None,
            format!(
                "{} left out; the first was read",
                counted(alternatives, "other guess was", "other guesses were")
            ),
            "",
        );
    }
    let channels: BTreeSet<u32> = heard.iter().filter_map(|heard| heard.channel).collect();
    let mut heard = only_tagged(heard, log);
    if channels.len() > 1 {
        for heard in &mut heard {
            let name = heard.channel.map(|channel| format!("Channel {channel}"));
            for word in &mut heard.words {
                word.speaker = word.speaker.take().or_else(|| name.clone());
            }
        }
    }
    let mut all = Vec::new();
    for Recognition { text, words, channel, end_ms } in heard {
        let name = channel.filter(|_| channels.len() > 1).map(|channel| format!("Channel {channel}"));
        if words.is_empty() {
            all.push(Fragment { speaker: name, text, end_ms, ..Fragment::default() });
        } else {
            all.extend(pieces_of(&text, &words, name.as_deref()));
        }
    }
    if channels.len() > 1 {
        all.sort_by_key(|said| said.start_ms);
    }
    all
}

/// With speakers, the last result repeats all words of those before it.
fn only_tagged(mut heard: Vec<Recognition>, log: &mut ProblemLog) -> Vec<Recognition> {
    let is_tagged = |heard: &Recognition| heard.words.iter().any(|word| word.speaker.is_some());
    let first = heard.iter().find_map(|heard| heard.words.first()).and_then(|word| word.start_ms);
    let repeats = heard.len() > 1
        && heard.last().is_some_and(|last| {
            is_tagged(last)
                && last.words.first().is_some_and(|word| word.start_ms <= first.or(Some(u64::MAX)))
        });
    if !repeats {
        return heard;
    }
    let Some(mut last) = heard.pop() else { return heard };
    let text: Vec<&str> =
        heard.iter().map(|heard| heard.text.trim()).filter(|text| !text.is_empty()).collect();
    let before: usize =
        heard.iter().map(|heard| heard.words.len().max(heard.text.split_whitespace().count())).sum();
    if last.text.trim().is_empty() {
        last.text = text.join(" ");
    }
    if last.words.len() < before {
        log.warning(
            codes::TEXT_DOUBTFUL,
            None,
            format!(
                "the words with speakers are {} fewer than the words without; only those with speakers were read",
                before - last.words.len()
            ),
            "compare the transcript with the recording",
        );
    }
    vec![last]
}

fn timed(word: Word) -> TimedWord {
    let text = word.spelled.into_text().unwrap_or_default();
    // Japanese words have their reading after a bar.
    let text = text.split_once('|').map_or(text.as_str(), |(word, _)| word).to_owned();
    let label = word.label.into_text().map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
    let speaker = match (number(&word.tag).filter(|tag| *tag > 0), label) {
        (Some(tag), _) => Some(format!("Speaker {tag}")),
        (None, Some(label)) if label.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("Speaker {label}"))
        }
        (None, label) => label,
    };
    TimedWord { text, start_ms: word.start.0, end_ms: word.end.0, speaker }
}

fn number(value: &Plain) -> Option<u32> {
    match value {
        Plain::Number(number) => (0.0..1e6).contains(number).then_some(*number as u32),
        Plain::Text(text) => text.trim().parse().ok(),
        Plain::Nothing | Plain::Truth(_) => None,
    }
}
