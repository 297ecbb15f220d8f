//! Weights that let every interview count the same: a segment weighs one over the segments of its interview.
//!
//! Means, null distributions and the persistence of talk are those of the interviews, so that one long interview about something
//! else changes them no more than a short one does.

use ndarray::Array1;

use crate::results::{Passage, TranscriptIndex};
use crate::storage::Rows;

/// An interview of fewer segments weighs less, in proportion, where something is measured within interviews.
pub(super) const WHOLE_INTERVIEW: usize = 20;

/// The weight of each eligible segment, and its interview.
pub(super) struct InterviewWeights {
    /// Sum to the number of interviews.
    pub(super) weights: Vec<f64>,
    pub(super) transcripts: Vec<TranscriptIndex>,
}

impl InterviewWeights {
    /// Of the passages at `indices`.
    pub(super) fn of(passages: &[Passage], indices: &[usize]) -> Self {
        let transcripts: Vec<TranscriptIndex> =
            indices.iter().map(|&index| passages[index].transcript).collect();
        let counts = segments_of_interviews(&transcripts);
        let weights = transcripts.iter().map(|transcript| 1.0 / counts[transcript.get()].max(1) as f64);
        Self { weights: weights.collect(), transcripts }
    }

    /// The weighted mean of vectors, of which there is a row for each segment; summed in f64 and in order.
    pub(super) fn mean(&self, vectors: &Rows) -> Array1<f32> {
        let mut sum = Array1::<f64>::zeros(vectors.view().ncols());
        for (range, block) in vectors.blocks() {
            for (row, weight) in block.rows().into_iter().zip(&self.weights[range]) {
                sum.zip_mut_with(&row, |sum, &value| *sum += weight * f64::from(value));
            }
        }
        let all: f64 = self.weights.iter().sum();
        sum.mapv(|sum| (sum / all.max(f64::MIN_POSITIVE)) as f32)
    }

    /// See [`themes_per_segment()`].
    pub(super) fn themes_per_segment(&self) -> f64 {
        themes_per_segment(&self.transcripts)
    }
}

/// How many themes people give a segment: two where most interviews are one segment, such as answers to an open question, and one
/// in conversations, of which they code some turns. `transcripts` has the interview of each segment.
pub fn themes_per_segment(transcripts: &[TranscriptIndex]) -> f64 {
    let counts = segments_of_interviews(transcripts);
    let alone = counts.iter().filter(|&&segments| segments == 1).count();
    let heard = counts.iter().filter(|&&segments| segments > 0).count();
    if heard > 0 && 2 * alone > heard { 2.0 } else { 1.0 }
}

fn segments_of_interviews(transcripts: &[TranscriptIndex]) -> Vec<usize> {
    let number = transcripts.iter().map(|transcript| transcript.get() + 1).max().unwrap_or(0);
    let mut counts = vec![0; number];
    for transcript in transcripts {
        counts[transcript.get()] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_long_interview_weighs_as_much_as_a_short_one() {
        let of = |transcript: usize| Passage::for_test(transcript, "");
        let passages = [of(0), of(0), of(0), of(1)];
        let weights = InterviewWeights::of(&passages, &[0, 1, 2, 3]);
        let mean = weights.mean(&array![[0.0_f32], [0.0], [0.0], [1.0]].into());
        assert!((mean[0] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn answers_that_stand_alone_carry_more_themes() {
        let of = |transcripts: &[usize]| {
            themes_per_segment(&transcripts.iter().copied().map(TranscriptIndex::new).collect::<Vec<_>>())
        };
        assert!(of(&[0, 1, 2, 2]) > 1.5 && of(&[0, 0, 0, 1, 1]) < 1.5 && of(&[]) < 1.5);
    }
}
