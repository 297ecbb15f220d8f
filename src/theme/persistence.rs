//! How long talk stays with a subject, which decides how far the talk around a segment says what it is about.
//!
//! Measured on the corpus itself: the mean cosine of segments one, two and three apart, of vectors less their mean.

use ndarray::{ArrayView1, s};

use super::context::less;
use super::interview_weights::WHOLE_INTERVIEW;
use crate::results::Passage;
use crate::storage::Rows;
use same_bits::products::dot;

/// Weight of a neighbour at distance *k* is this times φᵏ, up to [`DISTANCES`].
pub(super) const NEIGHBOUR: f32 = 0.6;
/// How far neighbours are taken.
pub(super) const DISTANCES: usize = 5;
/// Largest persistence: talk that never changes its subject would leave nothing of the segment itself.
const MAX: f64 = 0.95;
/// Mean cosines that are expected, and the number of pairs that the expectation counts as.
const EXPECTED: [f64; 3] = [0.3, 0.21, 0.147];
const EXPECTATION_WEIGHT: f64 = 20.0;

/// The part of the likeness of neighbours that is left one segment further, 0 to .95: with *rₖ* the mean cosine of segments *k*
/// apart, φ = (*r*₂ + *r*₃) ÷ (*r*₁ + *r*₂).
///
/// `own` has a unit row for each segment and `mean` is their mean; `eligible` are the indices of the segments among all passages.
/// Interviews count the same from 20 pairs on.
pub(super) fn persistence(
    passages: &[Passage],
    eligible: &[usize],
    own: &Rows,
    mean: ArrayView1<'_, f32>,
) -> f64 {
    let mut sums = EXPECTED.map(|cosine| EXPECTATION_WEIGHT * cosine);
    let mut trials = [EXPECTATION_WEIGHT; 3];
    let mut start = 0;
    for interview in eligible.chunk_by(|&a, &b| passages[a].transcript == passages[b].transcript) {
        let end = start + interview.len();
        let offsets = less(own.view().slice(s![start..end, ..]), mean);
        start = end;
        for distance in 1..=3 {
            let (mut sum, mut pairs) = (0.0, 0_usize);
            for (first, &index) in interview.iter().enumerate() {
                // Passages between that are context only are a distance too.
                let mut near = interview[first..].iter().take(distance + 1);
                if let Some(step) = near.position(|&other| other == index + distance) {
                    sum += f64::from(dot(offsets.row(first), offsets.row(first + step)));
                    pairs += 1;
                }
            }
            if pairs > 0 {
                let weight = pairs.min(WHOLE_INTERVIEW) as f64;
                sums[distance - 1] += weight * sum / pairs as f64;
                trials[distance - 1] += weight;
            }
        }
        own.release_pages();
    }
    let [one, two, three] = [0, 1, 2].map(|at| sums[at] / trials[at]);
    if one <= 0.0 || one + two <= 0.0 { 0.0 } else { ((two + three) / (one + two)).clamp(0.0, MAX) }
}

/// The weights of neighbours, nearest first.
pub(super) fn neighbour_weights(persistence: f64) -> Vec<f32> {
    let next = |weight: &f32| Some(weight * persistence as f32);
    std::iter::successors(Some(NEIGHBOUR * persistence as f32), next).take(DISTANCES).collect()
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::super::interview_weights::InterviewWeights;
    use super::*;

    /// The persistence of an interview that stays with each of its subjects for so many segments.
    fn of_runs(length: usize) -> f64 {
        let passages: Vec<Passage> = (0..240).map(|_| Passage::for_test(0, "")).collect();
        let vectors = Array2::from_shape_fn((240, 8), |(row, column)| {
            f32::from(u8::from(column == row / length * 5 % 8))
        });
        let eligible: Vec<usize> = (0..240).collect();
        let own: Rows = vectors.into();
        let mean = InterviewWeights::of(&passages, &eligible).mean(&own);
        persistence(&passages, &eligible, &own, mean.view())
    }

    #[test]
    fn talk_that_stays_with_a_subject_persists() {
        let (short, long) = (of_runs(2), of_runs(12));
        assert!(short < 0.4 && long > 0.8 && long <= MAX, "{short} {long}");
    }

    #[test]
    fn neighbours_count_less_the_further_they_are() {
        let weights = neighbour_weights(0.5);
        assert_eq!(weights.len(), DISTANCES);
        assert!((weights[0] - 0.3).abs() < 1e-6 && (weights[1] - 0.15).abs() < 1e-6);
    }
}
