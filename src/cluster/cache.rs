//! Clusters of earlier runs: the same rows, plan and seed give the same clusters, so a change of the codebook or an attribute
//! does not compute them again.

use ndarray::{Array2, ArrayView2};

use super::{ClusterError, ClusterPlan, Clustering, Stability, cluster, stability};
use crate::results::{Progress, TranscriptIndex};
use crate::storage::{StageCache, StageCacheKey};

/// Increased whenever the same rows give other clusters.
const VERSION: &[u8] = b"clusters 2";
/// Stands for a row in no cluster.
const NONE: u32 = u32::MAX;

/// [`cluster()`] and [`stability()`], read from the cache where it has them.
///
/// `transcript_of` names the transcript of each row.
///
/// # Errors
///
/// As these two.
pub fn cluster_once(
    vectors: ArrayView2<'_, f32>,
    transcript_of: &[TranscriptIndex],
    plan: &ClusterPlan,
    seed: u64,
    kept: &mut StageCache,
    progress: &dyn Progress,
) -> Result<(Clustering, Stability), ClusterError> {
    let key = key(vectors, transcript_of, plan, seed);
    if let Some(found) = kept.get(&key).and_then(|bytes| from_bytes(bytes, vectors.dim())) {
        return Ok(found);
    }
    let clustering = cluster(vectors, plan, seed, progress)?;
    let stability = stability(vectors, transcript_of, &clustering, plan, seed, progress)?;
    kept.put([(key, to_bytes(&clustering, &stability))]);
    Ok((clustering, stability))
}

fn key(
    vectors: ArrayView2<'_, f32>,
    transcript_of: &[TranscriptIndex],
    plan: &ClusterPlan,
    seed: u64,
) -> StageCacheKey {
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION).update(&seed.to_le_bytes()).update(format!("{plan:?}").as_bytes());
    let transcripts = transcript_of.iter().map(|transcript| transcript.get());
    for number in [vectors.nrows(), vectors.ncols()].into_iter().chain(transcripts) {
        hasher.update(&(number as u64).to_le_bytes());
    }
    let mut bytes = Vec::with_capacity(4 * vectors.ncols());
    for row in vectors.rows() {
        bytes.clear();
        bytes.extend(row.iter().flat_map(|value| value.to_le_bytes()));
        hasher.update(&bytes);
    }
    *hasher.finalize().as_bytes()
}

fn to_bytes(clustering: &Clustering, stability: &Stability) -> Vec<u8> {
    let found = stability.found();
    let lengths = [clustering.clusters() as u32, found.ncols() as u32];
    let clusters = clustering.cluster_of.iter().map(|cluster| cluster.unwrap_or(NONE));
    let mut bytes: Vec<u8> = lengths.into_iter().chain(clusters).flat_map(u32::to_le_bytes).collect();
    bytes.extend(clustering.centres.iter().flat_map(|value| value.to_le_bytes()));
    bytes.extend(found.iter().map(|&found| u8::from(found)));
    bytes
}

/// Decodes these bytes for this number and width of rows; none where they are something else.
fn from_bytes(bytes: &[u8], (rows, dimension): (usize, usize)) -> Option<(Clustering, Stability)> {
    let numbers = |bytes: &[u8]| -> Vec<u32> {
        bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
    };
    let (lengths, rest) = bytes.split_at_checked(8)?;
    let [clusters, halves] = numbers(lengths).try_into().ok()?;
    let (clusters, halves) = (clusters as usize, halves as usize);
    let (of_rows, rest) = rest.split_at_checked(rows.checked_mul(4)?)?;
    let (centres, found) = rest.split_at_checked(clusters.checked_mul(dimension)?.checked_mul(4)?)?;
    let cluster_of: Vec<Option<u32>> =
        numbers(of_rows).into_iter().map(|cluster| (cluster != NONE).then_some(cluster)).collect();
    if cluster_of.iter().flatten().any(|&cluster| cluster as usize >= clusters) {
        return None;
    }
    let centres: Vec<f32> = numbers(centres).into_iter().map(f32::from_bits).collect();
    let centres = Array2::from_shape_vec((clusters, dimension), centres).ok()?;
    let found =
        Array2::from_shape_vec((clusters, halves), found.iter().map(|&byte| byte == 1).collect()).ok()?;
    Some((Clustering { cluster_of, centres }, Stability::of_found(found)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;
    use crate::cluster::{ClusterCount, MethodChoice};
    use crate::results::NoProgress;

    #[test]
    fn the_same_rows_are_clustered_once_and_anything_else_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (vectors, _) = planted(120, 8, 3, 0.3, 7);
        let interviews: Vec<TranscriptIndex> = (0..120).map(|row| TranscriptIndex::new(row / 10)).collect();
        let plan = ClusterPlan { count: ClusterCount::Exactly(3), ..ClusterPlan::default() };
        let once = |vectors: &Array2<f32>, plan: &ClusterPlan, seed| {
            let mut kept = StageCache::open(folder.path(), "clusters");
            let found =
                cluster_once(vectors.view(), &interviews, plan, seed, &mut kept, &NoProgress).unwrap();
            kept.finish();
            found
        };
        let kept = || std::fs::read(folder.path().join("clusters.bin")).unwrap();
        let first = once(&vectors, &plan, 7);
        let after_first = kept();
        assert_eq!(once(&vectors, &plan, 7), first);
        assert!(kept() == after_first);
        let mut other = vectors.clone();
        other[[0, 0]] += 1e-6;
        let noisy = ClusterPlan { method: MethodChoice::Dbscan, ..plan };
        for (vectors, plan, seed) in [(&other, &plan, 7), (&vectors, &noisy, 7), (&vectors, &plan, 8)] {
            let before = kept();
            let found = once(vectors, plan, seed);
            assert!(kept() != before);
            assert_eq!(once(vectors, plan, seed), found);
        }
    }

    #[test]
    fn bytes_of_something_else_are_no_clusters() {
        let (vectors, _) = planted(30, 4, 2, 0.3, 7);
        let plan = ClusterPlan { count: ClusterCount::Exactly(2), ..ClusterPlan::default() };
        let clustering = cluster(vectors.view(), &plan, 7, &NoProgress).unwrap();
        let stability =
            stability(vectors.view(), &[TranscriptIndex::new(0); 30], &clustering, &plan, 7, &NoProgress)
                .unwrap();
        let bytes = to_bytes(&clustering, &stability);
        assert_eq!(from_bytes(&bytes, (30, 4)), Some((clustering, stability)));
        for end in 0..bytes.len() {
            assert_eq!(from_bytes(&bytes[..end], (30, 4)), None);
        }
        assert_eq!(from_bytes(&bytes, (29, 4)), None);
    }
}
