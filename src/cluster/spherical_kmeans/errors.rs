//! Errors in the parameters of spherical k-means and in the rows that it is fitted on.

use thiserror::Error;

/// An invalid parameter.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SphericalKMeansParamsError {
    /// Zero clusters were asked for.
    #[error("the number of clusters cannot be 0")]
    NClusters,
    /// Zero runs were asked for.
    #[error("the number of runs cannot be 0")]
    NRuns,
    /// Zero iterations were asked for.
    #[error("the largest number of iterations cannot be 0")]
    MaxIterations,
    /// The tolerance is no share of rows.
    #[error("the tolerance is a share of rows and must lie between 0 and 1")]
    Tolerance,
    /// No row may be used in a run.
    #[error("the number of rows that a run is tried on cannot be 0")]
    TrialRows,
}

/// Why spherical k-means failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SphericalKMeansError {
    /// A parameter is out of range.
    #[error("spherical k-means cannot start: {0}")]
    InvalidParams(#[from] SphericalKMeansParamsError),
    /// Every row is zero, infinite or not a number, or there is no row.
    #[error("spherical k-means needs at least one row that is finite and not zero")]
    NoDirection,
    /// linfa refused the data set.
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}
