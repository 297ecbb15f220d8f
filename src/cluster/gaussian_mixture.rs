//! linfa's Gaussian mixture as a method: clusters as ellipsoids of any shape, in few dimensions.
//!
//! A full covariance in hundreds of dimensions has more numbers than any study has segments, so the vectors are
//! reduced first, to as many dimensions as the rows of a cluster can tell something about.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::{GaussianMixtureModel, GmmError};
use ndarray::{Array2, ArrayView1, ArrayView2, Axis, s};
use rayon::prelude::*;

use super::reduce::reduce;
use super::sample::sample_rows;
use super::spherical_kmeans::plus_plus;
use super::{ClusterError, Clustering, Method};
use crate::corpus::random_stream;

/// On more rows than this the mixture is fitted to a sample.
const MOST_ROWS: usize = 10_000;
/// Most dimensions that the mixture works in.
const MOST_DIMENSIONS: usize = 10;
/// Rows whose probabilities are found at once.
const TILE: usize = 4096;

/// linfa-clustering's Gaussian mixture on the principal components.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GaussianMixtureMethod {
    /// Number of clusters, from 1.
    pub clusters: usize,
}

impl Method for GaussianMixtureMethod {
    fn name(&self) -> &'static str {
        "gaussian-mixture"
    }

    fn cluster(&self, vectors: ArrayView2<'_, f32>, seed: u64) -> Result<Clustering, ClusterError> {
        let mut stream = random_stream(seed, "gaussian-mixture");
        let sample = sample_rows(vectors.nrows(), MOST_ROWS, &mut stream);
        // There are no more seeds than different directions, and there can be no more clusters.
        let clusters = plus_plus(vectors.select(Axis(0), &sample).view(), self.clusters, &mut stream).nrows();
        let mut reduced = reduce(vectors, dimensions_for(vectors.nrows() / clusters), &mut stream);
        if clusters == 1 || reduced.ncols() == 0 {
            return Ok(Clustering::of(vectors, &vec![Some(0); vectors.nrows()]));
        }
        // To unit variance over all, so that what is added to each covariance means the same for every corpus.
        let scale = (reduced.iter().map(|value| value * value).sum::<f64>() / reduced.len() as f64).sqrt();
        reduced /= scale;

        let fitted = DatasetBase::from(reduced.select(Axis(0), &sample));
        let fit = |added: f64| {
            GaussianMixtureModel::params_with_rng(clusters, stream.clone())
                .reg_covariance(added)
                .max_n_iterations(300)
                .fit(&fitted)
        };
        // linfa takes logarithms of sums of densities, which underflow for rows far from every component; wider
        // components reach them.
        let model = fit(1e-3)
            .or_else(|_| fit(1e-2))
            .or_else(|_| fit(1e-1))
            .map_err(|error| self.not_found(vectors.nrows(), &error))?;
        Ok(Clustering::of(vectors, &most_probable(&model, &reduced)))
    }
}

impl GaussianMixtureMethod {
    fn not_found(self, rows: usize, error: &GmmError) -> ClusterError {
        let reason = match error {
            GmmError::EmptyCluster(_) => "a component lost all its segments".to_owned(),
            GmmError::NotConverged(_) => "the fit does not settle".to_owned(),
            other => other.to_string(),
        };
        ClusterError::NotFound { method: self.name(), clusters: self.clusters, rows, reason }
    }
}

/// As many dimensions as leave a cluster of `rows` rows no more means and covariances than rows, 2 to 10.
fn dimensions_for(rows: usize) -> usize {
    (2..=MOST_DIMENSIONS).rev().find(|dimensions| dimensions * (dimensions + 3) / 2 <= rows).unwrap_or(2)
}

/// The most probable component of each row. linfa's own `predict` panics where all densities underflow to zero;
/// such rows go to the nearest mean.
fn most_probable(model: &GaussianMixtureModel<f64>, rows: &Array2<f64>) -> Vec<Option<usize>> {
    let tiles: Vec<Vec<Option<usize>>> = (0..rows.nrows().div_ceil(TILE))
        .into_par_iter()
        .map(|tile| {
            let rows = rows.slice(s![tile * TILE..((tile + 1) * TILE).min(rows.nrows()), ..]);
            let probabilities = model.predict_proba(&rows);
            let choose = |(row, probabilities): (ArrayView1<'_, f64>, ArrayView1<'_, f64>)| {
                if probabilities.iter().all(|probability| probability.is_finite()) {
                    first_highest(probabilities.iter().copied())
                } else {
                    let nearness = |mean: ArrayView1<'_, f64>| -(&mean - &row).mapv(|gap| gap * gap).sum();
                    first_highest(model.means().rows().into_iter().map(nearness))
                }
            };
            rows.rows().into_iter().zip(probabilities.rows()).map(choose).collect()
        })
        .collect();
    tiles.concat()
}

/// The place of the highest value; of equal ones, the first.
fn first_highest(values: impl Iterator<Item = f64>) -> Option<usize> {
    let higher = |best: (usize, f64), next: (usize, f64)| if next.1 > best.1 { next } else { best };
    values.enumerate().reduce(higher).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_follow_the_rows_of_a_cluster() {
        assert_eq!([1, 5, 14, 20, 65, 1_000_000].map(dimensions_for), [2, 2, 4, 5, 10, 10]);
    }

    #[test]
    fn rows_far_from_every_component_go_to_the_nearest_mean() {
        let near = Array2::from_shape_fn((40, 2), |(row, column)| {
            let place = if row < 20 { -1.0 } else { 1.0 };
            place + ((row * 7 + column * 3) % 10) as f64 * 0.01
        });
        let model = GaussianMixtureModel::params(2).fit(&DatasetBase::from(near)).unwrap();
        let far = ndarray::array![[1e6, 1e6], [1.0, 1.0], [-1e6, -1e6], [-1.0, -1.0]];
        let found = most_probable(&model, &far);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[2], found[3]);
        assert_ne!(found[0], found[2]);
    }
}
