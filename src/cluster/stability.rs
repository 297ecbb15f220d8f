//! Whether a cluster is found again in random halves of the interviews.
//!
//! Any method finds clusters in any data. A cluster with the same direction in every half describes the talk; one that comes
//! and goes describes the method, or one person.

use ndarray::{Array2, ArrayView1, ArrayView2};

use super::halves::centres_of_halves;
use super::plan::ClusterPlan;
use super::unit_rows::cosine;
use super::{ClusterError, Clustering};
use crate::results::{Progress, TranscriptIndex};

/// Centres with this cosine have the same direction. Among some fifty centres of sentence vectors two unrelated ones reach
/// 0.4 at most.
pub(super) const SAME: f64 = 0.6;

/// Which clusters are found again in which halves of the interviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Stability {
    /// Clusters × halves; no columns where nothing is known.
    found: Array2<bool>,
}

impl Stability {
    /// Clusters × halves: which cluster is found again in which half.
    pub(super) fn found(&self) -> &Array2<bool> {
        &self.found
    }

    pub(super) fn of_found(found: Array2<bool>) -> Self {
        Self { found }
    }

    /// The share of halves, 0 to 1, in which at least half of some clusters are found again; none for fewer than six interviews.
    pub fn of(&self, clusters: &[usize]) -> Option<f32> {
        let again = |half: &ArrayView1<'_, bool>| {
            2 * clusters.iter().filter(|&&cluster| half[cluster]).count() >= clusters.len()
        };
        let halves = self.found.ncols();
        let times = self.found.columns().into_iter().filter(again).count();
        (halves > 0).then(|| times as f32 / halves as f32)
    }
}

/// Clusters 20 halves of the interviews and looks for each cluster of the whole corpus in them.
///
/// `vectors` (segments × dimension) and `plan` are what `clustering` was made of; `transcript_of` names the transcript of each row.
/// A cluster is found again where a centre of the half has a cosine of 0.6 or more with its own. (Hennig 2007, "Cluster-wise
/// assessment of cluster stability", compares members instead, and finds hardly any cluster of talk stable: borderline
/// members change clusters while the direction stays.)
///
/// # Errors
///
/// When the method finds no answer on a half.
pub fn stability(
    vectors: ArrayView2<'_, f32>,
    transcript_of: &[TranscriptIndex],
    clustering: &Clustering,
    plan: &ClusterPlan,
    seed: u64,
    progress: &dyn Progress,
) -> Result<Stability, ClusterError> {
    let halves = centres_of_halves(vectors, transcript_of, clustering.clusters(), plan, seed, progress)?;
    let lies_in = |cluster: usize, half: &Array2<f32>| {
        half.rows().into_iter().any(|centre| cosine(clustering.centres.row(cluster), centre) >= SAME)
    };
    let found = Array2::from_shape_fn((clustering.clusters(), halves.len()), |(cluster, half)| {
        lies_in(cluster, &halves[half])
    });
    Ok(Stability { found })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use crate::cluster::{ClusterCount, cluster};
    use crate::results::NoProgress;
    use ndarray::Axis;

    fn found_in(
        vectors: &Array2<f32>,
        transcript_of: &[usize],
        clusters: usize,
    ) -> (Clustering, Vec<Option<f32>>) {
        let plan = ClusterPlan { count: ClusterCount::Exactly(clusters), ..ClusterPlan::default() };
        let clustering = cluster(vectors.view(), &plan, 7, &NoProgress).unwrap();
        let transcript_of: Vec<TranscriptIndex> = transcript_of.iter().copied().map(Into::into).collect();
        let stability =
            stability(vectors.view(), &transcript_of, &clustering, &plan, 7, &NoProgress).unwrap();
        let shares = (0..clustering.clusters()).map(|cluster| stability.of(&[cluster])).collect();
        (clustering, shares)
    }

    fn planted_in(interviews: usize, clusters: usize) -> Vec<Option<f32>> {
        let (vectors, _) = planted(600, 48, clusters, 0.8, 7);
        let transcript_of: Vec<usize> = (0..600).map(|row| row % interviews).collect();
        found_in(&vectors, &transcript_of, clusters).1
    }

    #[test]
    fn what_is_there_comes_up_again() {
        assert_eq!(planted_in(23, 5), [Some(1.0); 5]);
    }

    #[test]
    fn cuts_through_a_cloud_do_not() {
        let (vectors, _) = planted(600, 48, 1, 0.8, 7);
        let mean = vectors.mean_axis(Axis(0)).unwrap();
        let transcript_of: Vec<usize> = (0..600).map(|row| row % 20).collect();
        let (_, shares) = found_in(&(vectors - &mean), &transcript_of, 8);
        let mean = shares.iter().flatten().sum::<f32>() / shares.len() as f32;
        assert!(mean < 0.3, "{shares:?}");
    }

    #[test]
    fn what_one_person_says_is_not_stable() {
        let (mut vectors, _) = planted(400, 48, 4, 0.8, 7);
        for mut row in vectors.rows_mut().into_iter().take(30) {
            row.fill(0.0);
            row[47] = -1.0;
        }
        let transcript_of: Vec<usize> = (0..400).map(|row| if row < 30 { 0 } else { 1 + row % 12 }).collect();
        let (clustering, shares) = found_in(&vectors, &transcript_of, 5);
        let alone = clustering.cluster_of[0].unwrap() as usize;
        assert!(shares[alone] <= Some(0.8), "{shares:?}");
    }

    #[test]
    fn several_come_up_where_half_of_them_do() {
        let found = ndarray::array![[true, true, false, false], [true, false, false, true]];
        let stability = Stability { found };
        assert_eq!(stability.of(&[0, 1]), Some(0.75));
        assert_eq!(stability.of(&[0]), Some(0.5));
    }

    #[test]
    fn five_interviews_say_nothing() {
        assert_eq!(planted_in(5, 3), [None; 3]);
    }
}
