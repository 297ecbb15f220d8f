//! A dense layer: weights laid out for the product, and a bias.

use super::Instructions;
use super::matrix::{Panels, Rows, RowsMut, Then, multiply};

/// `then(input · weightsᵀ + bias)` for rows of input.
#[derive(Debug, Clone)]
pub(crate) struct Dense {
    weights: Panels,
    bias: Vec<f32>,
}

impl Dense {
    /// From weights with a row for each output, as PyTorch keeps them; `bias` has one number for each output.
    pub(crate) fn new(weights: &[f32], bias: Vec<f32>) -> Self {
        let inputs = weights.len().checked_div(bias.len()).unwrap_or(0);
        Self { weights: Panels::from_transposed(weights, inputs), bias }
    }

    /// The layer's output for `input`, whose rows lie one after the other.
    pub(crate) fn apply(&self, instructions: Instructions, input: &[f32], then: Then) -> Vec<f32> {
        let (inputs, outputs) = (self.weights.depth(), self.weights.columns());
        let count = input.len().checked_div(inputs).unwrap_or(0);
        let mut output = vec![0.0; count * outputs];
        multiply(
            instructions,
            Rows { values: input, count, stride: inputs },
            &self.weights,
            Some(&self.bias),
            then,
            RowsMut { values: &mut output, stride: outputs },
        );
        output
    }
}
