//! Quantizes the queries, keys and values of one head.

use pulp::{Simd, WithSimd};

use super::Head;
use crate::native::kernel::elementwise::ROUND;
use crate::native::kernel::int8::dequantize::Columns;
use crate::native::kernel::int8::rows::{QuantParams, inverse};
use crate::native::kernel::int8::step::{HALF, SIDE, Step};
use crate::native::kernel::int8::{DEPTH, MAX_QUANTIZED, TILE};
use crate::native::kernel::matrix::Rows;

/// Quantizes the inputs of one head of a text.
pub(super) struct Prepare<'a> {
    pub(super) queries: Rows<'a>,
    pub(super) keys: Rows<'a>,
    pub(super) values: Rows<'a>,
    pub(super) depth: usize,
    /// A buffer for a row.
    pub(super) numbers: &'a mut Vec<f32>,
    pub(super) head: &'a mut Head,
}

impl WithSimd for Prepare<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { queries, keys, values, depth, numbers, head } = self;
        let (tiles, steps) = (keys.count.div_ceil(TILE), depth.div_ceil(DEPTH));
        numbers.resize(depth.next_multiple_of(HALF), 0.0);
        head.queries.resize(tiles * steps, Step::ZERO);
        head.query_ranges.resize(keys.count, QuantParams::default());
        let groups = head.queries.chunks_exact_mut(steps).zip(head.query_ranges.chunks_mut(TILE));
        for ((steps, params), rows) in groups.zip(queries.values.chunks(TILE * queries.stride)) {
            for ((index, range), row) in params.iter_mut().enumerate().zip(rows.chunks(queries.stride)) {
                *range = round_query(simd, &row[..depth], numbers, index, steps);
            }
        }
        head.keys.resize(tiles * steps, Step::ZERO);
        head.key_columns.resize(tiles, Columns::ZERO);
        let groups = head.keys.chunks_exact_mut(steps).zip(&mut head.key_columns);
        for ((steps, columns), rows) in groups.zip(keys.values.chunks(TILE * keys.stride)) {
            // Keys beyond the last token get no weight.
            *columns = Columns { bias: [f32::NEG_INFINITY; TILE], ..Columns::ZERO };
            for (index, row) in rows.chunks(keys.stride).enumerate() {
                round_key(simd, &row[..depth], numbers, index, steps, columns);
            }
        }
        let (tiles, steps) = (depth.div_ceil(TILE), values.count.div_ceil(DEPTH));
        // Whole groups of four tokens and whole tiles of columns.
        numbers.resize(values.count.next_multiple_of(SIDE) * TILE, 0.0);
        head.values.resize(tiles * steps, Step::ZERO);
        head.value_columns.resize(tiles, Columns::ZERO);
        let groups = head.values.chunks_exact_mut(steps).zip(&mut head.value_columns);
        for ((steps, columns), first) in groups.zip((0..).step_by(TILE)) {
            let indices = first..depth.min(first + TILE);
            *columns = round_values(simd, values, indices, numbers.as_chunks_mut().0, steps);
        }
    }
}

/// Puts a query into row `index` of `steps`, as whole numbers from 1 to 127 around 64.
#[inline(always)]
fn round_query<S: Simd>(
    simd: S,
    row: &[f32],
    numbers: &mut [f32],
    index: usize,
    steps: &mut [Step],
) -> QuantParams {
    const MIDDLE: f32 = 64.0;
    let largest = copy(simd, row, numbers);
    let (inverse, round) = (
        simd.splat_f32s(inverse(largest) * ((MAX_QUANTIZED - MIDDLE) / MAX_QUANTIZED)),
        simd.splat_f32s(ROUND + MIDDLE),
    );
    for x in S::as_mut_simd_f32s(numbers).0 {
        *x = simd.mul_add_f32s(*x, inverse, round);
    }
    for (block, numbers) in numbers.as_chunks::<HALF>().0.iter().enumerate() {
        let bytes =
            &mut steps[block * HALF / DEPTH].0[index].as_chunks_mut::<HALF>().0[block % (DEPTH / HALF)];
        *bytes = numbers.map(|x| x.to_bits() as i8);
    }
    let scale = largest / (MAX_QUANTIZED - MIDDLE);
    QuantParams { scale, low: -MIDDLE * scale }
}

