//! Unit `sentence`, and the sentence ends that long passages are cut at.

use super::{Cut, Layout, Piece, codable, trimmed};
use crate::corpus::CharSpan;

pub(super) struct Sentences;

impl Cut for Sentences {
    fn pieces(&self, layout: &Layout<'_>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (place, turn) in layout.transcript.turns.iter().enumerate() {
            for span in sentences(&turn.text, turn.span, layout.language) {
                pieces.push(Piece { first_turn: place, last_turn: place, span, codable: codable(turn.role) });
            }
        }
        pieces
    }
}

/// The sentences of a text, without the white space between them. `span` is where the text stands.
pub(super) fn sentences(text: &str, span: CharSpan, language: &str) -> Vec<CharSpan> {
    let mut spans = Vec::new();
    let mut start = span.start;
    for sentence in sentencex::segment(language, text) {
        let whole = CharSpan { start, end: start + sentence.chars().count() };
        spans.extend(trimmed(sentence, whole));
        start = whole.end;
    }
    spans
}
