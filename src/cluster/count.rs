//! Chooses the number of clusters when a study does not set it.
//!
//! On sentence vectors silhouettes prefer two clusters, and the explained variance grows with every cluster. So the criterion
//! is the likelihood of the rows less a penalty for each parameter that the centres add.

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use ndarray::{ArrayView2, Axis};
use rayon::prelude::*;
use same_bits::{RandomStream, random_stream};

use super::sample::sample_rows;
use super::unit_rows::{UnitRows, sum_of_rows};
use super::{ClusterError, SphericalKMeans};
use crate::results::{Progress, Stage};
use same_bits::elementary::{ln, pow};

/// With more rows than this, a sample is used.
pub(super) const MAX_ROWS: usize = 10_000;
/// No more clusters than people read as themes.
pub(super) const MAX_CLUSTERS: usize = 100;
/// Lower bound of the squared distance of rows within a cluster; what is below is rounding.
const MIN_SPREAD: f64 = 1e-6;
/// Clusters that explain a smaller share of the variance are not separate.
pub(super) const ISLANDS: f64 = 0.5;
/// Share of the best count's gain that may be lost for fewer clusters.
pub(super) const GAIN_FORGONE: f64 = 0.03;

/// The chosen number of clusters, with the scores behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct CountChoice {
    /// The number chosen; 0 only for no rows.
    pub clusters: usize,
    /// The counts that were tried, ascending, each with its penalised log-likelihood a row: higher is better.
    pub tried: Vec<(usize, f64)>,
}

/// Finds how many clusters `vectors` (segments × dimension) support, from 1 to 81.
///
/// Candidates grow by a quarter each, up to twice √(n/2) for n rows (√(n/2) is the rule of thumb of Mardia, Kent and Bibby,
/// 1979). For each, spherical k-means is run, and the rows get the likelihood of equal spherical normal distributions around
/// the means of their clusters (Pelleg and Moore, 2000, "X-means"). Each centre has D + 1 parameters, and each costs ln ln n
/// (Hannan and Quinn, 1979): less than the ½ ln n of the Bayesian criterion, which for some hundred segments gives too few
/// clusters to read as themes, and more than the 1 of Akaike's, which gives too many. D is the effective dimension of the
/// rows: the participation ratio (Σλ)² / Σλ² of the eigenvalues of their covariance matrix.
///
/// The smallest number that gains over one cluster at least 97 % of what the best gains is chosen. Where it explains less than
/// half of the variance, as with talk it nearly always does, the clusters are not separate and their number is a matter of
/// resolution: it is √(n/2), whether tried or not. As more clusters explain more, the largest number is tried first: where
/// it gains over one cluster and explains less than half, no other is tried. Of more than 10,000 rows a sample is used.
///
/// # Errors
///
/// [`ClusterError::Cancelled`]; spherical k-means' own errors are passed on.
pub fn choose_count(
    vectors: ArrayView2<'_, f32>,
    seed: u64,
    progress: &dyn Progress,
) -> Result<CountChoice, ClusterError> {
    let rows = UnitRows::of(vectors);
    let mut stream = random_stream(seed, "cluster-count");
    let sample = sample_rows(rows.view().nrows(), MAX_ROWS, &mut stream);
    let sampled = rows.view().select(Axis(0), &sample);
    let counts = counts_to_try(sampled.nrows());
    let dimensions = effective_dimensions(sampled.view());

    progress.begin(Stage::Cluster, counts.len() as u64);
    let score = |&count: &usize| {
        if progress.is_cancelled() {
            return Err(ClusterError::Cancelled);
        }
        let tried = score(sampled.view(), count, dimensions, &stream);
        progress.advance(1);
        tried
    };
    let tried = tried_in_turn(&counts, score);
    progress.end();
    let tried = tried?;
    Ok(CountChoice {
        clusters: unless_cuts(smallest_near_best(&tried), &tried, sampled.nrows()),
        tried: tried.iter().map(|one| (one.count, one.score)).collect(),
    })
}

