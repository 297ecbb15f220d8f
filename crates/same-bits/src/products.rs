//! Inner products of vectors and products of f64 matrices, each number summed in one fixed order.
//!
//! General matrix products choose their order by shape and processor. Here a number of a product is one chain of multiplications
//! and additions over the depth, in order, each of them rounded: not fused, because a processor that cannot fuse would take fifty
//! times as long. Vectors lie across columns, so that their width changes nothing.

use ndarray::{Array2, ArrayView1, ArrayView2, LinalgScalar, NdFloat};
use pulp::{Simd, WithSimd};
use rayon::prelude::*;

use crate::Instructions;

/// Numbers that are summed side by side in an inner product.
const LANES: usize = 8;

/// Σ aᵢ bᵢ, in eight sums side by side.
pub fn dot<F: LinalgScalar>(a: ArrayView1<'_, F>, b: ArrayView1<'_, F>) -> F {
    match (a.to_slice(), b.to_slice()) {
        (Some(a), Some(b)) => dot_of_slices(a, b),
        _ => dot_of_slices(&a.to_vec(), &b.to_vec()),
    }
}

/// The same of numbers that lie one after the other.
pub fn dot_of_slices<F: LinalgScalar>(a: &[F], b: &[F]) -> F {
    let (a, rest_of_a) = a.as_chunks::<LANES>();
    let (b, rest_of_b) = b.as_chunks::<LANES>();
    let mut sums = [F::zero(); LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] = sums[lane] + a[lane] * b[lane];
        }
    }
    let [first, second, third, fourth, fifth, sixth, seventh, eighth] = sums;
    let sum = ((first + fifth) + (second + sixth)) + ((third + seventh) + (fourth + eighth));
    rest_of_a.iter().zip(rest_of_b).fold(sum, |sum, (&a, &b)| sum + a * b)
}

/// The length of a vector.
pub fn norm<F: NdFloat>(vector: ArrayView1<'_, F>) -> F {
    dot(vector, vector).sqrt()
}

/// Rows of a tile of the product, as many as are computed at a time.
const GROUP: usize = 6;
/// Columns of a tile. A multiple of two vectors of every instruction set.
const PANEL: usize = 16;
/// Groups of rows that a thread takes at a time.
const GROUPS_AT_ONCE: usize = 16;

/// `left · rightᵀ`: for each row of `left` and each row of `right` (both with the same number of columns, the depth) the sum of products.
pub fn times_transposed(left: ArrayView2<'_, f64>, right: ArrayView2<'_, f64>) -> Array2<f64> {
    times_transposed_with(Instructions::chosen(), left, right)
}

fn times_transposed_with(
    instructions: Instructions,
    left: ArrayView2<'_, f64>,
    right: ArrayView2<'_, f64>,
) -> Array2<f64> {
    let (rows, columns) = (left.nrows(), right.nrows());
    let panels: Vec<Vec<[f64; PANEL]>> = interleaved(right);
    let groups: Vec<Vec<[f64; GROUP]>> = interleaved(left);
    let mut product = vec![0.0; rows * columns];
    let stride = (GROUP * GROUPS_AT_ONCE * columns).max(1);
    product.par_chunks_mut(stride).zip(groups.par_chunks(GROUPS_AT_ONCE)).for_each(|(cells, groups)| {
        instructions.run(Tiles { groups, panels: &panels, columns, cells });
    });
    Array2::from_shape_vec((rows, columns), product).unwrap_or_default()
}

/// The rows of a matrix in bundles of `N`, the last one filled up with zeros: for each bundle and column, the numbers of its rows.
fn interleaved<const N: usize>(matrix: ArrayView2<'_, f64>) -> Vec<Vec<[f64; N]>> {
    let bundles = 0..matrix.nrows().div_ceil(N);
    bundles
        .into_par_iter()
        .map(|bundle| {
            let mut columns = vec![[0.0; N]; matrix.ncols()];
            for (lane, row) in matrix.rows().into_iter().skip(bundle * N).take(N).enumerate() {
                for (column, &value) in columns.iter_mut().zip(row) {
                    column[lane] = value;
                }
            }
            columns
        })
        .collect()
}

