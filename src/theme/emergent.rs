//! Emergent themes: the clusters that the codebook does not explain.
//!
//! Seeds and clusters are held against each other: a cluster of which most segments carry the same seed theme is that
//! theme found again; the others are what nobody had named. A segment is labelled with an emergent theme as with
//! a seed: when its score for the cluster's centre is one that other talk hardly ever reaches.

use std::collections::BTreeSet;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use super::Clusters;
use super::context::unit;
use super::keywords::group_keywords;
use super::rows::{ClusterSummary, Label};
use super::score::less_common;
use super::threshold::{Expectation, Threshold};
use crate::cluster::Clustering;
use crate::corpus::Segment;

/// A cluster of which at least this share surely carries one and the same seed theme is that theme found again.
const EXPLAINED: f64 = 0.6;
/// What counts as surely.
const SURE: f32 = 0.5;
/// Clusters are finer than themes: about so many of them share what people call one.
const CLUSTERS_OF_A_THEME: usize = 3;
/// What clusters' centres score on talk about something else, over the interviews that the scores were tried on.
const EXPECTED: Expectation = Expectation { centre: -0.02, spread: 0.14 };
/// Segments that a theme must be found in, and interviews (where there are as many).
const LEAST_SEGMENTS: usize = 3;
const LEAST_TRANSCRIPTS: usize = 2;
/// More themes than this nobody reads; the largest are kept.
const MOST_THEMES: usize = 40;
/// Keywords of a cluster, and how many of them make its name.
const KEYWORDS: usize = 10;
const NAME_WORDS: usize = 3;

/// An emergent theme before it has a place among the themes.
pub(super) struct Emergent {
    pub(super) cluster: usize,
    pub(super) scores: Array1<f32>,
    pub(super) threshold: Threshold,
}

/// The emergent themes, the one with most segments first.
///
/// `centred` are the vectors that were clustered; `labels` are those of the seed themes.
pub(super) fn emergent_themes(
    segments: &[Segment],
    centred: ArrayView2<'_, f32>,
    clustering: &Clustering,
    labels: &[Label],
) -> Vec<Emergent> {
    let explained = explained_shares(clustering, labels);
    let scores = less_common(centred.dot(&clustering.centres.t()));
    let themes = scores.ncols().div_ceil(CLUSTERS_OF_A_THEME);
    let all_transcripts = transcripts_of(segments, 0..segments.len());
    let mut found: Vec<(usize, Emergent)> = Vec::new();
    for (cluster, column) in scores.axis_iter(Axis(1)).enumerate() {
        if explained[cluster] >= EXPLAINED {
            continue;
        }
        let Some(threshold) = Threshold::of(column, EXPECTED, themes) else { continue };
        let members: Vec<usize> =
            (0..column.len()).filter(|&place| threshold.is_label(column[place])).collect();
        let voices = transcripts_of(segments, members.iter().copied());
        if members.len() >= LEAST_SEGMENTS && voices >= LEAST_TRANSCRIPTS.min(all_transcripts) {
            found.push((members.len(), Emergent { cluster, scores: column.to_owned(), threshold }));
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cluster.cmp(&b.1.cluster)));
    found.truncate(MOST_THEMES);
    found.into_iter().map(|(_, theme)| theme).collect()
}

