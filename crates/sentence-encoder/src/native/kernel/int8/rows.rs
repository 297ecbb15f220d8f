//! Quantized rows of input.

use pulp::{Simd, WithSimd};

use super::step::Step;
use super::{DEPTH, MAX_QUANTIZED, TILE};
use crate::native::kernel::elementwise::ROUND;
use same_bits::Instructions;

/// Quantization parameters of a row: the value is `scale · q + low`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct QuantParams {
    pub(super) scale: f32,
    pub(super) low: f32,
}

/// Quantized rows, in groups of 32.
#[derive(Debug, Clone, Default)]
pub(crate) struct QuantizedRows {
    steps: Vec<Step>,
    params: Vec<QuantParams>,
    steps_in_a_row: usize,
}

impl QuantizedRows {
    /// Quantizes the rows of `input` (rows × length of `factors`) after multiplying them by `factors`.
    pub(super) fn take(&mut self, instructions: Instructions, input: &[f32], factors: &[f32]) {
        let width = factors.len().max(1);
        let count = input.len() / width;
        self.steps_in_a_row = width.div_ceil(DEPTH);
        let (groups, steps) = (count.div_ceil(TILE), self.steps_in_a_row);
        // Rows beyond the last keep old values, whose sums are not used.
        self.steps.resize(groups * steps, Step::ZERO);
        self.params.resize(count, QuantParams::default());
        let rows = input.chunks(TILE * width).zip(self.steps.chunks_exact_mut(steps));
        for ((input, steps), params) in rows.zip(self.params.chunks_mut(TILE)) {
            instructions.run(Quantize { input, factors, steps, params });
        }
    }

    /// For each group of at most 32 rows: its steps and the parameters of its rows.
    pub(super) fn groups(&self) -> impl Iterator<Item = (&[Step], &[QuantParams])> {
        self.steps.chunks_exact(self.steps_in_a_row.max(1)).zip(self.params.chunks(TILE))
    }
}

struct Quantize<'a> {
    input: &'a [f32],
    factors: &'a [f32],
    steps: &'a mut [Step],
    params: &'a mut [QuantParams],
}

impl WithSimd for Quantize<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.factors.len();
        let mut scaled = vec![0.0_f32; width.next_multiple_of(DEPTH)];
        let rows = self.input.chunks_exact(width.max(1)).zip(self.params);
        for (index, (row, range)) in rows.enumerate() {
            let (low, high) = scale(simd, row, self.factors, &mut scaled);
            // A constant row has no width: its quantized values are zero.
            let inverse = inverse(high - low);
            *range = QuantParams { scale: (high - low) / MAX_QUANTIZED, low };
            for (step, numbers) in self.steps.iter_mut().zip(scaled.as_chunks::<DEPTH>().0) {
                for (to, &x) in step.0[index].iter_mut().zip(numbers) {
                    *to = ((x - low) * inverse + ROUND).to_bits() as i8;
                }
            }
        }
    }
}

/// The factor that maps a range of this width to the quantized values; zero for a width of zero.
#[inline(always)]
pub(super) fn inverse(reach: f32) -> f32 {
    let inverse = MAX_QUANTIZED / reach;
    if inverse.is_finite() { inverse } else { 0.0 }
}

/// Writes the products of a row and its factors into `scaled` and returns their minimum and maximum. Neither
/// is −0, because which of two zeros is found would depend on the vector width. The padding beyond the row
/// has a value of the row; its weights are zero.
#[inline(always)]
fn scale<S: Simd>(simd: S, row: &[f32], factors: &[f32], scaled: &mut [f32]) -> (f32, f32) {
    let (mut low, mut high) = (simd.splat_f32s(f32::INFINITY), simd.splat_f32s(f32::NEG_INFINITY));
    let (vectors, rest) = S::as_simd_f32s(row);
    let (vector_factors, rest_factors) = S::as_simd_f32s(factors);
    let (scaled, beyond) = scaled.split_at_mut(row.len() - rest.len());
    for ((to, &x), &factor) in S::as_mut_simd_f32s(scaled).0.iter_mut().zip(vectors).zip(vector_factors) {
        *to = simd.mul_f32s(x, factor);
        low = simd.min_f32s(low, *to);
        high = simd.max_f32s(high, *to);
    }
    let (mut low, mut high) = (simd.reduce_min_f32s(low), simd.reduce_max_f32s(high));
    for ((to, x), factor) in beyond.iter_mut().zip(rest).zip(rest_factors) {
        *to = x * factor;
        low = low.min(*to);
        high = high.max(*to);
    }
    beyond[rest.len()..].fill(low);
    (low + 0.0, high + 0.0)
}
