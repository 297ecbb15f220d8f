//! What comes up again when other people are asked.
//!
//! Any method finds clusters in any cloud. A direction in which a cluster lies whichever half of the interviews is looked at says
//! something about the talk; one that comes and goes says something about the method, or about one person. So the directions
//! that recur are what themes are made of, and how often they recur is their stability.

use std::cmp::Reverse;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, concatenate};

use super::halves::centres_of_halves;
use super::linkage::{Until, average_linkage};
use super::plan::ClusterPlan;
use super::unit_rows::{cosine, direction, sum_of_rows};
use super::{ClusterError, Clustering};
use crate::corpus::Progress;

/// Centres with this cosine point the same way. Among some fifty centres of sentence vectors two that have nothing to do with each
/// other reach 0.4 at most.
const SAME: f64 = 0.6;

/// Directions in which clusters lie, and in which halves of the interviews.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurring {
    /// Directions × dimension, unit length; those that recur most often first. For fewer than six interviews, of which halves
    /// say nothing, they are the centres of the clusters.
    pub directions: Array2<f32>,
    /// Directions × halves: whether a cluster of the half lies there. No columns where nothing is known.
    seen: Array2<bool>,
    /// For each cluster of the whole corpus the share of halves in which one lies where it does, if that is known.
    pub stability: Vec<Option<f32>>,
    /// For each cluster of the whole corpus the direction in which it lies, if it is one of those above.
    pub direction_of: Vec<Option<usize>>,
}

impl Recurring {
    /// The share of halves, 0 to 1, in which at least half of some directions come up; none for fewer than six interviews.
    pub fn share_of_halves(&self, directions: &[usize]) -> Option<f32> {
        let come_up = |half: &ArrayView1<'_, bool>| {
            2 * directions.iter().filter(|&&direction| half[direction]).count() >= directions.len()
        };
        let halves = self.seen.ncols();
        let found = self.seen.columns().into_iter().filter(come_up).count();
        (halves > 0).then(|| found as f32 / halves as f32)
    }
}

/// Clusters 20 halves of the interviews and finds the directions that recur.
///
/// `vectors` (segments × dimension) and `plan` are what `clustering` was made of; `interview_of` names the interview of each row.
/// The centres of all halves are joined by average linkage while their mean cosine is 0.6 or more: a consensus of clusterings of
/// resampled data (Monti et al. 2003), by centres instead of pairs of rows.
///
/// # Errors
///
/// When the method finds no answer on a half.
pub fn recurring(
    vectors: ArrayView2<'_, f32>,
    interview_of: &[usize],
    clustering: &Clustering,
    plan: &ClusterPlan,
    seed: u64,
    progress: &dyn Progress,
) -> Result<Recurring, ClusterError> {
    let clusters = clustering.clusters();
    let halves = centres_of_halves(vectors, interview_of, clusters, plan, seed, progress)?;
    if halves.is_empty() {
        return Ok(Recurring {
            directions: clustering.centres.clone(),
            seen: Array2::from_elem((clusters, 0), false),
            stability: vec![None; clusters],
            direction_of: (0..clusters).map(Some).collect(),
        });
    }
    let (directions, seen) = consensus(&halves);
    let share = |centre| {
        let found = |half: &&Array2<f32>| towards(centre, half.view()).is_some();
        halves.iter().filter(found).count() as f32 / halves.len() as f32
    };
    let centres = || clustering.centres.rows().into_iter();
    Ok(Recurring {
        stability: centres().map(|centre| Some(share(centre))).collect(),
        direction_of: centres().map(|centre| towards(centre, directions.view())).collect(),
        directions,
        seen,
    })
}

/// The row that points most nearly as this one does, the first among equals, if any does.
fn towards(centre: ArrayView1<'_, f32>, rows: ArrayView2<'_, f32>) -> Option<usize> {
    let mut nearest = None;
    let mut most = SAME;
    for (place, row) in rows.rows().into_iter().enumerate() {
        let cosine = cosine(centre, row);
        if cosine > most || (nearest.is_none() && cosine >= most) {
            (nearest, most) = (Some(place), cosine);
        }
    }
    nearest
}

