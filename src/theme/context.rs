//! Adds the talk around a segment to its vector.
//!
//! People answer "yes, every week" and mean the question before. Of all single steps, this one gains most on coded interviews.

use std::io;
use std::ops::Range;

use ndarray::{Array1, Array2, ArrayBase, ArrayView1, ArrayView2, Axis, Data, Ix2};
use rayon::prelude::*;

use crate::results::Passage;
use crate::segment::{eligible_indices, ends_in_question};
use crate::storage::{BLOCK, Rows, Scratch};
use same_bits::products::norm;

/// Weights of the talk around a segment.
pub(super) struct Around<'a> {
    /// Weight of the passages next to a segment, of those behind them, and so on.
    pub(super) weights: &'a [f32],
    /// Further weight of a question right before a segment: it tells what the answer is about.
    pub(super) question: f32,
    /// A segment of up to this many words takes its neighbours at full weight; a longer one at this number divided by its own
    /// words.
    pub(super) speaks_for_itself: f32,
}

/// Further weight of a question right before a segment, for scores. The weights of neighbours are those of
/// [`super::persistence`].
pub(super) const QUESTION: f32 = 1.0;
/// For scores; see [`Around::speaks_for_itself`].
pub(super) const SPEAKS_FOR_ITSELF: f32 = 16.0;

/// For clusters. Without the question: with it, all answers to one question would be one cluster.
pub(super) const FOR_CLUSTERS: Around<'static> =
    Around { weights: &[0.6, 0.3], question: 0.0, speaks_for_itself: 20.0 };

/// Weight of passages that are context only (short, or the interviewer's).
pub(super) const CONTEXT_ONLY: f32 = 0.3;

/// The eligible passages of a corpus and the talk around each.
pub(super) struct InContext<'a> {
    passages: &'a [Passage],
    vectors: &'a Rows,
    eligible: Vec<usize>,
    around: &'a Around<'a>,
}

impl<'a> InContext<'a> {
    /// `vectors` has a unit row for every passage, in the same order.
    pub(super) fn of(passages: &'a [Passage], vectors: &'a Rows, around: &'a Around<'a>) -> Self {
        Self { passages, vectors, eligible: eligible_indices(passages), around }
    }

    /// A vector for every eligible passage, with those of its neighbours in the same transcript added, scaled to unit length.
    pub(super) fn rows(&self, scratch: &Scratch) -> io::Result<Rows> {
        scratch.rows(self.eligible.len(), self.columns(), |range| self.block(range))
    }

    /// The same less their mean, at unit length. Computed twice, which is faster than storing them on disk.
    pub(super) fn centred_rows(&self, scratch: &Scratch) -> io::Result<Rows> {
        let (rows, columns) = (self.eligible.len(), self.columns());
        let blocks = (0..rows).step_by(BLOCK).map(|start| self.block(start..rows.min(start + BLOCK)));
        let mean = mean_of(columns, blocks);
        scratch.rows(rows, columns, |range| less(self.block(range).view(), mean.view()))
    }

    fn columns(&self) -> usize {
        self.vectors.view().ncols()
    }

    /// Some of the rows.
    fn block(&self, range: Range<usize>) -> Array2<f32> {
        let indices = &self.eligible[range];
        let mut block = Array2::zeros((indices.len(), self.columns()));
        block
            .axis_iter_mut(Axis(0))
            .into_par_iter()
            .zip(indices)
            .for_each(|(mut row, &index)| row.assign(&self.row(index)));
        self.vectors.release_pages();
        block
    }

    fn row(&self, index: usize) -> Array1<f32> {
        let (all, around) = (self.vectors.view(), self.around);
        let mut sum = all.row(index).to_owned();
        let need = (around.speaks_for_itself / self.passages[index].words.max(1) as f32).min(1.0);
        for (neighbour, weight) in neighbours(self.passages, index, around.weights) {
            sum.scaled_add(need * weight, &all.row(neighbour));
        }
        if let Some(question) = question_before(self.passages, index) {
            sum.scaled_add(need * around.question, &all.row(question));
        }
        unit(sum)
    }
}

