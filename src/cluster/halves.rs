//! Random halves of the interviews, each clustered alone.
//!
//! Interviews are drawn, not segments, because segments of one interview resemble each other whatever they are about.

use std::collections::BTreeSet;

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;
use same_bits::random_stream;

use super::plan::ClusterPlan;
use super::sample::sample_rows;
use super::unit_rows::UnitRows;
use super::{ClusterError, method};
use crate::results::{Progress, Stage, TranscriptIndex};

/// Number of halves.
pub(super) const HALVES: usize = 20;
/// With fewer interviews halves are not informative.
pub(super) const MIN_INTERVIEWS: usize = 6;
/// With more rows than this in a half, a sample is clustered.
const MAX_ROWS: usize = 3_000;

/// The centres found in each of 20 halves, drawn without replacement (Tibshirani and Walther 2005); none for fewer than six
/// interviews.
///
/// `transcript_of` names the transcript of each row of `vectors`; each half is clustered into `clusters` clusters.
///
/// # Errors
///
/// When the method finds no answer on a half, or the run is stopped.
pub(super) fn centres_of_halves(
    vectors: ArrayView2<'_, f32>,
    transcript_of: &[TranscriptIndex],
    clusters: usize,
    plan: &ClusterPlan,
    seed: u64,
    progress: &dyn Progress,
) -> Result<Vec<Array2<f32>>, ClusterError> {
    let interviews: Vec<TranscriptIndex> =
        transcript_of.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    if interviews.len() < MIN_INTERVIEWS || clusters == 0 {
        return Ok(Vec::new());
    }
    progress.begin(Stage::Stability, HALVES as u64);
    let halves = (0..HALVES)
        .into_par_iter()
        .map(|half| {
            if progress.is_cancelled() {
                return Err(ClusterError::Cancelled);
            }
            let mut stream = random_stream(seed, &format!("stability {half}"));
            let drawn = sample_rows(interviews.len(), interviews.len().div_ceil(2), &mut stream);
            let drawn: Vec<TranscriptIndex> = drawn.into_iter().map(|index| interviews[index]).collect();
            let heard = |row: &usize| drawn.binary_search(&transcript_of[*row]).is_ok();
            let rows: Vec<usize> = (0..vectors.nrows()).filter(heard).collect();
            let sample = sample_rows(rows.len(), MAX_ROWS, &mut stream);
            let rows: Vec<usize> = sample.into_iter().map(|index| rows[index]).collect();
            let centres = centres(vectors.select(Axis(0), &rows).view(), clusters, plan, seed);
            progress.advance(1);
            centres
        })
        .collect();
    progress.end();
    halves
}

fn centres(
    vectors: ArrayView2<'_, f32>,
    clusters: usize,
    plan: &ClusterPlan,
    seed: u64,
) -> Result<Array2<f32>, ClusterError> {
    let rows = UnitRows::of(vectors);
    if rows.view().nrows() == 0 {
        return Ok(Array2::zeros((0, vectors.ncols())));
    }
    Ok(method(plan, clusters.min(rows.view().nrows())).cluster(rows.view(), seed)?.centres)
}
