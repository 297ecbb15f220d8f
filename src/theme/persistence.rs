//! How long talk stays with a subject, which decides how far the talk around a segment says what it is about.
//!
//! Measured on the corpus itself: the mean cosine of segments one, two and three apart, of vectors less their mean.

use ndarray::{Array1, ArrayView1};

use super::context::unit;
use super::interview_weights::{InterviewWeights, WHOLE_INTERVIEW};
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
/// `vectors` has a unit row for each passage, `eligible` are the segments. Interviews count the same from 20 pairs on.
pub(super) fn persistence(
    passages: &[Passage],
    vectors: &Rows,
    eligible: &[usize],
    weights: &InterviewWeights,
) -> f64 {
    let mean = weights.mean(vectors, eligible.iter().copied());
    let all = vectors.view();
    let mut sums = EXPECTED.map(|cosine| EXPECTATION_WEIGHT * cosine);
    let mut trials = [EXPECTATION_WEIGHT; 3];
    for interview in eligible.chunk_by(|&a, &b| passages[a].transcript == passages[b].transcript) {
        let offsets: Vec<Array1<f32>> =
            interview.iter().map(|&index| less(all.row(index), mean.view())).collect();
        for distance in 1..=3 {
            let (mut sum, mut pairs) = (0.0, 0_usize);
            for (first, &index) in interview.iter().enumerate() {
                // Passages between that are context only are a distance too.
                let near = interview[first..].iter().take(distance + 1);
                let other = near.into_iter().position(|&other| other == index + distance);
                if let Some(step) = other {
                    sum += f64::from(dot(offsets[first].view(), offsets[first + step].view()));
                    pairs += 1;
                }
            }
            if pairs > 0 {
                let weight = pairs.min(WHOLE_INTERVIEW) as f64;
                sums[distance - 1] += weight * sum / pairs as f64;
                trials[distance - 1] += weight;
            }
        }
        vectors.release_pages();
    }
    let [one, two, three] = [0, 1, 2].map(|at| sums[at] / trials[at]);
    if one <= 0.0 || one + two <= 0.0 { 0.0 } else { ((two + three) / (one + two)).clamp(0.0, MAX) }
}

/// The weights of neighbours, nearest first.
pub(super) fn neighbour_weights(persistence: f64) -> Vec<f32> {
    let next = |weight: &f32| Some(weight * persistence as f32);
    std::iter::successors(Some(NEIGHBOUR * persistence as f32), next).take(DISTANCES).collect()
}

fn less(row: ArrayView1<'_, f32>, mean: ArrayView1<'_, f32>) -> Array1<f32> {
    unit(&row - &mean)
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use transcripts::CharSpan;

    use super::*;

    /// The persistence of an interview that stays with each of its subjects for so many segments.
    fn of_runs(length: usize) -> f64 {
        let passages: Vec<Passage> = (0..240)
            .map(|_| Passage {
                transcript: 0.into(),
                first_turn: 0,
                last_turn: 0,
                span: CharSpan { start: 0, end: 0 },
                text: String::new(),
                eligible: true,
                words: 9,
                tokens: 9,
            })
            .collect();
        let vectors = Array2::from_shape_fn((240, 8), |(row, column)| {
            f32::from(u8::from(column == row / length * 5 % 8))
        });
        let eligible: Vec<usize> = (0..240).collect();
        let weights = InterviewWeights::of(&passages, &eligible);
        persistence(&passages, &vectors.into(), &eligible, &weights)
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
