//! Captions, and what speech recognisers give as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::style::*;
use super::talk::{Said, Talk};

/// A sentence of a turn with its share of the turn's time.
struct Cue<'a> {
    said: &'a Said,
    is_first: bool,
    start_ms: u64,
    end_ms: u64,
    text: &'a str,
}

/// The cues of a talk: a sentence each, the last of a turn ending with it.
fn cues(talk: &Talk) -> Vec<Cue<'_>> {
    let mut all = Vec::new();
    for said in &talk.turns {
        let sentences: Vec<&str> = said.sentences().collect();
        let step = (said.end_ms - said.start_ms) / sentences.len() as u64;
        for (index, text) in sentences.iter().enumerate() {
            let start_ms = said.start_ms + step * index as u64;
            let end_ms = if index + 1 == sentences.len() { said.end_ms } else { start_ms + step };
            all.push(Cue { said, is_first: index == 0, start_ms, end_ms, text });
        }
    }
    all
}

fn vtt(talk: &Talk, payload: impl Fn(&Cue<'_>) -> String) -> Vec<u8> {
    let mut text = "WEBVTT\n\n".to_owned();
    for (number, cue) in (1..).zip(cues(talk)) {
        let (start, end) = (clock(cue.start_ms, Some('.')), clock(cue.end_ms, Some('.')));
        let _ = write!(text, "{number}\n{start} --> {end}\n{}\n\n", payload(&cue));
    }
    text.into_bytes()
}

fn srt(talk: &Talk, payload: impl Fn(&Cue<'_>) -> String) -> Vec<u8> {
    let mut text = String::new();
    for (number, cue) in (1..).zip(cues(talk)) {
        let (start, end) = (clock(cue.start_ms, Some(',')), clock(cue.end_ms, Some(',')));
        let _ = write!(text, "{number}\n{start} --> {end}\n{}\n\n", payload(&cue));
    }
    text.into_bytes()
}

/// A word of a turn with its share of the turn's time.
struct Word<'a> {
    person: usize,
    start_ms: u64,
    end_ms: u64,
    text: &'a str,
}

fn words(talk: &Talk) -> Vec<Word<'_>> {
    let mut all = Vec::new();
    for said in &talk.turns {
        let words: Vec<&str> = said.sentences().flat_map(str::split_whitespace).collect();
        let step = (said.end_ms - said.start_ms) / words.len() as u64;
        for (index, text) in words.iter().enumerate() {
            let start_ms = said.start_ms + step * index as u64;
            let end_ms = if index + 1 == words.len() { said.end_ms } else { start_ms + step };
            all.push(Word { person: said.person, start_ms, end_ms, text });
        }
    }
    all
}

/// A word without the mark at its end, and that mark.
fn unpunctuated(word: &str) -> (&str, Option<&str>) {
    let bare = word.trim_end_matches(['.', ',', '?', '!', ':']);
    if bare.is_empty() || bare.len() == word.len() { (word, None) } else { (bare, Some(&word[bare.len()..])) }
}

fn in_seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

/// Services number the people.
fn numbered(person: usize) -> String {
    format!("speaker_{person}")
}

const fn caption(name: &'static str, ending: &'static str, render: fn(&Talk) -> Vec<u8>) -> Style {
    Style { name, ending, times: Times::Stretches(1), fits: any, render }
}

const fn recognised(name: &'static str, render: fn(&Talk) -> Vec<u8>) -> Style {
    Style { name, ending: "json", times: Times::Stretches(1), fits: in_words, render }
}

/// Captions.
pub(super) const CAPTIONS: &[Style] = &[
    caption("WebVTT, voices", "vtt", |talk| {
        vtt(talk, |cue| format!("<v {}>{}</v>", name(talk, cue.said), cue.text))
    }),
    caption("WebVTT, a name in every cue", "vtt", |talk| {
        vtt(talk, |cue| format!("{}: {}", name(talk, cue.said), cue.text))
    }),
    caption("WebVTT, a name where the speaker changes", "vtt", |talk| {
        vtt(talk, |cue| {
            if cue.is_first { format!("{}: {}", name(talk, cue.said), cue.text) } else { cue.text.to_owned() }
        })
    }),
    caption("SubRip, a name in every cue", "srt", |talk| {
        srt(talk, |cue| format!("{}: {}", name(talk, cue.said), cue.text))
    }),
    caption("SubRip, a name in brackets", "srt", |talk| {
        srt(talk, |cue| format!("[{}]: {}", name(talk, cue.said), cue.text))
    }),
];

