//! Unit `sentence`, and the sentence ends at which long passages are cut.

use super::{Cut, Layout, Piece, codable, trimmed};
use transcripts::CharSpan;

pub(super) struct Sentences;

impl Cut for Sentences {
    fn pieces(&self, layout: &Layout<'_>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (index, turn) in layout.transcript.turns.iter().enumerate() {
            for span in sentences(&turn.text, turn.span, layout.language) {
                pieces.push(Piece { first_turn: index, last_turn: index, span, codable: codable(turn.role) });
            }
        }
        pieces
    }
}

/// The sentences of a text in a language (a BCP-47 tag, empty where it is not known), trimmed.
///
/// A line break ends a sentence too: in a segment of several turns the speaker changes there.
///
/// ```
/// use emic::segment::sentences_of;
/// assert_eq!(sentences_of("No time. Dr. Ode says so.\nReally?", "en"), ["No time.", "Dr. Ode says so.", "Really?"]);
/// ```
pub fn sentences_of<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let code = language.split('-').next().filter(|code| !code.is_empty()).unwrap_or("en");
    let sentences = text.lines().flat_map(|line| sentencex::segment(code, line));
    sentences.map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

/// The sentences of a text, without the white space between them. `span` is the text's span.
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
