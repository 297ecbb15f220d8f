//! linfa's DBSCAN as a method: clusters as dense regions, everything else noise (Ester, Kriegel, Sander and Xu, 1996).
//!
//! In hundreds of dimensions all rows are about equally far apart and nothing is dense, so the vectors are reduced first.
//! Comparing all pairs is quadratic, so of some thousand rows a sample is clustered and each other row joins the cluster
//! of the nearest sampled row within the tolerance.

use linfa::traits::Transformer;
use linfa_clustering::Dbscan;
use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use super::reduce::reduce;
use super::sample::sample_rows;
use super::{ClusterError, Clustering, Method};
use same_bits::elementary::ln;
use same_bits::random_stream;

/// With more rows than this, a sample is clustered.
const MAX_ROWS: usize = 5_000;
/// Dimensions after reduction.
const DIMENSIONS: usize = 8;
/// Shares of rows that are dense under the tolerances tried, when the study sets none.
const DENSE_SHARES: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// linfa-clustering's DBSCAN on the principal components.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DbscanMethod {
    /// Rows this near (Euclidean distance between the reduced vectors, above 0) are neighbours.
    pub tolerance: Option<f64>,
    /// So many rows within the tolerance, the row itself included, are dense; from 2.
    pub min_points: Option<usize>,
}

impl Method for DbscanMethod {
    fn name(&self) -> &'static str {
        "dbscan"
    }

    fn cluster(&self, vectors: ArrayView2<'_, f32>, seed: u64) -> Result<Clustering, ClusterError> {
        self.check()?;
        let mut stream = random_stream(seed, "dbscan");
        let mut reduced = reduce(vectors, DIMENSIONS, &mut stream);
        if reduced.ncols() == 0 {
            // All rows are equal: one column of zeros.
            reduced = Array2::zeros((vectors.nrows(), 1));
        }
        let sample = sample_rows(vectors.nrows(), MAX_ROWS, &mut stream);
        let sampled = reduced.select(Axis(0), &sample);
        let min_points = self.min_points.unwrap_or_else(|| min_points_for(sampled.nrows()));
        let tolerances =
            self.tolerance.map_or_else(|| tolerances_to_try(&sampled, min_points), |set| vec![set]);

        let mut best: Option<Found> = None;
        for tolerance in tolerances {
            let found = self.find(&sampled, tolerance, min_points)?;
            // The tolerance with most clusters above splinter size: too small a one finds only the densest, too large a one joins them.
            // Of equally good ones, the largest leaves the least noise.
            if best.as_ref().is_none_or(|best| found.large >= best.large) {
                best = Some(found);
            }
        }
        let Some(found) = best else { return Ok(Clustering::none(vectors.nrows(), vectors.ncols())) };
        let assigned = if sampled.nrows() == reduced.nrows() {
            found.assigned
        } else {
            found.spread(&sampled, &reduced)
        };
        Ok(Clustering::of(vectors, &assigned))
    }
}

impl DbscanMethod {
    fn check(self) -> Result<(), ClusterError> {
        let refuse = |setting, value, hint| ClusterError::Setting { method: "dbscan", setting, value, hint };
        if let Some(value) = self.tolerance.filter(|value| !(value.is_finite() && *value > 0.0)) {
            return Err(refuse("tolerance", value, "write a distance above 0, or leave it out"));
        }
        if let Some(value) = self.min_points.filter(|&value| value < 2) {
            return Err(refuse("min_points", value as f64, "write a number from 2, or leave it out"));
        }
        Ok(())
    }

    fn find(self, rows: &Array2<f64>, tolerance: f64, min_points: usize) -> Result<Found, ClusterError> {
        let assigned = Dbscan::params(min_points).tolerance(tolerance).transform(rows).map_err(|error| {
            ClusterError::NotFound {
                method: self.name(),
                clusters: 1,
                rows: rows.nrows(),
                reason: error.to_string(),
            }
        })?;
        let mut sizes = vec![0_usize; assigned.iter().flatten().max().map_or(0, |&largest| largest + 1)];
        for &cluster in assigned.iter().flatten() {
            sizes[cluster] += 1;
        }
        let large = sizes.iter().filter(|&&size| size >= 2 * min_points).count();
        Ok(Found { tolerance, large, assigned: assigned.to_vec() })
    }
}

/// The result of DBSCAN under one tolerance.
struct Found {
    tolerance: f64,
    /// Number of clusters with at least twice as many rows as make a row dense.
    large: usize,
    assigned: Vec<Option<usize>>,
}

