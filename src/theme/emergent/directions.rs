//! Directions that the talk takes, and how near each segment is to each.
//!
//! Spherical k-means finds them on as many segments of an interview as the median interview has, so that no long interview decides
//! for the others. Each is then moved to the middle of the half of its segments that are nearest to it, because the rest of a
//! cluster is what no direction is near to.

use std::collections::BTreeMap;
use std::io;

use linfa::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, ArrayView2, Axis, concatenate, s};
use rand::seq::SliceRandom;
use rayon::prelude::*;
use same_bits::random_stream;
use sentence_encoder::Products;

use crate::cluster::SphericalKMeans;
use crate::storage::{BLOCK, Rows, Scratch};
use crate::theme::context::unit;
use crate::theme::score::subtract_row_mean;

/// Starts of spherical k-means, of which the best is kept.
const STARTS: usize = 4;
/// Share of a cluster's weight that its direction is the mean of.
pub(in crate::theme) const CORE: f64 = 0.5;
/// Segments that this takes at least.
const MIN_CORE: usize = 5;
/// A segment lies in so many directions in the mean: without a codebook, and with one, whose themes are directions too.
pub(in crate::theme) const THEMES_OF_A_SEGMENT: [f64; 2] = [1.4, 1.8];
/// A theme needs so many segments in the mean, so that no small study is divided into single segments.
pub(in crate::theme) const SEGMENTS_OF_A_DIRECTION: usize = 8;
/// Directions are found on so many segments at most, drawn at random: they are in memory.
const MAX_SAMPLE: usize = 100_000;
/// The limit is found on at most so many segments, evenly spaced.
const MAX_ROWS_FOR_LIMIT: usize = 50_000;
/// What a segment that surely carries a theme of the codebook still weighs.
const MIN_WEIGHT: f64 = 0.02;
/// A segment with this confidence of a theme of the codebook takes no part in finding directions.
const NAMED: f32 = 0.5;
/// A theme of the codebook is a direction itself if so many segments carry it with this confidence.
const MIN_NAMED: usize = 3;
pub(in crate::theme) const NAMED_DIRECTION: f32 = 0.35;

/// What a segment counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::theme) struct SegmentWeight {
    /// Index of its interview.
    pub(in crate::theme) interview: usize,
    /// 1, or less in an interview that is longer than the median one: such interviews weigh as much as that.
    pub(in crate::theme) weight: f64,
    /// Highest confidence of a theme of the codebook, 0 to 1.
    pub(in crate::theme) named: f32,
}

/// Directions of the talk.
#[derive(Debug)]
pub(in crate::theme) struct Directions {
    /// Directions × dimension, unit length; then those of the codebook's themes.
    pub(in crate::theme) centres: Array2<f32>,
    /// How many of them are not the codebook's.
    pub(in crate::theme) free: usize,
    /// Segments × directions: cosines less what a segment scores on all directions.
    pub(in crate::theme) scores: Rows,
    /// The segments of each direction, ascending: those that score no less than the limit.
    pub(in crate::theme) members: Vec<Vec<u32>>,
    /// The least score with which a segment carries a theme.
    pub(in crate::theme) limit: f32,
}

impl Directions {
    /// Finds so many directions, fewer in a small study; none without segments.
    ///
    /// `centred` has a unit row for every segment, less the mean of the corpus, and `weights` an entry. `named` are the directions of
    /// the codebook's themes: what lies nearest to one of them shapes no other.
    pub(in crate::theme) fn of(
        centred: &Rows,
        weights: &[SegmentWeight],
        named: ArrayView2<'_, f32>,
        number: usize,
        seed: u64,
        scratch: &Scratch,
    ) -> io::Result<Option<Self>> {
        let number = number.min(weights.len() / SEGMENTS_OF_A_DIRECTION).max(1);
        let sample = centred.pick(&balanced_sample(weights, number, seed));
        let model = SphericalKMeans::params_with_rng(number, random_stream(seed, "emergent themes"))
            .n_runs(STARTS)
            .fit(&DatasetBase::from(sample));
        let Ok(model) = model else { return Ok(None) };
        let free = model.centres().nrows();
        let Ok(all) = concatenate(Axis(0), &[model.centres().view(), named.view()]) else { return Ok(None) };
        let centres = cores(centred, weights, all, free);
        let scores = scores(centred, centres.view(), scratch)?;
        let limit = limit(scores.view(), weights, themes_of_a_segment(centres.nrows() > free));
        scores.release_pages();
        Ok(Some(Self { members: members(&scores, limit), centres, free, scores, limit }))
    }

    /// The number of directions that are not the codebook's.
    pub(in crate::theme) fn len(&self) -> usize {
        self.free
    }
}

/// Rows × directions: cosines less the common part of each row.
fn scores(centred: &Rows, centres: ArrayView2<'_, f32>, scratch: &Scratch) -> io::Result<Rows> {
    let products = Products::with(centres);
    let all = centred.view();
    scratch.rows(all.nrows(), centres.nrows(), |range| {
        centred.release_pages();
        subtract_row_mean(products.of_each(all.slice(s![range, ..])))
    })
}

