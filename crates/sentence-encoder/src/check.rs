//! Tries whether an encoder keeps its promises: that a text's vector does not depend on its neighbours, and that it is the
//! vector that the model's authors mean.

use ndarray::{Array2, ArrayView1};

use super::{EmbedError, Encoder, Purpose};
use crate::NoObserver;

/// The place of the first text whose vector has other bits alone, among half of the texts, or with the texts in
/// reverse, than among all of `texts` in order. None when all are the same, as they should be.
///
/// # Errors
/// When a text cannot be embedded.
pub fn first_unstable(encoder: &dyn Encoder, texts: &[&str]) -> Result<Option<usize>, EmbedError> {
    let all = encoder.encode(texts, Purpose::Passage, &NoObserver)?;
    let same = |index: usize, other: ArrayView1<'_, f32>| {
        all.row(index).iter().zip(other).all(|(a, b)| a.to_bits() == b.to_bits())
    };
    let mut companies: Vec<Vec<usize>> = (0..texts.len()).map(|index| vec![index]).collect();
    companies.push((0..texts.len()).rev().collect());
    companies.push((0..texts.len()).step_by(2).collect());
    companies.push((0..texts.len()).skip(1).step_by(2).collect());
    let mut first = None;
    for company in companies {
        let some: Vec<&str> = company.iter().map(|&index| texts[index]).collect();
        let vectors = encoder.encode(&some, Purpose::Passage, &NoObserver)?;
        let unstable = company.iter().zip(vectors.rows()).filter(|&(&index, row)| !same(index, row));
        first = unstable.map(|(&index, _)| index).chain(first).min();
    }
    Ok(first)
}

/// The lowest cosine between an encoder's vectors of `texts`, taken for passages, and those that another program made of them, `expected`,
/// texts × dimension. Tells how nearly two inference engines agree: 1 means wholly.
///
/// # Errors
/// When a text cannot be embedded.
pub fn lowest_cosine(
    encoder: &dyn Encoder,
    texts: &[&str],
    expected: &Array2<f32>,
) -> Result<f64, EmbedError> {
    let vectors = encoder.encode(texts, Purpose::Passage, &NoObserver)?;
    let cosines = vectors.rows().into_iter().zip(expected.rows()).map(|(ours, theirs)| {
        let dot = |a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>| -> f64 {
            a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum()
        };
        dot(ours, theirs) / (dot(ours, ours) * dot(theirs, theirs)).sqrt()
    });
    Ok(cosines.fold(1.0, f64::min))
}
