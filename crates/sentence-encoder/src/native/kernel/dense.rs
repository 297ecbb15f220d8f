//! A dense layer: weights laid out for the product, and a bias, in either precision.

use super::int8::{QuantizedDense, ROWS_AT_ONCE, balance};
use super::matrix::{Epilogue, Panels, Rows, RowsMut, multiply};
use super::{LayerNorm, Workspace};
use crate::Precision;

/// A layer as the model's file keeps it: weights with a row for each output, and a number for each.
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
    /// In bytes.
    Quantized(QuantizedDense),
}

impl Dense {
    /// `norm` is the layer normalisation that the input comes from, if it comes from one.
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

    /// Rows for which it pays to go on to the next layer before the others are looked at: in bytes the weights of two
    /// layers stay in a core's cache, in f32 they do not.
    pub(crate) fn rows_at_once(&self) -> usize {
        match self {
            Self::Full { .. } => usize::MAX,
            Self::Quantized(_) => ROWS_AT_ONCE,
        }
    }

    /// Puts the layer's output for `input`, whose rows lie one after the other, into `output`, which has room for it.
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

    /// Numbers in a row of output.
    pub(crate) fn outputs(&self) -> usize {
        match self {
            Self::Full { weights, .. } => weights.columns(),
            Self::Quantized(dense) => dense.outputs(),
        }
    }
}
