//! The trait of a clustering method, and spherical k-means as one.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::ArrayView2;

use super::{ClusterError, Clustering, SphericalKMeans};
use same_bits::random_stream;

/// A way to cluster vectors.
pub trait Method {
    /// The name in the study file.
    fn name(&self) -> &'static str;

    /// Clusters `vectors` (segments × dimension, at least one finite unit row, contiguous in memory).
    ///
    /// # Errors
    ///
    /// When a setting cannot be used, or the method finds no answer on these vectors.
    fn cluster(&self, vectors: ArrayView2<'_, f32>, seed: u64) -> Result<Clustering, ClusterError>;
}

/// [`SphericalKMeans`] with its defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SphericalKMeansMethod {
    /// Number of clusters, from 1.
    pub clusters: usize,
}

impl Method for SphericalKMeansMethod {
    fn name(&self) -> &'static str {
        "spherical-kmeans"
    }

    fn cluster(&self, vectors: ArrayView2<'_, f32>, seed: u64) -> Result<Clustering, ClusterError> {
        let stream = random_stream(seed, "spherical-kmeans");
        let model =
            SphericalKMeans::params_with_rng(self.clusters, stream).fit(&DatasetBase::from(vectors))?;
        let assigned: Vec<Option<usize>> = model.predict(&vectors).into_iter().map(Some).collect();
        Ok(Clustering::of(vectors, &assigned))
    }
}
