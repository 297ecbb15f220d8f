//! Cutting transcripts into passages: what is embedded and coded, and the talk around it.
//!
//! A unit (turn, sentence, window) proposes pieces; whatever is too long for the encoder is then cut at sentences, or
//! between tokens where one sentence is too long by itself. Every word of every turn is in exactly one passage. Topics are
//! joined from passages of turns once these have vectors (`topic`).

mod coded;
mod language;
mod limit;
mod model_languages;
mod parameters;
mod question;
mod sentence;
mod topic;
mod turn;
mod window;
mod words;

use rayon::prelude::*;

use crate::corpus::{CharSpan, Corpus, Passage, Progress, Role, Stage, Transcript};
use crate::embed::TokenCounter;
use crate::study::{SegmentPlan, Unit};

pub use coded::{coded_places, coded_segments, doubts, interviewer_places};
pub use language::languages;
pub use model_languages::unknown_languages;
pub use parameters::parameters;
pub(crate) use question::{QUESTION_MARKS, ends_in_question};
pub use sentence::sentences_of;
pub use topic::topics;
pub use words::count_words;

/// A stretch of one transcript that a unit proposes as one passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    first_turn: usize,
    last_turn: usize,
    span: CharSpan,
    /// False for what is context whatever its length: the interviewer's turns.
    codable: bool,
}

/// A transcript laid out for cutting: its reading text and the language for sentence ends.
struct Layout<'a> {
    transcript: &'a Transcript,
    text: String,
    /// ISO 639-1 code, `en` when the language is not known.
    language: &'a str,
}

/// One way of cutting a transcript.
trait Cut: Sync {
    /// Proposes pieces in the order of the text. Together they hold every word of every turn once.
    fn pieces(&self, layout: &Layout<'_>) -> Vec<Piece>;
}

/// Cuts every transcript; the passages stand in the order of the transcripts and of their text.
///
/// `languages` holds one BCP-47 tag a transcript, empty where it is not known. No passage has more tokens than
/// `counter` allows. A passage is coded when a participant (or nobody known) says it and it has at least
/// `plan.min_words` words. For [`Unit::Topic`] these are the passages of turns that [`topics`] joins.
pub fn passages(
    corpus: &Corpus,
    languages: &[String],
    plan: SegmentPlan,
    counter: &dyn TokenCounter,
    progress: &dyn Progress,
) -> Vec<Passage> {
    let cut: &dyn Cut = match plan.unit {
        Unit::Turn | Unit::Topic => &turn::Turns,
        Unit::Sentence => &sentence::Sentences,
        Unit::Window => &window::Windows { words: plan.window_words },
    };
    progress.begin(Stage::Segment, corpus.transcripts.len() as u64);
    let cut_transcripts: Vec<Vec<Passage>> = corpus
        .transcripts
        .par_iter()
        .enumerate()
        .map(|(place, transcript)| {
            let tag = languages.get(place).map_or("", String::as_str);
            let language = tag.split('-').next().filter(|code| !code.is_empty()).unwrap_or("en");
            let layout = Layout { transcript, text: transcript.reading_text(), language };
            let passages = transcript_passages(place, &layout, cut, plan, counter);
            progress.advance(1);
            passages
        })
        .collect();
    progress.end();
    cut_transcripts.into_iter().flatten().collect()
}

fn transcript_passages(
    place: usize,
    layout: &Layout<'_>,
    cut: &dyn Cut,
    plan: SegmentPlan,
    counter: &dyn TokenCounter,
) -> Vec<Passage> {
    let starts = CodePoints::of(&layout.text);
    let mut passages = Vec::new();
    for piece in cut.pieces(layout) {
        let text = starts.text(&layout.text, piece.span);
        // Whether a piece is long enough is decided before a long one is cut: the tail of a long turn is coded too.
        let coded = piece.codable && count_words(text) >= plan.min_words;
        for (span, tokens) in limit::within(text, piece.span, layout.language, counter) {
            let text = starts.text(&layout.text, span).to_owned();
            passages.push(Passage {
                transcript: place,
                first_turn: turn_at(layout.transcript, piece, span.start),
                last_turn: turn_at(layout.transcript, piece, span.end.saturating_sub(1)),
                span,
                coded,
                words: count_words(&text),
                tokens: tokens as u32,
                text,
            });
        }
    }
    passages
}

/// The turn of the piece that holds a code point.
fn turn_at(transcript: &Transcript, piece: Piece, place: usize) -> usize {
    (piece.first_turn..piece.last_turn)
        .find(|&turn| place <= transcript.turns[turn].span.end)
        .unwrap_or(piece.last_turn)
}

/// Whether themes are looked for in what this role says.
fn codable(role: Role) -> bool {
    role != Role::Interviewer
}

/// The place of every code point in a text's bytes.
struct CodePoints(Vec<usize>);

impl CodePoints {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect())
    }

    fn text<'a>(&self, text: &'a str, span: CharSpan) -> &'a str {
        &text[self.0[span.start]..self.0[span.end]]
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
