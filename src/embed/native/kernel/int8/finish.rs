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
        match (self.then, self.width == TILE) {
            (Then::Store, true) => self.rows::<S, false, true>(simd),
            (Then::Store, false) => self.rows::<S, false, false>(simd),
            (Then::Gelu, true) => self.rows::<S, true, true>(simd),
            (Then::Gelu, false) => self.rows::<S, true, false>(simd),
        }
    }
}

impl Finish<'_> {
    #[inline(always)]
    fn rows<S: Simd, const GELU: bool, const WHOLE: bool>(self, simd: S) {
        let Columns { scale, total, bias } = self.columns;
        let (scale, total, bias) =
            (S::as_simd_f32s(scale).0, S::as_simd_f32s(total).0, S::as_simd_f32s(bias).0);
        let rows = self.sums.0.iter().zip(self.ranges).zip(self.output.chunks_mut(self.stride));
        for ((sums, range), output) in rows {
            let (row_scale, low) = (simd.splat_f32s(range.scale), simd.splat_f32s(range.low));
            let mut numbers = sums.map(|sum| sum as f32);
            let vectors = S::as_mut_simd_f32s(&mut numbers).0;
            for (x, ((&scale, &total), &bias)) in vectors.iter_mut().zip(scale.iter().zip(total).zip(bias)) {
                let rest = simd.mul_add_f32s(low, total, bias);
                let y = simd.mul_add_f32s(row_scale, simd.mul_f32s(*x, scale), rest);
                *x = if GELU { gelu_of_bytes(simd, y) } else { y };
            }
            if WHOLE {
                if let Some(output) = output.first_chunk_mut::<TILE>() {
                    *output = numbers;
                }
            } else {
                output[..self.width].copy_from_slice(&numbers[..self.width]);
            }
        }
    }
}
