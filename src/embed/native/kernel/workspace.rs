//! What a thread keeps from one kernel to the next.

use super::Instructions;
use super::int8::QuantisedRows;

/// The instructions to run on, and room that is used again so that memory is not asked for, and cleared, at every step.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The instructions.
    pub(crate) instructions: Instructions,
    /// A block of a product's left-hand side, rearranged.
    pub(super) copied: Vec<f32>,
    /// The same as bytes.
    pub(super) rows: QuantisedRows,
}

impl Workspace {
    /// An empty one.
    pub(crate) fn new(instructions: Instructions) -> Self {
        Self { instructions, copied: Vec::new(), rows: QuantisedRows::default() }
    }
}
