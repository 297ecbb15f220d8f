//! Removes the language from the vectors, so that themes are not found more often in the language that the encoder knows best.
//!
//! Vectors of multilingual encoders differ by language more than by content. On sentences that are the same in seven languages the
//! share of a theme differed by up to 18 points between languages; less each language's mean, by 6. What the speakers of a language talk
//! about more than others must not become part of its mean, so means are compared within subjects; see [`subjects`](super::subjects).

use std::collections::BTreeMap;
use std::io;

use ndarray::{Array1, ArrayView1, Axis, s};

use super::context::unit;
use super::subjects::adjusted_means;
use crate::cluster::sum_of_rows;
use crate::results::Passage;
use crate::storage::{BLOCK, Rows, Scratch};

/// Minimum number of passages for a language to have its own mean.
pub(super) const MIN_PASSAGES: usize = 10;

/// Share of the segments that the main language has at least where words are matched beside vectors. A single interview in another language
/// must not change how all others are labelled; in an even mixture the language of the codebook would find more.
pub(super) const MAIN_SHARE: f64 = 0.9;

/// Vectors less the means of their languages.
pub(super) struct WithoutLanguage {
    /// Passages × dimension, unit length.
    pub(super) vectors: Rows,
    /// The language of each passage, numbered from 0: its own, or the nearest where that is not known.
    pub(super) language_of: Vec<usize>,
}

/// The vectors less the adjusted mean of their language, at unit length; none when the corpus has one language.
///
/// `languages` has the language of each transcript, empty where it is not known; such passages, and those of a language with fewer
/// than ten, use the nearest mean. Means are shrunk towards that of all languages by their sampling error (James and Stein
/// 1961, the positive part).
pub(super) fn without_language(
    passages: &[Passage],
    rows: &Rows,
    languages: &[String],
    scratch: &Scratch,
) -> io::Result<Option<WithoutLanguage>> {
    let vectors = rows.view();
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, passage) in passages.iter().enumerate() {
        let language = passage.transcript.of(languages).map_or("", String::as_str);
        if !language.is_empty() {
            members.entry(language).or_default().push(index);
        }
    }
    members.retain(|_, indices| indices.len() >= MIN_PASSAGES);
    if members.len() < 2 {
        return Ok(None);
    }
    let raw: Vec<Array1<f32>> = members.values().map(|indices| mean(rows, indices)).collect();
    let members: Vec<Vec<usize>> = members.into_values().collect();
    let adjusted = adjusted_means(rows, &members, &raw);
    let mut middle = Array1::zeros(vectors.ncols());
    for mean in &adjusted {
        middle.scaled_add(1.0 / raw.len() as f32, mean);
    }
    let means: Vec<Array1<f32>> = (members.iter().zip(&raw))
        .zip(&adjusted)
        .map(|((indices, raw), adjusted)| drawn(adjusted, raw, &middle, rows, indices))
        .collect();
    let mut known = vec![None; passages.len()];
    for (language, indices) in members.iter().enumerate() {
        for &index in indices {
            known[index] = Some(language);
        }
    }
    let language_of: Vec<usize> = known
        .into_iter()
        .enumerate()
        .map(|(index, known)| known.unwrap_or_else(|| nearest(vectors.row(index), &raw)))
        .collect();
    let without = scratch.rows(vectors.nrows(), vectors.ncols(), |range| {
        let mut block = vectors.slice(s![range.clone(), ..]).to_owned();
        for (mut row, &language) in block.axis_iter_mut(Axis(0)).zip(&language_of[range]) {
            let without = unit(&row - &means[language]);
            row.assign(&without);
        }
        rows.release_pages();
        block
    })?;
    Ok(Some(WithoutLanguage { vectors: without, language_of }))
}

fn mean(rows: &Rows, indices: &[usize]) -> Array1<f32> {
    let mut sum = Array1::zeros(rows.view().ncols());
    for some in indices.chunks(BLOCK) {
        sum += &sum_of_rows(rows.view(), some);
        rows.release_pages();
    }
    sum.mapv(|sum| (sum / indices.len().max(1) as f64) as f32)
}

/// The adjusted mean of some vectors, shrunk towards the overall mean. `raw` is their own mean.
fn drawn(
    mean: &Array1<f32>,
    raw: &Array1<f32>,
    middle: &Array1<f32>,
    rows: &Rows,
    indices: &[usize],
) -> Array1<f32> {
    let count = indices.len() as f32;
    let mut spread = 0.0;
    for some in indices.chunks(BLOCK) {
        let vectors = rows.view();
        spread += some.iter().map(|&index| squared(vectors.row(index), raw.view())).sum::<f32>();
        rows.release_pages();
    }
    let by_chance = spread / (count - 1.0).max(1.0) / count;
    let offset = squared(mean.view(), middle.view());
    let kept = if offset > 0.0 { (1.0 - by_chance / offset).max(0.0) } else { 0.0 };
    middle + &((mean - middle) * kept)
}

fn squared(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f32 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// The index of the nearest mean.
fn nearest(row: ArrayView1<'_, f32>, means: &[Array1<f32>]) -> usize {
    let mut best = (0, f32::INFINITY);
    for (index, mean) in means.iter().enumerate() {
        let distance = squared(row, mean.view());
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use ndarray::Array2;

    use super::*;
    use same_bits::products::dot;

    fn found(passages: &[Passage], vectors: &Array2<f32>, languages: &[String]) -> Option<WithoutLanguage> {
        let scratch = Scratch::in_folder(Path::new(""));
        without_language(passages, &vectors.clone().into(), languages, &scratch).unwrap()
    }

    fn passage(transcript: usize) -> Passage {
        Passage::for_test(transcript, "")
    }

    /// 24 passages of two languages that say the same twelve things; the last two transcripts have no known language.
    fn corpus() -> (Vec<Passage>, Array2<f32>, Vec<String>) {
        let passages = (0..26).map(passage).collect();
        let vectors = Array2::from_shape_fn((26, 14), |(row, column)| {
            let (language, topic) = (row % 2, row / 2 % 12);
            if column < 2 { f32::from(column == language) * 2.0 } else { f32::from(column - 2 == topic) }
        });
        let languages =
            (0..26).map(|row| if row >= 24 { "" } else { ["en", "he"][row % 2] }.to_owned()).collect();
        (passages, vectors, languages)
    }

    #[test]
    fn the_same_said_in_two_languages_comes_together() {
        let (passages, vectors, languages) = corpus();
        let without = found(&passages, &vectors, &languages).unwrap();
        for said in 0..13 {
            let cosine = dot(without.vectors.view().row(2 * said), without.vectors.view().row(2 * said + 1));
            assert!(cosine > 0.9, "{said}: {cosine}");
        }
        assert_eq!(without.language_of, (0..26).map(|row| row % 2).collect::<Vec<_>>());
    }

    #[test]
    fn one_language_and_a_few_passages_of_another_stay_as_they_are() {
        let (passages, vectors, mut languages) = corpus();
        for language in languages.iter_mut().skip(1).step_by(2).skip(9) {
            "en".clone_into(language);
        }
        assert!(found(&passages, &vectors, &languages).is_none());
        assert!(found(&[], &vectors, &[]).is_none());
    }
}
