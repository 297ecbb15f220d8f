//! A whole file that became one turn: the marks between its turns were not recognised.

use super::{first_words, is_declared, is_table, thousands, warning, words};
use crate::corpus::{Problem, Transcript};

/// Words from which a turn is no short statement.
const MIN_WORDS: usize = 300;

pub(super) fn one_turn(transcript: &Transcript) -> Option<Problem> {
    let [turn] = transcript.turns.as_slice() else { return None };
    let words = words(&turn.text);
    if is_table(transcript) || is_declared(transcript) || words < MIN_WORDS {
        return None;
    }
    let who = if turn.speaker.is_empty() { "nobody".to_owned() } else { format!("`{}`", turn.speaker) };
    let message = format!(
        "the whole file was read as one turn of {} words by {who}: {}",
        thousands(words),
        first_words(&turn.text)
    );
    let hint = "if several people speak, put each turn in a paragraph of its own that begins with who speaks and a colon";
    Some(warning(transcript, &message, hint))
}
