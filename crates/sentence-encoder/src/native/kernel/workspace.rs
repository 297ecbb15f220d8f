//! What a thread keeps from one kernel to the next.

use super::int8::QuantizedRows;
use same_bits::Instructions;

use super::{attention, int8};

/// The instructions to run on, and room that is used again so that memory is not asked for, and cleared, at every step.
#[derive(Debug)]
pub struct Workspace {
    /// The instructions.
    pub(crate) instructions: Instructions,
    /// A block of a product's left-hand side, rearranged.
    pub(super) copied: Vec<f32>,
    /// The same as bytes.
    pub(super) rows: QuantizedRows,
    /// Rows between the two layers of a feed-forward step.
    pub(super) wide: Vec<f32>,
    /// The same as bytes.
    pub(super) wide_rows: QuantizedRows,
    /// Keys and scores.
    pub(super) attention: attention::Scratch,
    /// The same as bytes.
    pub(super) attention_in_bytes: int8::attention::Scratch,
}

impl Workspace {
    /// An empty one.
    pub(crate) fn new(instructions: Instructions) -> Self {
        Self {
            instructions,
            copied: Vec::new(),
            rows: QuantizedRows::default(),
            wide: Vec::new(),
            wide_rows: QuantizedRows::default(),
            attention: attention::Scratch::default(),
            attention_in_bytes: int8::attention::Scratch::default(),
        }
    }
}
