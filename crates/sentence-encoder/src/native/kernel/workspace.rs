//! Buffers that a thread keeps from one kernel to the next.

use super::int8::QuantizedRows;
use same_bits::Instructions;

use super::{attention, int8};

/// The vector instructions to use, and buffers that are reused so that no step has to allocate and clear
/// memory.
#[derive(Debug)]
pub struct Workspace {
    /// The instructions.
    pub(crate) instructions: Instructions,
    /// A block of the left-hand side of a product, rearranged.
    pub(super) copied: Vec<f32>,
    /// Quantized rows of that side.
    pub(super) rows: QuantizedRows,
    /// Rows between the two layers of a feed-forward block.
    pub(super) wide: Vec<f32>,
    /// Rows between the two layers of a gated block, after the gate.
    pub(super) gated: Vec<f32>,
    /// Attention of a block of tokens with those around it.
    pub(super) around: Vec<f32>,
    /// Wide rows, quantized.
    pub(super) wide_rows: QuantizedRows,
    /// Keys and scores of attention in f32.
    pub(super) attention: attention::Scratch,
    /// Buffers of attention in int8.
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
            gated: Vec::new(),
            around: Vec::new(),
            wide_rows: QuantizedRows::default(),
            attention: attention::Scratch::default(),
            attention_in_bytes: int8::attention::Scratch::default(),
        }
    }
}
