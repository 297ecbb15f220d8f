//! JSON of the Whisper family, in five dialects: openai-whisper and faster-whisper (`segments`, seconds), the API's
//! `verbose_json` (the same with `words` at the top), whisper.cpp (`transcription`, milliseconds), `WhisperX` (words with
//! speakers) and the pipelines of Hugging Face (`chunks`, the last end may be missing).
//!
//! Where words have speakers, they decide: a segment in which two people speak is cut between their words.

use serde::Deserialize;

use super::Said;
use super::lenient_json::{List, Pair, Perhaps, Plain};
use super::timed_words::{TimedWord, pieces_of};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::{clock, seconds_to_ms};

/// The same words in so many segments in a row are what Whisper invents where nobody speaks.
const REPEATS: usize = 3;
/// Chunks of fewer characters than this, on average, are words.
const WORD_LENGTH: f64 = 12.0;

/// What the family writes at the top of a file; a dialect fills some of it.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// Of openai-whisper, faster-whisper, the API and `WhisperX`.
    pub(crate) segments: List<Segment>,
    /// Of Hugging Face.
    pub(crate) chunks: List<Chunk>,
    /// Of whisper.cpp.
    pub(crate) transcription: List<Passage>,
    /// Of the API; the segments hold the same words.
    pub(crate) words: List<Word>,
    /// All that is said, without times.
    pub(crate) text: Plain,
}

/// A segment of openai-whisper, faster-whisper, the API and `WhisperX`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Segment {
    start: Plain,
    end: Plain,
    text: Plain,
    speaker: Plain,
    words: List<Word>,
}

/// A word with its time and, in `WhisperX`, its speaker.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Word {
    #[serde(rename = "word")]
    spelled: Plain,
    text: Plain,
    start: Plain,
    end: Plain,
    speaker: Plain,
}

/// A chunk of Hugging Face's pipelines.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Chunk {
    text: Plain,
    timestamp: Pair,
    speaker: Plain,
}

/// A passage of whisper.cpp.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Passage {
    text: Plain,
    offsets: Perhaps<Stretch>,
    timestamps: Perhaps<Stretch>,
    speaker: Plain,
    speaker_turn_next: Plain,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stretch {
    from: Plain,
    to: Plain,
}

/// What is said in a file; none when it holds nothing of this family.
pub(crate) fn said(output: Output, log: &mut ProblemLog) -> Option<Vec<Said>> {
    let Output { segments, chunks, transcription, words, text } = output;
    let text = text.into_text().unwrap_or_default();
    let said = if !segments.0.is_empty() {
        of_segments(segments.0, log)
    } else if !transcription.0.is_empty() {
        of_passages(transcription.0)
    } else if !chunks.0.is_empty() {
        of_chunks(chunks.0)
    } else if !words.0.is_empty() {
        let words: Vec<TimedWord> = words.0.into_iter().map(Word::timed).collect();
        pieces_of(&text, &words, None)
    } else if !text.trim().is_empty() {
        log.note(None, "the file holds words without times and without speakers", "");
        vec![Said { speaker: None, text, start_ms: None, end_ms: None, change: false }]
    } else {
        return None;
    };
    look_over(&said, log);
    Some(said)
}

impl Word {
    fn timed(self) -> TimedWord {
        TimedWord {
            text: self.spelled.into_text().or_else(|| self.text.into_text()).unwrap_or_default(),
            start_ms: in_seconds(&self.start),
            end_ms: in_seconds(&self.end),
            speaker: named(self.speaker),
        }
    }
}

fn of_segments(segments: Vec<Segment>, log: &mut ProblemLog) -> Vec<Said> {
    let mut all = Vec::with_capacity(segments.len());
    let mut cut = 0;
    for segment in segments {
        let text = segment.text.into_text().unwrap_or_default();
        let speaker = named(segment.speaker);
        let (start_ms, end_ms) = (in_seconds(&segment.start), in_seconds(&segment.end));
        let words: Vec<TimedWord> = segment.words.0.into_iter().map(Word::timed).collect();
        let first = words.iter().find_map(|word| word.speaker.clone());
        let changes = words.iter().any(|word| word.speaker.is_some() && word.speaker != first);
        if changes || text.trim().is_empty() {
            let mut pieces = pieces_of(&text, &words, speaker.as_deref());
            cut += usize::from(pieces.len() > 1);
            // The outer times are the segment's, which knows them better than numerals that were not aligned.
            if let Some(piece) = pieces.first_mut() {
                piece.start_ms = start_ms.or(piece.start_ms);
            }
            if let Some(piece) = pieces.last_mut() {
                piece.end_ms = end_ms.or(piece.end_ms);
            }
            all.extend(pieces);
        } else {
            all.push(Said { speaker: first.or(speaker), text, start_ms, end_ms, change: false });
        }
    }
    if cut > 0 {
        log.note(
            None,
            format!(
                "{} cut where the speaker changes from one word to the next",
                counted(cut, "segment was", "segments were")
            ),
            "",
        );
    }
    let unknown = all.iter().filter(|said| said.speaker.is_none() && !said.text.trim().is_empty()).count();
    if unknown > 0 && all.iter().any(|said| said.speaker.is_some()) {
        log.note(None, format!("{} no speaker", counted(unknown, "segment has", "segments have")), "");
    }
    all
}

