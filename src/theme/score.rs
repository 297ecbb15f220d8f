//! Scores: how much each segment is about each theme, in standard deviations of the theme's null distribution.
//!
//! Human codes are not used here. The steps, in the order of their gain on coded interviews: the talk around a segment is added to
//! it ([`super::context`]); a segment's mean score over themes is subtracted, since it reflects wording rather than content; each theme's
//! vector is moved towards the segments that fit it best ([`super::best`]) and away from the corpus mean (Rocchio 1971); words are
//! matched beside vectors, those of the codebook and those that the best segments share; scores of neighbouring segments and of
//! similar ones are added; long segments and those that no other theme fits score higher.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis};
use sentence_encoder::Products;

use super::best::best_of_languages;
use super::context::{neighbours, unit};
use super::interview_weights::InterviewWeights;
use super::lexicon::Lexicon;
use super::null_distribution::{Expectation, z_scores, z_scores_of_languages};
use super::seed::{ThemeVectors, less_excluded, word_query};
use super::shared_words::SharedWords;
use super::similar::SimilarSegments;
use crate::results::{Codebook, Passage};
use crate::segment::eligible_indices;
use crate::storage::Rows;
use same_bits::elementary::ln;

/// How far a theme's vector is moved towards its best segments.
pub(super) const MOVE: f32 = 1.5;
/// Weight of the word match beside the cosine while the best segments are looked for, and beside the final, standardised score.
pub(super) const WORDS_BESIDE_COSINE: f32 = 0.5;
pub(super) const WORDS: f32 = 6.0;
/// Weight of the match with the words that the best segments share.
pub(super) const SHARED_WORDS: f32 = 6.0;
/// Weight of the neighbours' word matches.
pub(super) const NEIGHBOUR_WORDS: [f32; 1] = [0.5];
/// Weights of the scores of the neighbours, and of those behind them.
pub(super) const NEIGHBOUR_SCORES: [f32; 2] = [0.15, 0.075];
/// Weight of the mean score of similar segments.
pub(super) const SIMILAR_SCORES: f32 = 0.25;
/// Weight of a segment's length, in standard deviations of its logarithm: people give long segments more themes.
pub(super) const LENGTH: f32 = 0.25;
/// Smallest standard deviation of that logarithm: segments of nearly one length are not told apart by it.
const MIN_LENGTH_SPREAD: f64 = 0.3;
/// Weight of the highest score of another theme, up to [`MAX_OTHER`], which counts against this one.
pub(super) const OTHER_THEME: f32 = 0.1;
const MAX_OTHER: f32 = 6.0;
/// Expected null distribution of cosines.
pub(super) const EXPECTED_COSINES: Expectation = Expectation { centre: 0.15, spread: 0.09 };
/// Expected null distribution of scores, from the interviews that they were tried on.
pub(super) const EXPECTED_SCORES: Expectation = Expectation { centre: -0.2, spread: 1.3 };

/// What the segments are scored by.
#[derive(Clone, Copy)]
pub(super) struct Talk<'a> {
    pub(super) passages: &'a [Passage],
    /// Segments × dimension, unit length: each segment with the talk around it.
    pub(super) context: &'a Rows,
    pub(super) interviews: &'a InterviewWeights,
    pub(super) similar: &'a SimilarSegments,
    /// The segments of each language.
    pub(super) by_language: &'a [Vec<usize>],
    /// None where there are several languages.
    pub(super) lexicon: Option<&'a Lexicon>,
}

/// Scores of the seed themes.
pub(super) struct SeedScores {
    /// Segments × themes: word matches, as of [`word_scores`].
    pub(super) by_words: Array2<f32>,
    /// Segments × themes, in standard deviations of the theme's null distribution.
    pub(super) scores: Array2<f32>,
    /// Themes × dimension: the moved theme vectors.
    pub(super) moved: Array2<f32>,
}

/// The best segments of each theme, with weights.
type Best = Vec<Vec<(usize, f32)>>;

