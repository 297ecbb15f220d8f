//! The algorithm: assign every row to its nearest centre, recompute the centres, repeat until few rows move.

use linfa::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, ArrayView2, Axis, Data, Ix2};
use rand::Rng;
use rayon::prelude::*;

use super::assignment::nearest_centres;
use super::{SphericalKMeansError, SphericalKMeansParams, SphericalKMeansValidParams, plus_plus};
use crate::cluster::sample::sample_rows;
use crate::cluster::unit_rows::{UnitRows, cosine, direction, sum_of_rows};
use same_bits::RandomStream;

/// Spherical k-means: rows are clustered by their direction alone, and centres are directions too.
///
/// The direction of a sentence vector tells what a text is about; its length tells nothing. Plain k-means on unit vectors is
/// close, but its centres are means inside the sphere, so that a wide cluster's centre is nearer to everything than a narrow
/// one's. Here every centre is scaled to unit length at each step, which maximises the sum of the cosines between the rows
/// and their centres (Dhillon and Modha, 2001, "Concept decompositions for large sparse text data using clustering",
/// *Machine Learning* 42).
///
/// # The algorithm
///
/// 1. *Seeds.* k-means++ (Arthur and Vassilvitskii, 2007, "k-means++: the advantages of careful seeding") draws rows that
///    are far from the seeds so far, and of some such rows takes the one that helps most.
/// 2. *Assignment.* Each row goes to the centre with the highest cosine; all cosines of some hundred rows are one
///    product of matrices.
/// 3. *Centres.* Each centre becomes the sum of its rows, at unit length.
/// 4. A cluster that lost all its rows restarts from the row that fits its own centre worst.
/// 5. Steps 2 to 4 end when no more than the tolerated share of rows changes its cluster.
///
/// This is repeated from different seeds, and the run with the highest sum of cosines is kept. With many rows the runs use a
/// sample, and the best run is refined on all rows.
///
/// # Determinism
///
/// The result depends on the rows, their order and the random numbers alone: near ties of step 2 are decided in f64, and the
/// sums of step 3 are in f64 in the order of the rows, whatever the number of threads and the processor.
///
/// # Rows without direction
///
/// Rows that are zero, infinite or not a number have no direction: they move no centre, and [`Predict`] gives them cluster 0.
/// Rows of other lengths are scaled. There are fewer centres than asked for when the rows have fewer different directions.
///
/// # When not to use it
///
/// When clusters are not round on the sphere, or most rows are noise: see
/// [`DbscanMethod`](crate::cluster::DbscanMethod).
///
/// # Tutorial
///
/// ```
/// use emic::cluster::SphericalKMeans;
/// use linfa::DatasetBase;
/// use linfa::traits::{Fit, Predict};
/// use ndarray::array;
///
/// // Two directions; the length of a row does not matter.
/// let rows = array![[1.0_f32, 0.1], [0.1, 1.0], [5.0, 0.0], [0.0, 0.2]];
///
/// let model = SphericalKMeans::params(2).n_runs(3).fit(&DatasetBase::from(rows.clone()))?;
/// let clusters = model.predict(&rows);
/// assert_eq!(clusters[0], clusters[2]);
/// assert_eq!(clusters[1], clusters[3]);
/// assert_ne!(clusters[0], clusters[1]);
///
/// // A new row goes to the nearest centre.
/// assert_eq!(model.predict(&array![[2.0_f32, 0.3]])[0], clusters[0]);
/// assert!(model.mean_cosine() > 0.99);
/// # Ok::<(), emic::cluster::SphericalKMeansError>(())
/// ```
///
/// [`Predict`]: linfa::traits::Predict
#[derive(Debug, Clone, PartialEq)]
pub struct SphericalKMeans {
    centres: Array2<f32>,
    mean_cosine: f64,
}

impl SphericalKMeans {
    /// Parameters for `n_clusters` clusters, with a fixed random stream.
    pub fn params(n_clusters: usize) -> SphericalKMeansParams<RandomStream> {
        SphericalKMeansParams::new(n_clusters)
    }

    /// Parameters for `n_clusters` clusters, with the random numbers of `rng`.
    pub fn params_with_rng<R: Rng>(n_clusters: usize, rng: R) -> SphericalKMeansParams<R> {
        SphericalKMeansParams::with_rng(n_clusters, rng)
    }

    /// The centres, clusters × dimension, each of unit length.
    pub fn centres(&self) -> &Array2<f32> {
        &self.centres
    }

    /// The mean cosine between the rows fitted and their centres, −1 to 1; rows without direction are not counted.
    pub fn mean_cosine(&self) -> f64 {
        self.mean_cosine
    }
}

impl<R: Rng + Clone, D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, SphericalKMeansError>
    for SphericalKMeansValidParams<R>
{
    type Object = SphericalKMeans;

    /// Finds the centres of `dataset` (rows × dimension).
    ///
    /// # Errors
    ///
    /// [`SphericalKMeansError::NoDirection`] when there is no row that is finite and not zero.
    fn fit(
        &self,
        dataset: &DatasetBase<ArrayBase<D, Ix2>, T>,
    ) -> Result<SphericalKMeans, SphericalKMeansError> {
        let rows = UnitRows::of(dataset.records().view());
        let vectors = rows.view();
        if vectors.nrows() == 0 {
            return Err(SphericalKMeansError::NoDirection);
        }
        let mut rng = self.rng().clone();
        let mut best = if vectors.nrows() > self.max_trial_rows() {
            let sample = sample_rows(vectors.nrows(), self.max_trial_rows(), &mut rng);
            let trial = best_run(self, vectors.select(Axis(0), &sample).view(), &mut rng);
            refine(self, vectors, trial.centres)
        } else {
            best_run(self, vectors, &mut rng)
        };
        best.sum_of_cosines /= vectors.nrows() as f64;
        Ok(SphericalKMeans { centres: best.centres, mean_cosine: best.sum_of_cosines })
    }
}

