//! Agglomerative clustering of a few directions, where distances matter more than sizes. The merging is kodama's.

use kodama::{Method, linkage};
use ndarray::ArrayView2;

use super::unit_rows::cosine;

/// The unit rows `rows` in `wanted` groups, by average linkage (Sokal and Michener 1958) over 1 less the cosine: row numbers,
/// ascending, the group with the first row first.
pub(crate) fn average_linkage(rows: ArrayView2<'_, f32>, wanted: usize) -> Vec<Vec<usize>> {
    let count = rows.nrows();
    let mut distances: Vec<f64> = (0..count)
        .flat_map(|first| (first + 1..count).map(move |second| (first, second)))
        .map(|(first, second)| 1.0 - cosine(rows.row(first), rows.row(second)))
        .collect();
    let merges = linkage(&mut distances, count, Method::Average);
    let mut groups: Vec<Option<Vec<usize>>> = (0..count).map(|row| Some(vec![row])).collect();
    for merge in merges.steps().iter().take(count.saturating_sub(wanted)) {
        #[expect(clippy::expect_used, reason = "rows that are lost here would be in no group")]
        let parts = [merge.cluster1, merge.cluster2]
            .map(|part| groups[part].take().expect("a group is merged into another once"));
        groups.push(Some(parts.concat()));
    }
    let mut groups: Vec<Vec<usize>> = groups.into_iter().flatten().collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn near_rows_come_together() {
        let rows = array![[1.0_f32, 0.0], [0.0, 1.0], [0.8, 0.6], [-0.6, 0.8]];
        assert_eq!(average_linkage(rows.view(), 2), [vec![0, 2], vec![1, 3]]);
        assert_eq!(average_linkage(rows.view(), 9).len(), 4);
        assert_eq!(average_linkage(rows.view(), 1), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn one_row_and_none_are_no_trouble() {
        assert_eq!(average_linkage(array![[1.0_f32]].view(), 1), [vec![0]]);
        assert!(average_linkage(Array2::zeros((0, 4)).view(), 3).is_empty());
    }
}
