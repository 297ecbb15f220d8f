//! Seed themes as vectors and as words, from all that the codebook holds about a theme.

use ndarray::{Array1, Array2, ArrayView2, Axis, Zip};
use transcripts::text::normal_form;

use super::context::unit;
use crate::results::{Codebook, Seed};
use same_bits::products::dot;

/// Weight of the exclusion's lead over the theme.
pub(super) const EXCLUDE: f32 = 0.5;

/// The texts of all seed themes, laid out so that one call embeds them.
pub struct SeedTexts {
    /// The texts to embed, in order.
    texts: Vec<String>,
    /// Those of each theme.
    indices: Vec<TextIndices>,
}

/// What the codebook says of the themes, as vectors.
pub(super) struct ThemeVectors {
    /// Themes × dimension, unit length.
    pub(super) themes: Array2<f32>,
    /// For each theme the vector of "when not to use", if it says so.
    pub(super) exclusions: Vec<Option<Array1<f32>>>,
}

/// Indices of a theme's texts among all.
struct TextIndices {
    statement: usize,
    include: Option<usize>,
    exclude: Option<usize>,
    examples: Vec<usize>,
}

impl SeedTexts {
    /// Lays out a codebook.
    pub fn of(codebook: &Codebook) -> Self {
        let mut texts = Vec::new();
        let mut lay = |text: String| {
            texts.push(normal_form(&text).into_owned());
            texts.len() - 1
        };
        let mut indices = Vec::new();
        for seed in &codebook.seeds {
            let mut optional = |text: &str| (!text.is_empty()).then(|| lay(text.to_owned()));
            let include = optional(&seed.include);
            let exclude = if names_another(seed, codebook) { None } else { optional(&seed.exclude) };
            let statement = lay(statement(seed));
            let examples = seed.examples.iter().map(|example| lay(example.clone())).collect();
            indices.push(TextIndices { statement, include, exclude, examples });
        }
        Self { texts, indices }
    }

    /// The texts, as an encoder takes them.
    pub fn as_strs(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }

    /// The vectors of each theme; `vectors` has a row for each of the texts.
    pub(super) fn theme_vectors(&self, vectors: ArrayView2<'_, f32>) -> ThemeVectors {
        let exclusion = |indices: &TextIndices| indices.exclude.map(|index| vectors.row(index).to_owned());
        ThemeVectors {
            themes: self.themes(vectors),
            exclusions: self.indices.iter().map(exclusion).collect(),
        }
    }

    /// One unit vector a theme: the mean of its description and its examples.
    ///
    /// The description is name, parent and definition as one text, and when to use it as another.
    fn themes(&self, vectors: ArrayView2<'_, f32>) -> Array2<f32> {
        let mut themes = Array2::zeros((self.indices.len(), vectors.ncols()));
        for (mut theme, indices) in themes.axis_iter_mut(Axis(0)).zip(&self.indices) {
            let mut says = vectors.row(indices.statement).to_owned();
            if let Some(include) = indices.include {
                says += &vectors.row(include);
            }
            let mut sum = unit(says);
            if !indices.examples.is_empty() {
                let mut examples = Array1::zeros(vectors.ncols());
                for &index in &indices.examples {
                    examples += &vectors.row(index);
                }
                sum += &unit(examples);
            }
            theme.assign(&unit(sum));
        }
        themes
    }
}

/// Lowers a segment's cosine with a theme (segments × themes) where its cosine with "when *not* to use" is higher.
///
/// Not a plain subtraction: borderline content is often said beside the theme, so only segments nearer to the exclusion lose.
pub(super) fn less_excluded(
    mut cosines: Array2<f32>,
    context: ArrayView2<'_, f32>,
    exclusions: &[Option<Array1<f32>>],
) -> Array2<f32> {
    for (mut column, exclusion) in cosines.axis_iter_mut(Axis(1)).zip(exclusions) {
        if let Some(exclusion) = exclusion {
            Zip::from(&mut column).and(context.rows()).par_for_each(|cosine, row| {
                *cosine -= EXCLUDE * (dot(row, exclusion.view()) - *cosine).max(0.0);
            });
        }
    }
    cosines
}

/// Whether "when not to use" names another theme of the codebook. That theme is the better contrast: on the demo study, whose
/// exclusions all do, using them as well lost two points of average precision.
fn names_another(seed: &Seed, codebook: &Codebook) -> bool {
    let exclude = seed.exclude.to_lowercase();
    codebook.seeds.iter().any(|other| other.name != seed.name && exclude.contains(&other.name.to_lowercase()))
}

/// Name and definition as one text; the parent clarifies the name.
fn statement(seed: &Seed) -> String {
    let Seed { name, parent, definition, .. } = seed;
    let name = if parent.is_empty() { name.clone() } else { format!("{parent}: {name}") };
    if definition.is_empty() { name } else { format!("{name}. {definition}") }
}

/// The words that a theme is matched by: all that the codebook holds about it but when not to use it.
pub(super) fn word_query(seed: &Seed) -> String {
    let mut words = vec![seed.name.as_str(), &seed.definition, &seed.include];
    words.extend(seed.keywords.iter().map(String::as_str));
    words.extend(seed.examples.iter().map(String::as_str));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn seed(name: &str) -> Seed {
        Seed { name: name.to_owned(), ..Seed::default() }
    }

    #[test]
    fn everything_that_the_codebook_says_is_laid_out() {
        let whole = Seed {
            definition: "Too many cases.".into(),
            include: "Talk of hours.".into(),
            exclude: "Talk of skills.".into(),
            examples: vec!["Sixty families.".into()],
            parent: "barriers".into(),
            ..seed("workload")
        };
        let pointing = Seed { exclude: "Not for Workload.".into(), ..seed("risk") };
        let codebook = Codebook { seeds: vec![pointing, whole], file: None };
        assert_eq!(
            SeedTexts::of(&codebook).as_strs(),
            [
                "risk",
                "Talk of hours.",
                "Talk of skills.",
                "barriers: workload. Too many cases.",
                "Sixty families."
            ]
        );
    }

    #[test]
    fn a_theme_leans_to_its_examples() {
        let one = Seed { examples: vec!["b".into()], ..seed("a") };
        let texts = SeedTexts::of(&Codebook { seeds: vec![one], file: None });
        let theme = texts.themes(array![[1.0_f32, 0.0], [0.0, 1.0]].view());
        assert!(
            (theme[[0, 0]] - theme[[0, 1]]).abs() < 1e-6
                && (dot(theme.row(0), theme.row(0)) - 1.0).abs() < 1e-6
        );
    }

    #[test]
    fn only_what_is_nearer_to_the_exclusion_loses() {
        let context = array![[1.0_f32, 0.0], [0.6, 0.8]];
        let exclusions = [Some(array![0.0_f32, 1.0]), None];
        let cosines = less_excluded(array![[0.9, 0.3], [0.4, 0.3]], context.view(), &exclusions);
        assert!((cosines[[0, 0]] - 0.9).abs() < 1e-6);
        assert!((cosines[[1, 0]] - 0.2).abs() < 1e-6);
        assert!((0..2).all(|row| (cosines[[row, 1]] - 0.3).abs() < 1e-6));
    }
}
