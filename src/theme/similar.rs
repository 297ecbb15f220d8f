//! The segments that are most like each segment, wherever they were said: what theme they are about says something of it too.
//!
//! Compared are a segment's own words, without the talk around it, which `context` adds already.

use std::io;

use ndarray::{Array2, ArrayView1, Axis, s};
use rayon::prelude::*;
use sentence_encoder::Products;

use super::context::less;
use crate::storage::{Rows, Scratch};

/// How many of them.
pub(super) const NEAREST: usize = 15;
/// They are looked for among so many segments at most, evenly spaced, so that time grows with the number of segments and not
/// with its square.
pub(super) const MAX_REFERENCES: usize = 5_000;
/// Segments that are compared at a time.
const AT_ONCE: usize = 1024;

/// For each segment those that are most like it, with weights that sum to 1, or none.
pub(super) struct SimilarSegments {
    /// The segments that others are compared with.
    references: Vec<usize>,
    /// Segments × [`NEAREST`] numbers among the references, which are whole, and then as many weights; a weight of 0 ends them.
    nearest: Rows,
}

impl SimilarSegments {
    /// `own` has a unit row for each segment and `mean` is their mean. Weights are cosines of vectors less their mean, where these are
    /// above zero.
    ///
    /// # Errors
    /// When there is no room for them.
    pub(super) fn of(own: &Rows, mean: ArrayView1<'_, f32>, scratch: &Scratch) -> io::Result<Self> {
        let all = own.view();
        let step = all.nrows().div_ceil(MAX_REFERENCES).max(1);
        let references: Vec<usize> = (0..all.nrows()).step_by(step).collect();
        let products = Products::with(less(own.pick(&references).view(), mean).view());
        let mut writer = scratch.writer(all.nrows(), 2 * NEAREST)?;
        for start in (0..all.nrows()).step_by(AT_ONCE) {
            let block = all.slice(s![start..all.nrows().min(start + AT_ONCE), ..]);
            let cosines = products.of_each(less(block, mean).view());
            let mut found = Array2::zeros((block.nrows(), 2 * NEAREST));
            found.axis_iter_mut(Axis(0)).into_par_iter().enumerate().for_each(|(row, mut found)| {
                for (place, (number, weight)) in
                    nearest(cosines.row(row), &references, start + row).into_iter().enumerate()
                {
                    found[place] = number as f32;
                    found[NEAREST + place] = weight;
                }
            });
            writer.push(found.view())?;
            own.release_pages();
        }
        Ok(Self { references, nearest: writer.finish()? })
    }

    /// For each segment the weighted mean of the scores (segments × themes) of those that are like it; zeros where there are none.
    pub(super) fn means(&self, scores: &Array2<f32>) -> Array2<f32> {
        let mut means = Array2::zeros(scores.dim());
        for (range, block) in self.nearest.blocks() {
            for (mut mean, similar) in means.slice_mut(s![range, ..]).axis_iter_mut(Axis(0)).zip(block.rows())
            {
                for place in (0..NEAREST).take_while(|place| similar[NEAREST + place] > 0.0) {
                    let segment = self.references[similar[place] as usize];
                    mean.scaled_add(similar[NEAREST + place], &scores.row(segment));
                }
            }
        }
        self.nearest.release_pages();
        means
    }
}

/// The numbers of the references with the highest cosines, without the segment itself, and weights.
fn nearest(cosines: ArrayView1<'_, f32>, references: &[usize], segment: usize) -> Vec<(usize, f32)> {
    let mut found: Vec<(usize, f32)> = references
        .iter()
        .zip(cosines)
        .enumerate()
        .filter(|&(_, (&reference, &cosine))| reference != segment && cosine > 0.0)
        .map(|(number, (_, &cosine))| (number, cosine))
        .collect();
    let order = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if found.len() > NEAREST {
        found.select_nth_unstable_by(NEAREST - 1, order);
        found.truncate(NEAREST);
    }
    found.sort_by(order);
    let sum: f32 = found.iter().map(|(_, cosine)| cosine).sum();
    found.into_iter().map(|(number, cosine)| (number, cosine / sum)).collect()
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_segment_takes_the_scores_of_those_that_are_like_it() {
        let vectors: Rows =
            array![[1.0_f32, 0.0, 0.0], [0.9, 0.1, 0.0], [0.0, 0.0, 1.0], [0.0, 0.1, 0.9]].into();
        let mean = vectors.view().mean_axis(Axis(0)).unwrap();
        let similar = SimilarSegments::of(&vectors, mean.view(), &Scratch::in_memory()).unwrap();
        let means = similar.means(&array![[5.0], [1.0], [2.0], [3.0]]);
        assert_eq!(means, array![[1.0], [5.0], [3.0], [2.0]]);
    }
}
