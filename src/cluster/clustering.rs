//! The result of clustering: a number for each row, and a direction for each cluster.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use super::unit_rows::{direction, sum_of_rows};

/// The clusters of some vectors, numbered from 0, largest first; of equally large ones, the one with the first row.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// The cluster of each row; none for what a density method calls noise, and for rows that are zero, infinite
    /// or not a number.
    pub cluster_of: Vec<Option<u32>>,
    /// Clusters × dimension, unit length: the direction of the sum of a cluster's rows.
    pub centres: Array2<f32>,
}

impl Clustering {
    /// No cluster for any of `rows` rows.
    pub(super) fn none(rows: usize, dimension: usize) -> Self {
        Self { cluster_of: vec![None; rows], centres: Array2::zeros((0, dimension)) }
    }

    /// Numbers the clusters of the unit rows `vectors` and finds their centres. `assigned` holds a cluster for each
    /// row, under any numbers.
    pub(super) fn of(vectors: ArrayView2<'_, f32>, assigned: &[Option<usize>]) -> Self {
        let named = assigned.iter().flatten().max().map_or(0, |&largest| largest + 1);
        let mut members: Vec<(usize, Vec<usize>)> = (0..named).map(|old| (old, Vec::new())).collect();
        for (row, cluster) in assigned.iter().enumerate() {
            if let Some(cluster) = *cluster {
                members[cluster].1.push(row);
            }
        }
        members.retain(|(_, rows)| !rows.is_empty());
        members.sort_by(|(_, a), (_, b)| b.len().cmp(&a.len()).then(a[0].cmp(&b[0])));

        let mut number = vec![0; named];
        for (new, &(old, _)) in members.iter().enumerate() {
            number[old] = new as u32;
        }
        let mut centres = Array2::zeros((members.len(), vectors.ncols()));
        centres.axis_iter_mut(Axis(0)).into_par_iter().zip(&members).for_each(|(mut centre, (_, rows))| {
            match direction(&sum_of_rows(vectors, rows)) {
                (Some(turned), _) => centre.assign(&turned),
                // Rows that cancel each other out have no mean direction; the first is used.
                (None, _) => centre.assign(&vectors.row(rows[0])),
            }
        });
        Self { cluster_of: assigned.iter().map(|cluster| cluster.map(|old| number[old])).collect(), centres }
    }

    /// Number of clusters.
    pub fn clusters(&self) -> usize {
        self.centres.nrows()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn clusters_are_numbered_by_size_and_then_by_first_row() {
        let vectors = array![[1.0_f32, 0.0], [0.0, 1.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]];
        let clustering = Clustering::of(vectors.view(), &[Some(9), Some(2), Some(2), Some(0), None]);
        assert_eq!(clustering.cluster_of, [Some(1), Some(0), Some(0), Some(2), None]);
        assert_eq!(clustering.centres, array![[0.0, 1.0], [1.0, 0.0], [-1.0, 0.0]]);
        assert_eq!(clustering.clusters(), 3);
    }

    #[test]
    fn rows_that_cancel_each_other_out_have_the_first_as_centre() {
        let vectors = array![[1.0_f32, 0.0], [-1.0, 0.0]];
        let clustering = Clustering::of(vectors.view(), &[Some(0), Some(0)]);
        assert_eq!(clustering.centres, array![[1.0, 0.0]]);
    }
}