/// What speech recognisers give.
pub(super) const RECOGNISED: &[Style] = &[
    recognised("WhisperX", |talk| {
        let segments: Vec<Value> = cues(talk)
            .iter()
            .map(|cue| json!({ "start": in_seconds(cue.start_ms), "end": in_seconds(cue.end_ms), "text": format!(" {}", cue.text), "speaker": format!("SPEAKER_{:02}", cue.said.person) }))
            .collect();
        bytes(&json!({ "segments": segments, "language": "en" }))
    }),
    recognised("OpenAI, with speakers", |talk| {
        let segments: Vec<Value> = cues(talk)
            .iter()
            .enumerate()
            .map(|(index, cue)| json!({ "type": "transcript.text.segment", "id": format!("seg_{index}"), "start": in_seconds(cue.start_ms), "end": in_seconds(cue.end_ms), "text": format!(" {}", cue.text), "speaker": numbered(cue.said.person) }))
            .collect();
        let text: Vec<String> = talk.turns.iter().map(Said::text).collect();
        bytes(
            &json!({ "task": "transcribe", "duration": 1000.0, "text": text.join(" "), "segments": segments }),
        )
    }),
    recognised("AssemblyAI", |talk| {
        let word = |word: &Word<'_>| json!({ "text": word.text, "start": word.start_ms, "end": word.end_ms, "confidence": 0.9, "speaker": numbered(word.person) });
        let all = words(talk);
        let mut rest = all.as_slice();
        let utterances: Vec<Value> = talk
            .turns
            .iter()
            .map(|said| {
                let (own, after) = rest.split_at(said.sentences().flat_map(str::split_whitespace).count());
                rest = after;
                json!({ "confidence": 0.9, "start": said.start_ms, "end": said.end_ms, "text": said.text(), "speaker": numbered(said.person), "words": own.iter().map(word).collect::<Vec<_>>() })
            })
            .collect();
        let text: Vec<String> = talk.turns.iter().map(Said::text).collect();
        bytes(
            &json!({ "id": "5f", "status": "completed", "text": text.join(" "), "words": all.iter().map(word).collect::<Vec<_>>(), "utterances": utterances }),
        )
    }),
    recognised("Deepgram", |talk| {
        let words: Vec<Value> = words(talk)
            .iter()
            .map(|word| json!({ "word": word.text.to_lowercase(), "punctuated_word": word.text, "start": in_seconds(word.start_ms), "end": in_seconds(word.end_ms), "confidence": 0.9, "speaker": word.person, "speaker_confidence": 0.8 }))
            .collect();
        let text: Vec<String> = talk.turns.iter().map(Said::text).collect();
        bytes(
            &json!({ "metadata": { "channels": 1 }, "results": { "channels": [{ "alternatives": [{ "transcript": text.join(" "), "confidence": 0.9, "words": words }] }] } }),
        )
    }),
    recognised("ElevenLabs", |talk| {
        let mut items: Vec<Value> = Vec::new();
        for word in words(talk) {
            if !items.is_empty() {
                items.push(json!({ "text": " ", "start": in_seconds(word.start_ms), "end": in_seconds(word.start_ms), "type": "spacing", "speaker_id": numbered(word.person) }));
            }
            items.push(json!({ "text": word.text, "start": in_seconds(word.start_ms), "end": in_seconds(word.end_ms), "type": "word", "speaker_id": numbered(word.person) }));
        }
        let text: Vec<String> = talk.turns.iter().map(Said::text).collect();
        bytes(
            &json!({ "language_code": "eng", "language_probability": 1.0, "text": text.join(" "), "words": items }),
        )
    }),
    recognised("Amazon Transcribe", |talk| {
        let mut items: Vec<Value> = Vec::new();
        for word in words(talk) {
            let (bare, mark) = unpunctuated(word.text);
            let speaker = format!("spk_{}", word.person);
            items.push(json!({ "type": "pronunciation", "start_time": seconds(word.start_ms), "end_time": seconds(word.end_ms), "speaker_label": speaker, "alternatives": [{ "confidence": "0.9", "content": bare }] }));
            if let Some(mark) = mark {
                items.push(json!({ "type": "punctuation", "speaker_label": speaker, "alternatives": [{ "confidence": "0.0", "content": mark }] }));
            }
        }
        let segments: Vec<Value> = talk
            .turns
            .iter()
            .map(|said| json!({ "start_time": seconds(said.start_ms), "end_time": seconds(said.end_ms), "speaker_label": format!("spk_{}", said.person), "items": [] }))
            .collect();
        let text: Vec<String> = talk.turns.iter().map(Said::text).collect();
        bytes(
            &json!({ "jobName": "a", "accountId": "1", "status": "COMPLETED", "results": { "transcripts": [{ "transcript": text.join(" ") }], "speaker_labels": { "speakers": talk.people.len(), "segments": segments }, "items": items } }),
        )
    }),
    recognised("Rev", |talk| {
        let monologues: Vec<Value> = talk
            .turns
            .iter()
            .map(|said| {
                let all: Vec<&str> = said.sentences().flat_map(str::split_whitespace).collect();
                let step = (said.end_ms - said.start_ms) / all.len() as u64;
                let mut elements: Vec<Value> = Vec::new();
                for (index, word) in all.iter().enumerate() {
                    let start_ms = said.start_ms + step * index as u64;
                    let end_ms = if index + 1 == all.len() { said.end_ms } else { start_ms + step };
                    let (bare, mark) = unpunctuated(word);
                    if index > 0 {
                        elements.push(json!({ "type": "punct", "value": " " }));
                    }
                    elements.push(json!({ "type": "text", "value": bare, "ts": in_seconds(start_ms), "end_ts": in_seconds(end_ms), "confidence": 0.9 }));
                    elements.extend(mark.map(|mark| json!({ "type": "punct", "value": mark })));
                }
                json!({ "speaker": said.person, "elements": elements })
            })
            .collect();
        bytes(&json!({ "monologues": monologues }))
    }),
    recognised("Speechmatics", |talk| {
        let mut results: Vec<Value> = Vec::new();
        for word in words(talk) {
            let (bare, mark) = unpunctuated(word.text);
            let speaker = format!("S{}", word.person + 1);
            results.push(json!({ "type": "word", "start_time": in_seconds(word.start_ms), "end_time": in_seconds(word.end_ms), "alternatives": [{ "content": bare, "confidence": 0.9, "speaker": speaker }] }));
            if let Some(mark) = mark {
                results.push(json!({ "type": "punctuation", "attaches_to": "previous", "is_eos": mark != ",", "start_time": in_seconds(word.end_ms), "end_time": in_seconds(word.end_ms), "alternatives": [{ "content": mark, "confidence": 1.0, "speaker": speaker }] }));
            }
        }
        bytes(
            &json!({ "format": "2.9", "job": { "id": "a" }, "metadata": { "type": "transcription" }, "results": results }),
        )
    }),
    recognised("Watson", |talk| {
        let labels: Vec<Value> = words(talk)
            .iter()
            .map(|word| json!({ "from": in_seconds(word.start_ms), "to": in_seconds(word.end_ms), "speaker": word.person, "confidence": 0.5, "final": false }))
            .collect();
        let all = words(talk);
        let stamps: Vec<Value> = all
            .iter()
            .map(|word| json!([word.text, in_seconds(word.start_ms), in_seconds(word.end_ms)]))
            .collect();
        let text: Vec<String> = talk.turns.iter().map(Said::text).collect();
        bytes(
            &json!({ "result_index": 0, "results": [{ "final": true, "alternatives": [{ "transcript": text.join(" "), "confidence": 0.9, "timestamps": stamps }] }], "speaker_labels": labels }),
        )
    }),
];
