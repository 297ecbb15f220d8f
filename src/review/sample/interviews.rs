//! A draw of whole interviews, to be read until a theme is found or the interview ends.

use interview_stats::sampling::systematic_sample;
use same_bits::RandomStream;

use super::coders::shuffled;
use crate::results::{Segment, SegmentIndex};

/// Draws so many interviews, each with the same chance, in a systematic pass over the order of the draw.
///
/// Returns the chance of every segment, and the indices in `order` of the segments of the interviews drawn: each interview from its
/// beginning to its end, interviews in random order, so that those that are read first are a random part.
pub(super) fn drawn_interviews(
    segments: &[Segment],
    order: &[SegmentIndex],
    interviews: usize,
    rng: &mut RandomStream,
) -> (Vec<f64>, Vec<usize>) {
    let transcript = |index: &SegmentIndex| index.of(segments).map(|segment| segment.passage.transcript);
    let positions: Vec<usize> = (0..order.len()).collect();
    let of_interviews: Vec<&[usize]> =
        positions.chunk_by(|&a, &b| transcript(&order[a]) == transcript(&order[b])).collect();
    let chance = (interviews as f64 / of_interviews.len().max(1) as f64).min(1.0);
    let drawn = systematic_sample(&vec![chance; of_interviews.len()], rng);
    let in_random_order =
        shuffled(drawn.len(), rng).into_iter().filter_map(|at| of_interviews.get(*drawn.get(at)?));
    (vec![chance; order.len()], in_random_order.copied().flatten().copied().collect())
}
