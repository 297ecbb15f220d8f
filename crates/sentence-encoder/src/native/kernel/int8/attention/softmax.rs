//! The softmax of a token's scores, quantized.

use pulp::{Simd, WithSimd};

use crate::native::kernel::attention::Distances;
use crate::native::kernel::elementwise::{ROUND, power_of_two};
use crate::native::kernel::int8::dequantize::Columns;
use crate::native::kernel::int8::rows::QuantParams;
use crate::native::kernel::int8::step::Step;
use crate::native::kernel::int8::{DEPTH, MAX_QUANTIZED, Sums, TILE};

/// Attention weights of at most 32 tokens towards all tokens of their text: integers from 0 to 127.
#[derive(Debug, Default)]
pub(super) struct Shares {
    /// Padded with zeros.
    steps: Vec<Step>,
    /// Scales that divide by the sum of a row.
    params: Vec<QuantParams>,
    /// One row, padded.
    scores: Vec<f32>,
    /// Added to the weights of each token before they are rounded.
    dither: Vec<f32>,
    count: usize,
}

impl Shares {
    /// Resizes the buffers for a text of `count` tokens.
    pub(super) fn make_room(&mut self, count: usize) {
        let filled = count.next_multiple_of(DEPTH);
        self.count = count;
        self.steps.resize(filled / DEPTH, Step::ZERO);
        self.scores.resize(filled, 0.0);
        self.dither.extend((self.dither.len()..filled).map(dither));
    }

    /// The weights of each token, the scales by which they add up to one, and their number.
    pub(super) fn rows(&self) -> (&[Step], &[QuantParams], usize) {
        (&self.steps, &self.params, self.count)
    }
}

/// A number above −½ and below ½ for each token, evenly spread over any run of tokens (Weyl 1916).
///
/// In long texts most weights are less than half a step and would all be rounded to zero. With this dither
/// their sum is kept.
fn dither(token: usize) -> f32 {
    const GOLDEN_RATIO: f32 = 0.618_034;
    ((token as f32 * GOLDEN_RATIO).fract() - 0.5) * 0.998
}

/// Turns the products of up to 32 queries and all keys into shares.
pub(super) struct Softmax<'a> {
    /// For 32 keys at a time.
    pub(super) sums: &'a [Sums],
    pub(super) keys: &'a [Columns],
    /// Of the queries.
    pub(super) params: &'a [QuantParams],
    /// Numbers in a query.
    pub(super) depth: usize,
    /// With the head and the index of the first token.
    pub(super) distances: Option<(&'a Distances, usize, usize)>,
    pub(super) shares: &'a mut Shares,
}

impl WithSimd for Softmax<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Shares { steps, params, scores, dither, count } = self.shares;
        // For powers of two rather than of e.
        let scale = std::f32::consts::LOG2_E / (self.depth as f32).sqrt();
        let filled = self.keys.len() * TILE;
        // The bits of 0.0, so weights of zero.
        scores[filled..].fill(0.0);
        params.clear();
        for (token, range) in self.params.iter().enumerate() {
            let range = QuantParams { scale: range.scale * scale, low: range.low * scale };
            let tiles = self.sums.iter().zip(self.keys).zip(scores.as_chunks_mut::<TILE>().0);
            for ((sums, columns), scores) in tiles {
                let sums = &sums.0[token..=token];
                columns.rows::<S, false, false>(simd, sums, &[range], scores, TILE);
            }
            if let Some((distances, head, first)) = self.distances {
                let added = distances.seen_from(head, first + token);
                for (x, &y) in scores[..*count].iter_mut().zip(added) {
                    *x = y.mul_add(std::f32::consts::LOG2_E, *x);
                }
            }
            round(simd, &mut scores[..filled], dither);
            let mut total = 0;
            for (step, numbers) in steps.iter_mut().zip(scores.as_chunks::<DEPTH>().0) {
                for (to, &x) in step.0[token].iter_mut().zip(numbers) {
                    *to = x.to_bits() as i8;
                    total += x.to_bits() & 255;
                }
            }
            params.push(QuantParams { scale: 1.0 / total as f32, low: 0.0 });
        }
    }
}

/// Two to the power of each score, scaled so that the largest is 127, and rounded: the integer is in the low
/// bits.
#[inline(always)]
fn round<S: Simd>(simd: S, scores: &mut [f32], dither: &[f32]) {
    let scores = S::as_mut_simd_f32s(scores).0;
    let mut most = simd.splat_f32s(f32::NEG_INFINITY);
    for &x in &*scores {
        most = simd.max_f32s(most, x);
    }
    let most = simd.splat_f32s(simd.reduce_max_f32s(most));
    for (x, &dither) in scores.iter_mut().zip(S::as_simd_f32s(dither).0) {
        let share = power_of_two(simd, simd.sub_f32s(*x, most));
        let share = simd.mul_add_f32s(share, simd.splat_f32s(MAX_QUANTIZED), dither);
        *x = simd.add_f32s(share, simd.splat_f32s(ROUND));
    }
}

#[cfg(test)]
mod tests {
    use super::dither;

    #[test]
    fn shares_below_half_a_step_are_kept_all_in_all() {
        for share in [0.05_f32, 0.2, 0.4] {
            for first in [0, 100, 400] {
                let kept: f32 =
                    (first..first + 100).map(|token| (share + dither(token)).round_ties_even()).sum();
                assert!((kept - 100.0 * share).abs() <= 2.0, "{kept} of {share}");
            }
        }
        assert!((0..600).all(|token| dither(token).abs() < 0.4999), "no share stays none");
    }
}
