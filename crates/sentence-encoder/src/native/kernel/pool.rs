//! Pooling: from the rows of a text's tokens to its vector.

use pulp::{Simd, WithSimd};
use same_bits::Instructions;

use super::sum::sum;

/// How the rows of a text's tokens become one vector. Its `Debug` form is part of the fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pooling {
    /// Their mean.
    Mean,
    /// The first row: that of the special token at the start.
    Cls,
    /// The maximum of each column.
    Max,
}

/// Writes the vector of one text into `vector`, from the rows of its tokens (tokens × length of `vector`).
/// With `normalize` it is scaled to unit length, unless it is zero.
pub(crate) fn pool(
    instructions: Instructions,
    pooling: Pooling,
    normalize: bool,
    tokens: &[f32],
    vector: &mut [f32],
) {
    instructions.run(Pool { pooling, normalize, tokens, vector });
}

struct Pool<'a> {
    pooling: Pooling,
    normalize: bool,
    tokens: &'a [f32],
    vector: &'a mut [f32],
}

impl WithSimd for Pool<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let width = self.vector.len().max(1);
        match self.pooling {
            Pooling::Mean => {
                self.vector.fill(0.0);
                for token in self.tokens.chunks_exact(width) {
                    for (x, &y) in self.vector.iter_mut().zip(token) {
                        *x += y;
                    }
                }
                let count = (self.tokens.len() / width).max(1) as f32;
                self.vector.iter_mut().for_each(|x| *x /= count);
            }
            Pooling::Cls => {
                self.vector.fill(0.0);
                self.vector.iter_mut().zip(self.tokens).for_each(|(x, &y)| *x = y);
            }
            Pooling::Max => {
                self.vector.fill(if self.tokens.is_empty() { 0.0 } else { f32::NEG_INFINITY });
                for token in self.tokens.chunks_exact(width) {
                    for (x, &y) in self.vector.iter_mut().zip(token) {
                        // Not `f32::max`, which may return either of two zeros and ignores NaN.
                        *x = if *x >= y || x.is_nan() { *x } else { y };
                    }
                }
            }
        }
        if self.normalize {
            let length = sum(self.vector, |x| x * x).sqrt().max(1e-12);
            self.vector.iter_mut().for_each(|x| *x /= length);
        }
    }
}
