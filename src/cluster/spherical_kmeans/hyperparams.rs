//! The parameters of spherical k-means: unchecked to build, checked to fit.

use linfa::ParamGuard;
use rand::{Rng, SeedableRng};

use super::SphericalKMeansParamsError;
use same_bits::RandomStream;

/// Parameters that were checked; made by [`SphericalKMeansParams::check`](linfa::ParamGuard::check).
#[derive(Debug, Clone, PartialEq)]
pub struct SphericalKMeansValidParams<R: Rng> {
    n_clusters: usize,
    n_runs: usize,
    max_n_iterations: usize,
    tolerance: f64,
    max_trial_rows: usize,
    rng: R,
}

/// Parameters of [`SphericalKMeans`](super::SphericalKMeans), set one by one and checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub struct SphericalKMeansParams<R: Rng>(SphericalKMeansValidParams<R>);

impl SphericalKMeansParams<RandomStream> {
    /// Looks for `n_clusters` clusters, with a fixed random stream and the defaults of [`Self::with_rng`].
    pub fn new(n_clusters: usize) -> Self {
        Self::with_rng(n_clusters, RandomStream::seed_from_u64(42))
    }
}

impl<R: Rng> SphericalKMeansParams<R> {
    /// Looks for `n_clusters` clusters with the random numbers of `rng`.
    ///
    /// Defaults: 4 runs, at most 100 iterations each, a tolerance of 0.001, runs on at most 10,000 rows.
    pub fn with_rng(n_clusters: usize, rng: R) -> Self {
        Self(SphericalKMeansValidParams {
            n_clusters,
            n_runs: 4,
            max_n_iterations: 100,
            tolerance: 1e-3,
            max_trial_rows: 10_000,
            rng,
        })
    }

    /// Number of runs; the one with the highest mean cosine is kept.
    #[must_use]
    pub fn n_runs(mut self, n_runs: usize) -> Self {
        self.0.n_runs = n_runs;
        self
    }

    /// After how many iterations a run ends even if rows still move.
    #[must_use]
    pub fn max_n_iterations(mut self, max_n_iterations: usize) -> Self {
        self.0.max_n_iterations = max_n_iterations;
        self
    }

    /// A run has converged when at most this share of the rows (0 to 1) changes its cluster.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// With more rows than this, the runs use a sample of so many, and only the best one is refined on all rows.
    #[must_use]
    pub fn max_trial_rows(mut self, max_trial_rows: usize) -> Self {
        self.0.max_trial_rows = max_trial_rows;
        self
    }
}

impl<R: Rng> ParamGuard for SphericalKMeansParams<R> {
    type Checked = SphericalKMeansValidParams<R>;
    type Error = SphericalKMeansParamsError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        if self.0.n_clusters == 0 {
            Err(SphericalKMeansParamsError::NClusters)
        } else if self.0.n_runs == 0 {
            Err(SphericalKMeansParamsError::NRuns)
        } else if self.0.max_n_iterations == 0 {
            Err(SphericalKMeansParamsError::MaxIterations)
        } else if !(0.0..=1.0).contains(&self.0.tolerance) {
            Err(SphericalKMeansParamsError::Tolerance)
        } else if self.0.max_trial_rows == 0 {
            Err(SphericalKMeansParamsError::TrialRows)
        } else {
            Ok(&self.0)
        }
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl<R: Rng> SphericalKMeansValidParams<R> {
    /// Number of clusters looked for, at least 1.
    pub fn n_clusters(&self) -> usize {
        self.n_clusters
    }

    /// Number of runs, at least 1.
    pub fn n_runs(&self) -> usize {
        self.n_runs
    }

    /// Largest number of iterations of a run, at least 1.
    pub fn max_n_iterations(&self) -> usize {
        self.max_n_iterations
    }

    /// Share of rows, 0 to 1, that may still move when a run ends.
    pub fn tolerance(&self) -> f64 {
        self.tolerance
    }

    /// Largest number of rows that a run is tried on, at least 1.
    pub fn max_trial_rows(&self) -> usize {
        self.max_trial_rows
    }

    /// The random numbers that a fit starts with; every fit starts with the same.
    pub fn rng(&self) -> &R {
        &self.rng
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(params: SphericalKMeansParams<RandomStream>) -> String {
        params.check().map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn parameters_out_of_range_are_refused_with_a_sentence() {
        let params = || SphericalKMeansParams::new(3);
        insta::assert_snapshot!(message(SphericalKMeansParams::new(0)), @"the number of clusters cannot be 0");
        insta::assert_snapshot!(message(params().n_runs(0)), @"the number of runs cannot be 0");
        insta::assert_snapshot!(message(params().max_n_iterations(0)), @"the largest number of iterations cannot be 0");
        insta::assert_snapshot!(message(params().tolerance(f64::NAN)), @"the tolerance is a share of rows and must lie between 0 and 1");
        insta::assert_snapshot!(message(params().tolerance(1.5)), @"the tolerance is a share of rows and must lie between 0 and 1");
        insta::assert_snapshot!(message(params().max_trial_rows(0)), @"the number of rows that a run is tried on cannot be 0");
    }

    #[test]
    fn what_was_set_is_what_is_checked() {
        let checked =
            SphericalKMeansParams::new(7).n_runs(2).max_n_iterations(9).tolerance(0.0).max_trial_rows(5);
        let checked = checked.check().unwrap();
        assert_eq!((checked.n_clusters(), checked.n_runs(), checked.max_n_iterations()), (7, 2, 9));
        assert_eq!((checked.tolerance(), checked.max_trial_rows()), (0.0, 5));
    }
}
