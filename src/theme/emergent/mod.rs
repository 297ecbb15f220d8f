//! Emergent themes: what people talk about and the codebook does not name.
//!
//! A cluster of which most segments carry the same seed theme is explained by it; the others are fine themes. Fine themes that are
//! near to each other make a broad one (`broad`). Segments are labelled with emergent themes as with seeds, by scores against a
//! null distribution.

mod broad;
mod clusters;

pub(super) use clusters::cluster_summaries;

use ndarray::{Array1, Array2, Axis};
use sentence_encoder::Products;

use self::broad::with_broad_themes;
use super::Clusters;
use super::distinct_transcripts::distinct_transcripts;
use super::null_distribution::{Expectation, z_scores};
use super::score::subtract_row_mean;
use super::threshold::Threshold;
use crate::results::Label;

use crate::cluster::Clustering;
use crate::results::Segment;
use crate::storage::Rows;

/// A cluster is explained by a seed theme that at least this share of its segments carries confidently.
pub(super) const EXPLAINED: f64 = 0.6;
/// The confidence that this takes.
pub(super) const SURE: f32 = 0.5;
/// Clusters are finer than themes: about this many make one.
pub(super) const CLUSTERS_OF_A_THEME: usize = 3;
/// Expected null distribution of clusters' scores, from the interviews that they were tried on.
pub(super) const EXPECTED: Expectation = Expectation { centre: -0.02, spread: 0.14 };
/// Minimum segments of a theme, and interviews (where there are as many).
pub(super) const MIN_SEGMENTS: usize = 3;
pub(super) const MIN_TRANSCRIPTS: usize = 2;
/// Maximum fine themes; with the broad ones above them they are 40.
pub(super) const MAX_FINE: usize = 34;

/// An emergent theme before it is numbered among all themes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Emergent {
    /// The clusters that it is made of: one, or those of the fine themes below it.
    pub(super) clusters: Vec<usize>,
    /// Each segment's score, standardised.
    pub(super) scores: Array1<f32>,
    /// Share of halves of the interviews in which it is found again.
    pub(super) stability: Option<f32>,
    /// Broad or fine.
    pub(super) level: Level,
}

/// The level of an emergent theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Above fine themes.
    Broad,
    /// The index of the broad theme above it among the emergent themes, if there is one.
    Fine { under: Option<usize> },
}

/// The threshold for labels of emergent themes; their number is estimated from that of the clusters.
pub(super) fn emergent_threshold(clusters: usize) -> Threshold {
    Threshold::among(clusters.div_ceil(CLUSTERS_OF_A_THEME))
}

/// The emergent themes: the broad one with most segments, then the fine ones below it, and so on.
///
/// `centred` are the vectors that were clustered; `seed_labels` are those of the seed themes.
pub(super) fn emergent_themes(
    segments: &[Segment],
    centred: &Rows,
    found_clusters: Clusters<'_>,
    seed_labels: &[Label],
) -> Vec<Emergent> {
    let Clusters { clustering, stability } = found_clusters;
    let explained = explained_shares(clustering, seed_labels);
    let products = Products::with(clustering.centres.view());
    let cosines = centred.map_blocks(clustering.clusters(), |block| products.of_each(block));
    let coherence = coherence(clustering, &cosines);
    let scores = z_scores(subtract_row_mean(cosines), &vec![1.0; segments.len()], EXPECTED);
    let threshold = emergent_threshold(clustering.clusters());
    let interviews = distinct_transcripts(segments, 0..segments.len());

    let mut found: Vec<Emergent> = Vec::new();
    for (cluster, scores) in scores.axis_iter(Axis(1)).enumerate() {
        let members: Vec<usize> =
            (0..scores.len()).filter(|&index| threshold.is_label(scores[index])).collect();
        let heard_in = distinct_transcripts(segments, members.iter().copied());
        let heard = members.len() >= MIN_SEGMENTS && heard_in >= MIN_TRANSCRIPTS.min(interviews);
        if heard && explained[cluster] < EXPLAINED {
            found.push(Emergent {
                clusters: vec![cluster],
                scores: scores.to_owned(),
                stability: stability.of(&[cluster]),
                level: Level::Fine { under: None },
            });
        }
    }
    // Keeps those whose segments are most alike. On four collections this found more of what people had coded than the largest or
    // the most stable. The sort keeps the order of equals.
    found.sort_by(|a, b| coherence[b.clusters[0]].total_cmp(&coherence[a.clusters[0]]));
    found.truncate(MAX_FINE);
    with_broad_themes(&found, clustering.centres.view(), stability, threshold)
}

/// For each cluster the mean cosine of its segments with its centre; `cosines` are segments × clusters.
fn coherence(clustering: &Clustering, cosines: &Array2<f32>) -> Vec<f64> {
    let mut sums = vec![(0.0, 0_u32); clustering.clusters()];
    for (row, cluster) in cosines.rows().into_iter().zip(&clustering.cluster_of) {
        if let Some(cluster) = *cluster {
            let (sum, count) = &mut sums[cluster as usize];
            *sum += f64::from(row[cluster as usize]);
            *count += 1;
        }
    }
    sums.into_iter().map(|(sum, count)| sum / f64::from(count.max(1))).collect()
}

/// For each cluster the share of its segments, 0 to 1, that confidently carry its most frequent seed theme.
fn explained_shares(clustering: &Clustering, labels: &[Label]) -> Vec<f64> {
    let clusters = clustering.clusters();
    let mut sizes = vec![0_usize; clusters];
    for cluster in clustering.cluster_of.iter().flatten() {
        sizes[*cluster as usize] += 1;
    }
    let themes = labels.iter().map(|label| label.theme.get() + 1).max().unwrap_or(0);
    let mut carried = Array2::<usize>::zeros((clusters, themes));
    for label in labels.iter().filter(|label| label.confidence >= SURE) {
        if let Some(cluster) = clustering.cluster_of[label.segment.get()] {
            carried[[cluster as usize, label.theme.get()]] += 1;
        }
    }
    let most = carried.axis_iter(Axis(0)).map(|row| row.iter().copied().max().unwrap_or(0));
    most.zip(sizes).map(|(most, size)| most as f64 / size.max(1) as f64).collect()
}

/// Scores of the emergent themes as columns, segments × themes.
pub(super) fn emergent_scores(themes: &[Emergent], segments: usize) -> Array2<f32> {
    let mut scores = Array2::zeros((segments, themes.len()));
    for (mut column, theme) in scores.axis_iter_mut(Axis(1)).zip(themes) {
        column.assign(&theme.scores);
    }
    scores
}