/// The rows less their mean, scaled to unit length again.
pub(super) fn centred(vectors: ArrayView2<'_, f32>) -> Array2<f32> {
    less(vectors, mean_of(vectors.ncols(), [vectors]).view())
}

/// The mean of the rows of all blocks, summed in f64: a sum of a million f32 numbers loses half of their digits.
fn mean_of<D: Data<Elem = f32>>(
    columns: usize,
    blocks: impl IntoIterator<Item = ArrayBase<D, Ix2>>,
) -> Array1<f32> {
    let (mut sum, mut rows) = (Array1::<f64>::zeros(columns), 0);
    for block in blocks {
        for row in block.rows() {
            sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
        }
        rows += block.nrows();
    }
    sum.mapv(|sum| (sum / rows.max(1) as f64) as f32)
}

/// The rows less a vector, scaled to unit length again.
pub(super) fn less(vectors: ArrayView2<'_, f32>, mean: ArrayView1<'_, f32>) -> Array2<f32> {
    let mut rows = &vectors - &mean;
    for mut row in rows.axis_iter_mut(Axis(0)) {
        let length = norm(row.view());
        if length > 0.0 {
            row /= length;
        }
    }
    rows
}

/// The passage before, if it is another turn of the same transcript with a question, and this one has none.
fn question_before(passages: &[Passage], index: usize) -> Option<usize> {
    let before = index.checked_sub(1)?;
    let (question, answer) = (&passages[before], &passages[index]);
    let answered = question.transcript == answer.transcript && question.last_turn < answer.first_turn;
    (answered && ends_in_question(&question.text) && !ends_in_question(&answer.text)).then_some(before)
}

/// The passages around one in the same transcript with their weights, nearest first and earlier before later:
/// `weights[0]` for the next ones, `weights[1]` for those behind them, and so on.
pub(super) fn neighbours<'a>(
    passages: &'a [Passage],
    index: usize,
    weights: &'a [f32],
) -> impl Iterator<Item = (usize, f32)> + 'a {
    let transcript = passages[index].transcript;
    weights.iter().enumerate().flat_map(move |(distance, &weight)| {
        let distance = distance + 1;
        [index.checked_sub(distance), index.checked_add(distance)]
            .into_iter()
            .flatten()
            .filter(move |&other| passages.get(other).is_some_and(|passage| passage.transcript == transcript))
            .map(move |other| {
                let share = if passages[other].eligible { 1.0 } else { CONTEXT_ONLY };
                (other, weight * share)
            })
    })
}

/// The vector scaled to unit length; a zero vector is not changed.
pub(super) fn unit(mut vector: Array1<f32>) -> Array1<f32> {
    let length = norm(vector.view());
    if length > 0.0 {
        vector /= length;
    }
    vector
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    use ndarray::array;

    fn passage(transcript: usize, eligible: bool) -> Passage {
        Passage { eligible, words: 0, tokens: 0, ..Passage::for_test(transcript, "") }
    }

    #[test]
    fn neighbours_stay_within_their_transcript() {
        let passages = [passage(0, true), passage(0, false), passage(1, true), passage(1, true)];
        let around = |index| neighbours(&passages, index, &[0.6, 0.3]).collect::<Vec<_>>();
        assert_eq!(around(0), [(1, 0.6 * 0.3)]);
        assert_eq!(around(2), [(3, 0.6)]);
    }

    #[test]
    fn vectors_lean_towards_their_neighbours() {
        let passages = [passage(0, true), passage(0, true), passage(1, true)];
        let vectors = array![[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]];
        let scratch = Scratch::in_folder(Path::new(""));
        let rows = vectors.clone().into();
        let context = InContext::of(&passages, &rows, &FOR_CLUSTERS).rows(&scratch).unwrap();
        let context = context.view();
        assert!((context[[0, 1]] / context[[0, 0]] - 0.6).abs() < 1e-6);
        assert_eq!(context.row(2), vectors.row(2));
    }
}
