//! Groups fine emergent themes under a few broad ones.

use std::cmp::Reverse;

use ndarray::{Array1, ArrayView2, Axis, Zip};

use super::{Emergent, Level};
use crate::cluster::{Stability, average_linkage};
use crate::theme::threshold::Threshold;

/// With fewer fine themes no broad ones are made.
const MIN_FINE: usize = 4;

/// The fine themes under broad ones, the one with most segments first.
///
/// `centres` are those of all clusters. Fine themes are joined where theirs are nearest, until there are √n groups of n. A group of
/// several is a broad theme: a segment carries it when it carries one of them, and its score is the highest of theirs. A
/// single fine theme stays among the broad ones.
pub(super) fn with_broad_themes(
    fine: &[Emergent],
    centres: ArrayView2<'_, f32>,
    stability: &Stability,
    threshold: Threshold,
) -> Vec<Emergent> {
    let clusters: Vec<usize> = fine.iter().flat_map(|theme| theme.clusters.clone()).collect();
    let groups = if fine.len() < MIN_FINE {
        (0..fine.len()).map(|index| vec![index]).collect()
    } else {
        let wanted = (fine.len() as f64).sqrt().ceil() as usize;
        average_linkage(centres.select(Axis(0), &clusters).view(), wanted)
    };
    let mut families: Vec<Vec<Emergent>> =
        groups.iter().map(|group| family(group, fine, stability, threshold)).collect();
    // The sort keeps the order of equals.
    families.sort_by_key(|family| family.first().map(|theme| Reverse(size(theme, threshold))));
    let mut themes = Vec::new();
    for family in families {
        let above = themes.len();
        let under = family.first().filter(|first| first.level == Level::Broad).map(|_| above);
        themes.extend(family.into_iter().map(|theme| match theme.level {
            Level::Broad => theme,
            Level::Fine { .. } => Emergent { level: Level::Fine { under }, ..theme },
        }));
    }
    themes
}

/// A broad theme and the fine ones below it, the one with most segments first; or a fine theme alone.
fn family(group: &[usize], fine: &[Emergent], stability: &Stability, threshold: Threshold) -> Vec<Emergent> {
    let mut family: Vec<Emergent> = group.iter().map(|&index| fine[index].clone()).collect();
    family.sort_by_key(|theme| Reverse(size(theme, threshold)));
    if let [first, _, ..] = family.as_slice() {
        let highest = family.iter().skip(1).fold(first.scores.clone(), |highest: Array1<f32>, theme| {
            Zip::from(&highest).and(&theme.scores).map_collect(|a, b| a.max(*b))
        });
        let clusters: Vec<usize> = family.iter().flat_map(|theme| theme.clusters.clone()).collect();
        let stability = stability.of(&clusters);
        family.insert(0, Emergent { clusters, scores: highest, stability, level: Level::Broad });
    }
    family
}

/// Segments that carry a theme.
fn size(theme: &Emergent, threshold: Threshold) -> usize {
    theme.scores.iter().filter(|&&score| threshold.is_label(score)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::{ClusterCount, ClusterPlan, cluster, stability};
    use crate::results::NoProgress;
    use ndarray::{Array2, array};

    /// Fine themes of two directions, two of each; the second column of `scores` belongs to the second theme, and so on.
    fn themes_of(scores: &Array2<f32>, count: usize) -> Vec<Emergent> {
        let centres = array![[1.0_f32, 0.0, 0.0], [0.0, 0.0, 1.0], [0.96, 0.28, 0.0], [0.0, 0.28, 0.96]];
        let plan = ClusterPlan { count: ClusterCount::Exactly(4), ..ClusterPlan::default() };
        let clustering = cluster(centres.view(), &plan, 7, &NoProgress).unwrap();
        let unknown = stability(centres.view(), &[0.into(); 4], &clustering, &plan, 7, &NoProgress).unwrap();
        let fine: Vec<Emergent> = (0..count)
            .map(|cluster| Emergent {
                clusters: vec![cluster],
                scores: scores.column(cluster).to_owned(),
                stability: None,
                level: Level::Fine { under: None },
            })
            .collect();
        with_broad_themes(&fine, clustering.centres.view(), &unknown, Threshold::among(4))
    }

    #[test]
    fn near_themes_stand_under_one_that_carries_what_either_carries() {
        let scores = array![[3.0, 0.0, 0.0, 0.0], [0.0, 0.0, 4.0, 0.0], [0.0, 3.0, 0.0, 3.0]];
        let themes = themes_of(&scores, 4);
        let levels: Vec<Level> = themes.iter().map(|theme| theme.level).collect();
        let under = |index| Level::Fine { under: Some(index) };
        assert_eq!(levels, [Level::Broad, under(0), under(0), Level::Broad, under(3), under(3)]);
        assert_eq!(themes[0].clusters, [0, 2]);
        assert_eq!(themes[0].scores, array![3.0, 4.0, 0.0]);
    }

    #[test]
    fn a_few_themes_need_no_level_above() {
        let themes = themes_of(&Array2::zeros((3, 4)), 3);
        assert!(themes.len() == 3 && themes.iter().all(|theme| theme.level == Level::Fine { under: None }));
    }
}