/// Puts a key into column `index` of `steps`.
#[inline(always)]
fn round_key<S: Simd>(
    simd: S,
    row: &[f32],
    numbers: &mut [f32],
    index: usize,
    steps: &mut [Step],
    columns: &mut Columns,
) {
    let largest = copy(simd, row, numbers);
    let (inverse, round) = (simd.splat_f32s(inverse(largest)), simd.splat_f32s(ROUND));
    // Integers, so their sum is exact in any order.
    let mut total = simd.splat_f32s(0.0);
    for x in S::as_mut_simd_f32s(numbers).0 {
        *x = simd.mul_add_f32s(*x, inverse, round);
        total = simd.add_f32s(total, simd.sub_f32s(*x, round));
    }
    let mut bytes = [0; DEPTH];
    for (step, numbers) in steps.iter_mut().zip(numbers.chunks(DEPTH)) {
        for (to, x) in bytes.iter_mut().zip(numbers) {
            *to = x.to_bits() as i8;
        }
        step.set_column_from(index, &bytes[..numbers.len()]);
    }
    columns.scale[index] = largest / MAX_QUANTIZED;
    columns.total[index] = largest / MAX_QUANTIZED * simd.reduce_sum_f32s(total);
    columns.bias[index] = 0.0;
}

/// Copies a row, pads it with zeros, and returns its largest absolute value.
#[inline(always)]
fn copy<S: Simd>(simd: S, row: &[f32], to: &mut [f32]) -> f32 {
    let mut largest = simd.splat_f32s(0.0);
    let (vectors, rest) = S::as_simd_f32s(row);
    let (to, to_rest) = to.split_at_mut(row.len() - rest.len());
    for (to, &x) in S::as_mut_simd_f32s(to).0.iter_mut().zip(vectors) {
        *to = x;
        largest = simd.max_f32s(largest, simd.abs_f32s(x));
    }
    let mut largest = simd.reduce_max_f32s(largest);
    for (to, &x) in to_rest.iter_mut().zip(rest) {
        *to = x;
        largest = largest.max(x.abs());
    }
    to_rest[rest.len()..].fill(0.0);
    largest
}

/// Makes columns of up to 32 of the values' indices, a scale for each; `numbers` is room for the values.
#[inline(always)]
fn round_values<S: Simd>(
    simd: S,
    values: Rows<'_>,
    indices: std::ops::Range<usize>,
    numbers: &mut [[f32; TILE]],
    steps: &mut [Step],
) -> Columns {
    let mut largest = [0.0; TILE];
    for (row, values) in numbers.iter_mut().zip(values.values.chunks(values.stride)) {
        copy_beside(simd, &values[indices.clone()], row, &mut largest);
    }
    // Values beyond the last token or column have no weight.
    let inverses = largest.map(inverse);
    for (four, rows) in numbers.as_chunks::<SIDE>().0.iter().enumerate() {
        let lines = steps[four * SIDE / DEPTH].0.as_chunks_mut::<HALF>().0;
        for (half, lines) in lines.iter_mut().enumerate() {
            let inverses = &inverses.as_chunks::<HALF>().0[half];
            let mut words = [0_u32; HALF];
            for (i, row) in rows.iter().enumerate() {
                let row = &row.as_chunks::<HALF>().0[half];
                for ((word, &x), &inverse) in words.iter_mut().zip(row).zip(inverses) {
                    *word |= ((x * inverse + ROUND).to_bits() & 255) << (8 * i);
                }
            }
            for (to, word) in lines[four % HALF].as_chunks_mut::<SIDE>().0.iter_mut().zip(words) {
                *to = word.to_le_bytes().map(|byte| byte as i8);
            }
        }
    }
    Columns { scale: largest.map(|largest| largest / MAX_QUANTIZED), ..Columns::ZERO }
}

/// Copies a row and raises `largest` to its absolute values.
#[inline(always)]
fn copy_beside<S: Simd>(simd: S, row: &[f32], to: &mut [f32], largest: &mut [f32]) {
    let (vectors, rest) = S::as_simd_f32s(row);
    let (to, to_rest) = to.split_at_mut(row.len() - rest.len());
    let (largest, largest_rest) = largest.split_at_mut(to.len());
    let tos = S::as_mut_simd_f32s(to).0.iter_mut().zip(S::as_mut_simd_f32s(largest).0);
    for ((to, largest), &x) in tos.zip(vectors) {
        *to = x;
        *largest = simd.max_f32s(*largest, simd.abs_f32s(x));
    }
    for ((to, largest), &x) in to_rest.iter_mut().zip(largest_rest).zip(rest) {
        *to = x;
        *largest = largest.max(x.abs());
    }
}
