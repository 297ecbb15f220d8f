//! Seed themes as vectors and as words: everything that the codebook says of a theme is used.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::context::unit;
use crate::study::{Codebook, Seed};

/// The texts of all seed themes, laid out so that one call embeds them.
pub struct SeedTexts {
    /// The texts to embed, in order.
    texts: Vec<String>,
    /// For each theme: how many of the texts, in order, are its own; the first is what it is, the rest examples.
    counts: Vec<usize>,
}

impl SeedTexts {
    /// Lays out a codebook.
    pub fn of(codebook: &Codebook) -> Self {
        let mut texts = Vec::new();
        let mut counts = Vec::new();
        for seed in &codebook.seeds {
            texts.push(statement(seed));
            texts.extend(seed.examples.iter().cloned());
            counts.push(1 + seed.examples.len());
        }
        Self { texts, counts }
    }

    /// The texts, as an encoder takes them.
    pub fn as_strs(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }

    /// One unit vector a theme: halfway between what the codebook says it is and how people say it.
    ///
    /// `vectors` has a row for each of the texts. Without examples the vector is that of name and definition.
    pub(super) fn theme_vectors(&self, vectors: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut themes = Array2::zeros((self.counts.len(), vectors.ncols()));
        let mut start = 0;
        for (mut theme, &count) in themes.axis_iter_mut(Axis(0)).zip(&self.counts) {
            let mut sum = vectors.row(start).to_owned();
            if count > 1 {
                let mut examples = Array1::zeros(vectors.ncols());
                for place in start + 1..start + count {
                    examples += &vectors.row(place);
                }
                sum += &unit(examples);
            }
            theme.assign(&unit(sum));
            start += count;
        }
        themes
    }
}

/// The name and definition as one text.
fn statement(seed: &Seed) -> String {
    if seed.definition.is_empty() { seed.name.clone() } else { format!("{}. {}", seed.name, seed.definition) }
}

/// The words that a theme is looked for by: everything that the codebook says of it but when not to use it.
pub(super) fn word_query(seed: &Seed) -> String {
    let mut words = vec![seed.name.as_str(), &seed.definition, &seed.include];
    words.extend(seed.keywords.iter().map(String::as_str));
    words.extend(seed.examples.iter().map(String::as_str));
    words.join(" ")
}
