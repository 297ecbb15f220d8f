//! The gated feed-forward block of a layer (Shazeer 2020): one half of the widened rows, after the activation, is multiplied with the
//! other half, and the result is narrowed again.

use pulp::{Simd, WithSimd};

use super::dense::{Dense, Linear};
use super::elementwise::{gelu, silu};
use super::{Epilogue, LayerNorm, Workspace};
use crate::Precision;

/// What is applied to the gated half.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Activation {
    #[default]
    /// The Gaussian error linear unit.
    Gelu,
    /// The sigmoid linear unit.
    Silu,
}

/// Both dense layers, in either precision.
#[derive(Debug, Clone)]
pub(crate) struct GatedFeedForward {
    /// To rows of twice the inner width.
    widen: Dense,
    activation: Activation,
    /// From the inner width back to that of the model.
    narrow: Dense,
}

impl GatedFeedForward {
    /// `norm` is the layer normalization that the rows come from.
    pub(crate) fn new(
        precision: Precision,
        widen: Linear<'_>,
        narrow: Linear<'_>,
        activation: Activation,
        norm: &LayerNorm,
    ) -> Self {
        let (widen, narrow) = (Dense::new(precision, widen, Some(norm)), Dense::new(precision, narrow, None));
        Self { widen, activation, narrow }
    }

    /// Applies the block to `rows` and writes `output` of the same size.
    pub(crate) fn apply(&self, workspace: &mut Workspace, rows: &[f32], output: &mut [f32]) {
        let outputs = self.narrow.outputs().max(1);
        let (count, both) = (rows.len() / outputs, self.widen.outputs());
        let mut wide = std::mem::take(&mut workspace.wide);
        wide.resize(count * both, 0.0);
        self.widen.apply(workspace, rows, Epilogue::Store, &mut wide);
        let mut gated = std::mem::take(&mut workspace.gated);
        gated.resize(count * both / 2, 0.0);
        workspace.instructions.run(Gate {
            wide: &wide,
            activation: self.activation,
            gated: &mut gated,
            inner: both / 2,
        });
        self.narrow.apply(workspace, &gated, Epilogue::Store, output);
        (workspace.wide, workspace.gated) = (wide, gated);
    }
}

struct Gate<'a> {
    /// Rows × twice the inner width.
    wide: &'a [f32],
    activation: Activation,
    /// Rows × inner width.
    gated: &'a mut [f32],
    inner: usize,
}

impl WithSimd for Gate<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let inner = self.inner.max(1);
        for (wide, gated) in self.wide.chunks_exact(2 * inner).zip(self.gated.chunks_exact_mut(inner)) {
            let (input, gate) = wide.split_at(inner);
            let activated = |x: S::f32s| match self.activation {
                Activation::Gelu => gelu(simd, x),
                Activation::Silu => silu(simd, x),
            };
            let (inputs, last_input) = S::as_simd_f32s(input);
            let (gates, last_gate) = S::as_simd_f32s(gate);
            let (results, last_result) = S::as_mut_simd_f32s(gated);
            for ((to, &x), &gate) in results.iter_mut().zip(inputs).zip(gates) {
                *to = simd.mul_f32s(activated(x), gate);
            }
            let last = simd
                .mul_f32s(activated(simd.partial_load_f32s(last_input)), simd.partial_load_f32s(last_gate));
            simd.partial_store_f32s(last_result, last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Activation, GatedFeedForward};
    use crate::Precision;
    use crate::native::kernel::{LayerNorm, Linear, Workspace};
    use same_bits::Instructions;

    #[test]
    fn one_half_gates_the_other() {
        let norm = LayerNorm { gain: vec![1.0; 2], bias: vec![0.0; 2], epsilon: 1e-5 };
        // Inputs (x, y) become x, y and the gates 2x, x + y; the outputs are those two.
        let widen = Linear { weights: &[1.0, 0.0, 0.0, 1.0, 2.0, 0.0, 1.0, 1.0], bias: &[0.0; 4] };
        let narrow = Linear { weights: &[1.0, 0.0, 0.0, 1.0], bias: &[0.0; 2] };
        let after = |activation, precision| {
            let block = GatedFeedForward::new(precision, widen, narrow, activation, &norm);
            let mut output = [9.0; 4];
            for instructions in Instructions::available() {
                let before = output;
                block.apply(&mut Workspace::new(instructions), &[1.0, -2.0, 0.0, 3.0], &mut output);
                assert!(before[0] > 8.0 || before.map(f32::to_bits) == output.map(f32::to_bits));
            }
            output
        };
        let near = |found: [f32; 4], expected: [f32; 4], error: f32| {
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < error), "{found:?}");
        };
        near(after(Activation::Gelu, Precision::F32), [1.682_689_4, 0.045_500_3, 0.0, 8.987_85], 1e-5);
        near(after(Activation::Silu, Precision::F32), [1.462_117_2, 0.238_405_84, 0.0, 8.573_167], 1e-5);
        near(after(Activation::Silu, Precision::Int8), [1.462_117_2, 0.238_405_84, 0.0, 8.573_167], 0.1);
    }
}
