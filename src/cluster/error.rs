//! Errors of clustering, in words for the researcher.

use thiserror::Error;

use super::SphericalKMeansError;

/// Why vectors could not be clustered.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// The study asks for zero clusters.
    #[error("`clusters = 0` asks for no clusters; write a number from 1, or \"auto\"")]
    NoClusters,
    /// The study names a method that does not exist.
    #[error("there is no clustering method `{name}`; write one of {known}")]
    UnknownMethod {
        /// The name as the study has it.
        name: String,
        /// The names that exist, with commas.
        known: String,
    },
    /// A number in the study file cannot be used.
    #[error("{setting} = {value} cannot be used for {method}; {hint}")]
    Setting {
        /// The method concerned.
        method: &'static str,
        /// The key of the study file.
        setting: &'static str,
        /// Its value.
        value: f64,
        /// What to write.
        hint: &'static str,
    },
    /// The method found no answer on these vectors.
    #[error(
        "{method} found no {clusters} clusters in {rows} segments: {reason}; try fewer clusters or `method = \"spherical-kmeans\"`"
    )]
    NotFound {
        /// The method concerned.
        method: &'static str,
        /// Clusters looked for.
        clusters: usize,
        /// Vectors clustered.
        rows: usize,
        /// The method's own words.
        reason: String,
    },
    /// The run was stopped; see [`Progress::is_cancelled`](crate::results::Progress::is_cancelled).
    #[error("clustering was cancelled")]
    Cancelled,
    /// Spherical k-means refused.
    #[error(transparent)]
    SphericalKMeans(#[from] SphericalKMeansError),
}