/// The directions of groups of centres, and the halves that each has a centre from; those of most halves first.
fn consensus(halves: &[Array2<f32>]) -> (Array2<f32>, Array2<bool>) {
    let half_of: Vec<usize> =
        halves.iter().enumerate().flat_map(|(half, centres)| vec![half; centres.nrows()]).collect();
    let views: Vec<ArrayView2<'_, f32>> = halves.iter().map(Array2::view).collect();
    // All halves have the same dimension, so joining them cannot fail.
    let centres = concatenate(Axis(0), &views).unwrap_or_default();
    let mut groups: Vec<(Vec<usize>, Array1<f32>)> = Vec::new();
    for group in average_linkage(centres.view(), Until::Cosine(SAME)) {
        if let (Some(towards), _) = direction(&sum_of_rows(centres.view(), &group)) {
            let mut from: Vec<usize> = group.iter().map(|&row| half_of[row]).collect();
            from.dedup();
            groups.push((from, towards));
        }
    }
    // The sort keeps the order of equals.
    groups.sort_by_key(|(from, _)| Reverse(from.len()));
    let mut directions = Array2::zeros((groups.len(), centres.ncols()));
    let mut seen = Array2::from_elem((groups.len(), halves.len()), false);
    for (place, (from, towards)) in groups.iter().enumerate() {
        directions.row_mut(place).assign(towards);
        for &half in from {
            seen[[place, half]] = true;
        }
    }
    (directions, seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use crate::cluster::{ClusterCount, cluster};
    use crate::corpus::Silent;

    fn found_in(vectors: &Array2<f32>, interview_of: &[usize], clusters: usize) -> (Clustering, Recurring) {
        let plan = ClusterPlan { count: ClusterCount::Exactly(clusters), ..ClusterPlan::default() };
        let clustering = cluster(vectors.view(), &plan, 7, &Silent).unwrap();
        let recurring = recurring(vectors.view(), interview_of, &clustering, &plan, 7, &Silent).unwrap();
        assert_eq!(recurring.stability.len(), clustering.clusters());
        assert_eq!(recurring.seen.nrows(), recurring.directions.nrows());
        (clustering, recurring)
    }

    fn planted_in(interviews: usize, planted_clusters: usize, found: usize) -> Recurring {
        let (vectors, _) = planted(600, 48, planted_clusters, 0.8, 7);
        let interview_of: Vec<usize> = (0..600).map(|row| row % interviews).collect();
        found_in(&vectors, &interview_of, found).1
    }

    #[test]
    fn what_is_there_comes_up_again() {
        let recurring = planted_in(23, 5, 5);
        assert_eq!(recurring.stability, [Some(1.0); 5]);
        assert_eq!(recurring.directions.nrows(), 5);
        assert!((0..5).all(|direction| recurring.share_of_halves(&[direction]) == Some(1.0)));
        let mut lies: Vec<_> = recurring.direction_of.clone();
        lies.sort_unstable();
        assert_eq!(lies, (0..5).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn cuts_through_a_cloud_do_not() {
        let (vectors, _) = planted(600, 48, 1, 0.8, 7);
        let mean = vectors.mean_axis(Axis(0)).unwrap();
        let interview_of: Vec<usize> = (0..600).map(|row| row % 20).collect();
        let (_, recurring) = found_in(&(vectors - &mean), &interview_of, 8);
        let mean = recurring.stability.iter().flatten().sum::<f32>() / recurring.stability.len() as f32;
        assert!(mean < 0.3, "{:?}", recurring.stability);
    }

    #[test]
    fn what_one_person_says_is_not_stable() {
        let (mut vectors, _) = planted(400, 48, 4, 0.8, 7);
        for mut row in vectors.rows_mut().into_iter().take(30) {
            row.fill(0.0);
            row[47] = -1.0;
        }
        let interview_of: Vec<usize> = (0..400).map(|row| if row < 30 { 0 } else { 1 + row % 12 }).collect();
        let (clustering, recurring) = found_in(&vectors, &interview_of, 5);
        let alone = clustering.cluster_of[0].unwrap() as usize;
        assert!(recurring.stability[alone] <= Some(0.8), "{:?}", recurring.stability);
    }

    #[test]
    fn five_interviews_say_nothing() {
        let recurring = planted_in(5, 3, 3);
        assert_eq!(recurring.stability, vec![None; 3]);
        assert_eq!(recurring.share_of_halves(&[0]), None);
        assert_eq!(recurring.directions.nrows(), 3);
    }
}