impl Found {
    /// The cluster of every one of `rows`: that of the nearest clustered row of `sampled` within the tolerance.
    fn spread(&self, sampled: &Array2<f64>, rows: &Array2<f64>) -> Vec<Option<usize>> {
        let clustered: Vec<(usize, usize)> = self
            .assigned
            .iter()
            .enumerate()
            .filter_map(|(row, cluster)| cluster.map(|cluster| (row, cluster)))
            .collect();
        (0..rows.nrows())
            .into_par_iter()
            .map(|row| {
                let mut nearest = (f64::INFINITY, None);
                for &(other, cluster) in &clustered {
                    let distance = squared_distance(rows, row, sampled, other);
                    if distance < nearest.0 {
                        nearest = (distance, Some(cluster));
                    }
                }
                nearest.1.filter(|_| nearest.0 <= self.tolerance * self.tolerance)
            })
            .collect()
    }
}

fn squared_distance(a: &Array2<f64>, row_of_a: usize, b: &Array2<f64>, row_of_b: usize) -> f64 {
    a.row(row_of_a).iter().zip(b.row(row_of_b)).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// The natural logarithm of the number of rows, at least 4 (Ester et al. use 4; more rows make denser noise).
fn min_points_for(rows: usize) -> usize {
    (ln(rows.max(1) as f64).round() as usize).max(4)
}

/// The tolerances under which the shares [`DENSE_SHARES`] of the rows are dense, ascending: quantiles of the distance
/// to the `min_points`-th nearest row, the row itself counted.
fn tolerances_to_try(rows: &Array2<f64>, min_points: usize) -> Vec<f64> {
    let index = min_points.min(rows.nrows()).saturating_sub(1);
    let mut reach: Vec<f64> = (0..rows.nrows())
        .into_par_iter()
        .map(|row| {
            let mut distances: Vec<f64> =
                (0..rows.nrows()).map(|other| squared_distance(rows, row, rows, other)).collect();
            *distances.select_nth_unstable_by(index, f64::total_cmp).1
        })
        .collect();
    reach.sort_by(f64::total_cmp);
    let mut tolerances: Vec<f64> = DENSE_SHARES
        .iter()
        .map(|share| reach[((reach.len() as f64 * share) as usize).min(reach.len() - 1)].sqrt())
        // Equal rows are dense under any tolerance, but it has to be above zero.
        .map(|tolerance| tolerance.max(1e-6))
        .collect();
    tolerances.dedup();
    tolerances
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;

    #[test]
    fn dense_regions_are_clusters_and_what_lies_between_is_noise() {
        let (mut vectors, belongs) = planted(400, 16, 4, 0.2, 7);
        let (lost, _) = planted(40, 16, 40, 0.0, 8);
        for row in 0..40 {
            vectors.row_mut(row * 10).assign(&lost.row(row));
        }
        let clustering = DbscanMethod::default().cluster(vectors.view(), 7).unwrap();
        assert_eq!(clustering.clusters(), 4);
        let noise =
            |rows: Vec<usize>| rows.iter().filter(|&&row| clustering.cluster_of[row].is_none()).count();
        assert!(noise((0..400).step_by(10).collect()) >= 35);
        let planted_rows: Vec<usize> = (0..400).filter(|row| row % 10 != 0).collect();
        assert!(noise(planted_rows.clone()) <= 90);
        for pair in planted_rows.windows(5) {
            let (a, b) = (clustering.cluster_of[pair[0]], clustering.cluster_of[pair[4]]);
            assert!(a.is_none() || b.is_none() || (a == b) == (belongs[pair[0]] == belongs[pair[4]]));
        }
    }

    #[test]
    fn rows_outside_the_sample_join_the_nearest_cluster_or_none() {
        let sampled = ndarray::array![[0.0, 0.0], [5.0, 0.0], [9.0, 9.0]];
        let rows = ndarray::array![[0.1, 0.0], [4.5, 0.0], [2.5, 0.0], [9.0, 9.0]];
        let found = Found { tolerance: 1.0, large: 2, assigned: vec![Some(0), Some(1), None] };
        assert_eq!(found.spread(&sampled, &rows), [Some(0), Some(1), None, None]);
    }

    #[test]
    fn settings_out_of_range_are_refused_with_a_hint() {
        let (vectors, _) = planted(10, 4, 2, 0.1, 7);
        let message = |method: DbscanMethod| method.cluster(vectors.view(), 7).unwrap_err().to_string();
        insta::assert_snapshot!(message(DbscanMethod { tolerance: Some(0.0), min_points: None }), @"tolerance = 0 cannot be used for dbscan; write a distance above 0, or leave it out");
        insta::assert_snapshot!(message(DbscanMethod { tolerance: None, min_points: Some(1) }), @"min_points = 1 cannot be used for dbscan; write a number from 2, or leave it out");
    }
}
