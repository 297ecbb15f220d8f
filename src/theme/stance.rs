//! Stance: whether a segment approves or complains, to find dissenting quotes.
//!
//! The direction from sentences of complaint to sentences of approval measures it, in every language that the encoder knows
//! (`SemAxis`: An, Kwak and Ahn 2018). It is a hint for a reader and no measurement: it misses irony, and praise for what a theme
//! complains of.

use ndarray::{Array1, ArrayView2, Axis};
use rayon::prelude::*;

use super::context::unit;
use crate::storage::{BLOCK, Rows};
use same_bits::products::dot;

/// Pairs of sentences, one approving and one disapproving in the same words.
const POLES: [(&str, &str); 6] = [
    ("This works well for us.", "This does not work for us."),
    ("There is enough of it, and that is no problem.", "There is not enough of it, and that is a problem."),
    ("It is easy and it helps me.", "It is hard and it gets in my way."),
    ("I am satisfied with how it is.", "I am frustrated with how it is."),
    ("I agree, I am for it.", "I disagree, I am against it."),
    ("It was never a problem for me.", "It has always been a problem for me."),
];

/// The sentences whose vectors [`super::Evidence::gather`] needs, in this order.
pub fn stance_sentences() -> Vec<&'static str> {
    POLES.iter().flat_map(|(approves, disapproves)| [*approves, *disapproves]).collect()
}

/// Each segment's stance, in standard deviations above that of the corpus: higher approves.
///
/// `vectors` has a unit row for each passage, `sentences` one for each of [`stance_sentences`]; `indices` are the segments' passages.
/// Zeros where all say the same.
pub(super) fn stances(vectors: &Rows, indices: &[usize], sentences: ArrayView2<'_, f32>) -> Vec<f32> {
    let all = vectors.view();
    let mut axis = Array1::zeros(all.ncols());
    for pair in sentences.axis_chunks_iter(Axis(0), 2).filter(|pair| pair.nrows() == 2) {
        axis += &(&pair.row(0) - &pair.row(1));
    }
    let axis = unit(axis);
    let mut raw: Vec<f32> = Vec::with_capacity(indices.len());
    for indices in indices.chunks(BLOCK) {
        raw.par_extend(indices.par_iter().map(|&index| dot(all.row(index), axis.view())));
        vectors.release_pages();
    }
    let count = raw.len().max(1) as f64;
    let mean = raw.iter().map(|&one| f64::from(one)).sum::<f64>() / count;
    let variance = raw.iter().map(|&one| (f64::from(one) - mean).powi(2)).sum::<f64>() / count;
    let standard = |one: &f32| ((f64::from(*one) - mean) / variance.sqrt()) as f32;
    if variance > 1e-12 { raw.iter().map(standard).collect() } else { vec![0.0; raw.len()] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn approval_is_above_and_complaint_below_the_middle() {
        let mut sentences = Array2::zeros((stance_sentences().len(), 2));
        for (index, mut row) in sentences.rows_mut().into_iter().enumerate() {
            row.assign(&if index % 2 == 0 { array![0.8_f32, 0.6] } else { array![0.8, -0.6] });
        }
        let rows = array![[1.0_f32, 0.0], [9.0, 9.0], [0.0, 1.0], [0.6, -0.8]].into();
        let found = stances(&rows, &[0, 2, 3], sentences.view());
        assert!(found[1] > found[0] && found[0] > found[2]);
        assert!(found.iter().sum::<f32>().abs() < 1e-5);
        assert!(stances(&rows, &[0], sentences.view())[0].abs() < 1e-6);
    }
}
