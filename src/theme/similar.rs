//! The segments that are most like each segment, wherever they were said: what theme they are about says something of it too.
//!
//! Compared are a segment's own words, without the talk around it, which `context` adds already.

use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;
use sentence_encoder::Products;

use super::context::unit;
use super::interview_weights::InterviewWeights;
use crate::storage::Rows;

/// How many of them.
pub(super) const NEAREST: usize = 15;
/// They are looked for among so many segments at most, evenly spaced, so that time grows with the number of segments and not
/// with its square.
pub(super) const MAX_REFERENCES: usize = 5_000;
/// Segments that are compared at a time.
const AT_ONCE: usize = 1024;

/// For each segment those that are most like it, with weights that sum to 1, or none.
pub(super) struct SimilarSegments(Vec<Vec<(u32, f32)>>);

impl SimilarSegments {
    /// Of the passages at `eligible`; `vectors` has a unit row for each passage. Weights are cosines of vectors less their mean,
    /// where these are above zero.
    pub(super) fn of(vectors: &Rows, eligible: &[usize], weights: &InterviewWeights) -> Self {
        let mean = weights.mean(vectors, eligible.iter().copied());
        let step = eligible.len().div_ceil(MAX_REFERENCES).max(1);
        let references: Vec<usize> = (0..eligible.len()).step_by(step).collect();
        let indices: Vec<usize> = references.iter().map(|&segment| eligible[segment]).collect();
        let products = Products::with(centred(vectors.pick(&indices), mean.view()).view());
        let mut similar = Vec::with_capacity(eligible.len());
        for (number, indices) in eligible.chunks(AT_ONCE).enumerate() {
            let cosines = products.of_each(centred(vectors.pick(indices), mean.view()).view());
            let rows: Vec<Vec<(u32, f32)>> = (0..indices.len())
                .into_par_iter()
                .map(|row| nearest(cosines.row(row), &references, number * AT_ONCE + row))
                .collect();
            similar.extend(rows);
        }
        Self(similar)
    }

    /// For each segment the weighted mean of the scores (segments × themes) of those that are like it; zeros where there are none.
    pub(super) fn means(&self, scores: &Array2<f32>) -> Array2<f32> {
        let mut means = Array2::zeros(scores.dim());
        for (mut mean, similar) in means.axis_iter_mut(Axis(0)).zip(&self.0) {
            for &(segment, weight) in similar {
                mean.scaled_add(weight, &scores.row(segment as usize));
            }
        }
        means
    }
}

fn centred(mut rows: Array2<f32>, mean: ArrayView1<'_, f32>) -> Array2<f32> {
    for mut row in rows.axis_iter_mut(Axis(0)) {
        let offset: Array1<f32> = unit(&row - &mean);
        row.assign(&offset);
    }
    rows
}

/// The references with the highest cosines, without the segment itself.
fn nearest(cosines: ArrayView1<'_, f32>, references: &[usize], segment: usize) -> Vec<(u32, f32)> {
    let mut found: Vec<(usize, f32)> = references
        .iter()
        .zip(cosines)
        .filter(|&(&reference, &cosine)| reference != segment && cosine > 0.0)
        .map(|(&reference, &cosine)| (reference, cosine))
        .collect();
    let order = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if found.len() > NEAREST {
        found.select_nth_unstable_by(NEAREST - 1, order);
        found.truncate(NEAREST);
    }
    found.sort_by(order);
    let sum: f32 = found.iter().map(|(_, cosine)| cosine).sum();
    found.into_iter().map(|(reference, cosine)| (reference as u32, cosine / sum)).collect()
}

#[cfg(test)]
mod tests {
    use ndarray::array;
    use transcripts::CharSpan;

    use super::*;
    use crate::results::Passage;

    #[test]
    fn a_segment_takes_the_scores_of_those_that_are_like_it() {
        let vectors: Rows =
            array![[1.0_f32, 0.0, 0.0], [0.9, 0.1, 0.0], [0.0, 0.0, 1.0], [0.0, 0.1, 0.9]].into();
        let passages: Vec<Passage> = (0..4)
            .map(|_| Passage {
                transcript: 0.into(),
                first_turn: 0,
                last_turn: 0,
                span: CharSpan { start: 0, end: 0 },
                text: String::new(),
                eligible: true,
                words: 9,
                tokens: 9,
            })
            .collect();
        let all = [0, 1, 2, 3];
        let similar = SimilarSegments::of(&vectors, &all, &InterviewWeights::of(&passages, &all));
        let means = similar.means(&array![[5.0], [1.0], [2.0], [3.0]]);
        assert_eq!(means, array![[1.0], [5.0], [3.0], [2.0]]);
    }
}
