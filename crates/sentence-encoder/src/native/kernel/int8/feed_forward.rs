//! The feed-forward block in int8, a part of the inner row at a time.
//!
//! The output of the first layer is four times as wide as a row. It is computed and used in parts, which stay
//! in a core's cache; each part has its own quantization parameters, so its steps are finer.

use super::dequantize::WriteMode;
use super::{QuantizedDense, balance};
use crate::native::kernel::dense::Linear;
use crate::native::kernel::matrix::Epilogue;
use crate::native::kernel::{LayerNorm, Workspace};

/// Length of a part: a multiple of the columns of a panel.
const PART: usize = 384;

/// Both layers, with GELU between them.
#[derive(Debug, Clone)]
pub(crate) struct QuantizedFeedForward {
    widen: QuantizedDense,
    /// The second layer, split by parts of its inputs; their outputs are added.
    narrow: Vec<QuantizedDense>,
}

impl QuantizedFeedForward {
    /// `norm` is the layer normalization that the rows come from.
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

    /// Applies the block to `rows`, at most [`ROWS_AT_ONCE`](super::ROWS_AT_ONCE), and writes `output`.
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
