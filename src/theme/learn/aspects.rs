//! What the shared regression sees of each score beside the score itself.
//!
//! Whether a passage is coded as a whole or by its strongest sentence, whether one segment has one theme or several, and whether words or
//! meaning decide, are conventions of coders. They differ more between studies than methods do, and few codes are enough to see them,
//! because all themes share them.

use std::collections::BTreeMap;

use ndarray::{Array2, ArrayView2, Axis};

use super::ScoredSegments;
use crate::results::TranscriptIndex;
use crate::theme::score::{highest_two, subtract_row_mean};
use same_bits::products::dot;

/// Number of aspects: scores next to the segment, scores further away, the highest other theme, the interview's other segments, the
/// segment without context, and words.
pub(super) const ASPECTS: usize = 6;
/// Segments on either side that are next to one, and those that are further away.
pub(super) const NEXT: usize = 2;
pub(super) const FURTHER: usize = 8;
/// Range in which the highest other theme counts, and the largest score that counts for an interview.
const OTHERS: [f64; 2] = [-2.0, 6.0];
const MOST_IN_INTERVIEW: f64 = 5.0;
/// Segments without the theme that the mean of an interview begins with.
const PRIOR_SEGMENTS: f64 = 5.0;

/// The aspects of all scores.
pub(super) struct Aspects<'a> {
    scores: ArrayView2<'a, f32>,
    words: ArrayView2<'a, f32>,
    /// Cosines of the segments' own vectors with the themes', less their mean over themes, standardised for each theme.
    own: Array2<f32>,
    /// For each segment its two highest scores.
    highest: Vec<[f32; 2]>,
    transcript_of: Vec<TranscriptIndex>,
    /// For each interview its segments and, for each theme, the sum of their positive scores.
    interviews: BTreeMap<TranscriptIndex, (f64, Vec<f64>)>,
    /// Themes × aspects, over the corpus.
    means: Vec<[f64; ASPECTS]>,
    /// Standard deviation of each aspect.
    spreads: [f64; ASPECTS],
}

impl<'a> Aspects<'a> {
    pub(super) fn of(from: &'a ScoredSegments<'a>) -> Self {
        let scores = from.scores;
        let themes = scores.ncols();
        let transcript_of: Vec<TranscriptIndex> =
            from.segments.iter().map(|segment| segment.passage.transcript).collect();
        let mut interviews: BTreeMap<TranscriptIndex, (f64, Vec<f64>)> = BTreeMap::new();
        for (row, &transcript) in scores.rows().into_iter().zip(&transcript_of) {
            let (segments, sums) = interviews.entry(transcript).or_insert_with(|| (0.0, vec![0.0; themes]));
            *segments += 1.0;
            for (sum, &score) in sums.iter_mut().zip(row) {
                *sum += in_interview(score);
            }
        }
        let mut aspects = Self {
            scores,
            words: from.words,
            own: own_cosines(from.own, from.themes),
            highest: scores.rows().into_iter().map(highest_two).collect(),
            transcript_of,
            interviews,
            means: vec![[0.0; ASPECTS]; themes],
            spreads: [1.0; ASPECTS],
        };
        aspects.standardise();
        aspects
    }

    /// Subtracts the mean of each theme, and brings each aspect to a standard deviation of 1 over all segments and themes.
    fn standardise(&mut self) {
        let (segments, themes) = self.scores.dim();
        let mut means = vec![[0.0; ASPECTS]; themes];
        let mut squares = [0.0; ASPECTS];
        for segment in 0..segments {
            for (theme, mean) in means.iter_mut().enumerate() {
                for (aspect, value) in self.values(segment, theme).into_iter().enumerate() {
                    mean[aspect] += value / segments as f64;
                    squares[aspect] += value * value / (segments * themes) as f64;
                }
            }
        }
        let mut spreads = [1.0; ASPECTS];
        for (aspect, spread) in spreads.iter_mut().enumerate() {
            let square =
                means.iter().map(|mean| mean[aspect] * mean[aspect]).sum::<f64>() / themes.max(1) as f64;
            let variance = squares[aspect] - square;
            if variance > 1e-12 {
                *spread = variance.sqrt();
            }
        }
        (self.means, self.spreads) = (means, spreads);
    }

