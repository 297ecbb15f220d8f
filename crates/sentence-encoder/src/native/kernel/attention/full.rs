//! Attention in f32.
//!
//! Texts are short, so these are many small products, and copying them into the layout of the large ones
//! would take longer than multiplying. Each number is one chain of fused multiply-adds (over the depth for a
//! score, over the tokens for a result), so its bits do not depend on the vector width.

use pulp::{Simd, WithSimd};

use super::{Distances, Heads, Projected};
use crate::native::kernel::Workspace;
use crate::native::kernel::elementwise::exp;
use crate::native::kernel::sum::{LANES, sum};

/// Attention of one text; see [`Attention`](super::Attention).
pub(super) fn attend(
    workspace: &mut Workspace,
    projected: Projected<'_>,
    heads: Heads,
    distances: Option<&Distances>,
    context: &mut [f32],
) {
    let Workspace { instructions, attention: scratch, .. } = workspace;
    let Heads { width, depth } = heads;
    let count = projected.queries.len() / width;
    instructions.run(Attend { projected, width, depth, count, distances, context, scratch });
}

/// Buffers for one head of one text.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Depth × tokens: the keys, transposed; tokens are padded to a multiple of [`LANES`] with arbitrary
    /// values.
    keys: Vec<f32>,
    /// A group of tokens × tokens, padded as above.
    scores: Vec<f32>,
}

struct Attend<'a> {
    projected: Projected<'a>,
    width: usize,
    depth: usize,
    count: usize,
    distances: Option<&'a Distances>,
    context: &'a mut [f32],
    scratch: &'a mut Scratch,
}

impl WithSimd for Attend<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // A group has two vectors of sums for each token.
        if S::REGISTER_COUNT >= 32 {
            self.in_groups_of::<S, 8>(simd);
        } else {
            self.in_groups_of::<S, 4>(simd);
        }
    }
}

impl Attend<'_> {
    #[inline(always)]
    fn in_groups_of<S: Simd, const GROUP: usize>(self, simd: S) {
        let Self { projected: Projected { queries, keys, values }, width, depth, count, .. } = self;
        let padded = count.next_multiple_of(LANES);
        let scale = 1.0 / (depth as f32).sqrt();
        self.scratch.keys.resize(depth * padded, 0.0);
        self.scratch.scores.resize(GROUP * padded, 0.0);
        let (transposed, scores) = (&mut self.scratch.keys[..], &mut self.scratch.scores[..]);
        for (head, start) in (0..width).step_by(depth).enumerate() {
            transpose(&keys[start..], width, count, padded, transposed);
            for first in (0..count).step_by(GROUP) {
                // The last group is filled with copies of the last token.
                let token = |i: usize| (first + i).min(count - 1);
                let queries: [&[f32]; GROUP] =
                    std::array::from_fn(|i| &queries[token(i) * width + start..][..depth]);
                products::<S, GROUP>(simd, queries, transposed, padded, scores);
                let mut shares = [0.0; GROUP];
                for (i, row) in scores.chunks_exact_mut(padded).enumerate() {
                    let added = self.distances.map(|distances| distances.seen_from(head, token(i)));
                    shares[i] = exponentials(simd, row, count, scale, added);
                }
                let whole = GROUP.min(count - first);
                let results = &mut self.context[first * width + start..];
                mixtures::<S, GROUP>(
                    simd,
                    scores,
                    padded,
                    shares,
                    &values[start..],
                    width,
                    depth,
                    whole,
                    count,
                    results,
                );
            }
        }
    }
}

/// Writes `count` rows, which start `width` apart, as columns into rows of `padded` numbers.
///
/// Not inlined into code with wider vectors, where the compiler would use scatter stores, which take several
/// times as long as storing four numbers at a time.
#[inline(never)]
fn transpose(rows: &[f32], width: usize, count: usize, padded: usize, columns: &mut [f32]) {
    for first in (0..count).step_by(4) {
        // The last group repeats the last row; what is written beyond it is not used.
        let rows: [&[f32]; 4] = std::array::from_fn(|i| &rows[(first + i).min(count - 1) * width..]);
        for (index, column) in columns.chunks_exact_mut(padded).enumerate() {
            if let Some(four) = column[first..].first_chunk_mut() {
                *four = rows.map(|row| row[index]);
            }
        }
    }
}

