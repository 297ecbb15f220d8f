//! From sums of whole numbers back to floats.

use pulp::{Simd, WithSimd};

use super::rows::Range;
use super::{Sums, TILE};
use crate::embed::native::kernel::elementwise::gelu_of_bytes;
use crate::embed::native::kernel::matrix::Then;

/// What 32 columns of weights stand for, and their bias.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Columns {
    /// A whole number times this is the weight.
    pub(super) scale: [f32; TILE],
    /// The sum of the column's weights: what a row of ones would give.
    pub(super) total: [f32; TILE],
    pub(super) bias: [f32; TILE],
}

impl Columns {
    pub(super) const ZERO: Self = Self { scale: [0.0; TILE], total: [0.0; TILE], bias: [0.0; TILE] };
}

/// Turns the sums of a tile into numbers and puts `width` columns of them into `output`, a row every `stride`.
///
/// With x ≈ a q + l and w = b v for each column, Σ x w + bias = a (b Σ q v) + (l Σ w + bias).
pub(super) struct Finish<'a> {
    pub(super) sums: &'a Sums,
    pub(super) ranges: &'a [Range],
    pub(super) columns: &'a Columns,
    pub(super) then: Then,
    pub(super) output: &'a mut [f32],
    pub(super) stride: usize,
    pub(super) width: usize,
}

impl WithSimd for Finish<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.then {
            Then::Store => self.rows::<S, false, false>(simd),
            Then::Gelu => self.rows::<S, true, false>(simd),
            Then::Add => self.rows::<S, false, true>(simd),
        }
    }
}

impl Finish<'_> {
    #[inline(always)]
    fn rows<S: Simd, const GELU: bool, const ADD: bool>(self, simd: S) {
        let rows = self.sums.0.iter().zip(self.ranges).zip(self.output.chunks_mut(self.stride));
        for ((sums, &range), output) in rows {
            if let Some(whole) = output.first_chunk_mut().filter(|_| self.width == TILE) {
                self.columns.row::<S, GELU, ADD>(simd, sums, range, whole);
            } else {
                let mut aside = [0.0; TILE];
                aside[..self.width].copy_from_slice(&output[..self.width]);
                self.columns.row::<S, GELU, ADD>(simd, sums, range, &mut aside);
                output[..self.width].copy_from_slice(&aside[..self.width]);
            }
        }
    }
}

impl Columns {
    #[inline(always)]
    fn row<S: Simd, const GELU: bool, const ADD: bool>(
        &self,
        simd: S,
        sums: &[i32; TILE],
        range: Range,
        output: &mut [f32; TILE],
    ) {
        let (row_scale, low) = (simd.splat_f32s(range.scale), simd.splat_f32s(range.low));
        let sums = floats(sums);
        let scales = S::as_simd_f32s(&self.scale).0.iter();
        let columns = scales.zip(S::as_simd_f32s(&self.total).0).zip(S::as_simd_f32s(&self.bias).0);
        let output = S::as_mut_simd_f32s(output).0.iter_mut().zip(S::as_simd_f32s(&sums).0);
        for ((to, &sum), ((&scale, &total), &bias)) in output.zip(columns) {
            let rest = simd.mul_add_f32s(low, total, bias);
            let y = simd.mul_add_f32s(row_scale, simd.mul_f32s(sum, scale), rest);
            let y = if GELU { gelu_of_bytes(simd, y) } else { y };
            *to = if ADD { simd.add_f32s(*to, y) } else { y };
        }
    }
}

/// Sums as floats; a loop, so that it is compiled to the caller's vectors.
#[inline(always)]
fn floats(sums: &[i32; TILE]) -> [f32; TILE] {
    let mut floats = [0.0; TILE];
    for (to, &sum) in floats.iter_mut().zip(sums) {
        *to = sum as f32;
    }
    floats
}
