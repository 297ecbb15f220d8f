//! Unit rows: the finite, nonzero rows of a matrix, scaled to unit length.
//!
//! The other files of this folder rely on finite unit rows that are contiguous in memory. Sums here are in f64 and in one
//! fixed order, so that they have the same bits on every processor.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, CowArray, Ix2};
use pulp::NullaryFnOnce;
use rayon::prelude::*;

use same_bits::Instructions;

/// Rows whose squared length is this near to 1 are not scaled or copied.
const UNIT: f64 = 1e-4;

/// The rows of a matrix that are finite and not zero, at unit length.
#[derive(Debug)]
pub(super) struct UnitRows<'a> {
    vectors: CowArray<'a, f32, Ix2>,
    /// The index of each kept row in the matrix, where some were left out.
    kept: Option<Vec<usize>>,
}

impl<'a> UnitRows<'a> {
    /// Checks `matrix` (rows × dimension); copies it only where it has to change.
    pub(super) fn of(matrix: ArrayView2<'a, f32>) -> Self {
        let squares: Vec<f64> = (0..matrix.nrows())
            .into_par_iter()
            .map(|row| matrix.row(row).iter().map(|&value| f64::from(value) * f64::from(value)).sum())
            .collect();
        let points_somewhere = |square: f64| square.is_finite() && square > 0.0;
        let all_kept = squares.iter().all(|&square| points_somewhere(square));
        if all_kept
            && matrix.is_standard_layout()
            && squares.iter().all(|square| (square - 1.0).abs() <= UNIT)
        {
            return Self { vectors: CowArray::from(matrix), kept: None };
        }
        let kept: Vec<usize> = (0..squares.len()).filter(|&row| points_somewhere(squares[row])).collect();
        let mut vectors = Array2::zeros((kept.len(), matrix.ncols()));
        for (mut target, &row) in vectors.rows_mut().into_iter().zip(&kept) {
            let length = squares[row].sqrt();
            target.zip_mut_with(&matrix.row(row), |to, &from| *to = (f64::from(from) / length) as f32);
        }
        Self { vectors: CowArray::from(vectors), kept: (!all_kept).then_some(kept) }
    }

    /// The kept rows, in the order of the matrix.
    pub(super) fn view(&self) -> ArrayView2<'_, f32> {
        self.vectors.view()
    }

    /// Gives each row of the matrix (there are `rows`) the value of its kept row, and `missing` to all others.
    pub(super) fn spread<T: Clone>(&self, values: Vec<T>, rows: usize, missing: &T) -> Vec<T> {
        let Some(kept) = &self.kept else { return values };
        let mut all = vec![missing.clone(); rows];
        for (value, &row) in values.into_iter().zip(kept) {
            all[row] = value;
        }
        all
    }
}

/// The cosine of two unit vectors, in f64 and always in the same order of additions.
///
/// Products of f32 values are exact in f64, so the error is far below f32 precision.
pub(super) fn cosine(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f64 {
    const LANES: usize = 8;
    let (Some(a), Some(b)) = (a.to_slice(), b.to_slice()) else {
        return a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    };
    let (a_lanes, a_rest) = a.as_chunks::<LANES>();
    let (b_lanes, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0.0_f64; LANES];
    for (x, y) in a_lanes.iter().zip(b_lanes) {
        for lane in 0..LANES {
            sums[lane] += f64::from(x[lane]) * f64::from(y[lane]);
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    sums.iter().sum::<f64>() + rest
}

/// The cosines of some of the unit rows `rows` with each of `others`, row by row, in f32: many times as fast as [`cosine`],
/// exact to six digits, and the same on every processor, because sixteen sums are kept apart whatever the vector width.
pub(super) fn rough_cosines(rows: ArrayView2<'_, f32>, others: &[ArrayView1<'_, f32>], to: &mut [f32]) {
    Instructions::chosen().run(RoughCosines { rows, others, to });
}

struct RoughCosines<'a, 'b, 'c> {
    rows: ArrayView2<'a, f32>,
    others: &'c [ArrayView1<'b, f32>],
    to: &'c mut [f32],
}

