//! Finds where the topic changes by kernel change-point detection (Arlot, Celisse & Harchaoui, 2019) with the encoder's cosine as
//! the kernel, solved exactly by dynamic programming. Segments are of bounded length, so that time is linear in the turns.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use same_bits::elementary::ln;
use same_bits::products::{dot, norm};

/// What cutting needs of a turn beside its vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TurnFacts {
    pub(super) words: u32,
    /// Whether it is a question of the speaker who asks: see [`super::asker::questions`].
    pub(super) question: bool,
}

/// More words add no weight: the vector holds little of them.
pub(in crate::segment) const MAX_WORDS_WEIGHED: u32 = 200;
/// No topic begins with a turn of fewer words ("Mm-hm", "Okay. So."), unless there is no other.
pub(in crate::segment) const MIN_WORDS_TO_OPEN: u32 = 5;
/// A topic of fewer words costs [`SHORT_TOPIC_PENALTY`].
pub(in crate::segment) const MIN_WORDS: u64 = 150;
/// Maximum turns of a topic. It bounds the time: turns × this × dimension.
pub(in crate::segment) const MAX_TURNS: usize = 1_000;
/// What a cut costs, in the scatter of a mean turn about its topic: `CUT` × (ln turns + `CUT_BASE`). The logarithm
/// allows for the number of possible cuts. Both, and the limits above, were set on interviews, a podcast and work
/// sessions in which people had marked the topics.
pub(in crate::segment) const CUT: f64 = 0.7;
pub(in crate::segment) const CUT_BASE: f64 = 2.0;
/// What a topic below [`MIN_WORDS`] costs, in the same unit.
pub(in crate::segment) const SHORT_TOPIC_PENALTY: f64 = 6.0;

/// The indices of the turns that begin a topic, in order; the first is 0. Empty without turns.
///
/// `vectors` has a row for every turn, of any length but zero. Rows are centred on their mean and scaled to unit length; turn t
/// weighs w = min(words, 200)^¾. The scatter of a segment is Σ w |x|² − |Σ w x|² / Σ w, and the cuts minimise the sum of
/// scatters and penalties (Arlot, Celisse & Harchaoui, 2019, with a penalty of the form that they derive). Of equal
/// solutions the one whose last topics begin earliest is taken.
pub(super) fn topic_starts(vectors: ArrayView2<'_, f32>, turns: &[TurnFacts]) -> Vec<usize> {
    let weights: Vec<f64> = turns.iter().map(|turn| weight(turn.words)).collect();
    let rows = centred(vectors);
    let scatters: Vec<f64> =
        rows.outer_iter().zip(&weights).map(|(row, weight)| weight * dot(row, row)).collect();
    // The mean scatter of a turn about zero: the unit of all penalties.
    let unit = scatters.iter().sum::<f64>() / turns.len().max(1) as f64;
    let price = unit * CUT * (ln(turns.len().max(1) as f64) + CUT_BASE);

    // best[t]: the least cost of the turns before t; from[t]: where their last topic begins.
    let mut best = vec![f64::INFINITY; turns.len() + 1];
    let mut from = vec![0; turns.len() + 1];
    best[0] = 0.0;
    for start in 0..turns.len() {
        let before = best[start] + if start == 0 { 0.0 } else { price * share(turns[start]) };
        let mut sum: Array1<f64> = Array1::zeros(rows.ncols());
        let (mut length, mut weight, mut scatter, mut words) = (0.0, 0.0, 0.0, 0);
        let last = turns.len().min(start + MAX_TURNS);
        for turn in start..last {
            let row = rows.row(turn);
            // |sum + w x|², without another pass over the sum.
            length += weights[turn] * (2.0 * dot(sum.view(), row) + scatters[turn]);
            sum.scaled_add(weights[turn], &row);
            weight += weights[turn];
            scatter += scatters[turn];
            words += u64::from(turns[turn].words);
            let within = if weight > 0.0 { scatter - length / weight } else { 0.0 };
            let remark = if words < MIN_WORDS { SHORT_TOPIC_PENALTY * unit } else { 0.0 };
            let total = before + within + remark;
            if total < best[turn + 1] {
                (best[turn + 1], from[turn + 1]) = (total, start);
            }
        }
    }

    let mut starts = Vec::new();
    let mut end = turns.len();
    while end > 0 {
        end = from[end];
        starts.push(end);
    }
    starts.reverse();
    starts
}

/// The weight of a turn. Computed by two square roots, which every processor rounds alike.
fn weight(words: u32) -> f64 {
    let root = f64::from(words.min(MAX_WORDS_WEIGHED)).sqrt();
    root * root.sqrt()
}

/// The share of the penalty for a cut before this turn: half before a question, because four of five topics of the interviews
/// above began with one; very large before a short turn.
fn share(turn: TurnFacts) -> f64 {
    if turn.words < MIN_WORDS_TO_OPEN {
        return 10.0;
    }
    if turn.question { 0.5 } else { 1.0 }
}

