//! Finds the themes that the interviewer's passages mention, to tell who introduced a theme. They get no label.
//!
//! These passages are scored without context: with it a question would be about its answer. For the same scale as segments,
//! scores are standardised by those of eligible segments that are scored without context too.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::context::less;
use super::emergent::Found;
use super::interview_weights::InterviewWeights;
use super::lexicon::Lexicon;
use super::null_distribution::z_scores;
use super::score::{EXPECTED_COSINES, EXPECTED_SCORES, WORDS, subtract_row_mean};
use super::seed::{ThemeVectors, less_excluded, word_query};
use super::threshold::Threshold;
use crate::results::{Codebook, InterviewerMention, Passage};
use crate::storage::Rows;
use sentence_encoder::Products;

/// Maximum number of eligible segments for standardising, evenly spaced.
const MAX_SEGMENTS: usize = 20_000;

/// Passages without context: some eligible ones, then the interviewer's.
pub(super) struct UncontextualizedPassages {
    indices: Vec<usize>,
    /// How many of them are eligible.
    eligible: usize,
    /// The weights of these.
    weights: Vec<f64>,
    /// Passages × dimension, unit length.
    vectors: Array2<f32>,
}

impl UncontextualizedPassages {
    /// `eligible` are the indices of the segments, `questions` those of the interviewer's passages; `vectors` has a row for every
    /// passage.
    pub(super) fn of(passages: &[Passage], eligible: &[usize], questions: &[usize], vectors: &Rows) -> Self {
        let mut indices = Vec::new();
        if !questions.is_empty() {
            indices.extend(eligible.iter().copied().step_by(eligible.len().div_ceil(MAX_SEGMENTS).max(1)));
        }
        let eligible = indices.len();
        indices.extend(questions.iter().copied().filter(|&index| index < passages.len()));
        let weights = InterviewWeights::of(passages, &indices[..eligible]).weights;
        let vectors = vectors.pick(&indices);
        Self { indices, eligible, weights, vectors }
    }

    /// The themes that the interviewer's passages mention, by passage and then theme: the seeds, whose `moved` vectors are the
    /// final ones and whose threshold is `of_seeds`, then the emergent themes.
    pub(super) fn mentions(
        &self,
        codebook: &Codebook,
        seeds: &ThemeVectors,
        moved: ArrayView2<'_, f32>,
        lexicon: Option<&Lexicon>,
        of_seeds: Threshold,
        found: &Found,
    ) -> Vec<InterviewerMention> {
        if self.indices.len() == self.eligible {
            return Vec::new();
        }
        let by_seeds = self.seed_scores(codebook, seeds, moved, lexicon);
        let by_emergent = found.carried_by(self.centred().view(), self.eligible);
        let mut mentions = Vec::new();
        for (row, &passage) in self.indices.iter().enumerate().skip(self.eligible) {
            let seed_row = by_seeds.row(row);
            let seeds = (0..seed_row.len()).filter(|&theme| of_seeds.is_label(seed_row[theme]));
            let others = (0..found.themes.len()).filter(|&theme| by_emergent[[row, theme]]);
            let others = others.map(|theme| seed_row.len() + theme);
            mentions
                .extend(seeds.chain(others).map(|theme| InterviewerMention { passage, theme: theme.into() }));
        }
        mentions
    }

    /// Passages × seeds, computed like the scores of segments, without neighbours.
    fn seed_scores(
        &self,
        codebook: &Codebook,
        seeds: &ThemeVectors,
        moved: ArrayView2<'_, f32>,
        lexicon: Option<&Lexicon>,
    ) -> Array2<f32> {
        let vectors = self.vectors.view();
        let cosines = less_excluded(Products::with(moved).of_each(vectors), vectors, &seeds.exclusions);
        let cosines = z_scores(cosines, &self.weights, EXPECTED_COSINES);
        let mut by_words = Array2::zeros(cosines.dim());
        if let Some(lexicon) = lexicon {
            for (mut column, seed) in by_words.axis_iter_mut(Axis(1)).zip(&codebook.seeds) {
                let matches = lexicon.matches(&word_query(seed));
                column.iter_mut().zip(&self.indices).for_each(|(score, &index)| *score = matches[index]);
            }
        }
        let scores = subtract_row_mean(cosines) + &(subtract_row_mean(by_words) * WORDS);
        z_scores(scores, &self.weights, EXPECTED_SCORES)
    }