/// For each column the rows that reach the limit.
pub(in crate::theme) fn members(scores: &Rows, limit: f32) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); scores.view().ncols()];
    for (range, block) in scores.blocks() {
        for (row, segment) in block.rows().into_iter().zip(range) {
            for (members, &score) in members.iter_mut().zip(row) {
                if score >= limit {
                    members.push(segment as u32);
                }
            }
        }
    }
    scores.release_pages();
    members
}

/// How many directions a segment lies in, in the mean.
pub(in crate::theme) fn themes_of_a_segment(with_codebook: bool) -> f64 {
    THEMES_OF_A_SEGMENT[usize::from(with_codebook)]
}

/// The directions of the codebook's themes that enough segments carry: `labels` give the segments of each theme with a confidence.
pub(in crate::theme) fn named_directions(
    centred: &Rows,
    weights: &[SegmentWeight],
    carried: &BTreeMap<usize, Vec<(usize, f64)>>,
) -> Array2<f32> {
    let mut named = Array2::zeros((0, centred.view().ncols()));
    for segments in carried.values().filter(|segments| segments.len() >= MIN_NAMED) {
        let indices: Vec<usize> = segments.iter().map(|&(segment, _)| segment).collect();
        let weights = segments.iter().map(|&(segment, confidence)| weights[segment].weight * confidence);
        if let Some(direction) = weighted_direction(centred, &indices, weights) {
            let row = direction.insert_axis(Axis(0));
            named.append(Axis(0), row.view()).unwrap_or_default();
        }
    }
    named
}

/// The direction of a weighted sum of rows, added in the order given; none where they cancel each other out.
fn weighted_direction(
    rows: &Rows,
    indices: &[usize],
    weights: impl Iterator<Item = f64>,
) -> Option<Array1<f32>> {
    let mut sum = Array1::<f64>::zeros(rows.view().ncols());
    let mut weights = weights;
    for some in indices.chunks(BLOCK) {
        for (row, weight) in rows.pick(some).rows().into_iter().zip(weights.by_ref()) {
            sum.zip_mut_with(&row, |sum, &value| *sum += weight * f64::from(value));
        }
    }
    let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
    (length > 1e-6).then(|| unit(sum.mapv(|value| (value / length) as f32)))
}

/// The score that a segment reaches on so many directions in the mean.
pub(in crate::theme) fn limit(scores: ArrayView2<'_, f32>, weights: &[SegmentWeight], themes: f64) -> f32 {
    let step = scores.nrows().div_ceil(MAX_ROWS_FOR_LIMIT).max(1);
    let mut all: Vec<(f32, f64)> = scores
        .rows()
        .into_iter()
        .zip(weights)
        .step_by(step)
        .flat_map(|(row, weight)| row.into_iter().map(move |&score| (score, weight.weight)))
        .collect();
    // Pairs that compare as equal are the same, so that an unstable sort gives the same.
    all.par_sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let share = (themes / scores.ncols().max(1) as f64).min(1.0);
    let wanted = share * all.iter().map(|(_, weight)| weight).sum::<f64>();
    let mut found = 0.0;
    for (score, weight) in &all {
        found += weight;
        if found >= wanted {
            return *score;
        }
    }
    all.last().map_or(0.0, |(score, _)| *score)
}

/// Segments to find directions on: of each interview at most as many as the median one has, those left out that a theme of the
/// codebook names. With too few of these, named ones too.
fn balanced_sample(weights: &[SegmentWeight], number: usize, seed: u64) -> Vec<usize> {
    let mut stream = random_stream(seed, "segments for emergent themes");
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.shuffle(&mut stream);
    let most = median_length(weights);
    let interviews = weights.iter().map(|weight| weight.interview + 1).max().unwrap_or(0);
    let drawn = |named: bool| {
        let mut taken = vec![0; interviews];
        let mut sample: Vec<usize> = order
            .iter()
            .copied()
            .filter(|&segment| named || weights[segment].named < NAMED)
            .filter(|&segment| {
                taken[weights[segment].interview] += 1;
                taken[weights[segment].interview] <= most
            })
            .take(MAX_SAMPLE)
            .collect();
        sample.sort_unstable();
        sample
    };
    let unnamed = drawn(false);
    if unnamed.len() >= number * SEGMENTS_OF_A_DIRECTION { unnamed } else { drawn(true) }
}

/// Segments of the median interview.
fn median_length(weights: &[SegmentWeight]) -> usize {
    let mut lengths = lengths(weights);
    lengths.retain(|&length| length > 0);
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or_default()
}

/// Segments of each interview.
fn lengths(weights: &[SegmentWeight]) -> Vec<usize> {
    let mut lengths = vec![0; weights.iter().map(|weight| weight.interview + 1).max().unwrap_or(0)];
    for weight in weights {
        lengths[weight.interview] += 1;
    }
    lengths
}

