//! Scores: how much each segment is about each theme, in standard deviations of the theme's null distribution.
//!
//! Human codes are not used here. The steps, in the order of their gain on coded interviews: the talk around a segment is added to
//! it ([`super::context`]); a segment's mean score over themes is subtracted, since it reflects wording rather than content; each theme's
//! vector is moved towards the segments that fit it best and away from the corpus mean (Rocchio 1971); words are matched beside
//! vectors; and scores of neighbouring segments are added.

use std::cmp::Ordering;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use sentence_encoder::Products;

use super::context::{mean_of_rows, neighbours, unit};
use super::lexicon::Lexicon;
use super::null_distribution::{Expectation, z_scores};
use super::seed::{ThemeVectors, less_excluded, word_query};
use crate::results::{Codebook, Passage};
use crate::segment::eligible_indices;
use crate::storage::Rows;

/// Maximum number of segments of each language that a theme's vector is moved towards, and how far.
pub(super) const BEST: usize = 15;
/// At most one of so many segments is among them, so that in a small study themes do not move to the corpus mean.
pub(super) const BEST_OF: usize = 20;
pub(super) const MOVE: f32 = 1.5;
/// Weight of the word match beside the cosine while the best segments are looked for, and beside the final, standardised score.
pub(super) const WORDS_BESIDE_COSINE: f32 = 0.5;
pub(super) const WORDS: f32 = 6.0;
/// Weight of the neighbours' word matches.
pub(super) const NEIGHBOUR_WORDS: [f32; 1] = [0.5];
/// Weights of the scores of the neighbours, and of those behind them.
pub(super) const NEIGHBOUR_SCORES: [f32; 2] = [0.15, 0.075];
/// Expected null distribution of cosines.
pub(super) const EXPECTED_COSINES: Expectation = Expectation { centre: 0.15, spread: 0.09 };
/// Expected null distribution of scores, from the interviews that they were tried on.
pub(super) const EXPECTED_SCORES: Expectation = Expectation { centre: -0.2, spread: 1.3 };

/// Scores of the seed themes.
pub(super) struct SeedScores {
    /// Segments × themes, in standard deviations of the theme's null distribution.
    pub(super) scores: Array2<f32>,
    /// Themes × dimension: the moved theme vectors.
    pub(super) moved: Array2<f32>,
}

/// Scores every segment for every theme.
///
/// `context` has a row for each eligible passage, `by_words` the scores of [`word_scores`]; `by_language` are the rows of each language.
pub(super) fn seed_scores(
    passages: &[Passage],
    context: &Rows,
    themes: &ThemeVectors,
    by_words: &Array2<f32>,
    by_language: &[Vec<usize>],
) -> SeedScores {
    let near = |vectors: ArrayView2<'_, f32>| {
        let products = Products::with(vectors);
        let cosines =
            |block: ArrayView2<'_, f32>| less_excluded(products.of_each(block), block, &themes.exclusions);
        context.map_blocks(vectors.nrows(), cosines)
    };
    let first = subtract_row_mean(near(themes.themes.view())) + &(by_words * WORDS_BESIDE_COSINE);
    let moved = moved_themes(context, themes.themes.view(), &first, by_language);
    let cosines = near(moved.view());
    // So that a theme that is near to everything weighs no more than the others in the row mean.
    let cosines = z_scores(cosines, EXPECTED_COSINES);
    let scores = with_neighbours(passages, &(subtract_row_mean(cosines) + &(by_words * WORDS)));
    SeedScores { scores: z_scores(scores, EXPECTED_SCORES), moved }
}

/// The scores with a share of those of the eligible passages around added.
fn with_neighbours(passages: &[Passage], scores: &Array2<f32>) -> Array2<f32> {
    let eligible = eligible_indices(passages);
    let mut row_of = vec![None; passages.len()];
    for (row, &index) in eligible.iter().enumerate() {
        row_of[index] = Some(row);
    }
    let mut sums = scores.clone();
    for (mut sum, &index) in sums.axis_iter_mut(Axis(0)).zip(&eligible) {
        for (other, weight) in neighbours(passages, index, &NEIGHBOUR_SCORES) {
            if let Some(row) = row_of[other] {
                sum.scaled_add(weight, &scores.row(row));
            }
        }
    }
    sums
}