impl NullaryFnOnce for RoughCosines<'_, '_, '_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
    #[inline(always)]
    fn call(self) {
        for (row, to) in self.rows.rows().into_iter().zip(self.to.chunks_exact_mut(self.others.len().max(1)))
        {
            for (other, to) in self.others.iter().zip(to) {
                *to = rough_cosine(row, *other);
            }
        }
    }
}

#[inline(always)]
fn rough_cosine(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f32 {
    const LANES: usize = 16;
    let (Some(a), Some(b)) = (a.to_slice(), b.to_slice()) else { return cosine(a, b) as f32 };
    let (a_lanes, a_rest) = a.as_chunks::<LANES>();
    let (b_lanes, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0.0_f32; LANES];
    for (x, y) in a_lanes.iter().zip(b_lanes) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f32>()
}

/// The sum of some rows of `vectors`, in f64, in the order given.
pub(crate) fn sum_of_rows(vectors: ArrayView2<'_, f32>, rows: &[usize]) -> Array1<f64> {
    Instructions::chosen().run(SumOfRows { vectors, rows })
}

struct SumOfRows<'a, 'b> {
    vectors: ArrayView2<'a, f32>,
    rows: &'b [usize],
}

impl NullaryFnOnce for SumOfRows<'_, '_> {
    type Output = Array1<f64>;

    #[expect(clippy::inline_always, reason = "vector instructions reach only what is inlined")]
    #[inline(always)]
    fn call(self) -> Array1<f64> {
        let mut sum = Array1::<f64>::zeros(self.vectors.ncols());
        for &row in self.rows {
            let row = self.vectors.row(row);
            match (sum.as_slice_mut(), row.to_slice()) {
                (Some(sum), Some(row)) => {
                    for (total, &value) in sum.iter_mut().zip(row) {
                        *total += f64::from(value);
                    }
                }
                _ => sum.zip_mut_with(&row, |total, &value| *total += f64::from(value)),
            }
        }
        sum
    }
}

/// `sum` at unit length, and its length before; no direction where the sum is zero.
pub(super) fn direction(sum: &Array1<f64>) -> (Option<Array1<f32>>, f64) {
    let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
    // Rows that cancel each other out leave rounding errors of their f32 values, not a direction.
    if length < 1e-6 { (None, length) } else { (Some(sum.mapv(|value| (value / length) as f32)), length) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{array, s};

    #[test]
    fn rows_without_direction_are_left_out_and_the_others_scaled() {
        let matrix =
            array![[3.0, 4.0], [0.0, 0.0], [f32::NAN, 1.0], [0.0, -1e-20], [f32::INFINITY, 0.0], [1e30, 0.0]];
        let rows = UnitRows::of(matrix.view());
        assert_eq!(rows.view(), array![[0.6, 0.8], [0.0, -1.0], [1.0, 0.0]]);
        assert_eq!(rows.spread(vec![7, 8, 9], 6, &0), [7, 0, 0, 8, 0, 9]);
    }

    #[test]
    fn unit_rows_are_not_copied() {
        let matrix = array![[0.6_f32, 0.8], [1.0, 0.0]];
        let rows = UnitRows::of(matrix.view());
        assert_eq!(rows.view().as_ptr(), matrix.as_ptr());
        assert_eq!(rows.spread(vec![1, 2], 2, &0), [1, 2]);
    }

    #[test]
    fn rows_lie_one_after_the_other_whatever_the_matrix() {
        let matrix = array![[0.6_f32, 9.0, 0.8], [1.0, 9.0, 0.0]];
        assert!(UnitRows::of(matrix.slice(s![.., ..;2])).view().is_standard_layout());
        assert!(UnitRows::of(matrix.slice(s![.., ..;2]).t()).view().is_standard_layout());
    }

    #[test]
    fn a_cosine_counts_every_value_once() {
        // Whole numbers, whose products and sums are exact.
        let values = Array1::from_iter((0..21_u8).map(f32::from));
        let every_other = values.slice(s![..;2]);
        assert_eq!(cosine(values.view(), values.view()).to_bits(), 2870.0_f64.to_bits());
        assert_eq!(rough_cosine(values.view(), values.view()).to_bits(), 2870.0_f32.to_bits());
        assert_eq!(cosine(every_other, every_other).to_bits(), 1540.0_f64.to_bits());
    }
}
