//! Cuts transcripts into passages: segments, and the talk around them.
//!
//! A unit (turn, sentence, window) proposes pieces; pieces that are too long for the encoder are cut at sentences, or between
//! tokens where one sentence is too long. Every word of every turn is in exactly one passage. Topics are joined from passages of
//! turns once these have vectors (`topic`).

mod cache;
mod eligible;
mod language;
mod limit;
mod parameters;
mod plan;
mod sentence;
mod topic;
mod turn;
mod window;
mod words;

use std::borrow::Cow;

use rayon::prelude::*;
use sentence_encoder::TokenCounter;
use transcripts::text::normal_form;
use transcripts::{CharSpan, Corpus, Role, Text, Transcript};

use crate::results::{Passage, Progress, Stage, TranscriptIndex};
use crate::storage::{StageCache, StageCacheKey};

pub use eligible::{eligible_indices, eligible_segments, interviewer_indices, warnings};
pub use language::languages;
pub(crate) use language::{function_words, name as language_name};
pub use parameters::parameters;
pub use plan::{SegmentPlan, Unit};
pub use sentence::sentences_of;
pub use topic::topics;
pub(crate) use transcripts::text::{QUESTION_MARKS, ends_in_question};
pub use words::count_words;

/// The text that is embedded for each passage: its normal form, so that a soft hyphen or another composition of a letter does not
/// change the vector.
pub(crate) fn normal_texts(passages: &[Passage]) -> Vec<Cow<'_, str>> {
    passages.iter().map(|passage| normal_form(&passage.text)).collect()
}

/// Transcripts that are cut before the results are stored: what a killed run loses at most.
const AT_ONCE: usize = 256;

/// A stretch of one transcript that a unit proposes as one passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    first_turn: usize,
    last_turn: usize,
    span: CharSpan,
    /// False for what is always context: the interviewer's turns.
    codable: bool,
}

/// A transcript prepared for cutting: its reading text and the language for sentence ends.
struct Layout<'a> {
    transcript: &'a Transcript,
    text: String,
    /// ISO 639-1 code, `en` when the language is not known.
    language: &'a str,
}

impl<'a> Layout<'a> {
    /// `tag` is the transcript's BCP-47 tag, empty where its language is not known.
    fn of(transcript: &'a Transcript, tag: &'a str) -> Self {
        let language = tag.split('-').next().filter(|code| !code.is_empty()).unwrap_or("en");
        Self { transcript, text: transcript.reading_text(), language }
    }

    /// The words at a span.
    fn stretch(&self, points: &CodePoints, span: CharSpan) -> Text {
        points.stretch(self.transcript, &self.text, span)
    }
}

