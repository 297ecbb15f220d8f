//! The two layers of a feed-forward step in bytes, a part at a time.
//!
//! What the first layer gives is four times as wide as a row. It is made and used up in parts, so that it stays in a core's
//! cache, and each part of a row has a range of its own, which makes its steps finer.

use super::dequantize::WriteMode;
use super::{QuantizedDense, balance};
use crate::native::kernel::dense::Linear;
use crate::native::kernel::matrix::Epilogue;
use crate::native::kernel::{LayerNorm, Workspace};

/// Numbers in a part; a multiple of the columns of a panel.
const PART: usize = 384;

/// Both layers, with a GELU between them.
#[derive(Debug, Clone)]
pub(crate) struct QuantizedFeedForward {
    widen: QuantizedDense,
    /// For each part of the first layer's outputs what the second makes of them; these add up.
    narrow: Vec<QuantizedDense>,
}

impl QuantizedFeedForward {
    /// `norm` is what the rows come from.
    pub(crate) fn new(widen: Linear<'_>, narrow: Linear<'_>, norm: &LayerNorm) -> Self {
        let between = widen.bias.len();
        let parts = (0..between).step_by(PART).map(|start| {
            let part = start..between.min(start + PART);
            let rows = narrow.weights.chunks_exact(between.max(1));
            let weights: Vec<f32> = rows.flat_map(|row| &row[part.clone()]).copied().collect();
            let bias = if start == 0 { narrow.bias.to_vec() } else { vec![0.0; narrow.bias.len()] };
            QuantizedDense::new(&weights, &bias, vec![1.0; part.len()])
        });
        let factors = balance(norm, widen.weights);
        Self { narrow: parts.collect(), widen: QuantizedDense::new(widen.weights, widen.bias, factors) }
    }

    /// Puts what comes of `rows`, up to [`ROWS_AT_ONCE`](super::ROWS_AT_ONCE), into `output`.
    pub(crate) fn apply(&self, workspace: &mut Workspace, rows: &[f32], output: &mut [f32]) {
        let Workspace { instructions, rows: quantized, wide, wide_rows, .. } = workspace;
        let count = rows.len().checked_div(self.widen.inputs()).unwrap_or(0);
        quantized.take(*instructions, rows, self.widen.factors());
        for (part, narrow) in self.narrow.iter().enumerate() {
            wide.resize(count * narrow.inputs(), 0.0);
            let outputs = part * PART..part * PART + narrow.inputs();
            self.widen.multiply(*instructions, quantized, outputs, WriteMode::Replace(Epilogue::Gelu), wide);
            wide_rows.take(*instructions, wide, narrow.factors());
            let mode = if part == 0 { WriteMode::Replace(Epilogue::Store) } else { WriteMode::Add };
            narrow.multiply(*instructions, wide_rows, 0..narrow.outputs(), mode, output);
        }
    }
}
