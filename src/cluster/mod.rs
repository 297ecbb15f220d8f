//! Clusters: similar segments, found without the codebook.
//!
//! A method is a file behind the trait [`Method`]: spherical k-means (the project's own, in linfa's grammar), a Gaussian
//! mixture, and linfa-clustering's k-means and DBSCAN. [`count`](choose_count) chooses the number of clusters, and
//! [`stability`](stability()) tells which are found again in halves of the interviews. [`cluster`] does what a study asks for.

mod cache;
mod clustering;
mod count;
mod dbscan;
mod error;
mod gaussian_mixture;
mod halves;
mod kmeans;
mod map;
mod method;
mod mixture;
mod parameters;
mod plan;
#[cfg(test)]
pub(crate) mod planted;
mod reduce;
mod sample;
mod spherical_kmeans;
mod stability;
mod unit_rows;

pub use cache::cluster_once;
pub use clustering::Clustering;
pub use count::{CountChoice, choose_count};
pub use dbscan::DbscanMethod;
pub use error::ClusterError;
pub use gaussian_mixture::GaussianMixtureMethod;
pub use kmeans::KMeansMethod;
pub use map::map;
pub use method::{Method, SphericalKMeansMethod};
pub use parameters::parameters;
pub use plan::{ClusterCount, ClusterPlan, MethodChoice};
pub use spherical_kmeans::{
    SphericalKMeans, SphericalKMeansError, SphericalKMeansParams, SphericalKMeansParamsError,
    SphericalKMeansValidParams,
};
pub use stability::{Stability, stability};

pub(crate) use unit_rows::sum_of_rows;

use ndarray::ArrayView2;

use crate::results::{Progress, Stage};
use unit_rows::UnitRows;

/// Clusters `vectors` (segments × dimension) as `plan` says; all random streams derive from `seed`.
///
/// Rows are compared by direction, whatever their length. Rows that are zero, infinite or not a number are in no
/// cluster. There are fewer clusters than asked for where the rows have fewer different directions, and none for no
/// rows. The same rows in the same order give the same clusters, with any number of threads.
///
/// # Errors
///
/// When the plan holds a value that cannot be used, or the method finds no answer on these vectors.
///
/// ```
/// use emic::cluster::{ClusterCount, ClusterPlan, cluster};
/// use emic::results::NoProgress;
/// use ndarray::array;
///
/// let vectors = array![[1.0_f32, 0.0], [0.0, 1.0], [0.1, 0.9], [0.0, 0.0]];
/// let plan = ClusterPlan { count: ClusterCount::Exactly(2), ..ClusterPlan::default() };
/// let clustering = cluster(vectors.view(), &plan, 7, &NoProgress)?;
/// assert_eq!(clustering.cluster_of, [Some(1), Some(0), Some(0), None]);
/// # Ok::<(), emic::cluster::ClusterError>(())
/// ```
pub fn cluster(
    vectors: ArrayView2<'_, f32>,
    plan: &ClusterPlan,
    seed: u64,
    progress: &dyn Progress,
) -> Result<Clustering, ClusterError> {
    if plan.count == ClusterCount::Exactly(0) {
        return Err(ClusterError::NoClusters);
    }
    let rows = UnitRows::of(vectors);
    if rows.view().nrows() == 0 {
        return Ok(Clustering::none(vectors.nrows(), vectors.ncols()));
    }
    let clusters = match plan.count {
        ClusterCount::Exactly(clusters) => clusters,
        // DBSCAN finds the number itself.
        ClusterCount::Auto if plan.method == MethodChoice::Dbscan => 1,
        ClusterCount::Auto => choose_count(rows.view(), seed, progress)?.clusters,
    };
    if progress.is_cancelled() {
        return Err(ClusterError::Cancelled);
    }
    progress.begin(Stage::Cluster, 1);
    let found = method(plan, clusters).cluster(rows.view(), seed);
    progress.advance(1);
    progress.end();
    let Clustering { cluster_of, centres } = found?;
    Ok(Clustering { cluster_of: rows.spread(cluster_of, vectors.nrows(), &None), centres })
}

/// The method that `plan` names, for `clusters` clusters.
fn method(plan: &ClusterPlan, clusters: usize) -> Box<dyn Method> {
    match plan.method {
        MethodChoice::SphericalKMeans => Box::new(SphericalKMeansMethod { clusters }),
        MethodChoice::KMeans => Box::new(KMeansMethod { clusters }),
        MethodChoice::GaussianMixture => Box::new(GaussianMixtureMethod { clusters }),
        MethodChoice::Dbscan => {
            Box::new(DbscanMethod { tolerance: plan.tolerance, min_points: plan.min_points })
        }
    }
}

#[cfg(test)]
mod tests;