/// The weights of segments of these interviews; `named` is the highest confidence of a theme of the codebook of each.
pub(in crate::theme) fn segment_weights(
    interviews: impl Iterator<Item = usize>,
    named: &[f32],
) -> Vec<SegmentWeight> {
    let weight = |(interview, &named)| SegmentWeight { interview, weight: 1.0, named };
    let mut weights: Vec<SegmentWeight> = interviews.zip(named).map(weight).collect();
    let median = median_length(&weights);
    let lengths = lengths(&weights);
    for weight in &mut weights {
        weight.weight = (median as f64 / lengths[weight.interview] as f64).min(1.0);
    }
    weights
}

/// Each of the first directions moved to the mean of the nearest half of its cluster.
fn cores(centred: &Rows, weights: &[SegmentWeight], mut centres: Array2<f32>, free: usize) -> Array2<f32> {
    let products = Products::with(centres.view());
    let mut members: Vec<Vec<(f32, usize)>> = vec![Vec::new(); centres.nrows()];
    for (range, block) in centred.blocks() {
        for (row, index) in products.of_each(block).rows().into_iter().zip(range) {
            let mut best = (f32::NEG_INFINITY, 0);
            for (cluster, &cosine) in row.iter().enumerate() {
                if cosine > best.0 {
                    best = (cosine, cluster);
                }
            }
            members[best.1].push((best.0, index));
        }
    }
    for (mut centre, mut members) in centres.axis_iter_mut(Axis(0)).zip(members).take(free) {
        members.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let weight = |index: usize| {
            let SegmentWeight { weight, named, .. } = weights[index];
            weight * (1.0 - f64::from(named)).max(MIN_WEIGHT)
        };
        let all: f64 = members.iter().map(|&(_, index)| weight(index)).sum();
        let mut taken = 0.0;
        let core: Vec<usize> = members
            .iter()
            .enumerate()
            .take_while(|&(rank, &(_, index))| {
                let more = rank < MIN_CORE || taken < CORE * all;
                taken += weight(index);
                more
            })
            .map(|(_, &(_, index))| index)
            .collect();
        if let Some(moved) = weighted_direction(centred, &core, core.iter().map(|&index| weight(index))) {
            centre.assign(&moved);
        }
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::planted::planted;

    #[test]
    fn a_long_interview_weighs_as_much_as_the_median_one() {
        let interviews = [0, 1, 1, 2, 2, 2, 2];
        let weights = segment_weights(interviews.into_iter(), &[0.0; 7]);
        let of = |interview| {
            weights.iter().filter(|one| one.interview == interview).map(|one| one.weight).sum::<f64>()
        };
        for (interview, expected) in [(0, 1.0), (1, 2.0), (2, 2.0)] {
            assert!((of(interview) - expected).abs() < 1e-9);
        }
    }

    #[test]
    fn directions_of_planted_themes_are_found_whatever_one_interview_adds() {
        let (vectors, theme_of) = planted(400, 24, 4, 0.8, 7);
        // All segments of the first theme are those of one long interview.
        let interviews =
            theme_of.iter().enumerate().map(|(row, &theme)| if theme == 0 { 0 } else { 1 + row % 20 });
        let weights = segment_weights(interviews, &[0.0; 400]);
        let rows = Rows::from(vectors);
        let none = Array2::zeros((0, 24));
        let found =
            Directions::of(&rows, &weights, none.view(), 4, 7, &Scratch::in_memory()).unwrap().unwrap();
        assert_eq!(found.len(), 4);
        let again =
            Directions::of(&rows, &weights, none.view(), 4, 7, &Scratch::in_memory()).unwrap().unwrap();
        assert_eq!(found.centres, again.centres);
        let carried = found.scores.view().iter().filter(|score| **score >= found.limit).count();
        assert!((400..=640).contains(&carried), "{carried}");
    }

    #[test]
    fn a_limit_is_that_of_so_many_scores() {
        let weights = segment_weights(0..10, &[0.0; 10]);
        let scores = Array2::from_shape_fn((10, 7), |(row, column)| (row * 7 + column) as f32);
        // 1.4 of 7: a fifth of 70 scores.
        assert!((limit(scores.view(), &weights, 1.4) - 56.0).abs() < 1e-6);
    }

    #[test]
    fn nothing_has_no_direction() {
        let none = Array2::zeros((0, 3));
        assert!(
            Directions::of(&Rows::from(none.clone()), &[], none.view(), 5, 7, &Scratch::in_memory())
                .unwrap()
                .is_none()
        );
        let weights = segment_weights(0..4, &[0.0; 4]);
        assert!(
            Directions::of(
                &Rows::from(Array2::zeros((4, 3))),
                &weights,
                none.view(),
                5,
                7,
                &Scratch::in_memory()
            )
            .unwrap()
            .is_none()
        );
    }
}
