//! The Whisper family, in several dialects: openai-whisper, faster-whisper and aTrain (`segments`, seconds), `OpenAI`'s
//! `verbose_json` (the same with `words` at the top) and `diarized_json` (with speakers), `WhisperX` (words with speakers),
//! whisper.cpp (`transcription`, milliseconds) and the pipelines of Hugging Face (`chunks`, the last end may be missing).
//!
//! Speakers of words take precedence: a segment of two speakers is cut between their words.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::{said_in_passages, timed};
use super::shape::{Shape, Top as Kind};
use super::{Service, objects};
use crate::codes;
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::timed_words::pieces_of;
use crate::read::problems::ProblemLog;

/// Number of consecutive segments with the same words at which they are Whisper's inventions during silence.
const REPEATS: usize = 3;
/// Chunks with fewer characters on average are words.
const WORD_LENGTH: f64 = 12.0;

#[derive(Debug)]
pub(super) struct Whisper;

/// The fields at the top of a file; a dialect has some of them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    /// Of openai-whisper, faster-whisper, `OpenAI`, `WhisperX` and aTrain.
    segments: List<Entry>,
    /// Of Hugging Face.
    chunks: List<Entry>,
    /// Of whisper.cpp.
    transcription: List<Entry>,
    /// Of `OpenAI`; the segments hold the same words.
    words: List<Entry>,
    /// The whole text, without times.
    text: Plain,
}

impl Service for Whisper {
    fn name(&self) -> &'static str {
        "Whisper"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        let texts = [
            "segments[].text",
            "segments[].words[]",
            "segments[].body",
            "segments[].start",
            "chunks[].text",
            "transcription[].text",
        ];
        match shape.top {
            Kind::Object => {
                shape.has_any(&texts)
                    || shape.has_any(&["words[].start", "words[].word", "words[].text", "text"])
            }
            // A list of objects with words of their own is a table, but for words and chunks.
            Kind::List => {
                (shape.has("word") && shape.has("start")) || (shape.has("timestamp[]") && shape.has("text"))
            }
            Kind::Lines => shape.has_any(&texts) && !shape.has("transcript_id"),
            Kind::Plain => false,
        }
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        if text.trim_start().starts_with('[') {
            all.extend(in_chunks(objects(text)?, unit));
        } else {
            for top in objects::<Top>(text)? {
                all.extend(said_in(top, unit, log));
            }
        }
        look_over(&all, log);
        Ok(all)
    }
}

fn said_in(top: Top, unit: Unit, log: &mut ProblemLog) -> Vec<Fragment> {
    let Top { segments, chunks, transcription, words, text } = top;
    let text = text.into_text().unwrap_or_default();
    if !segments.0.is_empty() {
        said_in_passages(segments.0, unit, log)
    } else if !transcription.0.is_empty() {
        in_passages(transcription.0, unit)
    } else if !chunks.0.is_empty() {
        in_chunks(chunks.0, unit)
    } else if !words.0.is_empty() {
        pieces_of(&text, &timed(words.0, unit), None)
    } else if !text.trim().is_empty() {
        log.note(codes::SPEAKER_MISSING, None, "the file holds words without times and without speakers", "");
        vec![Fragment { text, ..Fragment::default() }]
    } else {
        Vec::new()
    }
}

fn in_passages(passages: Vec<Entry>, unit: Unit) -> Vec<Fragment> {
    let mut change = false;
    let mut all = Vec::with_capacity(passages.len());
    for passage in passages {
        let next = passage.speaker_turn_next;
        all.push(Fragment { change, ..passage.said(unit) });
        change = next;
    }
    all
}

fn in_chunks(chunks: Vec<Entry>, unit: Unit) -> Vec<Fragment> {
    let words = timed(chunks, unit);
    let letters: usize = words.iter().map(|word| word.text.trim().chars().count()).sum();
    let inner_blanks = words.iter().any(|word| word.text.trim().contains(char::is_whitespace));
    if !inner_blanks && (letters as f64) < WORD_LENGTH * words.len() as f64 {
        return pieces_of("", &words, None);
    }
    let said = |word: crate::read::captions::timed_words::TimedWord| Fragment {
        speaker: word.speaker,
        text: word.text,
        start_ms: word.start_ms,
        end_ms: word.end_ms,
        change: false,
    };
    words.into_iter().map(said).collect()
}

/// Warns where words cannot be right.
fn look_over(said: &[Fragment], log: &mut ProblemLog) {
    let texts: Vec<&str> = said.iter().map(|said| said.text.trim()).filter(|text| !text.is_empty()).collect();
    let again =
        texts.chunk_by(|a, b| a == b).filter(|run| run.len() >= REPEATS).map(<[_]>::len).sum::<usize>();
    if again > 0 {
        log.warning(
            codes::TEXT_DOUBTFUL,
            None,
            format!("{again} segments repeat the words of the one before them; they were kept"),
            "Whisper makes up such lines where nobody speaks: listen, and delete them in the file if nobody says them",
        );
    }
}
