//! A dense layer: weights laid out for the product, and a bias.

use super::Workspace;
use super::matrix::{Panels, Rows, RowsMut, Then, multiply};

/// `then(input · weightsᵀ + bias)` for rows of input.
#[derive(Debug, Clone)]
pub(crate) struct Dense {
    weights: Panels,
    bias: Vec<f32>,
}

impl Dense {
    /// From weights with a row for each output, as the model's file keeps them; `bias` has one number for each output.
    pub(crate) fn new(weights: &[f32], bias: Vec<f32>) -> Self {
        let inputs = weights.len().checked_div(bias.len()).unwrap_or(0);
        Self { weights: Panels::from_transposed(weights, inputs), bias }
    }

    /// Puts the layer's output for `input`, whose rows lie one after the other, in the place of what is in `output`.
    pub(crate) fn apply(&self, workspace: &mut Workspace, input: &[f32], then: Then, output: &mut Vec<f32>) {
        let (inputs, outputs) = (self.weights.depth(), self.weights.columns());
        let count = input.len().checked_div(inputs).unwrap_or(0);
        output.resize(count * outputs, 0.0);
        let input = Rows { values: input, count, stride: inputs };
        let output = RowsMut { values: output, stride: outputs };
        multiply(workspace, input, &self.weights, Some(&self.bias), then, output);
    }
}
