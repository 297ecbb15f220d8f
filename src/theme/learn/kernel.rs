//! How alike two segments are, for what codes of one say about the other: a radial kernel on segments with the talk around them, and another
//! on segments by themselves.
//!
//! A theme's correction of the scores is a Gaussian process with this kernel (Rasmussen and Williams 2006). It is written as a regression on
//! one feature for each coded segment, which has the same most probable function: with *K* = *L Lᵀ* among coded segments, the features of a
//! segment are *L*⁻¹ times its kernel with them, and their weights are independent with variance 1.

use ndarray::{Array1, Array2, ArrayView2, Axis};
use rayon::prelude::*;

use same_bits::elementary::exp_each;
use same_bits::products::{dot_of_slices as dot, times_transposed};

/// Variance of each of the two parts, on logits, and of a number that all segments share.
pub(in crate::theme) const VARIANCE: f64 = 7.0;
pub(in crate::theme) const SHARED_VARIANCE: f64 = 0.5;
/// One less the cosine at which a part has fallen to 1/e.
pub(in crate::theme) const REACH: f64 = 0.8;
/// Maximum number of coded segments that have a feature: more are all used as answers, but only so many, evenly spaced, as features.
pub(in crate::theme) const MAX_FEATURES: usize = 512;
/// Added to the diagonal, because equal segments would make the kernel singular.
const JITTER: f64 = 1e-6;

/// The kernel of all segments with some of the coded ones.
pub(super) struct Kernel<'a> {
    parts: [Part<'a>; 2],
    /// Lower triangle of the kernel among those coded ones.
    lower: Vec<Vec<f64>>,
}

/// The vectors of one part of the kernel.
struct Part<'a> {
    vectors: ArrayView2<'a, f32>,
    mean: Array1<f64>,
    centres: Array2<f64>,
}

impl<'a> Kernel<'a> {
    /// `context` and `own` have a row for each segment; `coded` are indices of segments.
    pub(super) fn of(context: ArrayView2<'a, f32>, own: ArrayView2<'a, f32>, coded: &[usize]) -> Self {
        let step = coded.len().div_ceil(MAX_FEATURES).max(1);
        let centres: Vec<usize> = coded.iter().copied().step_by(step).collect();
        let parts = [context, own].map(|vectors| Part::of(vectors, &centres));
        let mut kernel = Self { parts, lower: Vec::new() };
        kernel.lower = cholesky(&kernel.with_centres(&centres));
        kernel
    }

    /// Number of features.
    pub(super) fn features(&self) -> usize {
        self.lower.len()
    }

    /// The kernel of some segments with those that have a feature.
    pub(super) fn with_centres(&self, segments: &[usize]) -> Array2<f64> {
        let [first, second] = &self.parts;
        let mut sum = first.with_centres(segments) + &second.with_centres(segments);
        sum += SHARED_VARIANCE;
        sum
    }

    /// The features of some segments.
    pub(super) fn features_of(&self, segments: &[usize]) -> Vec<Vec<f64>> {
        let kernel = self.with_centres(segments);
        let rows: Vec<Vec<f64>> = kernel.rows().into_iter().map(|row| row.to_vec()).collect();
        rows.into_par_iter().map(|row| self.forward(row)).collect()
    }

    /// *L*⁻¹ times a vector.
    fn forward(&self, mut vector: Vec<f64>) -> Vec<f64> {
        for (index, row) in self.lower.iter().enumerate() {
            let known = dot(&row[..index], &vector[..index]);
            vector[index] = (vector[index] - known) / row[index];
        }
        vector
    }

    /// What weights of features are as weights of the kernel: *L*⁻ᵀ times them.
    pub(super) fn weights_of_kernel(&self, mut weights: Vec<f64>) -> Vec<f64> {
        for (index, row) in self.lower.iter().enumerate().rev() {
            weights[index] /= row[index];
            let weight = weights[index];
            for (earlier, part) in weights[..index].iter_mut().zip(row) {
                *earlier -= weight * part;
            }
        }
        weights
    }
}