/// A candidate count.
#[derive(Debug, Clone, Copy)]
struct Tried {
    count: usize,
    /// Penalised log-likelihood a row.
    score: f64,
    /// Mean squared distance of the rows to the means of their clusters.
    spread: f64,
}

/// The counts with their scores: the first and the last, and the others only where they can matter.
fn tried_in_turn(
    counts: &[usize],
    score: impl Fn(&usize) -> Result<Tried, ClusterError>,
) -> Result<Vec<Tried>, ClusterError> {
    let [least, between @ .., most] = counts else { return counts.iter().map(score).collect() };
    let (alone, most) = (score(least)?, score(most)?);
    if most.score > alone.score && most.cuts(alone) {
        return Ok(vec![alone, most]);
    }
    let mut tried = vec![alone];
    for count in between {
        tried.push(score(count)?);
    }
    tried.push(most);
    Ok(tried)
}

impl Tried {
    /// Whether these clusters explain too little of the variance around one centre, that of `alone`, to be separate.
    fn cuts(self, alone: Self) -> bool {
        alone.spread > 0.0 && 1.0 - self.spread / alone.spread < ISLANDS
    }
}

/// The count itself where there is one cluster or the clusters are separate; otherwise √(n/2).
fn unless_cuts(chosen: usize, tried: &[Tried], rows: usize) -> usize {
    let of = |count| tried.iter().copied().find(|one| one.count == count);
    match of(chosen).zip(of(1)) {
        Some((found, alone)) if chosen > 1 && found.cuts(alone) => {
            (rows as f64 / 2.0).sqrt().round().max(1.0) as usize
        }
        _ => chosen,
    }
}

/// The smallest count that gains, over one cluster, nearly as much as the best. Scores rise steeply to a long plateau; where
/// on it the best is, is chance, and fewer clusters are easier to read.
fn smallest_near_best(tried: &[Tried]) -> usize {
    let Some(alone) = tried.first().map(|one| one.score) else { return 0 };
    let best = tried.iter().fold(alone, |best, one| best.max(one.score));
    let enough = best - GAIN_FORGONE * (best - alone);
    tried.iter().find(|one| one.score >= enough).map_or(1, |one| one.count)
}

/// 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, …: whole numbers on a geometric grid, up to what so many rows may have.
fn counts_to_try(rows: usize) -> Vec<usize> {
    let most = (2.0 * (rows as f64 / 2.0).sqrt()).min(MAX_CLUSTERS as f64).min(rows as f64);
    let mut counts: Vec<usize> = (0..=20)
        .map(|step| pow(2.0, f64::from(step) / 3.0).round())
        .take_while(|&count| count <= most)
        .map(|count| count as usize)
        .collect();
    counts.dedup();
    counts
}

/// The score of the best of some runs with `count` clusters.
fn score(
    vectors: ArrayView2<'_, f32>,
    count: usize,
    dimensions: f64,
    stream: &RandomStream,
) -> Result<Tried, ClusterError> {
    let model = SphericalKMeans::params_with_rng(count, stream.clone())
        .n_runs(2)
        .max_n_iterations(20)
        .tolerance(0.005)
        .fit(&DatasetBase::from(vectors))?;
    let mut members = vec![Vec::new(); model.centres().nrows()];
    for (row, cluster) in model.predict(&vectors).into_iter().enumerate() {
        members[cluster].push(row);
    }
    members.retain(|rows: &Vec<usize>| !rows.is_empty());

    let rows = vectors.nrows() as f64;
    // Unit rows: their squared distances to the cluster's mean sum to their number less |sum|² / number.
    let explained: Vec<f64> = members
        .par_iter()
        .map(|rows| sum_of_rows(vectors, rows).mapv(|value| value * value).sum() / rows.len() as f64)
        .collect();
    let spread = ((rows - explained.iter().sum::<f64>()) / rows).max(MIN_SPREAD);
    let sizes: f64 = members.iter().map(|rows| rows.len() as f64).map(|size| size * ln(size / rows)).sum();
    let likelihood = sizes / rows - dimensions / 2.0 * ln(spread);
    // Below ten rows ln ln n is near zero or negative.
    let penalty = ln(ln(rows.max(10.0))) * count as f64 * (dimensions + 1.0);
    Ok(Tried { count, score: likelihood - penalty / rows, spread })
}