/// One way of cutting a transcript.
trait Cut: Sync {
    /// Proposes pieces in the order of the text. Together they hold every word of every turn once.
    fn pieces(&self, layout: &Layout<'_>) -> Vec<Piece>;
}

/// Cuts every transcript; passages are in the order of the transcripts and of their text.
///
/// `languages` holds one BCP-47 tag a transcript, empty where it is not known. No passage has more tokens than `counter` allows.
/// A passage is eligible when a participant (or an unknown speaker) says it and it has at least `plan.min_words` words. Once
/// `progress` is cancelled no more transcripts are cut. Passages that `known` has are taken from there. For [`Unit::Topic`] these
/// are the passages of turns that [`topics`] joins.
pub fn passages(
    corpus: &Corpus,
    languages: &[String],
    plan: SegmentPlan,
    counter: &dyn TokenCounter,
    known: SegmentationCache<'_>,
    progress: &dyn Progress,
) -> Vec<Passage> {
    let cut: &dyn Cut = match plan.unit {
        Unit::Turn | Unit::Topic => &turn::Turns,
        Unit::Sentence => &sentence::Sentences,
        Unit::Window => &window::Windows { words: plan.window_words },
    };
    progress.begin(Stage::Segment, corpus.transcripts.len() as u64);
    let SegmentationCache { kept, model } = known;
    let mut all = Vec::new();
    for (number, transcripts) in corpus.transcripts.chunks(AT_ONCE).enumerate() {
        let first = number * AT_ONCE;
        let layouts: Vec<(Layout<'_>, StageCacheKey)> = transcripts
            .par_iter()
            .enumerate()
            .map(|(index, transcript)| {
                let layout = Layout::of(transcript, languages.get(first + index).map_or("", String::as_str));
                let key = cache::key(&layout, plan, model);
                (layout, key)
            })
            .collect();
        let before: Vec<Option<Vec<u8>>> =
            layouts.iter().map(|(_, key)| kept.get(key).map(<[u8]>::to_vec)).collect();
        let cuts: Vec<(Vec<Passage>, bool)> = layouts
            .par_iter()
            .zip(before)
            .enumerate()
            .map(|(index, ((layout, _), before))| {
                if progress.is_cancelled() {
                    return (Vec::new(), false);
                }
                let transcript = TranscriptIndex::new(first + index);
                let known = before.and_then(|bytes| cache::from_bytes(&bytes, transcript, layout));
                let is_new = known.is_none();
                let passages =
                    known.unwrap_or_else(|| transcript_passages(transcript, layout, cut, plan, counter));
                progress.advance(1);
                (passages, is_new)
            })
            .collect();
        let new = cuts.iter().zip(&layouts).filter(|((_, is_new), _)| *is_new);
        kept.put(new.map(|((passages, _), (_, key))| (*key, cache::to_bytes(passages))));
        all.extend(cuts.into_iter().flat_map(|(passages, _)| passages));
    }
    progress.end();
    all
}

/// Digests of everything that the passages of each transcript depend on; `model` names the token counter.
pub fn cut_digests(
    corpus: &Corpus,
    languages: &[String],
    plan: SegmentPlan,
    model: &str,
) -> Vec<StageCacheKey> {
    let digest = |(index, transcript): (usize, &Transcript)| {
        cache::key(&Layout::of(transcript, languages.get(index).map_or("", String::as_str)), plan, model)
    };
    corpus.transcripts.par_iter().enumerate().map(digest).collect()
}

/// Passages of earlier runs.
pub struct SegmentationCache<'a> {
    /// The cache.
    pub kept: &'a mut StageCache,
    /// The model that counts tokens; see [`sentence_encoder::Encoder::fingerprint`].
    pub model: &'a str,
}

fn transcript_passages(
    transcript: TranscriptIndex,
    layout: &Layout<'_>,
    cut: &dyn Cut,
    plan: SegmentPlan,
    counter: &dyn TokenCounter,
) -> Vec<Passage> {
    let starts = CodePoints::of(&layout.text);
    let mut passages = Vec::new();
    for piece in cut.pieces(layout) {
        let text = starts.text(&layout.text, piece.span);
        // Decided before a long piece is cut, so that the tail of a long turn is eligible too.
        let eligible = piece.codable && count_words(text) >= plan.min_words;
        for (span, tokens) in limit::within(text, piece.span, layout.language, counter) {
            let text = layout.stretch(&starts, span);
            passages.push(Passage {
                transcript,
                first_turn: turn_at(layout.transcript, piece, span.start),
                last_turn: turn_at(layout.transcript, piece, span.end.saturating_sub(1)),
                span,
                eligible,
                words: count_words(&text),
                tokens: tokens as u32,
                text,
            });
        }
    }
    passages
}

/// The turn of the piece that holds a code point.
fn turn_at(transcript: &Transcript, piece: Piece, index: usize) -> usize {
    (piece.first_turn..piece.last_turn)
        .find(|&turn| index <= transcript.turns[turn].span.end)
        .unwrap_or(piece.last_turn)
}

/// Whether themes are looked for in what this role says.
fn codable(role: Role) -> bool {
    role != Role::Interviewer
}

/// The byte offset of every code point of a text.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect())
    }

    fn text<'a>(&self, text: &'a str, span: CharSpan) -> &'a str {
        &text[self.0[span.start]..self.0[span.end]]
    }

    /// The words at a span of a transcript's reading text: a stretch of the store that holds its turns, where there is one.
    fn stretch(&self, transcript: &Transcript, text: &str, span: CharSpan) -> Text {
        let text = self.text(text, span);
        let shared = transcript.stretch(self.0[span.start]..self.0[span.end]);
        // The same words, unless somebody changed a turn after they were stored.
        shared.filter(|shared| shared == text).unwrap_or_else(|| text.into())
    }
}

/// The span without white space at its ends; `None` when nothing is left. `text` is what the span holds.
fn trimmed(text: &str, span: CharSpan) -> Option<CharSpan> {
    let kept = text.trim();
    if kept.is_empty() {
        return None;
    }
    let before = text.chars().take_while(|letter| letter.is_whitespace()).count();
    let start = span.start + before;
    Some(CharSpan { start, end: start + kept.chars().count() })
}

#[cfg(test)]
mod tests;
