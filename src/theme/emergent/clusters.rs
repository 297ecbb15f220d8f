//! The table of clusters: every cluster with its words and its nearest seed theme, explained by a theme or not.

use std::collections::BTreeMap;

use ndarray::{Array1, ArrayView1, ArrayView2, Axis};

use crate::cluster::Clustering;
use crate::results::{ClusterSummary, Label, Segment, ThemeIndex};
use crate::storage::Rows;
use crate::theme::Clusters;
use crate::theme::context::unit;
use crate::theme::distinct_transcripts::distinct_transcripts;
use crate::theme::keywords::{Wording, names_of};
use same_bits::products::dot;

/// Every cluster with its words and the seed theme nearest to it.
///
/// `context` are the vectors that were compared with the seeds, whose vectors are `seeds`; `emergent` are the labels of emergent
/// themes.
pub(in crate::theme) fn cluster_summaries(
    segments: &[Segment],
    context: &Rows,
    Clusters { clustering, stability }: Clusters<'_>,
    seeds: ArrayView2<'_, f32>,
    emergent: &[&Label],
    wording: Wording<'_>,
) -> Vec<ClusterSummary> {
    let members: Vec<Vec<usize>> =
        (0..clustering.clusters()).map(|cluster| members_of(cluster, clustering)).collect();
    let keywords = wording.keywords(&members);
    let sums = sums_of_members(clustering, context);
    let became = mostly_labelled(clustering, &members, emergent);
    members
        .into_iter()
        .zip(keywords)
        .zip(sums)
        .enumerate()
        .map(|(cluster, ((members, keywords), sum))| {
            let (nearest_theme, similarity) = nearest(unit(sum).view(), seeds);
            let name = names_of(&keywords).next().unwrap_or_default();
            ClusterSummary {
                cluster_id: cluster as u32,
                segments: members.len() as u32,
                transcripts: distinct_transcripts(segments, members.iter().copied()) as u32,
                name,
                keywords,
                nearest_theme: nearest_theme.map(ThemeIndex::new),
                similarity,
                emergent: became[cluster],
                stability: stability.of(&[cluster]),
            }
        })
        .collect()
}

/// Of which clusters at least half of the segments carry the same emergent theme.
fn mostly_labelled(clustering: &Clustering, members: &[Vec<usize>], emergent: &[&Label]) -> Vec<bool> {
    let mut carried: BTreeMap<(usize, ThemeIndex), usize> = BTreeMap::new();
    for label in emergent {
        if let Some(cluster) = clustering.cluster_of[label.segment.get()] {
            *carried.entry((cluster as usize, label.theme)).or_default() += 1;
        }
    }
    let mut most = vec![0; members.len()];
    for ((cluster, _), segments) in carried {
        most[cluster] = segments.max(most[cluster]);
    }
    most.into_iter().zip(members).map(|(most, members)| most > 0 && 2 * most >= members.len()).collect()
}

/// For each cluster the sum of its rows.
fn sums_of_members(clustering: &Clustering, context: &Rows) -> Vec<Array1<f32>> {
    let mut sums = vec![Array1::zeros(context.view().ncols()); clustering.clusters()];
    for (range, block) in context.blocks() {
        for (row, cluster) in block.rows().into_iter().zip(&clustering.cluster_of[range]) {
            if let Some(cluster) = *cluster {
                sums[cluster as usize] += &row;
            }
        }
    }
    sums
}

fn members_of(cluster: usize, clustering: &Clustering) -> Vec<usize> {
    let in_it = |index: &usize| clustering.cluster_of[*index] == Some(cluster as u32);
    (0..clustering.cluster_of.len()).filter(in_it).collect()
}

fn nearest(centre: ArrayView1<'_, f32>, seeds: ArrayView2<'_, f32>) -> (Option<usize>, f32) {
    let mut best = (None, 0.0);
    for (theme, vector) in seeds.axis_iter(Axis(0)).enumerate() {
        let similarity = dot(centre, vector);
        if best.0.is_none() || similarity > best.1 {
            best = (Some(theme), similarity);
        }
    }
    best
}