fn of_passages(passages: Vec<Passage>) -> Vec<Said> {
    let mut change = false;
    let mut all = Vec::with_capacity(passages.len());
    for passage in passages {
        let offsets = passage.offsets.0.unwrap_or_default();
        let stamps = passage.timestamps.0.unwrap_or_default();
        let time = |ms: &Plain, stamp: Plain| in_milliseconds(ms).or_else(|| clock(&stamp.into_text()?));
        all.push(Said {
            speaker: named(passage.speaker),
            text: passage.text.into_text().unwrap_or_default(),
            start_ms: time(&offsets.from, stamps.from),
            end_ms: time(&offsets.to, stamps.to),
            change,
        });
        change = passage.speaker_turn_next == Plain::Truth(true);
    }
    all
}

fn of_chunks(chunks: Vec<Chunk>) -> Vec<Said> {
    let words: Vec<TimedWord> = chunks
        .into_iter()
        .map(|chunk| {
            let Pair(start, end) = chunk.timestamp;
            TimedWord {
                text: chunk.text.into_text().unwrap_or_default(),
                start_ms: in_seconds(&start),
                end_ms: in_seconds(&end),
                speaker: named(chunk.speaker),
            }
        })
        .collect();
    let letters: usize = words.iter().map(|word| word.text.trim().chars().count()).sum();
    let inner_blanks = words.iter().any(|word| word.text.trim().contains(char::is_whitespace));
    if !inner_blanks && (letters as f64) < WORD_LENGTH * words.len() as f64 {
        return pieces_of("", &words, None);
    }
    words
        .into_iter()
        .map(|TimedWord { text, start_ms, end_ms, speaker }| Said {
            speaker,
            text,
            start_ms,
            end_ms,
            change: false,
        })
        .collect()
}

/// Says where the times cannot be right, or the words.
fn look_over(said: &[Said], log: &mut ProblemLog) {
    let starts: Vec<u64> = said.iter().filter_map(|said| said.start_ms).collect();
    let backwards = starts.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let reversed = said.iter().filter(|said| said.end_ms.is_some() && said.end_ms < said.start_ms).count();
    if backwards + reversed > 0 {
        log.warning(
            None,
            format!("times run backwards at {}", counted(backwards + reversed, "place", "places")),
            "compare the times with the recording before you quote them",
        );
    }
    let untimed = said.iter().filter(|said| said.start_ms.is_none() && !said.text.trim().is_empty()).count();
    if untimed > 0 && untimed < said.len() {
        log.note(None, format!("{} no time", counted(untimed, "segment has", "segments have")), "");
    }
    let texts: Vec<&str> = said.iter().map(|said| said.text.trim()).filter(|text| !text.is_empty()).collect();
    let again =
        texts.chunk_by(|a, b| a == b).filter(|run| run.len() >= REPEATS).map(<[_]>::len).sum::<usize>();
    if again > 0 {
        log.warning(
            None,
            format!("{again} segments repeat the words of the one before them; they were kept"),
            "Whisper makes up such lines where nobody speaks: listen, and delete them in the file if nobody says them",
        );
    }
}

fn named(speaker: Plain) -> Option<String> {
    speaker.into_text().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn in_seconds(time: &Plain) -> Option<u64> {
    match time {
        Plain::Nothing | Plain::Truth(_) => None,
        Plain::Number(seconds) => seconds_to_ms(*seconds),
        Plain::Text(text) => text.trim().parse().ok().and_then(seconds_to_ms).or_else(|| clock(text)),
    }
}

fn in_milliseconds(time: &Plain) -> Option<u64> {
    match time {
        Plain::Number(ms) => seconds_to_ms(*ms / 1000.0),
        _ => None,
    }
}
