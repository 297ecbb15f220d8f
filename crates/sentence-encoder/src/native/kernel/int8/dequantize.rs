//! From integer sums back to floats.

use pulp::{Simd, WithSimd};

use super::rows::QuantParams;
use super::step::HALF;
use super::{Sums, TILE};
use crate::native::kernel::elementwise::gelu_of_bytes;
use crate::native::kernel::matrix::Epilogue;

/// Quantization parameters and biases of 32 columns of weights.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Columns {
    /// A weight is its quantized value times this.
    pub(super) scale: [f32; TILE],
    /// The sum of the column's weights.
    pub(super) total: [f32; TILE],
    pub(super) bias: [f32; TILE],
}

impl Columns {
    pub(super) const ZERO: Self = Self { scale: [0.0; TILE], total: [0.0; TILE], bias: [0.0; TILE] };
}

/// How the numbers of a tile are written.
#[derive(Debug, Clone, Copy)]
pub(super) enum WriteMode {
    /// They replace the output, after the epilogue.
    Replace(Epilogue),
    /// They are added to the output.
    Add,
}

/// Converts the sums of a tile to floats and writes `width` columns of them into `output`, whose rows start
/// `stride` apart.
///
/// With x ≈ a q + l and w = b v for each column, Σ x w + bias = a (b Σ q v) + (l Σ w + bias).
pub(super) struct Dequantize<'a> {
    pub(super) sums: &'a Sums,
    pub(super) params: &'a [QuantParams],
    pub(super) columns: &'a Columns,
    pub(super) mode: WriteMode,
    pub(super) output: &'a mut [f32],
    pub(super) stride: usize,
    pub(super) width: usize,
}

impl WithSimd for Dequantize<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.mode {
            WriteMode::Replace(Epilogue::Store) => self.rows::<S, false, false>(simd),
            WriteMode::Replace(Epilogue::Gelu) => self.rows::<S, true, false>(simd),
            WriteMode::Add => self.rows::<S, false, true>(simd),
        }
    }
}

impl Dequantize<'_> {
    #[inline(always)]
    fn rows<S: Simd, const GELU: bool, const ADD: bool>(self, simd: S) {
        if self.width == TILE {
            self.columns.rows::<S, GELU, ADD>(simd, &self.sums.0, self.params, self.output, self.stride);
            return;
        }
        let mut aside = [[0.0; TILE]; TILE];
        for (aside, output) in aside.iter_mut().zip(self.output.chunks(self.stride)) {
            aside[..self.width].copy_from_slice(&output[..self.width]);
        }
        self.columns.rows::<S, GELU, ADD>(simd, &self.sums.0, self.params, aside.as_flattened_mut(), TILE);
        let output = self.output.chunks_mut(self.stride).take(self.params.len());
        for (aside, output) in aside.iter().zip(output) {
            output[..self.width].copy_from_slice(&aside[..self.width]);
        }
    }
}

impl Columns {
    /// Writes a row for each row of sums. Half of the columns at a time, so that their parameters stay in
    /// registers.
    #[inline(always)]
    pub(super) fn rows<S: Simd, const GELU: bool, const ADD: bool>(
        &self,
        simd: S,
        sums: &[[i32; TILE]],
        params: &[QuantParams],
        output: &mut [f32],
        stride: usize,
    ) {
        for half in 0..TILE / HALF {
            let constants =
                [&self.scale, &self.total, &self.bias].map(|all| &all.as_chunks::<HALF>().0[half]);
            let [scales, totals, biases] = constants.map(|half| S::as_simd_f32s(half).0);
            let rows = sums.iter().zip(params).zip(output.chunks_mut(stride));
            for ((sums, range), output) in rows {
                let (low, row_scale) = (simd.splat_f32s(range.low), simd.splat_f32s(range.scale));
                let sums = floats(&sums.as_chunks().0[half]);
                let output = S::as_mut_simd_f32s(&mut output[half * HALF..][..HALF]).0;
                let columns = scales.iter().zip(totals).zip(biases);
                for ((to, &sum), ((&scale, &total), &bias)) in
                    output.iter_mut().zip(S::as_simd_f32s(&sums).0).zip(columns)
                {
                    let rest = simd.mul_add_f32s(low, total, bias);
                    let y = simd.mul_add_f32s(row_scale, simd.mul_f32s(sum, scale), rest);
                    let y = if GELU { gelu_of_bytes(simd, y) } else { y };
                    *to = if ADD { simd.add_f32s(*to, y) } else { y };
                }
            }
        }
    }
}

/// Sums as floats; a loop, so that it is compiled to the vector width of the caller.
#[inline(always)]
fn floats(sums: &[i32; HALF]) -> [f32; HALF] {
    let mut floats = [0.0; HALF];
    for (to, &sum) in floats.iter_mut().zip(sums) {
        *to = sum as f32;
    }
    floats
}
