//! Passages of earlier runs: counting tokens takes a tenth of the time of embedding.
//!
//! The key is a digest of all that a transcript's passages depend on: its words, whose they are, its language, the plan, the model.
//! Only spans and numbers are kept, no text.

use super::{CodePoints, Layout, SegmentPlan, Unit, codable};
use transcripts::CharSpan;

use crate::results::{Passage, TranscriptIndex};
use crate::storage::StageCacheKey;

/// Increased whenever transcripts are cut differently.
const VERSION: &[u8] = b"passages 1";

/// Numbers of a passage: first and last turn, start and end, words, tokens.
const NUMBERS: usize = 6;

/// Digest of all that the passages of a transcript depend on. `counter` names the model that counts tokens.
pub(super) fn key(layout: &Layout<'_>, plan: SegmentPlan, counter: &str) -> StageCacheKey {
    let unit: u8 = match plan.unit {
        Unit::Turn => 0,
        Unit::Sentence => 1,
        Unit::Window => 2,
        Unit::Topic => 3,
    };
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    add(VERSION);
    add(counter.as_bytes());
    add(layout.language.as_bytes());
    add(&[unit]);
    add(&plan.min_words.to_le_bytes());
    add(&plan.window_words.to_le_bytes());
    for turn in &layout.transcript.turns {
        add(&[u8::from(codable(turn.role))]);
        add(turn.text.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// Passages of one transcript as bytes.
pub(super) fn to_bytes(passages: &[Passage]) -> Vec<u8> {
    let numbers = |passage: &Passage| {
        [
            passage.first_turn as u32,
            passage.last_turn as u32,
            passage.span.start as u32,
            passage.span.end as u32,
            passage.words,
            // A passage has far fewer tokens than half of all numbers.
            passage.tokens << 1 | u32::from(passage.eligible),
        ]
    };
    passages.iter().flat_map(numbers).flat_map(u32::to_le_bytes).collect()
}

/// Decodes passages; none when the bytes do not fit the transcript at that index.
pub(super) fn from_bytes(
    bytes: &[u8],
    transcript: TranscriptIndex,
    layout: &Layout<'_>,
) -> Option<Vec<Passage>> {
    let points = CodePoints::of(&layout.text);
    let (passages, rest) = bytes.as_chunks::<{ 4 * NUMBERS }>();
    if !rest.is_empty() {
        return None;
    }
    let passage = |bytes: &[u8; 4 * NUMBERS]| {
        let number = |at: usize| {
            u32::from_le_bytes([bytes[4 * at], bytes[4 * at + 1], bytes[4 * at + 2], bytes[4 * at + 3]])
        };
        let span = CharSpan { start: number(2) as usize, end: number(3) as usize };
        let (first_turn, last_turn) = (number(0) as usize, number(1) as usize);
        let fits = first_turn <= last_turn
            && last_turn < layout.transcript.turns.len()
            && span.start <= span.end
            && span.end < points.0.len();
        fits.then(|| Passage {
            transcript,
            first_turn,
            last_turn,
            span,
            text: layout.stretch(&points, span),
            eligible: number(5) & 1 == 1,
            words: number(4),
            tokens: number(5) >> 1,
        })
    };
    passages.iter().map(passage).collect()
}
