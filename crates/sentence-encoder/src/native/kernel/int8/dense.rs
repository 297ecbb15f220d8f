//! A dense layer with int8 weights.

use super::dequantize::{Columns, Dequantize, WriteMode};
use super::product::Product;
use super::rows::QuantizedRows;
use super::step::{Extent, Step};
use super::{DEPTH, Sums, TILE};
use crate::native::kernel::elementwise::ROUND;
use crate::native::kernel::matrix::Epilogue;
use same_bits::Instructions;

use crate::native::kernel::Workspace;

/// Rows of a block: few enough to stay in a core's cache together with the weights.
pub(crate) const ROWS_AT_ONCE: usize = 64;

/// `then(input · weightsᵀ + bias)` for rows of input, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct QuantizedDense {
    /// The steps of each panel of 32 outputs; the last panel is padded with zeros.
    panels: Vec<Step>,
    columns: Vec<Columns>,
    /// A factor for each input, applied before quantization; the weights are divided by it.
    factors: Vec<f32>,
    outputs: usize,
}

impl QuantizedDense {
    /// From weights (outputs × inputs) and biases; `factors` has a number for each input, see
    /// [`balance`](super::balance()).
    pub(crate) fn new(weights: &[f32], bias: &[f32], factors: Vec<f32>) -> Self {
        let (inputs, outputs) = (factors.len().max(1), bias.len());
        let steps = inputs.div_ceil(DEPTH);
        let mut panels = vec![Step::ZERO; outputs.div_ceil(TILE) * steps];
        let mut columns = vec![Columns::ZERO; outputs.div_ceil(TILE)];
        for (output, (weights, &bias)) in weights.chunks_exact(inputs).zip(bias).enumerate() {
            let balanced = || weights.iter().zip(&factors).map(|(weight, factor)| weight / factor);
            let largest = balanced().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
            let scale = largest / 127.0;
            let panel = &mut panels[output / TILE * steps..][..steps];
            let mut total = 0;
            for (depth, weight) in balanced().enumerate() {
                let number = if scale > 0.0 { whole(weight / scale) } else { 0 };
                panel[depth / DEPTH].set_column(output % TILE, depth % DEPTH, number);
                total += i32::from(number);
            }
            let columns = &mut columns[output / TILE];
            columns.scale[output % TILE] = scale;
            columns.total[output % TILE] = scale * total as f32;
            columns.bias[output % TILE] = bias;
        }
        Self { panels, columns, factors, outputs }
    }

    /// Length of an input row.
    pub(crate) fn inputs(&self) -> usize {
        self.factors.len()
    }

    /// Length of an output row.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to the rows of `input` (rows × inputs) and writes `output` (rows × outputs).
    pub(crate) fn apply(&self, workspace: &mut Workspace, input: &[f32], then: Epilogue, output: &mut [f32]) {
        let (inputs, outputs) = (self.inputs().max(1), self.outputs.max(1));
        let Workspace { instructions, rows, .. } = workspace;
        for (input, output) in
            input.chunks(ROWS_AT_ONCE * inputs).zip(output.chunks_mut(ROWS_AT_ONCE * outputs))
        {
            rows.take(*instructions, input, &self.factors);
            self.multiply(*instructions, rows, 0..self.outputs, WriteMode::Replace(then), output);
        }
    }

    /// The factors of the inputs.
    pub(super) fn factors(&self) -> &[f32] {
        &self.factors
    }

