//! A dense layer in either precision: weights laid out for the product, and a bias.

use super::int8::{QuantizedDense, ROWS_AT_ONCE, balance};
use super::matrix::{Epilogue, Panels, Rows, RowsMut, multiply};
use super::{LayerNorm, Workspace};
use crate::Precision;

/// A dense layer as in the model's file: weights (outputs × inputs) and bias (outputs).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear<'a> {
    /// The weights.
    pub(crate) weights: &'a [f32],
    /// The bias.
    pub(crate) bias: &'a [f32],
}

/// `then(input · weightsᵀ + bias)` for rows of input.
#[derive(Debug, Clone)]
pub(crate) enum Dense {
    /// In f32.
    Full {
        /// The weights.
        weights: Panels,
        /// A number for each output.
        bias: Vec<f32>,
    },
    /// In int8.
    Quantized(QuantizedDense),
}

impl Dense {
    /// `norm` is the layer normalization that the input comes from, if any.
    pub(crate) fn new(precision: Precision, layer: Linear<'_>, norm: Option<&LayerNorm>) -> Self {
        let Linear { weights, bias } = layer;
        let inputs = weights.len().checked_div(bias.len()).unwrap_or(0);
        match precision {
            Precision::Int8 => {
                let factors = norm.map_or_else(|| vec![1.0; inputs], |norm| balance(norm, weights));
                Self::Quantized(QuantizedDense::new(weights, bias, factors))
            }
            _ => Self::Full { weights: Panels::from_transposed(weights, inputs), bias: bias.to_vec() },
        }
    }

    /// Rows to process before the next layer is applied to them. In int8 the weights of two layers fit into a
    /// core's cache, so small blocks pay; in f32 they do not.
    pub(crate) fn rows_at_once(&self) -> usize {
        match self {
            Self::Full { .. } => usize::MAX,
            Self::Quantized(_) => ROWS_AT_ONCE,
        }
    }

    /// Applies the layer to the rows of `input` (rows × inputs) and writes `output` (rows × outputs).
    pub(crate) fn apply(&self, workspace: &mut Workspace, input: &[f32], then: Epilogue, output: &mut [f32]) {
        match self {
            Self::Full { weights, bias } => {
                let (inputs, outputs) = (weights.depth(), weights.columns());
                let count = input.len().checked_div(inputs).unwrap_or(0);
                let input = Rows { values: input, count, stride: inputs };
                let output = RowsMut { values: output, stride: outputs };
                multiply(workspace, input, weights, bias, then, output);
            }
            Self::Quantized(dense) => dense.apply(workspace, input, then, output),
        }
    }

    /// Length of an output row.
    pub(crate) fn outputs(&self) -> usize {
        match self {
            Self::Full { weights, .. } => weights.columns(),
            Self::Quantized(dense) => dense.outputs(),
        }
    }
}
