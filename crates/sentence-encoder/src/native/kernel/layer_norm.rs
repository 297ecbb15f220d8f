//! Layer normalization (Ba, Kiros and Hinton 2016), with the residual connection before it.

use pulp::{Simd, WithSimd};
use same_bits::Instructions;

use super::sum::sum;

/// Trained gain and bias, and the epsilon of the variance.
#[derive(Debug, Clone)]
pub(crate) struct LayerNorm {
    /// A factor for each column.
    pub(crate) gain: Vec<f32>,
    /// A summand for each column.
    pub(crate) bias: Vec<f32>,
    /// Added to the variance.
    pub(crate) epsilon: f32,
}

impl LayerNorm {
    /// Normalizes each row of `rows`, in place.
    pub(crate) fn apply(&self, instructions: Instructions, rows: &mut [f32]) {
        instructions.run(Normalize { norm: self, rows, residual: &[] });
    }

    /// Adds `residual` to `rows`, row by row, and normalises each, in place.
    pub(crate) fn add_and_apply(&self, instructions: Instructions, rows: &mut [f32], residual: &[f32]) {
        instructions.run(Normalize { norm: self, rows, residual });
    }
}

struct Normalize<'a> {
    norm: &'a LayerNorm,
    rows: &'a mut [f32],
    residual: &'a [f32],
}

impl WithSimd for Normalize<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let width = self.norm.gain.len().max(1);
        let mut residual = self.residual.chunks_exact(width);
        for row in self.rows.chunks_exact_mut(width) {
            if let Some(residual) = residual.next() {
                for (x, &y) in row.iter_mut().zip(residual) {
                    *x += y;
                }
            }
            let mean = sum(row, |x| x) / width as f32;
            let variance = sum(row, |x| (x - mean) * (x - mean)) / width as f32;
            let factor = 1.0 / (variance + self.norm.epsilon).sqrt();
            for ((x, &gain), &bias) in row.iter_mut().zip(&self.norm.gain).zip(&self.norm.bias) {
                *x = (*x - mean) * factor * gain + bias;
            }
        }
    }
}
