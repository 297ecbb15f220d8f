//! The best segments of a theme, which its vector and its words are adapted to.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use ndarray::ArrayView1;

use crate::results::TranscriptIndex;

/// Maximum number of segments of each language, by the weight that equal weights would have.
pub(super) const BEST: usize = 15;
/// At most one of so many segments is among them, so that in a small study themes do not move to the corpus mean.
pub(super) const BEST_OF: usize = 20;
/// Maximum number of segments of one interview, so that none decides what a theme means.
pub(super) const BEST_OF_INTERVIEW: usize = 3;

/// The best segments of all languages with weights that sum to 1. A language has a part by the number of its best ones, so that one
/// of a few segments does not decide for the others.
pub(super) fn best_of_languages(
    scores: ArrayView1<'_, f32>,
    by_language: &[Vec<usize>],
    transcripts: &[TranscriptIndex],
) -> Vec<(usize, f32)> {
    let all: usize = by_language.iter().map(|rows| number_of_best(rows)).sum();
    let mut chosen = Vec::new();
    for rows in by_language {
        let part = number_of_best(rows) as f32 / all.max(1) as f32;
        let best = best_segments(scores, rows, transcripts);
        chosen.extend(best.into_iter().map(|(row, weight)| (row, part * weight)));
    }
    chosen
}

fn number_of_best(rows: &[usize]) -> usize {
    BEST.min(rows.len() / BEST_OF)
}

/// The best of the segments `rows` (indices in `scores` and `transcripts`) with weights that sum to 1, best first; empty in a study
/// of a few segments.
///
/// Weights fall to zero at half as many segments again as [`BEST`], so that a segment that comes in or drops out at the end changes
/// nothing.
fn best_segments(
    scores: ArrayView1<'_, f32>,
    rows: &[usize],
    transcripts: &[TranscriptIndex],
) -> Vec<(usize, f32)> {
    let number = number_of_best(rows);
    if number == 0 {
        return Vec::new();
    }
    let mut taken: BTreeMap<TranscriptIndex, usize> = BTreeMap::new();
    let mut chosen = Vec::new();
    for row in highest(scores, rows.to_vec(), 100 * number) {
        let of_interview = taken.entry(transcripts[row]).or_default();
        *of_interview += 1;
        if *of_interview <= BEST_OF_INTERVIEW {
            chosen.push(row);
        }
        if chosen.len() > 3 * number / 2 {
            break;
        }
    }
    let last = chosen.pop().map_or(0.0, |row| scores[row]);
    let sum: f32 = chosen.iter().map(|&row| scores[row] - last).sum();
    let equal = 1.0 / chosen.len().max(1) as f32;
    let weight = |row: usize| if sum > 0.0 { (scores[row] - last) / sum } else { equal };
    chosen.into_iter().map(|row| (row, weight(row))).collect()
}

/// The rows with the highest scores, highest first, earlier ones first among equals.
fn highest(scores: ArrayView1<'_, f32>, mut rows: Vec<usize>, most: usize) -> Vec<usize> {
    let order = |a: &usize, b: &usize| -> Ordering { scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)) };
    if rows.len() > most && most > 0 {
        rows.select_nth_unstable_by(most - 1, order);
        rows.truncate(most);
    }
    rows.sort_by(order);
    rows.truncate(most);
    rows
}

/// The indices of the highest values, highest first, earlier ones first among equals.
pub(super) fn best(values: ArrayView1<'_, f32>, most: usize) -> Vec<usize> {
    highest(values, (0..values.len()).collect(), most)
}

#[cfg(test)]
mod tests {
    use ndarray::Array1;

    use super::*;

    #[test]
    fn no_interview_gives_more_than_three() {
        let scores = Array1::from_iter((0..100_u8).map(|row| f32::from(100 - row)));
        let rows: Vec<usize> = (0..100).collect();
        // The 40 best are of one interview.
        let transcripts: Vec<TranscriptIndex> =
            rows.iter().map(|&row| TranscriptIndex::new(if row < 40 { 0 } else { row })).collect();
        let best = best_segments(scores.view(), &rows, &transcripts);
        assert_eq!(best.iter().filter(|(row, _)| *row < 40).count(), BEST_OF_INTERVIEW);
        assert_eq!(best.len(), 7, "a hundred segments have five best ones, and half as many behind them");
        assert!((best.iter().map(|(_, weight)| weight).sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(best.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    }

    #[test]
    fn a_few_segments_have_no_best() {
        let scores = Array1::zeros(19);
        let rows: Vec<usize> = (0..19).collect();
        assert!(best_segments(scores.view(), &rows, &[TranscriptIndex::new(0); 19]).is_empty());
    }

    #[test]
    fn the_best_are_in_order_and_ties_go_to_the_first() {
        let values = Array1::from(vec![0.1, 0.9, 0.5, 0.9, 0.2]);
        assert_eq!(best(values.view(), 3), [1, 3, 2]);
        assert_eq!(best(values.view(), 9), [1, 3, 2, 4, 0]);
        assert_eq!(best(values.view(), 0), [0_usize; 0]);
    }

    #[test]
    fn a_language_of_a_few_segments_has_a_small_part() {
        let scores = Array1::from_iter((0..320_u16).map(|row| f32::from(row % 32)));
        let by_language = [(0..300).collect(), (300..320).collect()];
        let transcripts: Vec<TranscriptIndex> = (0..320).map(TranscriptIndex::new).collect();
        let best = best_of_languages(scores.view(), &by_language, &transcripts);
        let part: f32 = best.iter().filter(|(row, _)| *row >= 300).map(|(_, weight)| weight).sum();
        assert!((part - 1.0 / 16.0).abs() < 1e-6, "{part}");
    }
}
