//! Scaled dot-product attention (Vaswani et al. 2017) of each text to itself: no padding, no mask.

use pulp::{Simd, WithSimd};

use super::Workspace;
use super::elementwise::exp;
use super::matrix::{Panels, Rows, RowsMut, Then, multiply};
use super::sum::{LANES, largest, sum};

/// What is added to the scaled scores for how far one token stands from another.
#[derive(Debug, Clone)]
pub(crate) struct Distances {
    /// For each head the numbers of the distances from `1 - longest` to `longest - 1`.
    values: Vec<f32>,
    longest: usize,
}

impl Distances {
    /// For texts of up to `longest` tokens; `values` has `2 * longest - 1` numbers for each head.
    pub(crate) fn new(values: Vec<f32>, longest: usize) -> Self {
        Self { values, longest }
    }

    /// What a token adds for the first token, the second, and so on, in one head.
    fn seen_from(&self, head: usize, token: usize) -> &[f32] {
        let first = head * (2 * self.longest - 1) + self.longest - 1 - token;
        &self.values[first..first + self.longest]
    }
}

/// What the tokens of one text take from each other.
///
/// `projected` has a row for each token, with its query, key and value (each `width` wide) one after the other. The
/// result has a row of `width` for each token, the heads side by side, and is written to `context`.
pub(crate) fn attend(
    workspace: &mut Workspace,
    projected: &[f32],
    width: usize,
    heads: usize,
    distances: Option<&Distances>,
    context: &mut [f32],
) {
    let stride = 3 * width;
    let count = projected.len().checked_div(stride).unwrap_or(0);
    if count == 0 {
        return;
    }
    let depth = width.checked_div(heads).unwrap_or(0);
    let padded = count.next_multiple_of(LANES);
    let scale = 1.0 / (depth as f32).sqrt();
    let mut keys = Panels::zeros(depth, count);
    let mut values = Panels::zeros(count, depth);
    let mut scores = vec![0.0; count * padded];
    for head in 0..heads {
        let start = head * depth;
        for (token, row) in projected.chunks_exact(stride).enumerate() {
            keys.set_column(token, &row[width + start..][..depth]);
            values.set_row(token, &row[2 * width + start..][..depth]);
        }
        let queries = Rows { values: &projected[start..], count, stride };
        let output = RowsMut { values: &mut scores, stride: padded };
        multiply(workspace, queries, &keys, None, Then::Store, output);
        if let Some(distances) = distances {
            for (token, row) in scores.chunks_exact_mut(padded).enumerate() {
                for (x, &y) in row[..count].iter_mut().zip(distances.seen_from(head, token)) {
                    *x = *x * scale + y;
                }
            }
        }
        let scale = if distances.is_some() { 1.0 } else { scale };
        workspace.instructions.run(Softmax { rows: &mut scores, columns: count, scale });
        let weights = Rows { values: &scores, count, stride: padded };
        let output = RowsMut { values: &mut context[start..], stride: width };
        multiply(workspace, weights, &values, None, Then::Store, output);
    }
}

/// Makes each row exp(scale · x) over its sum. Rows are `columns` long and filled up to a multiple of [`LANES`].
struct Softmax<'a> {
    rows: &'a mut [f32],
    columns: usize,
    scale: f32,
}

impl WithSimd for Softmax<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let scale = simd.splat_f32s(self.scale);
        for row in self.rows.chunks_exact_mut(self.columns.next_multiple_of(LANES).max(1)) {
            let most = simd.splat_f32s(largest(&row[..self.columns]));
            for x in S::as_mut_simd_f32s(row).0 {
                *x = exp(simd, simd.mul_f32s(simd.sub_f32s(*x, most), scale));
            }
            row[self.columns..].fill(0.0);
            let factor = 1.0 / sum(row, |x| x);
            for x in row {
                *x *= factor;
            }
        }
    }
}
