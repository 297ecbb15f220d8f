//! The settings of clustering in a study: a method by its name, and a number of clusters.

use std::fmt;
use std::str::FromStr;

use super::ClusterError;

/// How to cluster, as the study file says it under `[cluster]`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ClusterPlan {
    /// `method`.
    pub method: MethodChoice,
    /// `clusters`. DBSCAN ignores it.
    pub count: ClusterCount,
    /// `tolerance`, DBSCAN only: rows this near (Euclidean distance between the reduced vectors, above 0) are
    /// neighbours; found from the data when not set.
    pub tolerance: Option<f64>,
    /// `min_points`, DBSCAN only: so many rows within the tolerance, from 2, are dense; found from the data when
    /// not set.
    pub min_points: Option<usize>,
}

/// The methods that a study can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum MethodChoice {
    /// `spherical-kmeans`: round clusters of directions. The default.
    #[default]
    SphericalKMeans,
    /// `kmeans`: linfa's k-means.
    KMeans,
    /// `gaussian-mixture`: linfa's Gaussian mixture on the principal components.
    GaussianMixture,
    /// `dbscan`: linfa's DBSCAN on the principal components; some rows stay noise.
    Dbscan,
}

impl MethodChoice {
    /// All methods, the default first.
    pub const ALL: [Self; 4] = [Self::SphericalKMeans, Self::KMeans, Self::GaussianMixture, Self::Dbscan];

    /// The name in the study file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SphericalKMeans => "spherical-kmeans",
            Self::KMeans => "kmeans",
            Self::GaussianMixture => "gaussian-mixture",
            Self::Dbscan => "dbscan",
        }
    }
}

impl fmt::Display for MethodChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MethodChoice {
    type Err = ClusterError;

    /// Reads the name in the study file.
    ///
    /// # Errors
    ///
    /// [`ClusterError::UnknownMethod`], with the names that exist.
    fn from_str(name: &str) -> Result<Self, ClusterError> {
        Self::ALL.into_iter().find(|method| method.as_str() == name).ok_or_else(|| {
            ClusterError::UnknownMethod {
                name: name.to_owned(),
                known: Self::ALL.map(Self::as_str).join(", "),
            }
        })
    }
}

/// How many clusters to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClusterCount {
    /// As many as the data support; see [`choose_count`](super::choose_count).
    #[default]
    Auto,
    /// So many, from 1; fewer where the vectors have fewer different directions.
    Exactly(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_found_by_its_name() {
        for method in MethodChoice::ALL {
            assert_eq!(method.to_string().parse::<MethodChoice>().unwrap(), method);
        }
    }

    #[test]
    fn an_unknown_method_is_answered_with_those_that_exist() {
        let error = "k-means".parse::<MethodChoice>().unwrap_err();
        insta::assert_snapshot!(error, @"there is no clustering method `k-means`; write one of spherical-kmeans, kmeans, gaussian-mixture, dbscan");
    }
}
