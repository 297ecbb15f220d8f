//! Principal components, for methods that cannot work in hundreds of dimensions.

use ndarray::{Array1, Array2, ArrayView2, Axis, s};
use rand::Rng;
use rayon::prelude::*;

use super::sample::sample_rows;
use same_bits::products::{dot, norm, times_transposed};

/// With more rows than this, the components are computed from a sample.
const MAX_ROWS: usize = 20_000;
/// Rows of which covariances are summed in one product.
const TILE: usize = 1024;
/// Rounds of subspace iteration. They leave only directions of nearly equal variance undecided.
const ROUNDS: usize = 60;

/// `vectors` (rows × dimension) less their mean, in the `dimensions` directions in which they vary most: rows ×
/// `dimensions`, or fewer columns where the rows vary in fewer directions.
///
/// The directions span the first principal components (Pearson, 1901) and come from subspace iteration on the
/// covariance matrix (Bauer, 1957). Their variance falls from column to column, nearly.
pub(super) fn reduce(vectors: ArrayView2<'_, f32>, dimensions: usize, rng: &mut impl Rng) -> Array2<f64> {
    let sample = sample_rows(vectors.nrows(), MAX_ROWS, rng);
    let (mean, covariance) = mean_and_covariance(vectors, &sample);
    let basis = leading_directions(&covariance, dimensions, rng);
    let mut reduced = Array2::zeros((vectors.nrows(), basis.ncols()));
    reduced.axis_chunks_iter_mut(Axis(0), TILE).into_par_iter().enumerate().for_each(|(tile, mut target)| {
        let rows = vectors.slice(s![tile * TILE..tile * TILE + target.nrows(), ..]);
        target.assign(&times_transposed((rows.mapv(f64::from) - &mean).view(), basis.t()));
    });
    reduced
}

/// Sums over tiles of fixed rows, added in the order of the tiles.
pub(super) fn mean_and_covariance(
    vectors: ArrayView2<'_, f32>,
    rows: &[usize],
) -> (Array1<f64>, Array2<f64>) {
    let count = rows.len().max(1) as f64;
    let tiles = || rows.par_chunks(TILE).map(|rows| vectors.select(Axis(0), rows).mapv(f64::from));
    let sums: Vec<Array1<f64>> = tiles().map(|tile| tile.sum_axis(Axis(0))).collect();
    let mean = sums.into_iter().fold(Array1::zeros(vectors.ncols()), |total, sum| total + sum) / count;
    let products: Vec<Array2<f64>> = tiles()
        .map(|tile| {
            let centred = tile - &mean;
            times_transposed(centred.t(), centred.t())
        })
        .collect();
    let square = (vectors.ncols(), vectors.ncols());
    let covariance =
        products.into_iter().fold(Array2::zeros(square), |total, product| total + product) / count;
    (mean, covariance)
}

/// Dimension × at most `directions`: orthonormal columns, those with (nearly) no variance left out.
fn leading_directions(covariance: &Array2<f64>, directions: usize, rng: &mut impl Rng) -> Array2<f64> {
    let dimension = covariance.nrows();
    let total: f64 = covariance.diag().sum();
    // A few directions more than wanted make those wanted converge sooner.
    let width = (directions + 6).min(dimension);
    let mut basis = Array2::from_shape_simple_fn((dimension, width), || rng.gen_range(-1.0..1.0));
    orthonormalise(&mut basis);
    for _ in 0..ROUNDS {
        basis = times_transposed(covariance.view(), basis.t());
        orthonormalise(&mut basis);
    }
    let stretched = times_transposed(covariance.view(), basis.t());
    let variances: Vec<f64> = basis
        .columns()
        .into_iter()
        .zip(stretched.columns())
        .map(|(column, stretched)| dot(column, stretched))
        .collect();
    let kept: Vec<usize> =
        (0..width).filter(|&column| variances[column] > 1e-9 * total).take(directions).collect();
    basis.select(Axis(1), &kept)
}

/// Makes the columns orthonormal (modified Gram–Schmidt, twice because of rounding); a column that depends on those before it
/// becomes zero.
fn orthonormalise(basis: &mut Array2<f64>) {
    for column in 0..basis.ncols() {
        let (before, mut rest) = basis.view_mut().split_at(Axis(1), column);
        let mut current = rest.column_mut(0);
        let length_at_first = norm(current.view());
        for earlier in before.columns().into_iter().chain(before.columns()) {
            let along = dot(earlier, current.view());
            current.scaled_add(-along, &earlier);
        }
        let length = norm(current.view());
        if length > 1e-12 * length_at_first && length > 0.0 {
            current /= length;
        } else {
            current.fill(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use same_bits::random_stream;

    #[test]
    fn the_directions_of_most_variance_are_found() {
        // Independent columns with standard deviations 1, 5, 0, 3.
        let mut rng = random_stream(7, "test");
        let vectors = Array2::from_shape_fn((4000, 4), |(_, column)| {
            let even: f32 = rng.gen_range(-1.0..1.0);
            even * [1.0, 5.0, 0.0, 3.0][column] * 3.0_f32.sqrt()
        });
        let (_, covariance) = mean_and_covariance(vectors.view(), &(0..4000).collect::<Vec<_>>());
        let basis = leading_directions(&covariance, 2, &mut rng);
        assert!(basis[[1, 0]].abs() > 0.999 && basis[[3, 1]].abs() > 0.999, "{basis:?}");
        let three = leading_directions(&covariance, 4, &mut rng);
        assert_eq!(three.ncols(), 3, "a direction without variance is left out");
    }

    #[test]
    fn the_basis_is_orthonormal() {
        let (vectors, _) = planted(200, 30, 5, 0.8, 7);
        let (_, covariance) = mean_and_covariance(vectors.view(), &(0..200).collect::<Vec<_>>());
        let basis = leading_directions(&covariance, 8, &mut random_stream(7, "test"));
        let difference = times_transposed(basis.t(), basis.t()) - Array2::<f64>::eye(8);
        assert!(difference.iter().all(|value| value.abs() < 1e-12), "{difference:?}");
    }

    #[test]
    fn equal_rows_have_no_directions() {
        let vectors = Array2::from_elem((9, 5), 0.5_f32);
        assert_eq!(reduce(vectors.view(), 3, &mut random_stream(7, "test")).dim(), (9, 0));
    }
}
