//! linfa's k-means as a method: the mean of the rows as centre, Euclidean distance.
//!
//! Kept for comparison. On unit vectors it nearly agrees with spherical k-means and is far slower, because it computes one
//! distance at a time.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{KMeans, KMeansInit};
use ndarray::{ArrayView2, Axis};

use super::sample::sample_rows;
use super::spherical_kmeans::plus_plus;
use super::{ClusterError, Clustering, Method};
use same_bits::random_stream;

/// With more rows than this, the centres are fitted to a sample.
const MAX_ROWS: usize = 20_000;
/// Runs from different seeds; the one with the smallest spread is kept.
const RUNS: usize = 3;

/// linfa-clustering's k-means from k-means++ seeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KMeansMethod {
    /// Number of clusters, from 1.
    pub clusters: usize,
}

impl Method for KMeansMethod {
    fn name(&self) -> &'static str {
        "kmeans"
    }

    fn cluster(&self, vectors: ArrayView2<'_, f32>, seed: u64) -> Result<Clustering, ClusterError> {
        let mut stream = random_stream(seed, "kmeans");
        let sample = vectors.select(Axis(0), &sample_rows(vectors.nrows(), MAX_ROWS, &mut stream));
        let fitted = DatasetBase::from(sample);
        let mut best: Option<KMeans<f32, _>> = None;
        for _ in 0..RUNS {
            // Our own seeds: linfa's k-means++ measures every row against every seed at each step, and its parallel
            // variant draws other numbers with other threads.
            let seeds = plus_plus(fitted.records().view(), self.clusters, &mut stream);
            let model = KMeans::params_with_rng(seeds.nrows(), stream.clone())
                .init_method(KMeansInit::Precomputed(seeds))
                // With given seeds a second run inside linfa would repeat the first.
                .n_runs(1)
                .max_n_iterations(100)
                .tolerance(1e-3)
                .fit(&fitted)
                .map_err(|error| ClusterError::NotFound {
                    method: self.name(),
                    clusters: self.clusters,
                    rows: vectors.nrows(),
                    reason: error.to_string(),
                })?;
            if best.as_ref().is_none_or(|best| model.inertia() < best.inertia()) {
                best = Some(model);
            }
        }
        let Some(model) = best else { return Ok(Clustering::none(vectors.nrows(), vectors.ncols())) };
        let assigned: Vec<Option<usize>> = model.predict(&vectors).into_iter().map(Some).collect();
        Ok(Clustering::of(vectors, &assigned))
    }
}