/// Scores every segment for every theme of the codebook.
pub(super) fn seed_scores(talk: Talk<'_>, codebook: &Codebook, themes: &ThemeVectors) -> SeedScores {
    let by_words = word_scores(talk.passages, talk.lexicon, codebook);
    let eligible = eligible_indices(talk.passages);
    let weights = &talk.interviews.weights;
    let near = |vectors: ArrayView2<'_, f32>| {
        let products = Products::with(vectors);
        let cosines =
            |block: ArrayView2<'_, f32>| less_excluded(products.of_each(block), block, &themes.exclusions);
        talk.context.map_blocks(vectors.nrows(), cosines)
    };
    let mut first = subtract_row_mean(near(themes.themes.view()));
    first.scaled_add(WORDS_BESIDE_COSINE, &by_words);
    let best: Best = first
        .columns()
        .into_iter()
        .map(|column| best_of_languages(column, talk.by_language, &talk.interviews.transcripts))
        .collect();
    drop(first);
    let moved = moved_themes(talk, themes.themes.view(), &best);
    let cosines = near(moved.view());
    // So that a theme that is near to everything weighs no more than the others in the row mean.
    let cosines = z_scores(cosines, weights, EXPECTED_COSINES);
    let shared = shared_word_scores(talk, &eligible, &best);
    let mut scores = subtract_row_mean(cosines);
    scores.scaled_add(WORDS, &by_words);
    scores.scaled_add(SHARED_WORDS, &shared);
    drop(shared);
    let mut scores = with_neighbours(talk.passages, &eligible, &scores);
    let similar = talk.similar.means(&scores);
    scores.scaled_add(SIMILAR_SCORES, &similar);
    drop(similar);
    let scores = z_scores_of_languages(scores, weights, EXPECTED_SCORES, talk.by_language);
    let scores = less_other_themes(scores);
    SeedScores { by_words, scores: with_length(talk, &eligible, scores), moved }
}

/// The scores with a share of those of the eligible passages around added.
fn with_neighbours(passages: &[Passage], eligible: &[usize], scores: &Array2<f32>) -> Array2<f32> {
    let mut row_of = vec![None; passages.len()];
    for (row, &index) in eligible.iter().enumerate() {
        row_of[index] = Some(row);
    }
    let mut sums = scores.clone();
    for (mut sum, &index) in sums.axis_iter_mut(Axis(0)).zip(eligible) {
        for (other, weight) in neighbours(passages, index, &NEIGHBOUR_SCORES) {
            if let Some(row) = row_of[other] {
                sum.scaled_add(weight, &scores.row(row));
            }
        }
    }
    sums
}

/// Segments × themes: word matches, with half of the neighbours' matches added; zeros without a lexicon.
fn word_scores(passages: &[Passage], lexicon: Option<&Lexicon>, codebook: &Codebook) -> Array2<f32> {
    let eligible = eligible_indices(passages);
    let mut scores = Array2::zeros((eligible.len(), codebook.seeds.len()));
    let Some(lexicon) = lexicon else { return scores };
    for (mut column, seed) in scores.axis_iter_mut(Axis(1)).zip(&codebook.seeds) {
        let matches = lexicon.matches(&word_query(seed));
        column.assign(&with_neighbours_words(passages, &eligible, &matches));
    }
    subtract_row_mean(scores)
}

/// Segments × themes: matches with the words that the best segments of a theme share, in the same way.
fn shared_word_scores(talk: Talk<'_>, eligible: &[usize], best: &Best) -> Array2<f32> {
    let mut scores = Array2::zeros((eligible.len(), best.len()));
    let Some(lexicon) = talk.lexicon else { return scores };
    let mut shared = SharedWords::new(lexicon, talk.passages, eligible, talk.interviews);
    for (mut column, best) in scores.axis_iter_mut(Axis(1)).zip(best) {
        let best: Vec<(usize, f32)> = best.iter().map(|&(row, weight)| (eligible[row], weight)).collect();
        column.assign(&with_neighbours_words(talk.passages, eligible, &shared.matches(&best)));
    }
    subtract_row_mean(scores)
}

/// The matches of segments, with half of those of the adjacent passages added.
fn with_neighbours_words(passages: &[Passage], eligible: &[usize], matches: &[f32]) -> Array1<f32> {
    let of = |&index: &usize| {
        let around = neighbours(passages, index, &NEIGHBOUR_WORDS);
        matches[index] + around.map(|(other, _)| NEIGHBOUR_WORDS[0] * matches[other]).sum::<f32>()
    };
    eligible.iter().map(of).collect()
}

/// Subtracts a part of the highest score that a segment has for another theme, less its mean: of two themes that fit a segment,
/// people more often give the one that fits better.
fn less_other_themes(mut scores: Array2<f32>) -> Array2<f32> {
    if scores.ncols() < 2 {
        return scores;
    }
    let other = |[highest, second]: [f32; 2], score: f32| {
        if score >= highest { second } else { highest }.clamp(0.0, MAX_OTHER)
    };
    let mut sum = 0.0;
    for row in scores.rows() {
        let highest = highest_two(row);
        for &score in row {
            sum += f64::from(other(highest, score));
        }
    }
    let mean = sum / scores.len().max(1) as f64;
    for mut row in scores.axis_iter_mut(Axis(0)) {
        let highest = highest_two(row.view());
        row.mapv_inplace(|score| score - OTHER_THEME * (other(highest, score) - mean as f32));
    }
    scores
}

/// The two highest numbers; −∞ for those that are not there.
pub(super) fn highest_two(numbers: ArrayView1<'_, f32>) -> [f32; 2] {
    numbers.iter().fold([f32::NEG_INFINITY; 2], |[first, second], &number| {
        if number > first { [number, first] } else { [first, second.max(number)] }
    })
}