/// The products of a group of queries with all keys, into rows of `padded` scores.
#[inline(always)]
fn products<S: Simd, const GROUP: usize>(
    simd: S,
    queries: [&[f32]; GROUP],
    keys: &[f32],
    padded: usize,
    scores: &mut [f32],
) {
    let mut column = 0;
    while column + 2 * S::F32_LANES <= padded {
        tile::<S, GROUP, 2>(simd, queries, keys, padded, column, scores);
        column += 2 * S::F32_LANES;
    }
    // Rows are padded to a multiple of every vector width, so at most one vector is left.
    if column < padded {
        tile::<S, GROUP, 1>(simd, queries, keys, padded, column, scores);
    }
}

#[inline(always)]
fn tile<S: Simd, const GROUP: usize, const VECTORS: usize>(
    simd: S,
    queries: [&[f32]; GROUP],
    keys: &[f32],
    padded: usize,
    column: usize,
    scores: &mut [f32],
) {
    let width = VECTORS * S::F32_LANES;
    let mut sums = [[simd.splat_f32s(0.0); VECTORS]; GROUP];
    for (index, keys) in keys.chunks_exact(padded).enumerate() {
        let keys = S::as_simd_f32s(&keys[column..column + width]).0;
        for (sums, query) in sums.iter_mut().zip(queries) {
            let factor = simd.splat_f32s(query[index]);
            for (sum, &key) in sums.iter_mut().zip(keys) {
                *sum = simd.mul_add_f32s(factor, key, *sum);
            }
        }
    }
    for (row, sums) in scores.chunks_exact_mut(padded).zip(sums) {
        S::as_mut_simd_f32s(&mut row[column..column + width]).0.copy_from_slice(&sums);
    }
}

/// Replaces the first `count` numbers x of a row by exp(scale · x + added − maximum) and the others by zero.
/// Returns the factor by which they add up to one.
#[inline(always)]
fn exponentials<S: Simd>(simd: S, row: &mut [f32], count: usize, scale: f32, added: Option<&[f32]>) -> f32 {
    for x in &mut row[..count] {
        *x *= scale;
    }
    for (x, &y) in row[..count].iter_mut().zip(added.unwrap_or_default()) {
        *x += y;
    }
    // The padding must not be the maximum.
    row[count..].fill(f32::NEG_INFINITY);
    let mut most = simd.splat_f32s(f32::NEG_INFINITY);
    for &x in S::as_simd_f32s(row).0 {
        most = simd.max_f32s(most, x);
    }
    let most = simd.splat_f32s(simd.reduce_max_f32s(most));
    for x in S::as_mut_simd_f32s(row).0 {
        *x = exp(simd, simd.sub_f32s(*x, most));
    }
    row[count..].fill(0.0);
    1.0 / sum(row, |x| x)
}

/// The weighted sums of the values for a group of tokens, multiplied by their factors in `shares`: `whole`
/// rows of `depth` numbers, which start `width` apart.
#[inline(always)]
#[expect(clippy::too_many_arguments, reason = "all are buffers and sizes of one product")]
fn mixtures<S: Simd, const GROUP: usize>(
    simd: S,
    weights: &[f32],
    padded: usize,
    shares: [f32; GROUP],
    values: &[f32],
    width: usize,
    depth: usize,
    whole: usize,
    count: usize,
    results: &mut [f32],
) {
    let weights: [&[f32]; GROUP] = std::array::from_fn(|i| &weights[i * padded..][..count]);
    let pair = 2 * S::F32_LANES;
    let vectors = depth / pair * pair;
    for column in (0..vectors).step_by(pair) {
        let mut sums = [[simd.splat_f32s(0.0); 2]; GROUP];
        for (token, value) in values.chunks(width).enumerate() {
            let value = S::as_simd_f32s(&value[column..column + pair]).0;
            for (sums, weights) in sums.iter_mut().zip(weights) {
                let factor = simd.splat_f32s(weights[token]);
                sums[0] = simd.mul_add_f32s(factor, value[0], sums[0]);
                sums[1] = simd.mul_add_f32s(factor, value[1], sums[1]);
            }
        }
        for ((sums, share), result) in sums.into_iter().zip(shares).zip(results.chunks_mut(width)).take(whole)
        {
            let result = S::as_mut_simd_f32s(&mut result[column..column + pair]).0;
            for (to, sum) in result.iter_mut().zip(sums) {
                *to = simd.mul_f32s(sum, simd.splat_f32s(share));
            }
        }
    }
    // The rest of a head whose depth is no multiple of two vectors.
    for ((weights, share), result) in
        weights.into_iter().zip(shares).zip(results.chunks_mut(width)).take(whole)
    {
        for (column, to) in (vectors..depth).zip(&mut result[vectors..]) {
            let terms = weights.iter().zip(values.chunks(width));
            *to = terms.fold(0.0_f32, |sum, (&weight, value)| weight.mul_add(value[column], sum)) * share;
        }
    }
}
