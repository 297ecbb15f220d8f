//! Unit `turn`: a segment is one turn.

use super::{Cut, Layout, Piece, codable};

pub(super) struct Turns;

impl Cut for Turns {
    fn pieces(&self, layout: &Layout<'_>) -> Vec<Piece> {
        layout
            .transcript
            .turns
            .iter()
            .enumerate()
            .map(|(index, turn)| Piece {
                first_turn: index,
                last_turn: index,
                span: turn.span,
                codable: codable(turn.role),
            })
            .collect()
    }
}