/// Segments × themes: word matches, with half of the neighbours' matches added; zeros without a lexicon.
pub(super) fn word_scores(
    passages: &[Passage],
    lexicon: Option<&Lexicon>,
    codebook: &Codebook,
) -> Array2<f32> {
    let eligible = eligible_indices(passages);
    let mut scores = Array2::zeros((eligible.len(), codebook.seeds.len()));
    let Some(lexicon) = lexicon else { return scores };
    for (mut column, seed) in scores.axis_iter_mut(Axis(1)).zip(&codebook.seeds) {
        let matches = lexicon.matches(&word_query(seed));
        for (score, &index) in column.iter_mut().zip(&eligible) {
            let around: f32 = neighbours(passages, index, &NEIGHBOUR_WORDS)
                .map(|(other, _)| NEIGHBOUR_WORDS[0] * matches[other])
                .sum();
            *score = matches[index] + around;
        }
    }
    subtract_row_mean(scores)
}

/// Subtracts each segment's mean score over themes.
///
/// With T themes, (T − 1) / T of the mean is subtracted: all of it when the themes are many, nothing for a single theme, whose
/// scores would become zero.
pub(super) fn subtract_row_mean(mut scores: Array2<f32>) -> Array2<f32> {
    let themes = scores.ncols() as f32;
    if themes > 0.0 {
        let share = (themes - 1.0) / themes;
        for mut row in scores.axis_iter_mut(Axis(0)) {
            let mean = row.sum() / themes;
            row -= share * mean;
        }
    }
    scores
}

/// Each theme's vector, moved towards the mean of its best segments less the mean of all segments.
///
/// The best are chosen within each language, so that no language dominates a theme.
fn moved_themes(
    context: &Rows,
    themes: ArrayView2<'_, f32>,
    scores: &Array2<f32>,
    by_language: &[Vec<usize>],
) -> Array2<f32> {
    let mut moved = themes.to_owned();
    let all = mean_of_rows(context);
    let context = context.view();
    for (mut theme, column) in moved.axis_iter_mut(Axis(0)).zip(scores.axis_iter(Axis(1))) {
        let mut target = Array1::zeros(context.ncols());
        for rows in by_language {
            let own = column.select(Axis(0), rows);
            for index in best(own.view(), BEST.min(rows.len() / BEST_OF)) {
                target += &(&context.row(rows[index]) - &all);
            }
        }
        let sum = &theme + &(unit(target) * MOVE);
        theme.assign(&unit(sum));
    }
    moved
}

/// The indices of the highest values, highest first, earlier ones first among equals.
pub(super) fn best(values: ArrayView1<'_, f32>, most: usize) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..values.len()).collect();
    let order = |a: &usize, b: &usize| -> Ordering { values[*b].total_cmp(&values[*a]).then(a.cmp(b)) };
    if indices.len() > most && most > 0 {
        indices.select_nth_unstable_by(most - 1, order);
        indices.truncate(most);
    }
    indices.sort_by(order);
    indices.truncate(most);
    indices
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn what_all_themes_share_is_taken_out() {
        let scores = subtract_row_mean(array![[0.5, 0.3], [0.2, 0.2]]);
        assert!((scores[[0, 0]] - 0.3).abs() < 1e-6);
        assert!((scores[[0, 1]] - 0.1).abs() < 1e-6);
        assert_eq!(subtract_row_mean(array![[0.5], [0.3]]), array![[0.5], [0.3]]);
    }

    #[test]
    fn the_best_are_in_order_and_ties_go_to_the_first() {
        let values = array![0.1, 0.9, 0.5, 0.9, 0.2];
        assert_eq!(best(values.view(), 3), [1, 3, 2]);
        assert_eq!(best(values.view(), 9), [1, 3, 2, 4, 0]);
        assert_eq!(best(values.view(), 0), [0_usize; 0]);
    }

    #[test]
    fn a_segment_near_a_theme_scores_higher_on_it() {
        let context = array![[1.0, 0.0], [0.0, 1.0], [0.8, 0.6]];
        let themes = array![[1.0, 0.0], [0.0, 1.0]];
        let themes = ThemeVectors { themes, exclusions: vec![None, None] };
        let SeedScores { scores, .. } =
            seed_scores(&[], &context.into(), &themes, &Array2::zeros((3, 2)), &[vec![0, 1, 2]]);
        assert!(scores[[0, 0]] > scores[[2, 0]] && scores[[2, 0]] > scores[[1, 0]]);
    }
}
