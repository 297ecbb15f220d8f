//! Whether a cluster comes up again when other people are asked.
//!
//! Any method finds clusters in any cloud. One that stays when half of the interviews are left out says something about the
//! talk; one that falls apart says something about the method, or about one person. Interviews are drawn, not segments: two
//! segments of one interview resemble each other whatever they are about.

use ndarray::{ArrayView2, Axis};
use rayon::prelude::*;

use super::plan::ClusterPlan;
use super::sample::sample_rows;
use super::{ClusterError, Clustering, method};
use crate::corpus::random_stream;

/// How often half of the interviews are drawn.
const ROUNDS: usize = 20;
/// With fewer interviews the halves say nothing.
const LEAST_INTERVIEWS: usize = 6;
/// Of more rows than this in a half a sample is clustered.
const MOST_ROWS: usize = 3_000;
/// A cluster came up again where it shares more than this with a new one: intersection over union (Hennig 2007 calls what has
/// less dissolved).
const SAME: f64 = 0.5;

/// For each cluster the share of the halves, 0 to 1, in which it comes up again; none for fewer than six interviews.
///
/// `vectors` and `plan` are what `clustering` was made of, `interview_of` names the interview of each row. Each of 20 times
/// half of the interviews are drawn without putting back, and clustered into as many clusters; each old cluster is held against
/// the new one that shares most with it (Hennig 2007, "Cluster-wise assessment of cluster stability", with the halves of
/// Tibshirani and Walther 2005). A cluster that is not in the half did not come up.
///
/// # Errors
///
/// When the method finds no answer on a half.
pub fn stability(
    vectors: ArrayView2<'_, f32>,
    interview_of: &[usize],
    clustering: &Clustering,
    plan: &ClusterPlan,
    seed: u64,
) -> Result<Vec<Option<f32>>, ClusterError> {
    let mut interviews = interview_of.to_vec();
    interviews.sort_unstable();
    interviews.dedup();
    if interviews.len() < LEAST_INTERVIEWS {
        return Ok(vec![None; clustering.clusters()]);
    }
    let rounds: Result<Vec<Vec<bool>>, ClusterError> = (0..ROUNDS)
        .into_par_iter()
        .map(|round| {
            let mut stream = random_stream(seed, &format!("stability {round}"));
            let half = sample_rows(interviews.len(), interviews.len().div_ceil(2), &mut stream);
            let drawn: Vec<usize> = half.into_iter().map(|place| interviews[place]).collect();
            let clustered = |row: &usize| clustering.cluster_of[*row].is_some();
            let heard = |row: &usize| drawn.binary_search(&interview_of[*row]).is_ok();
            let rows: Vec<usize> = (0..vectors.nrows()).filter(clustered).filter(heard).collect();
            let sample = sample_rows(rows.len(), MOST_ROWS, &mut stream);
            let rows: Vec<usize> = sample.into_iter().map(|place| rows[place]).collect();
            came_up_again(vectors, &rows, clustering, plan, seed)
        })
        .collect();
    let mut times = vec![0_u32; clustering.clusters()];
    for again in rounds? {
        for (times, again) in times.iter_mut().zip(again) {
            *times += u32::from(again);
        }
    }
    Ok(times.into_iter().map(|times| Some(times as f32 / ROUNDS as f32)).collect())
}

/// For each old cluster whether clustering these rows alone finds it.
fn came_up_again(
    vectors: ArrayView2<'_, f32>,
    rows: &[usize],
    clustering: &Clustering,
    plan: &ClusterPlan,
    seed: u64,
) -> Result<Vec<bool>, ClusterError> {
    let old = clustering.clusters();
    if rows.is_empty() {
        return Ok(vec![false; old]);
    }
    let found = method(plan, old.min(rows.len())).cluster(vectors.select(Axis(0), rows).view(), seed)?;
    let new = found.clusters();
    let mut shared = vec![0_u32; old * new];
    let (mut old_sizes, mut new_sizes) = (vec![0_u32; old], vec![0_u32; new]);
    for (&row, new_cluster) in rows.iter().zip(&found.cluster_of) {
        if let (Some(before), Some(now)) = (clustering.cluster_of[row], *new_cluster) {
            let (before, now) = (before as usize, now as usize);
            shared[before * new + now] += 1;
            old_sizes[before] += 1;
            new_sizes[now] += 1;
        }
    }
    let again = |before: usize| {
        new_sizes.iter().zip(&shared[before * new..]).any(|(&size, &both)| {
            f64::from(both) > SAME * f64::from(old_sizes[before] + size - both) && both > 0
        })
    };
    Ok((0..old).map(again).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use crate::cluster::{ClusterCount, cluster};
    use crate::corpus::Silent;

    fn stabilities(
        rows: usize,
        planted_clusters: usize,
        found: usize,
        interviews: usize,
    ) -> Vec<Option<f32>> {
        let (vectors, _) = planted(rows, 48, planted_clusters, 0.8, 7);
        let plan = ClusterPlan { count: ClusterCount::Exactly(found), ..ClusterPlan::default() };
        let clustering = cluster(vectors.view(), &plan, 7, &Silent).unwrap();
        let interview_of: Vec<usize> = (0..rows).map(|row| row % interviews).collect();
        let stability = stability(vectors.view(), &interview_of, &clustering, &plan, 7).unwrap();
        assert_eq!(stability.len(), clustering.clusters());
        stability
    }

    #[test]
    fn what_is_there_comes_up_again() {
        assert!(stabilities(600, 5, 5, 20).into_iter().all(|share| share >= Some(0.9)));
    }

    #[test]
    fn cuts_through_a_cloud_do_not() {
        let shares = stabilities(600, 1, 8, 20);
        let mean = shares.iter().flatten().sum::<f32>() / shares.len() as f32;
        assert!(mean < 0.3, "{shares:?}");
    }

    #[test]
    fn what_one_person_says_is_not_stable() {
        let (mut vectors, _) = planted(400, 48, 4, 0.8, 7);
        let plan = ClusterPlan { count: ClusterCount::Exactly(5), ..ClusterPlan::default() };
        for mut row in vectors.rows_mut().into_iter().take(30) {
            row.fill(0.0);
            row[47] = -1.0;
        }
        let interview_of: Vec<usize> = (0..400).map(|row| if row < 30 { 0 } else { 1 + row % 12 }).collect();
        let clustering = cluster(vectors.view(), &plan, 7, &Silent).unwrap();
        let shares = stability(vectors.view(), &interview_of, &clustering, &plan, 7).unwrap();
        let alone = clustering.cluster_of[0].unwrap() as usize;
        assert!(shares[alone] <= Some(0.8), "{shares:?}");
    }

    #[test]
    fn five_interviews_say_nothing() {
        assert_eq!(stabilities(100, 3, 3, 5), [None; 3]);
    }
}
