//! Checks of an encoder: that a text's vector does not depend on other texts, and that vectors agree with
//! those of another program.

use ndarray::{Array2, ArrayView1};

use super::{EmbedError, Encoder, Purpose};

/// The index of the first text whose vector, embedded alone, with half of the texts, or with all texts in
/// reverse order, has other bits than with all of `texts` in order. None if there is none, as it should be.
///
/// # Errors
/// When a text cannot be embedded.
pub fn first_unstable(encoder: &dyn Encoder, texts: &[&str]) -> Result<Option<usize>, EmbedError> {
    let all = encoder.encode(texts, Purpose::Passage, &())?;
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
        let vectors = encoder.encode(&some, Purpose::Passage, &())?;
        let unstable = company.iter().zip(vectors.rows()).filter(|&(&index, row)| !same(index, row));
        first = unstable.map(|(&index, _)| index).chain(first).min();
    }
    Ok(first)
}

/// The lowest cosine between the vectors of `texts` as passages and `expected`, the vectors of another
/// program (texts × dimension). 1 means that both agree in all directions.
///
/// # Errors
/// When a text cannot be embedded.
pub fn lowest_cosine(
    encoder: &dyn Encoder,
    texts: &[&str],
    expected: &Array2<f32>,
) -> Result<f64, EmbedError> {
    let vectors = encoder.encode(texts, Purpose::Passage, &())?;
    let cosines = vectors.rows().into_iter().zip(expected.rows()).map(|(ours, theirs)| {
        let dot = |a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>| -> f64 {
            a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum()
        };
        dot(ours, theirs) / (dot(ours, ours) * dot(theirs, theirs)).sqrt()
    });
    Ok(cosines.fold(1.0, f64::min))
}
