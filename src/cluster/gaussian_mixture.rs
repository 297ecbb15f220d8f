//! A Gaussian mixture as a method: clusters as ellipsoids, in few dimensions.
//!
//! A full covariance in hundreds of dimensions has more parameters than a study has segments, so the vectors are reduced
//! first, to as many dimensions as the rows of a cluster can estimate. `mixture.rs` fits it, starting from linfa's k-means.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::KMeans;
use ndarray::{ArrayView2, Axis};

use super::mixture::{Mixture, MixtureError};
use super::reduce::reduce;
use super::sample::sample_rows;
use super::spherical_kmeans::plus_plus;
use super::{ClusterError, Clustering, Method};
use same_bits::random_stream;

/// With more rows than this, a sample is fitted.
const MAX_ROWS: usize = 10_000;
/// Maximum number of dimensions.
const MAX_DIMENSIONS: usize = 10;

/// A Gaussian mixture on the principal components.
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
        let sample = sample_rows(vectors.nrows(), MAX_ROWS, &mut stream);
        // There are no more seeds, and so no more clusters, than different directions.
        let clusters = plus_plus(vectors.select(Axis(0), &sample).view(), self.clusters, &mut stream).nrows();
        let mut reduced = reduce(vectors, dimensions_for(vectors.nrows() / clusters), &mut stream);
        if clusters == 1 || reduced.ncols() == 0 {
            return Ok(Clustering::of(vectors, &vec![Some(0); vectors.nrows()]));
        }
        // Scaled to unit variance, so that what is added to each covariance means the same for every corpus.
        let scale = (reduced.iter().map(|value| value * value).sum::<f64>() / reduced.len() as f64).sqrt();
        reduced /= scale;

        let fitted = DatasetBase::from(reduced.select(Axis(0), &sample));
        let first = KMeans::params_with_rng(clusters, stream)
            .fit(&fitted)
            .map_err(|error| self.not_found(vectors.nrows(), error.to_string()))?
            .predict(fitted.records())
            .to_vec();
        let fit = |added: f64| Mixture::fit(fitted.records().view(), &first, clusters, added);
        // Wider components where narrow ones lose all rows.
        let mixture = fit(1e-3)
            .or_else(|_| fit(1e-2))
            .or_else(|_| fit(1e-1))
            .map_err(|error| self.not_found(vectors.nrows(), reason(error).to_owned()))?;
        let assigned: Vec<Option<usize>> =
            mixture.most_probable(reduced.view()).into_iter().map(Some).collect();
        Ok(Clustering::of(vectors, &assigned))
    }
}

impl GaussianMixtureMethod {
    fn not_found(self, rows: usize, reason: String) -> ClusterError {
        ClusterError::NotFound { method: self.name(), clusters: self.clusters, rows, reason }
    }
}

fn reason(error: MixtureError) -> &'static str {
    match error {
        MixtureError::EmptyComponent => "a component lost all its segments",
        MixtureError::Flat => "the segments of a component are all alike",
        MixtureError::NotConverged => "the fit does not settle",
    }
}

/// As many dimensions as leave a cluster of `rows` rows no more means and covariances than rows, 2 to 10.
fn dimensions_for(rows: usize) -> usize {
    (2..=MAX_DIMENSIONS).rev().find(|dimensions| dimensions * (dimensions + 3) / 2 <= rows).unwrap_or(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_follow_the_rows_of_a_cluster() {
        assert_eq!([1, 5, 14, 20, 65, 1_000_000].map(dimensions_for), [2, 2, 4, 5, 10, 10]);
    }
}