/// Some rows of a product: bundles of rows times all panels of columns.
struct Tiles<'a> {
    groups: &'a [Vec<[f64; GROUP]>],
    panels: &'a [Vec<[f64; PANEL]>],
    columns: usize,
    cells: &'a mut [f64],
}

impl WithSimd for Tiles<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = self.columns.max(1);
        for (group, cells) in self.groups.iter().zip(self.cells.chunks_mut(GROUP * width)) {
            for (panel, first) in self.panels.iter().zip((0..width).step_by(PANEL)) {
                let mut tile = [[0.0; PANEL]; GROUP];
                for part in (0..PANEL).step_by(2 * S::F64_LANES) {
                    sum_products(simd, group, panel, part, &mut tile);
                }
                for (row, sums) in cells.chunks_mut(width).zip(&tile) {
                    for (cell, &sum) in row.iter_mut().skip(first).zip(sums) {
                        *cell = sum;
                    }
                }
            }
        }
    }
}

/// Two vectors' columns of a tile, from column `part` on.
#[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
#[inline(always)]
fn sum_products<S: Simd>(
    simd: S,
    group: &[[f64; GROUP]],
    panel: &[[f64; PANEL]],
    part: usize,
    tile: &mut [[f64; PANEL]; GROUP],
) {
    let mut sums = [[simd.splat_f64s(0.0); 2]; GROUP];
    for (rows, columns) in group.iter().zip(panel) {
        let columns = S::as_simd_f64s(&columns[part..part + 2 * S::F64_LANES]).0;
        for (sums, &factor) in sums.iter_mut().zip(rows) {
            let factor = simd.splat_f64s(factor);
            sums[0] = simd.add_f64s(sums[0], simd.mul_f64s(factor, columns[0]));
            sums[1] = simd.add_f64s(sums[1], simd.mul_f64s(factor, columns[1]));
        }
    }
    for (row, sums) in tile.iter_mut().zip(sums) {
        S::as_mut_simd_f64s(&mut row[part..part + 2 * S::F64_LANES]).0.copy_from_slice(&sums);
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, s};
    use proptest::prelude::*;
    use rand::Rng;

    use super::*;
    use crate::random_stream;

    fn numbers(rows: usize, columns: usize, name: &str) -> Array2<f64> {
        let mut random = random_stream(7, name);
        Array2::from_shape_simple_fn((rows, columns), || random.gen_range(-1.0..1.0))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn a_product_of_any_shape_is_what_is_defined(rows in 0..40_usize, depth in 0..50_usize, columns in 0..40_usize, turned in any::<bool>()) {
            let right = numbers(columns, depth, "right");
            let left = if turned { numbers(depth, rows, "left").reversed_axes() } else { numbers(rows, depth, "left") };
            let defined = Array2::from_shape_fn((rows, columns), |(row, column)| {
                left.row(row).iter().zip(right.row(column)).fold(0.0, |sum, (a, b)| sum + a * b)
            });
            for instructions in Instructions::available() {
                let found = times_transposed_with(instructions, left.view(), right.view());
                prop_assert_eq!(found.dim(), (rows, columns));
                let same = found.iter().zip(&defined).all(|(a, b)| a.to_bits() == b.to_bits());
                prop_assert!(same, "{}", instructions.name());
            }
        }
    }

    #[test]
    fn many_rows_are_shared_among_threads() {
        let (left, right) = (numbers(300, 7, "left"), numbers(19, 7, "right"));
        let product = times_transposed(left.view(), right.view());
        let cell = |row: usize, column: usize| {
            left.row(row).iter().zip(right.row(column)).map(|(a, b)| a * b).sum::<f64>()
        };
        assert!(
            (0..300)
                .all(|row| (0..19).all(|column| (product[[row, column]] - cell(row, column)).abs() < 1e-12))
        );
    }

    #[test]
    fn an_inner_product_counts_every_value_once_wherever_it_lies() {
        let values = Array1::from_iter((0..21_u8).map(f64::from));
        assert_eq!(dot(values.view(), values.view()).to_bits(), 2870.0_f64.to_bits());
        let every_other = values.slice(s![..;2]);
        assert_eq!(dot(every_other, every_other).to_bits(), 1540.0_f64.to_bits());
        assert_eq!(norm(ndarray::aview1(&[3.0_f32, 4.0])).to_bits(), 5.0_f32.to_bits());
    }
}
