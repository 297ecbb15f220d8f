//! Context: what is said around a segment says what it is about.
//!
//! People answer "yes, every week" and mean the question before. Of all single steps, adding the neighbouring
//! passages to a segment's vector gains most on coded interviews.

use std::io;

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, Axis, s};
use rayon::prelude::*;

use crate::corpus::Passage;
use crate::scale::{Rows, Scratch};
use crate::segment::{coded_places, ends_in_question};

/// How much of the talk around a segment is added to it.
pub(super) struct Around {
    /// Weight of the passages next to a segment, of those behind them, and so on.
    pub(super) weights: &'static [f32],
    /// Further weight of a question right before a segment: what is asked says what the answer is about.
    pub(super) question: f32,
    /// A segment of this many words or fewer takes its neighbours at full weight; a longer one speaks more for itself,
    /// and takes them at this number over its own words.
    pub(super) speaks_for_itself: f32,
}

/// For holding segments against the seeds.
pub(super) const FOR_SEEDS: Around =
    Around { weights: &[0.6, 0.3, 0.15], question: 1.0, speaks_for_itself: 16.0 };

/// For finding clusters: with the question in it, all answers to one question would be one.
pub(super) const FOR_CLUSTERS: Around =
    Around { weights: &[0.6, 0.3], question: 0.0, speaks_for_itself: 20.0 };

/// Passages that are context only (short, or the interviewer's) count for less.
pub(super) const CONTEXT_ONLY: f32 = 0.3;

/// Vectors of the coded passages, each with its neighbours in the same transcript added and scaled to unit length.
///
/// `vectors` has a unit row for every passage, in the same order; the result has one for every coded passage.
pub(super) fn context_vectors(
    passages: &[Passage],
    vectors: &Rows,
    around: &Around,
    scratch: &Scratch,
) -> io::Result<Rows> {
    let coded: Vec<usize> = coded_places(passages);
    let all = vectors.view();
    let in_context = |place: usize| {
        let mut sum = all.row(place).to_owned();
        let need = (around.speaks_for_itself / passages[place].words.max(1) as f32).min(1.0);
        for (neighbour, weight) in neighbours(passages, place, around.weights) {
            sum.scaled_add(need * weight, &all.row(neighbour));
        }
        if let Some(question) = question_before(passages, place) {
            sum.scaled_add(need * around.question, &all.row(question));
        }
        unit(sum)
    };
    scratch.rows(coded.len(), all.ncols(), |range| {
        let places = &coded[range];
        let mut block = Array2::zeros((places.len(), all.ncols()));
        block
            .axis_iter_mut(Axis(0))
            .into_par_iter()
            .zip(places)
            .for_each(|(mut row, &place)| row.assign(&in_context(place)));
        vectors.rest();
        block
    })
}

/// The rows less their mean, scaled to unit length again.
pub(super) fn centred(vectors: ArrayView2<'_, f32>) -> Array2<f32> {
    less(vectors, mean_of(vectors).view())
}

/// The same for rows that may be too many for memory.
pub(super) fn centred_rows(vectors: &Rows, scratch: &Scratch) -> io::Result<Rows> {
    let all = vectors.view();
    let mean = mean_of(all);
    vectors.rest();
    scratch.rows(all.nrows(), all.ncols(), |range| {
        let block = less(all.slice(s![range, ..]), mean.view());
        vectors.rest();
        block
    })
}

/// The mean of all rows, summed in f64: a million numbers of f32 would lose half of their digits.
pub(super) fn mean_of(vectors: ArrayView2<'_, f32>) -> Array1<f32> {
    let mut sum = Array1::<f64>::zeros(vectors.ncols());
    for row in vectors.rows() {
        sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
    }
    sum.mapv(|sum| (sum / vectors.nrows().max(1) as f64) as f32)
}

fn less(vectors: ArrayView2<'_, f32>, mean: ArrayView1<'_, f32>) -> Array2<f32> {
    let mut rows = &vectors - &mean;
    for mut row in rows.axis_iter_mut(Axis(0)) {
        let length = row.dot(&row).sqrt();
        if length > 0.0 {
            row /= length;
        }
    }
    rows
}

/// The passage before, if it is another turn of the same transcript that asks something, and this one does not.
fn question_before(passages: &[Passage], place: usize) -> Option<usize> {
    let before = place.checked_sub(1)?;
    let (question, answer) = (&passages[before], &passages[place]);
    let answered = question.transcript == answer.transcript && question.last_turn < answer.first_turn;
    (answered && ends_in_question(&question.text) && !ends_in_question(&answer.text)).then_some(before)
}

/// The passages around a place in the same transcript with their weights, nearest first and earlier before later:
/// `weights[0]` for the next ones, `weights[1]` for those behind them, and so on.
pub(super) fn neighbours<'a>(
    passages: &'a [Passage],
    place: usize,
    weights: &'a [f32],
) -> impl Iterator<Item = (usize, f32)> + 'a {
    let transcript = passages[place].transcript;
    weights.iter().enumerate().flat_map(move |(distance, &weight)| {
        let distance = distance + 1;
        [place.checked_sub(distance), place.checked_add(distance)]
            .into_iter()
            .flatten()
            .filter(move |&other| passages.get(other).is_some_and(|passage| passage.transcript == transcript))
            .map(move |other| {
                let share = if passages[other].coded { 1.0 } else { CONTEXT_ONLY };
                (other, weight * share)
            })
    })
}

/// The vector scaled to unit length; a zero vector stays as it is.
pub(super) fn unit(mut vector: Array1<f32>) -> Array1<f32> {
    let length = vector.dot(&vector).sqrt();
    if length > 0.0 {
        vector /= length;
    }
    vector
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::corpus::CharSpan;
    use ndarray::array;

    fn passage(transcript: usize, coded: bool) -> Passage {
        Passage {
            transcript,
            first_turn: 0,
            last_turn: 0,
            span: CharSpan { start: 0, end: 0 },
            text: String::new(),
            coded,
            words: 0,
            tokens: 0,
        }
    }

    #[test]
    fn neighbours_stay_within_their_transcript() {
        let passages = [passage(0, true), passage(0, false), passage(1, true), passage(1, true)];
        let around = |place| neighbours(&passages, place, FOR_SEEDS.weights).collect::<Vec<_>>();
        assert_eq!(around(0), [(1, 0.6 * 0.3)]);
        assert_eq!(around(2), [(3, 0.6)]);
    }

    #[test]
    fn vectors_lean_towards_their_neighbours() {
        let passages = [passage(0, true), passage(0, true), passage(1, true)];
        let vectors = array![[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]];
        let scratch = Scratch::in_folder(Path::new(""));
        let context = context_vectors(&passages, &vectors.clone().into(), &FOR_SEEDS, &scratch).unwrap();
        let context = context.view();
        assert!((context[[0, 1]] / context[[0, 0]] - 0.6).abs() < 1e-6);
        assert_eq!(context.row(2), vectors.row(2));
    }
}