/// Every cluster with its words and the seed theme nearest to it.
pub(super) fn cluster_summaries(
    segments: &[Segment],
    context: ArrayView2<'_, f32>,
    Clusters { clustering, stability }: Clusters<'_>,
    seed_vectors: ArrayView2<'_, f32>,
    stops: &BTreeSet<String>,
) -> Vec<ClusterSummary> {
    let clusters = clustering.centres.nrows();
    let members: Vec<Vec<usize>> = (0..clusters).map(|cluster| members_of(cluster, clustering)).collect();
    let keywords = keywords_of(segments, &members, stops);
    members
        .into_iter()
        .zip(keywords)
        .enumerate()
        .map(|(cluster, (members, keywords))| {
            let mut centre = Array1::zeros(context.ncols());
            for &place in &members {
                centre += &context.row(place);
            }
            let (nearest_theme, similarity) = nearest(unit(centre).view(), seed_vectors);
            ClusterSummary {
                cluster_id: cluster as u32,
                segments: members.len() as u32,
                transcripts: transcripts_of(segments, members.iter().copied()) as u32,
                name: name_of(&keywords),
                keywords,
                nearest_theme,
                similarity,
                emergent: false,
                stability: stability.get(cluster).copied().flatten(),
            }
        })
        .collect()
}

/// Keywords of each group of segments.
pub(super) fn keywords_of(
    segments: &[Segment],
    members: &[Vec<usize>],
    stops: &BTreeSet<String>,
) -> Vec<Vec<String>> {
    let texts: Vec<(usize, &str)> =
        segments.iter().map(|segment| (segment.passage.transcript, segment.passage.text.as_str())).collect();
    group_keywords(&texts, &groups(members, texts.len()), members.len(), stops, KEYWORDS)
}

/// A name made of the strongest keywords.
pub(super) fn name_of(keywords: &[String]) -> String {
    if keywords.is_empty() {
        "unnamed".to_owned()
    } else {
        keywords[..keywords.len().min(NAME_WORDS)].join(", ")
    }
}

/// For each segment the groups that it is in.
fn groups(members: &[Vec<usize>], segments: usize) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); segments];
    for (group, places) in members.iter().enumerate() {
        for &place in places {
            groups[place].push(group);
        }
    }
    groups
}

fn members_of(cluster: usize, clustering: &Clustering) -> Vec<usize> {
    let in_it = |place: &usize| clustering.cluster_of[*place] == Some(cluster as u32);
    (0..clustering.cluster_of.len()).filter(in_it).collect()
}

/// For each cluster the share of its segments, 0 to 1, that carry the seed theme that most of them carry.
fn explained_shares(clustering: &Clustering, labels: &[Label]) -> Vec<f64> {
    let clusters = clustering.centres.nrows();
    let mut sizes = vec![0_usize; clusters];
    for cluster in clustering.cluster_of.iter().flatten() {
        sizes[*cluster as usize] += 1;
    }
    let themes = labels.iter().map(|label| label.theme + 1).max().unwrap_or(0);
    let mut carried = Array2::<usize>::zeros((clusters, themes));
    for label in labels.iter().filter(|label| label.confidence >= SURE) {
        if let Some(cluster) = clustering.cluster_of[label.segment] {
            carried[[cluster as usize, label.theme]] += 1;
        }
    }
    let most = carried.axis_iter(Axis(0)).map(|row| row.iter().copied().max().unwrap_or(0));
    most.zip(sizes).map(|(most, size)| most as f64 / size.max(1) as f64).collect()
}

fn transcripts_of(segments: &[Segment], places: impl Iterator<Item = usize>) -> usize {
    places.map(|place| segments[place].passage.transcript).collect::<BTreeSet<usize>>().len()
}

fn nearest(centre: ArrayView1<'_, f32>, seeds: ArrayView2<'_, f32>) -> (Option<usize>, f32) {
    let mut best = (None, 0.0);
    for (theme, vector) in seeds.axis_iter(Axis(0)).enumerate() {
        let similarity = centre.dot(&vector);
        if best.0.is_none() || similarity > best.1 {
            best = (Some(theme), similarity);
        }
    }
    best
}

/// Scores of the emergent themes as columns, segments × themes.
pub(super) fn emergent_scores(themes: &[Emergent], segments: usize) -> Array2<f32> {
    let mut scores = Array2::zeros((segments, themes.len()));
    for (mut column, theme) in scores.axis_iter_mut(Axis(1)).zip(themes) {
        column.assign(&theme.scores);
    }
    scores
}
