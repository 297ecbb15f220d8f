//! Spherical k-means on matrix products, in linfa's grammar: parameters, checked parameters, fit, predict.

mod algorithm;
mod assignment;
mod errors;
mod hyperparams;
mod init;

pub use algorithm::SphericalKMeans;
pub use errors::{SphericalKMeansError, SphericalKMeansParamsError};
pub use hyperparams::{SphericalKMeansParams, SphericalKMeansValidParams};
pub(super) use init::plus_plus;
