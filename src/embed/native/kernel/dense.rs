//! A dense layer: weights laid out for the product, and a bias, in either precision.

use super::int8::{QuantisedDense, ROWS_AT_ONCE, balance};
use super::matrix::{Panels, Rows, RowsMut, Then, multiply};
use super::{LayerNorm, Workspace};
use crate::embed::Precision;

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
    Quantised(QuantisedDense),
}

impl Dense {
    /// From weights with a row for each output, as the model's file keeps them; `bias` has one number for each output.
    /// `norm` is the layer normalisation that the input comes from, if it comes from one.
    pub(crate) fn new(
        precision: Precision,
        weights: &[f32],
        bias: Vec<f32>,
        norm: Option<&LayerNorm>,
    ) -> Self {
        let inputs = weights.len().checked_div(bias.len()).unwrap_or(0);
        match precision {
            Precision::Int8 => {
                let factors = norm.map_or_else(|| vec![1.0; inputs], |norm| balance(norm, weights));
                Self::Quantised(QuantisedDense::new(weights, &bias, factors))
            }
            _ => Self::Full { weights: Panels::from_transposed(weights, inputs), bias },
        }
    }

    /// Rows for which it pays to go on to the next layer before the others are looked at: in bytes the weights of two
    /// layers stay in a core's cache, in f32 they do not.
    pub(crate) fn rows_at_once(&self) -> usize {
        match self {
            Self::Full { .. } => usize::MAX,
            Self::Quantised(_) => ROWS_AT_ONCE,
        }
    }

    /// Puts the layer's output for `input`, whose rows lie one after the other, in the place of what is in `output`.
    pub(crate) fn apply(&self, workspace: &mut Workspace, input: &[f32], then: Then, output: &mut Vec<f32>) {
        match self {
            Self::Full { weights, bias } => {
                let (inputs, outputs) = (weights.depth(), weights.columns());
                let count = input.len().checked_div(inputs).unwrap_or(0);
                output.resize(count * outputs, 0.0);
                let input = Rows { values: input, count, stride: inputs };
                multiply(
                    workspace,
                    input,
                    weights,
                    Some(bias),
                    then,
                    RowsMut { values: output, stride: outputs },
                );
            }
            Self::Quantised(dense) => {
                let count = input.len().checked_div(dense.inputs()).unwrap_or(0);
                output.resize(count * dense.outputs(), 0.0);
                dense.apply(workspace, input, then, output);
            }
        }
    }
}
