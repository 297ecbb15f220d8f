//! Scores: how much each segment is about each theme.
//!
//! Nothing here knows a human code. What is done, and why, in the order in which it gained on coded interviews:
//! the talk around a segment is part of it ([`super::context`]); what a segment scores on every theme is taken out,
//! since it says how the segment is put, not what it is about; words are matched beside vectors; and each theme's
//! vector moves towards the segments that it fits best, so that it speaks as the corpus does (Rocchio, 1971).

use std::cmp::Ordering;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};

use super::context::{neighbours, unit};
use super::lexicon::Lexicon;
use super::seed::word_query;
use crate::corpus::Passage;
use crate::segment::coded_places;
use crate::study::Codebook;

/// Segments that a theme's vector moves towards, at most, and how far.
const BEST: usize = 10;
/// Of so many segments at most one is among them: in a small study the theme would come to mean whatever was said.
const BEST_OF: usize = 20;
const MOVE: f32 = 0.5;
/// Weight of the word match beside the cosine, and of the neighbours' words beside a segment's own.
const WORDS: f32 = 0.5;
const NEIGHBOUR_WORDS: [f32; 1] = [0.5];

/// Segments × themes: how much each segment is about each theme, higher = more.
pub(super) fn vector_scores(context: ArrayView2<'_, f32>, themes: ArrayView2<'_, f32>) -> Array2<f32> {
    let first = less_common(context.dot(&themes.t()));
    let moved = moved_themes(context, themes, &first);
    less_common(context.dot(&moved.t()))
}

/// Segments × themes: word matches, with half of the neighbours' matches added.
pub(super) fn word_scores(passages: &[Passage], lexicon: &Lexicon, codebook: &Codebook) -> Array2<f32> {
    let coded = coded_places(passages);
    let mut scores = Array2::zeros((coded.len(), codebook.seeds.len()));
    for (mut column, seed) in scores.axis_iter_mut(Axis(1)).zip(&codebook.seeds) {
        let matches = lexicon.matches(&word_query(seed));
        for (score, &place) in column.iter_mut().zip(&coded) {
            let around: f32 = neighbours(passages, place, &NEIGHBOUR_WORDS)
                .map(|(other, _)| NEIGHBOUR_WORDS[0] * matches[other])
                .sum();
            *score = matches[place] + around;
        }
    }
    less_common(scores)
}

/// Both kinds of evidence together.
pub(super) fn joined(vector_scores: Array2<f32>, word_scores: &Array2<f32>) -> Array2<f32> {
    vector_scores + &(word_scores * WORDS)
}

/// Takes out what a segment scores on every theme.
///
/// With T themes, (T − 1) / T of the segment's mean goes: all of it when the themes are many, nothing when there is
/// one theme, whose scores the mean would wipe out.
pub(super) fn less_common(mut scores: Array2<f32>) -> Array2<f32> {
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

/// Each theme's vector, moved towards the mean of the segments that score highest on it.
fn moved_themes(
    context: ArrayView2<'_, f32>,
    themes: ArrayView2<'_, f32>,
    scores: &Array2<f32>,
) -> Array2<f32> {
    let mut moved = themes.to_owned();
    let most = BEST.min(context.nrows() / BEST_OF);
    for (mut theme, column) in moved.axis_iter_mut(Axis(0)).zip(scores.axis_iter(Axis(1))) {
        let mut mean = Array1::zeros(context.ncols());
        for place in best(column, most) {
            mean += &context.row(place);
        }
        let target = unit(mean);
        let sum = &theme + &(target * MOVE);
        theme.assign(&unit(sum));
    }
    moved
}

/// The places of the highest values, highest first, earlier ones first among equals.
pub(super) fn best(values: ArrayView1<'_, f32>, most: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    let order = |a: &usize, b: &usize| -> Ordering { values[*b].total_cmp(&values[*a]).then(a.cmp(b)) };
    if places.len() > most && most > 0 {
        places.select_nth_unstable_by(most - 1, order);
        places.truncate(most);
    }
    places.sort_by(order);
    places.truncate(most);
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn what_all_themes_share_is_taken_out() {
        let scores = less_common(array![[0.5, 0.3], [0.2, 0.2]]);
        assert!((scores[[0, 0]] - 0.3).abs() < 1e-6);
        assert!((scores[[0, 1]] - 0.1).abs() < 1e-6);
        assert_eq!(less_common(array![[0.5], [0.3]]), array![[0.5], [0.3]]);
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
        let scores = vector_scores(context.view(), themes.view());
        assert!(scores[[0, 0]] > scores[[2, 0]] && scores[[2, 0]] > scores[[1, 0]]);
    }
}
