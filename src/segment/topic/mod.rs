//! Unit `topic`: a segment is the talk between two changes of topic.
//!
//! Topics are found by vectors, so turns are cut to what the encoder takes and embedded first, as with unit `turn`; then
//! neighbours are joined. A topic's vector is pooled from those of its parts, and no text is embedded twice.

mod asker;
pub(super) mod change_points;

use std::ops::Range;

use ndarray::{Array1, Array2, ArrayView2, Axis};
use rayon::prelude::*;
use transcripts::{CharSpan, Corpus, Text, Transcript};

use self::change_points::{TurnFacts, topic_starts};
use super::{CodePoints, codable};
use crate::results::Passage;
use same_bits::products::norm;

/// Joins passages of turns to passages of topics, in the same order, with a vector for each.
///
/// `passages` are what [`super::passages`] gives for [`crate::segment::Unit::Topic`] and `vectors` (passages × dimension) their
/// vectors. A topic begins and ends with whole turns and holds what is said between them, the interviewer's questions and
/// short turns too. It is eligible when its speakers other than the interviewer say at least `min_words` words. Its vector
/// is the mean of its parts' vectors weighted by their words, of unit length; its tokens are the sum of theirs, which may
/// be more than the encoder takes.
pub fn topics(
    corpus: &Corpus,
    passages: &[Passage],
    vectors: ArrayView2<'_, f32>,
    min_words: u32,
) -> (Vec<Passage>, Array2<f32>) {
    let of_transcripts: Vec<Range<usize>> = runs(0..passages.len(), |index| passages[index].transcript.get());
    let joined: Vec<Vec<(Passage, Array1<f32>)>> = of_transcripts
        .into_par_iter()
        .map(|run| {
            let transcript = &corpus.transcripts[passages[run.start].transcript.get()];
            let text = transcript.reading_text();
            let points = CodePoints::of(&text);
            let join = |parts: Range<usize>| {
                let vector = pooled(passages, vectors, parts.clone());
                (
                    whole(transcript, &passages[parts], min_words, |span| {
                        points.stretch(transcript, &text, span)
                    }),
                    vector,
                )
            };
            topic_parts(transcript, passages, vectors, run).into_iter().map(join).collect()
        })
        .collect();
    let (whole, rows): (Vec<Passage>, Vec<Array1<f32>>) = joined.into_iter().flatten().unzip();
    let mut pooled = Array2::zeros((rows.len(), vectors.ncols()));
    for (mut target, row) in pooled.outer_iter_mut().zip(&rows) {
        target.assign(row);
    }
    (whole, pooled)
}

/// The passages of each topic of one transcript, whose passages are those of `run`.
fn topic_parts(
    transcript: &Transcript,
    passages: &[Passage],
    vectors: ArrayView2<'_, f32>,
    run: Range<usize>,
) -> Vec<Range<usize>> {
    let questions = asker::questions(&transcript.turns);
    // A turn of white space alone has no passage; it is in no topic or inside one.
    let turns = runs(run.clone(), |index| passages[index].first_turn);
    let facts: Vec<TurnFacts> = turns
        .iter()
        .map(|parts| TurnFacts {
            words: passages[parts.clone()].iter().map(|part| part.words).sum(),
            question: questions[passages[parts.start].first_turn],
        })
        .collect();
    let mut of_turns = Array2::zeros((turns.len(), vectors.ncols()));
    for (mut target, parts) in of_turns.outer_iter_mut().zip(&turns) {
        target.assign(&pooled(passages, vectors, parts.clone()));
    }
    let starts: Vec<usize> =
        topic_starts(of_turns.view(), &facts).into_iter().map(|turn| turns[turn].start).collect();
    let ends = starts.iter().skip(1).copied().chain([run.end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The longest runs of neighbouring indices with the same key.
fn runs(indices: Range<usize>, key: impl Fn(usize) -> usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in indices {
        match runs.last_mut() {
            Some(run) if key(run.start) == key(index) => run.end = index + 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

/// The mean of the parts' vectors weighted by their words, of unit length; that of a single part is not changed.
fn pooled(passages: &[Passage], vectors: ArrayView2<'_, f32>, parts: Range<usize>) -> Array1<f32> {
    if parts.len() == 1 {
        return vectors.row(parts.start).to_owned();
    }
    let mut sum: Array1<f64> = Array1::zeros(vectors.ncols());
    for (part, row) in passages[parts.clone()].iter().zip(vectors.axis_iter(Axis(0)).skip(parts.start)) {
        let weight = f64::from(part.words.max(1));
        sum.zip_mut_with(&row, |total, &value| *total += weight * f64::from(value));
    }
    let length = norm(sum.view());
    sum.mapv(|value| if length > 0.0 { (value / length) as f32 } else { 0.0 })
}

/// Joins neighbouring passages.
fn whole(
    transcript: &Transcript,
    parts: &[Passage],
    min_words: u32,
    text_of: impl Fn(CharSpan) -> Text,
) -> Passage {
    let (first, last) = (&parts[0], &parts[parts.len() - 1]);
    let span = CharSpan { start: first.span.start, end: last.span.end };
    let text = text_of(span);
    let eligible: Vec<u32> = parts
        .iter()
        .filter(|part| codable(transcript.turns[part.first_turn].role))
        .map(|part| part.words)
        .collect();
    Passage {
        transcript: first.transcript,
        first_turn: first.first_turn,
        last_turn: last.last_turn,
        span,
        eligible: !eligible.is_empty() && eligible.iter().sum::<u32>() >= min_words,
        words: super::count_words(&text),
        tokens: parts.iter().map(|part| part.tokens).sum(),
        text,
    }
}

#[cfg(test)]
mod tests;