/// (Σλ)² / Σλ² over the eigenvalues λ of the covariance of the rows, from the traces of the matrix and of its square. At
/// least 1.
fn effective_dimensions(vectors: ArrayView2<'_, f32>) -> f64 {
    let all: Vec<usize> = (0..vectors.nrows()).collect();
    let (_, covariance) = super::reduce::mean_and_covariance(vectors, &all);
    let trace: f64 = covariance.diag().sum();
    let trace_of_square: f64 = covariance.iter().map(|value| value * value).sum();
    if trace_of_square > 0.0 { (trace * trace / trace_of_square).max(1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use crate::results::NoProgress;
    use ndarray::{Array2, array};

    #[test]
    fn the_counts_tried_grow_with_the_rows() {
        assert!(counts_to_try(0).is_empty());
        assert_eq!(counts_to_try(1), [1]);
        assert_eq!(counts_to_try(30), [1, 2, 3, 4, 5, 6]);
        assert_eq!(counts_to_try(800), [1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40]);
        assert_eq!(counts_to_try(1_000_000).last(), Some(&81));
    }

    #[test]
    fn where_the_most_clusters_are_cuts_none_between_is_tried() {
        let counts = [1, 2, 3, 4];
        let tried = |spread_of_most: f64, score_of_most: f64| {
            let made = |&count: &usize| {
                let (score, spread) = match count {
                    1 => (0.0, 1.0),
                    4 => (score_of_most, spread_of_most),
                    _ => (0.1, 0.7),
                };
                Ok(Tried { count, score, spread })
            };
            let tried = tried_in_turn(&counts, made).unwrap();
            tried.into_iter().map(|one| one.count).collect::<Vec<_>>()
        };
        assert_eq!(tried(0.6, 1.0), [1, 4]);
        assert_eq!(tried(0.4, 1.0), counts);
        assert_eq!(tried(0.6, -1.0), counts);
    }

    #[test]
    fn planted_clusters_are_counted() {
        for (rows, clusters) in [(60, 4), (600, 1), (600, 6)] {
            let (vectors, _) = planted(rows, 48, clusters, 0.8, 7);
            let choice = choose_count(vectors.view(), 7, &NoProgress).unwrap();
            assert_eq!(choice.clusters, clusters, "{:?}", choice.tried);
        }
    }

    #[test]
    fn many_planted_clusters_are_counted_to_a_step_of_the_grid() {
        let (vectors, _) = planted(2000, 48, 20, 0.8, 7);
        let choice = choose_count(vectors.view(), 7, &NoProgress).unwrap();
        assert!([20, 25].contains(&choice.clusters), "{:?}", choice.tried);
    }

    #[test]
    fn rows_that_differ_in_nothing_are_one_cluster() {
        let equal = Array2::from_elem((500, 8), 0.25_f32);
        assert_eq!(choose_count(equal.view(), 7, &NoProgress).unwrap().clusters, 1);
        assert_eq!(choose_count(array![[1.0_f32, 0.0]].view(), 7, &NoProgress).unwrap().clusters, 1);
        assert_eq!(choose_count(Array2::zeros((0, 8)).view(), 7, &NoProgress).unwrap().clusters, 0);
    }

    #[test]
    fn dimensions_are_those_that_the_rows_use() {
        let flat = Array2::from_shape_fn((400, 9), |(row, column)| match column {
            0 => f32::from(row % 2 == 0),
            1 => f32::from(row % 4 < 2),
            _ => 0.0,
        });
        assert!((effective_dimensions(flat.view()) - 2.0).abs() < 0.01);
    }
}