impl<D: Data<Elem = f32>> PredictInplace<ArrayBase<D, Ix2>, Array1<usize>> for SphericalKMeans {
    /// Writes the number of the nearest centre of each of `rows` (rows × dimension) into `clusters`; 0 for rows
    /// without direction.
    ///
    /// # Panics
    ///
    /// When `rows` has another dimension than the rows fitted, or another number of rows than `clusters`.
    fn predict_inplace(&self, rows: &ArrayBase<D, Ix2>, clusters: &mut Array1<usize>) {
        assert_eq!(rows.ncols(), self.centres.ncols(), "the rows must have the dimension of the rows fitted");
        assert_eq!(rows.nrows(), clusters.len(), "there must be room for one cluster a row");
        let directions = UnitRows::of(rows.view());
        let nearest = nearest_centres(directions.view(), self.centres.view());
        for (cluster, nearest) in clusters.iter_mut().zip(directions.spread(nearest, rows.nrows(), &0)) {
            *cluster = nearest as usize;
        }
    }

    fn default_target(&self, rows: &ArrayBase<D, Ix2>) -> Array1<usize> {
        Array1::zeros(rows.nrows())
    }
}

/// The result of a run.
struct Run {
    centres: Array2<f32>,
    sum_of_cosines: f64,
}

fn best_run<R: Rng>(
    params: &SphericalKMeansValidParams<R>,
    vectors: ArrayView2<'_, f32>,
    rng: &mut R,
) -> Run {
    let mut run = || refine(params, vectors, plus_plus(vectors, params.n_clusters(), rng));
    let mut best = run();
    for _ in 1..params.n_runs() {
        let next = run();
        if next.sum_of_cosines > best.sum_of_cosines {
            best = next;
        }
    }
    best
}

/// Steps 2 to 5, from the given centres.
fn refine<R: Rng>(
    params: &SphericalKMeansValidParams<R>,
    vectors: ArrayView2<'_, f32>,
    mut centres: Array2<f32>,
) -> Run {
    let may_move = (params.tolerance() * vectors.nrows() as f64) as usize;
    let mut nearest = nearest_centres(vectors, centres.view());
    for _ in 0..params.max_n_iterations() {
        refill_empty(vectors, centres.view(), &mut nearest);
        turn_to_rows(vectors, &nearest, &mut centres);
        let before = std::mem::replace(&mut nearest, nearest_centres(vectors, centres.view()));
        let moved = before.iter().zip(&nearest).filter(|(before, after)| before != after).count();
        let all_filled = members(&nearest, centres.nrows()).iter().all(|rows| !rows.is_empty());
        if moved == 0 || (moved <= may_move && all_filled) {
            break;
        }
    }
    let sum_of_cosines = members(&nearest, centres.nrows())
        .into_par_iter()
        .zip(centres.axis_iter(Axis(0)).into_par_iter())
        .map(|(rows, centre)| {
            sum_of_rows(vectors, &rows)
                .iter()
                .zip(centre)
                .map(|(&sum, &value)| sum * f64::from(value))
                .sum::<f64>()
        })
        .collect::<Vec<f64>>()
        .into_iter()
        .sum();
    Run { centres, sum_of_cosines }
}

/// The rows of each cluster, ascending.
fn members(nearest: &[u32], clusters: usize) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); clusters];
    for (row, &cluster) in nearest.iter().enumerate() {
        members[cluster as usize].push(row);
    }
    members
}

/// Moves every centre to the direction of its rows' sum; one whose rows cancel each other out stays.
fn turn_to_rows(vectors: ArrayView2<'_, f32>, nearest: &[u32], centres: &mut Array2<f32>) {
    let members = members(nearest, centres.nrows());
    centres.axis_iter_mut(Axis(0)).into_par_iter().zip(members).for_each(|(mut centre, rows)| {
        if let (Some(turned), _) = direction(&sum_of_rows(vectors, &rows)) {
            centre.assign(&turned);
        }
    });
}

/// Gives every empty cluster the row that fits its own centre worst; of equal ones, the first.
fn refill_empty(vectors: ArrayView2<'_, f32>, centres: ArrayView2<'_, f32>, nearest: &mut [u32]) {
    let mut sizes: Vec<usize> = members(nearest, centres.nrows()).iter().map(Vec::len).collect();
    let empty: Vec<usize> = (0..sizes.len()).filter(|&cluster| sizes[cluster] == 0).collect();
    if empty.is_empty() {
        return;
    }
    let fit = |(row, &cluster): (usize, &u32)| cosine(vectors.row(row), centres.row(cluster as usize));
    let fits: Vec<f64> = nearest.par_iter().enumerate().map(fit).collect();
    let mut worst_first: Vec<usize> = (0..fits.len()).collect();
    worst_first.sort_by(|&a, &b| fits[a].total_cmp(&fits[b]));
    let mut worst_first = worst_first.into_iter();
    for cluster in empty {
        // A row that is alone in its cluster stays, or that cluster would be empty next.
        let Some(row) = worst_first.find(|&row| sizes[nearest[row] as usize] > 1) else { return };
        sizes[nearest[row] as usize] -= 1;
        sizes[cluster] = 1;
        nearest[row] = cluster as u32;
    }
}