    /// The vectors less the mean of the segments, at unit length.
    fn centred(&self) -> Array2<f32> {
        let mean = self.vectors.slice(ndarray::s![..self.eligible, ..]).mean_axis(Axis(0));
        let mean = mean.unwrap_or_else(|| Array1::zeros(self.vectors.ncols()));
        less(self.vectors.view(), mean.view())
    }

    /// The texts of the interviewer's passages.
    pub(super) fn asked<'a>(&self, passages: &'a [Passage]) -> Vec<&'a Passage> {
        self.indices[self.eligible..].iter().map(|&index| &passages[index]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::emergent::Emergent;
    use super::*;
    use transcripts::CharSpan;

    use crate::results::Seed;
    use ndarray::array;

    fn passage(index: usize, eligible: bool) -> Passage {
        let (span, text) = (CharSpan { start: 0, end: 0 }, String::new());
        Passage {
            transcript: 0.into(),
            first_turn: index,
            last_turn: index,
            span,
            text: text.into(),
            eligible,
            words: 9,
            tokens: 9,
        }
    }

    #[test]
    fn a_question_near_a_theme_speaks_of_it_and_another_does_not() {
        // 60 segments around one direction; of three questions one is near the seed, one near the emergent theme.
        let mut passages: Vec<Passage> = (0..60).map(|index| passage(index, true)).collect();
        passages.extend((60..63).map(|index| passage(index, false)));
        let mut vectors = Array2::from_shape_fn((63, 4), |(row, column)| match column {
            0 => 1.0,
            3 => 0.1 * (row % 5) as f32 - 0.2,
            2 => 0.01 * (row % 3) as f32,
            _ => 0.05 * (row % 7) as f32 - 0.15,
        });
        vectors.row_mut(60).assign(&array![0.1, 1.0, 0.0, 0.0]);
        vectors.row_mut(61).assign(&array![0.1, 0.0, 1.0, 0.0]);
        let eligible: Vec<usize> = (0..60).collect();
        let uncontextualized =
            UncontextualizedPassages::of(&passages, &eligible, &[60, 61, 62, 99], &vectors.into());
        let codebook =
            Codebook { seeds: vec![Seed { name: "pay".to_owned(), ..Seed::default() }], file: None };
        let themes = array![[0.0_f32, 1.0, 0.0, 0.0]];
        let seeds = ThemeVectors { themes: themes.clone(), exclusions: vec![None] };
        let emergent = Emergent { direction: 2, scores: Array1::zeros(60), stability: None };
        // A direction along each axis, both ways.
        let centres = ndarray::concatenate![Axis(0), Array2::eye(4), -Array2::<f32>::eye(4)];
        let found = Found { themes: vec![emergent], centres, free: 8, note: None };
        let mentions =
            uncontextualized.mentions(&codebook, &seeds, themes.view(), None, Threshold::among(1), &found);
        assert_eq!(
            mentions,
            [
                InterviewerMention { passage: 60, theme: 0.into() },
                InterviewerMention { passage: 61, theme: 1.into() }
            ]
        );
    }

    #[test]
    fn without_questions_nothing_is_asked() {
        let uncontextualized =
            UncontextualizedPassages::of(&[passage(0, true)], &[0], &[], &array![[1.0_f32, 0.0]].into());
        let found = Found::none(2);
        let seeds = ThemeVectors { themes: Array2::zeros((0, 2)), exclusions: Vec::new() };
        let codebook = Codebook { seeds: Vec::new(), file: None };
        assert_eq!(
            uncontextualized.mentions(
                &codebook,
                &seeds,
                Array2::zeros((0, 2)).view(),
                None,
                Threshold::among(0),
                &found
            ),
            []
        );
    }
}