/// Adds how much longer a segment is than others of its language: languages need more or fewer words for the same.
fn with_length(talk: Talk<'_>, eligible: &[usize], mut scores: Array2<f32>) -> Array2<f32> {
    let mut longer: Vec<f64> =
        eligible.iter().map(|&index| ln(f64::from(talk.passages[index].words.max(1)))).collect();
    for rows in talk.by_language {
        let mean = rows.iter().map(|&row| longer[row]).sum::<f64>() / rows.len().max(1) as f64;
        for &row in rows {
            longer[row] -= mean;
        }
    }
    let variance = longer.iter().map(|longer| longer.powi(2)).sum::<f64>() / longer.len().max(1) as f64;
    let spread = variance.sqrt().max(MIN_LENGTH_SPREAD);
    for (mut row, longer) in scores.axis_iter_mut(Axis(0)).zip(longer) {
        row += LENGTH * (longer / spread) as f32;
    }
    scores
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
fn moved_themes(talk: Talk<'_>, themes: ArrayView2<'_, f32>, best: &Best) -> Array2<f32> {
    let mut moved = themes.to_owned();
    let context = talk.context.view();
    let all = talk.interviews.mean(talk.context);
    for (mut theme, best) in moved.axis_iter_mut(Axis(0)).zip(best) {
        let mut target = Array1::zeros(context.ncols());
        for &(row, weight) in best {
            target.scaled_add(weight, &(&context.row(row) - &all));
        }
        let sum = &theme + &(unit(target) * MOVE);
        theme.assign(&unit(sum));
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Seed;
    use crate::storage::Scratch;
    use ndarray::array;

    #[test]
    fn what_all_themes_share_is_taken_out() {
        let scores = subtract_row_mean(array![[0.5, 0.3], [0.2, 0.2]]);
        assert!((scores[[0, 0]] - 0.3).abs() < 1e-6);
        assert!((scores[[0, 1]] - 0.1).abs() < 1e-6);
        assert_eq!(subtract_row_mean(array![[0.5], [0.3]]), array![[0.5], [0.3]]);
    }

    #[test]
    fn a_theme_loses_to_one_that_fits_better() {
        let scores = less_other_themes(array![[4.0, 3.0, 0.0], [4.0, 0.0, 0.0]]);
        assert!(scores[[0, 0]] < scores[[1, 0]] && scores[[0, 1]] < 3.0);
        assert_eq!(less_other_themes(array![[4.0], [0.0]]), array![[4.0], [0.0]]);
    }

    #[test]
    fn a_language_of_few_words_is_not_a_language_of_short_segments() {
        let passages: Vec<Passage> =
            [20, 10, 4, 2].into_iter().map(|words| Passage { words, ..passage() }).collect();
        let context: Rows = Array2::<f32>::eye(4).into();
        let interviews = InterviewWeights::of(&passages, &[0, 1, 2, 3]);
        let similar =
            SimilarSegments::of(&context, interviews.mean(&context).view(), &Scratch::in_memory()).unwrap();
        let longer = |by_language: &[Vec<usize>]| {
            let talk = Talk {
                passages: &passages,
                context: &context,
                interviews: &interviews,
                similar: &similar,
                by_language,
                lexicon: None,
            };
            with_length(talk, &[0, 1, 2, 3], Array2::zeros((4, 1))).into_raw_vec_and_offset().0
        };
        let apart = longer(&[vec![0, 1], vec![2, 3]]);
        assert!((apart[0] - apart[2]).abs() < 1e-6 && apart[0] > apart[1] && apart[2] > apart[3]);
        assert!(longer(&[vec![0, 1, 2, 3]])[1] > longer(&[vec![0, 1, 2, 3]])[2]);
    }

    #[test]
    fn a_segment_near_a_theme_scores_higher_on_it() {
        let context: Rows = array![[1.0, 0.0], [0.0, 1.0], [0.8, 0.6]].into();
        let passages: Vec<Passage> = (0..3).map(|_| passage()).collect();
        let interviews = InterviewWeights::of(&passages, &[0, 1, 2]);
        let similar =
            SimilarSegments::of(&context, interviews.mean(&context).view(), &Scratch::in_memory()).unwrap();
        let themes = array![[1.0, 0.0], [0.0, 1.0]];
        let themes = ThemeVectors { themes, exclusions: vec![None, None] };
        let talk = Talk {
            passages: &passages,
            context: &context,
            interviews: &interviews,
            similar: &similar,
            by_language: &[vec![0, 1, 2]],
            lexicon: None,
        };
        let SeedScores { scores, .. } =
            seed_scores(talk, &vec![Seed::new("one", ""), Seed::new("two", "")].into(), &themes);
        assert!(scores[[0, 0]] > scores[[2, 0]] && scores[[2, 0]] > scores[[1, 0]]);
    }

    fn passage() -> Passage {
        Passage::for_test(0, "")
    }
}
