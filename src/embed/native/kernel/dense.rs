//! A dense layer: weights laid out for the product, and a bias, in either precision.

use super::int8::{QuantisedDense, ROWS_AT_ONCE, balance};
use super::matrix::{Panels, Rows, RowsMut, Then, multiply};
use super::{LayerNorm, Workspace};
use crate::embed::Precision;

/// Outputs of a layer that are handed on to the next at a time, in bytes.
const PART: usize = 384;

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

    /// Cuts two layers, of which the second takes what the first gives, into parts that follow each other: the first
    /// outputs and what they go into, then the next. The parts of the second layer add up.
    ///
    /// In bytes each part of a row then has a range of its own, and stays in a core's first-level cache.
    pub(crate) fn in_parts(
        precision: Precision,
        first: Linear<'_>,
        second: Linear<'_>,
        norm: &LayerNorm,
    ) -> Vec<(Self, Self)> {
        let between = first.bias.len();
        let part = if precision == Precision::Int8 { PART.min(between) } else { between };
        let (inputs, outputs) = (norm.gain.len(), second.bias.len());
        let starts = (0..between).step_by(part.max(1));
        starts
            .map(|start| {
                let end = between.min(start + part);
                let weights = &first.weights[start * inputs..end * inputs];
                let widen = Self::new(precision, weights, first.bias[start..end].to_vec(), Some(norm));
                let rows = second.weights.chunks_exact(between.max(1));
                let weights: Vec<f32> = rows.flat_map(|row| &row[start..end]).copied().collect();
                let bias = if start == 0 { second.bias.to_vec() } else { vec![0.0; outputs] };
                (widen, Self::new(precision, &weights, bias, None))
            })
            .collect()
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