/// The rows less their mean, of unit length; a row that is the mean becomes zero.
fn centred(vectors: ArrayView2<'_, f32>) -> Array2<f64> {
    let mut rows = vectors.mapv(f64::from);
    let Some(mean) = rows.mean_axis(Axis(0)) else { return rows };
    for mut row in rows.outer_iter_mut() {
        row -= &mean;
        let length = norm(row.view());
        // The remainder of equal rows is rounding and must not be scaled up.
        if length > 1e-6 {
            row /= length;
        } else {
            row.fill(0.0);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cluster::planted::planted;

    const TALK: TurnFacts = TurnFacts { words: 40, question: false };

    /// Rows of 30 turns about each of some directions, one direction after the other.
    fn in_turn(topics: usize, spread: f32, seed: u64) -> Array2<f32> {
        let (rows, belongs) = planted(30 * topics, 64, topics, spread, seed);
        let mut order: Vec<usize> = (0..rows.nrows()).collect();
        order.sort_by_key(|&row| belongs[row]);
        rows.select(Axis(0), &order)
    }

    #[test]
    fn planted_topics_are_found() {
        let rows = in_turn(4, 1.0, 7);
        assert_eq!(topic_starts(rows.view(), &[TALK; 120]), [0, 30, 60, 90]);
    }

    #[test]
    fn one_topic_is_one_segment() {
        let rows = in_turn(1, 1.0, 7);
        assert_eq!(topic_starts(rows.view(), &[TALK; 30]), [0]);
        assert_eq!(topic_starts(Array2::ones((30, 8)).view(), &[TALK; 30]), [0]);
    }

    #[test]
    fn no_turn_and_one_turn() {
        assert!(topic_starts(Array2::zeros((0, 8)).view(), &[]).is_empty());
        assert_eq!(topic_starts(Array2::ones((1, 8)).view(), &[TALK]), [0]);
    }

    #[test]
    fn a_question_opens_and_a_murmur_does_not() {
        let mut rows = in_turn(2, 0.8, 7);
        let mut turns = [TALK; 60];
        // A turn between both topics could belong to either: a question begins the second, a short turn ends the first.
        let between = (&rows.row(0) + &rows.row(45)).insert_axis(Axis(0));
        rows.slice_mut(ndarray::s![29..30, ..]).assign(&between);
        turns[29] = TurnFacts { words: 10, question: true };
        assert_eq!(topic_starts(rows.view(), &turns), [0, 29]);
        turns[29] = TurnFacts { words: 2, question: true };
        assert_eq!(topic_starts(rows.view(), &turns), [0, 30]);
    }

    #[test]
    fn a_transcript_longer_than_any_topic_is_cut() {
        let rows = Array2::ones((2 * MAX_TURNS + 1, 2));
        assert_eq!(topic_starts(rows.view(), &[TALK; 2 * MAX_TURNS + 1]).len(), 3);
    }

    proptest! {
        /// The dynamic programme finds the same cuts as exhaustive search.
        #[test]
        fn no_other_cuts_cost_less(
            values in prop::collection::vec(-1.0_f32..1.0, 16),
            words in prop::collection::vec(1_u32..200, 8),
        ) {
            let rows = Array2::from_shape_vec((8, 2), values).unwrap();
            let turns: Vec<TurnFacts> = words.iter().map(|&words| TurnFacts { words, ..TALK }).collect();
            let found = topic_starts(rows.view(), &turns);
            prop_assert_eq!(found[0], 0);
            let least = (0..128_u32)
                .map(|cuts| [0].into_iter().chain((1..8).filter(|turn| cuts >> (turn - 1) & 1 == 1)).collect())
                .map(|starts: Vec<usize>| cost(rows.view(), &turns, &starts))
                .fold(f64::INFINITY, f64::min);
            prop_assert!((cost(rows.view(), &turns, &found) - least).abs() < 1e-9);
        }
    }

    /// The cost of a set of cuts, computed directly.
    fn cost(vectors: ArrayView2<'_, f32>, turns: &[TurnFacts], starts: &[usize]) -> f64 {
        let rows = centred(vectors);
        let weights: Vec<f64> = turns.iter().map(|turn| weight(turn.words)).collect();
        let squares: Vec<f64> = rows.outer_iter().map(|row| dot(row, row)).collect();
        let unit =
            weights.iter().zip(&squares).map(|(w, square)| w * square).sum::<f64>() / turns.len() as f64;
        let price = unit * CUT * (ln(turns.len() as f64) + CUT_BASE);
        let ends = starts.iter().skip(1).copied().chain([turns.len()]);
        let topics = starts.iter().zip(ends).map(|(&start, end)| {
            let total: f64 = weights[start..end].iter().sum();
            let mut mean: Array1<f64> = Array1::zeros(rows.ncols());
            (start..end).for_each(|turn| mean.scaled_add(weights[turn] / total, &rows.row(turn)));
            let scatter: f64 = (start..end)
                .map(|turn| {
                    let off = &rows.row(turn) - &mean;
                    weights[turn] * dot(off.view(), off.view())
                })
                .sum();
            let words: u32 = turns[start..end].iter().map(|turn| turn.words).sum();
            scatter
                + if start == 0 { 0.0 } else { price * share(turns[start]) }
                + if u64::from(words) < MIN_WORDS { SHORT_TOPIC_PENALTY * unit } else { 0.0 }
        });
        topics.sum()
    }
}