    /// Writes some of the layer's outputs for `rows` into `output`; the first of them is a multiple of 32.
    pub(super) fn multiply(
        &self,
        instructions: Instructions,
        rows: &QuantizedRows,
        outputs: std::ops::Range<usize>,
        mode: WriteMode,
        output: &mut [f32],
    ) {
        let product = Product::begin(instructions);
        let steps = self.inputs().div_ceil(DEPTH).max(1);
        let stride = outputs.len();
        let mut sums = Sums([[0; TILE]; TILE]);
        for (first, panel) in (0..stride).step_by(TILE).zip(outputs.start / TILE..) {
            let weights = &self.panels[panel * steps..][..steps];
            let (columns, width) = (&self.columns[panel], TILE.min(stride - first));
            for ((rows, params), output) in rows.groups().zip(output.chunks_mut(TILE * stride)) {
                let extent = Extent { rows: params.len(), columns: width, depth: self.inputs() };
                product.multiply(rows, weights, extent, &mut sums);
                let output = &mut output[first..];
                instructions.run(Dequantize { sums: &sums, params, columns, mode, output, stride, width });
            }
        }
    }
}

/// The nearest integer, half to even.
fn whole(x: f32) -> i8 {
    ((x + ROUND) - ROUND) as i8
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::Rng;

    use super::QuantizedDense;
    use crate::native::kernel::{Epilogue, Workspace};
    use same_bits::Instructions;
    use same_bits::random_stream;

    fn numbers(count: usize, name: &str) -> Vec<f32> {
        let mut random = random_stream(7, name);
        (0..count).map(|_| random.r#gen::<f32>() - 0.4).collect()
    }

    fn bits(instructions: Instructions, dense: &QuantizedDense, input: &[f32], then: Epilogue) -> Vec<u32> {
        let mut output = vec![9.0; input.len() / dense.inputs() * dense.outputs()];
        dense.apply(&mut Workspace::new(instructions), input, then, &mut output);
        output.into_iter().map(f32::to_bits).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]
        #[test]
        fn every_kernel_gives_the_same_bits_near_the_product(rows in 1..80_usize, inputs in 1..140_usize, outputs in 1..70_usize, gelu in any::<bool>()) {
            let (input, weights) = (numbers(rows * inputs, "input"), numbers(inputs * outputs, "weights"));
            let bias = numbers(outputs, "bias");
            let factors = numbers(inputs, "factors").into_iter().map(|factor| factor + 1.0).collect();
            let dense = QuantizedDense::new(&weights, &bias, factors);
            let then = if gelu { Epilogue::Gelu } else { Epilogue::Store };
            let expected = bits(Instructions::plain(), &dense, &input, then);
            for instructions in Instructions::available() {
                prop_assert!(bits(instructions, &dense, &input, then) == expected, "{}", instructions.name());
            }
            if !gelu {
                let found: Vec<f32> = expected.into_iter().map(f32::from_bits).collect();
                let exact = input.chunks(inputs).flat_map(|row| {
                    weights.chunks(inputs).zip(&bias).map(move |(weights, bias)| row.iter().zip(weights).map(|(x, w)| x * w).sum::<f32>() + bias)
                });
                // Half a step of 1/127 on each side; errors add up like a random walk.
                let allowed = 0.02 * (inputs as f32).sqrt();
                for (found, exact) in found.into_iter().zip(exact) {
                    prop_assert!((found - exact).abs() <= allowed, "{found} for {exact}");
                }
            }
        }
    }

    #[test]
    fn a_row_does_not_notice_its_neighbours() {
        let dense = QuantizedDense::new(&numbers(40 * 50, "weights"), &numbers(40, "bias"), vec![1.0; 50]);
        let input = numbers(70 * 50, "input");
        let instructions = Instructions::chosen();
        let all = bits(instructions, &dense, &input, Epilogue::Store);
        for (row, expected) in input.chunks(50).zip(all.chunks(40)) {
            assert_eq!(bits(instructions, &dense, row, Epilogue::Store), expected);
        }
    }

    #[test]
    fn rows_and_weights_of_one_number_throughout_are_exact() {
        let dense = QuantizedDense::new(&[0.0; 6], &[1.5, 2.5], vec![1.0; 3]);
        let mut output = [0.0; 4];
        dense.apply(&mut Workspace::new(Instructions::chosen()), &[4.0; 6], Epilogue::Store, &mut output);
        assert_eq!(output.map(f32::to_bits), [1.5_f32, 2.5, 1.5, 2.5].map(f32::to_bits));
    }
}