    /// The aspects of a segment's score for a theme.
    pub(super) fn at(&self, segment: usize, theme: usize) -> [f64; ASPECTS] {
        let mut values = self.values(segment, theme);
        for (aspect, value) in values.iter_mut().enumerate() {
            *value = (*value - self.means[theme][aspect]) / self.spreads[aspect];
        }
        values
    }

    fn values(&self, segment: usize, theme: usize) -> [f64; ASPECTS] {
        let score = |at: usize| f64::from(self.scores[[at, theme]]);
        let around = |from: usize, to: usize| -> f64 {
            let transcript = self.transcript_of[segment];
            let is_same = |at: &usize| self.transcript_of.get(*at) == Some(&transcript);
            let before =
                (from..=to).filter_map(|apart| segment.checked_sub(apart)).filter(is_same).map(score);
            let after = (from..=to).map(|apart| segment + apart).filter(is_same).map(score);
            before.sum::<f64>() + after.sum::<f64>()
        };
        let [first, second] = self.highest[segment];
        let other = if self.scores[[segment, theme]] >= first { second } else { first };
        let [low, high] = OTHERS;
        let strongest = if other.is_finite() { f64::from(other).clamp(low, high) } else { 0.0 };
        let interview = self.interviews.get(&self.transcript_of[segment]).map_or(0.0, |(segments, sums)| {
            (sums[theme] - in_interview(self.scores[[segment, theme]])) / (segments - 1.0 + PRIOR_SEGMENTS)
        });
        [
            around(1, NEXT),
            around(NEXT + 1, FURTHER),
            strongest,
            interview,
            f64::from(self.own[[segment, theme]]),
            f64::from(self.words[[segment, theme]]),
        ]
    }
}

/// The part of a score that counts for its interview.
fn in_interview(score: f32) -> f64 {
    f64::from(score).clamp(0.0, MOST_IN_INTERVIEW)
}

/// Segments × themes: cosines less their mean over themes, each theme with mean 0 and standard deviation 1.
fn own_cosines(own: ArrayView2<'_, f32>, themes: ArrayView2<'_, f32>) -> Array2<f32> {
    let cosine = |(segment, theme)| dot(own.row(segment), themes.row(theme));
    let mut cosines = subtract_row_mean(Array2::from_shape_fn((own.nrows(), themes.nrows()), cosine));
    let rows = cosines.nrows().max(1) as f64;
    for mut column in cosines.axis_iter_mut(Axis(1)) {
        let mean = column.iter().map(|&value| f64::from(value)).sum::<f64>() / rows;
        let squares = column.iter().map(|&value| (f64::from(value) - mean) * (f64::from(value) - mean));
        let spread = (squares.sum::<f64>() / rows).sqrt().max(1e-6);
        column.mapv_inplace(|value| ((f64::from(value) - mean) / spread) as f32);
    }
    cosines
}

#[cfg(test)]
mod tests {
    use super::super::tests::{material_of, segments};
    use super::*;

    #[test]
    fn aspects_have_mean_0_and_keep_within_an_interview() {
        let of = material_of();
        let from = of.scored();
        let aspects = Aspects::of(&from);
        let (rows, themes) = from.scores.dim();
        for theme in 0..themes {
            for aspect in 0..ASPECTS {
                let mean: f64 =
                    (0..rows).map(|row| aspects.at(row, theme)[aspect]).sum::<f64>() / rows as f64;
                assert!(mean.abs() < 1e-6, "{mean} of aspect {aspect}");
            }
        }
        // The first interview ends after four segments: what comes later is not near its last one.
        let [next, further, ..] = aspects.values(3, 0);
        assert!((next - f64::from(from.scores[[2, 0]] + from.scores[[1, 0]])).abs() < 1e-5);
        assert!((further - f64::from(from.scores[[0, 0]])).abs() < 1e-5);
        assert_eq!(segments().len(), rows);
    }
}
