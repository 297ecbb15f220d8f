//! Unit `window`: neighbouring turns joined, for talk with short turns.

use super::{Cut, Layout, Piece, codable, count_words};
use transcripts::{CharSpan, Turn};

pub(super) struct Windows {
    /// A window is closed when it has as many words.
    pub(super) words: u32,
}

impl Cut for Windows {
    /// The interviewer's turns end a window: they are context, and a quote should be one stretch of codable talk.
    fn pieces(&self, layout: &Layout<'_>) -> Vec<Piece> {
        let turns = &layout.transcript.turns;
        let mut pieces = Vec::new();
        let mut first = 0;
        let mut words = 0;
        for (index, turn) in turns.iter().enumerate() {
            if words > 0 && codable(turn.role) != codable(turns[first].role) {
                pieces.push(piece(turns, first, index - 1));
                (first, words) = (index, 0);
            }
            words += count_words(&turn.text);
            if words >= self.words || !codable(turn.role) {
                pieces.push(piece(turns, first, index));
                (first, words) = (index + 1, 0);
            }
        }
        if first < turns.len() {
            pieces.push(piece(turns, first, turns.len() - 1));
        }
        pieces
    }
}

fn piece(turns: &[Turn], first: usize, last: usize) -> Piece {
    Piece {
        first_turn: first,
        last_turn: last,
        span: CharSpan { start: turns[first].span.start, end: turns[last].span.end },
        codable: codable(turns[first].role),
    }
}