impl<'a> Part<'a> {
    fn of(vectors: ArrayView2<'a, f32>, centres: &[usize]) -> Self {
        let mut mean = Array1::<f64>::zeros(vectors.ncols());
        for row in vectors.rows() {
            mean.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
        }
        mean /= vectors.nrows().max(1) as f64;
        let mut part = Self { vectors, mean, centres: Array2::zeros((0, vectors.ncols())) };
        part.centres = part.centred(centres);
        part
    }

    /// The rows less the mean of all, at unit length.
    fn centred(&self, segments: &[usize]) -> Array2<f64> {
        let mut rows = Array2::zeros((segments.len(), self.vectors.ncols()));
        for (mut row, &segment) in rows.axis_iter_mut(Axis(0)).zip(segments) {
            row.zip_mut_with(&self.vectors.row(segment), |part, &value| *part = f64::from(value));
            row -= &self.mean;
            let length = same_bits::products::norm(row.view());
            if length > 0.0 {
                row /= length;
            }
        }
        rows
    }

    fn with_centres(&self, segments: &[usize]) -> Array2<f64> {
        let mut kernel = times_transposed(self.centred(segments).view(), self.centres.view());
        kernel.mapv_inplace(|cosine| ((cosine - 1.0) / REACH).min(0.0));
        kernel.axis_iter_mut(Axis(0)).into_par_iter().for_each(|mut row| {
            if let Some(numbers) = row.as_slice_mut() {
                exp_each(numbers);
            }
        });
        kernel * VARIANCE
    }
}

/// The lower triangle whose product with its transpose is the matrix, with a little added to its diagonal.
fn cholesky(matrix: &Array2<f64>) -> Vec<Vec<f64>> {
    let mut lower: Vec<Vec<f64>> = Vec::with_capacity(matrix.nrows());
    for (index, from) in matrix.rows().into_iter().enumerate() {
        let mut row = Vec::with_capacity(index + 1);
        for (column, other) in lower.iter().enumerate() {
            let known = dot(&row, &other[..column]);
            row.push((from[column] - known) / other[column]);
        }
        let rest = from[index] + JITTER - dot(&row, &row);
        row.push(rest.max(JITTER).sqrt());
        lower.push(row);
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(seed: usize) -> Array2<f32> {
        Array2::from_shape_fn((12, 5), |(row, part)| ((row * 7 + part * 13 + seed) % 19) as f32 / 19.0 - 0.4)
    }

    #[test]
    fn features_multiply_to_the_kernel() {
        let (context, own) = (vectors(0), vectors(5));
        let kernel = Kernel::of(context.view(), own.view(), &[0, 3, 4, 9]);
        let (found, among) = (kernel.features_of(&[0, 3, 4, 9]), kernel.with_centres(&[0, 3, 4, 9]));
        for ((row, column), expected) in among.indexed_iter() {
            assert!((dot(&found[row], &found[column]) - expected).abs() < 1e-4);
        }
        assert!((among[[2, 2]] - 2.0 * VARIANCE - SHARED_VARIANCE).abs() < 1e-9);
        // A function is the same by features and by the kernel.
        let weights = vec![0.4, -1.0, 0.3, 2.0];
        let by_kernel = kernel.weights_of_kernel(weights.clone());
        let all: Vec<usize> = (0..12).collect();
        for (features, row) in kernel.features_of(&all).iter().zip(kernel.with_centres(&all).rows()) {
            assert!((dot(features, &weights) - dot(&row.to_vec(), &by_kernel)).abs() < 1e-9);
        }
    }

    #[test]
    fn equal_segments_do_not_make_it_singular() {
        let same = Array2::from_elem((4, 3), 0.5_f32);
        let kernel = Kernel::of(same.view(), same.view(), &[0, 1, 2, 3]);
        assert!(kernel.features_of(&[0, 1, 2, 3]).iter().flatten().all(|value| value.is_finite()));
    }
}
