//! Emergent themes: what people talk about and the codebook does not name.
//!
//! `directions` finds where the talk goes, `number` says into how many directions it is divided. A direction becomes a theme if enough
//! segments of enough interviews lie there and the codebook does not explain it; greetings, closings and page headers do not
//! (`recurring`). Its segments are those nearest to it, by one limit for all.

mod clusters;
mod directions;
mod number;
mod recurring;

pub(super) use clusters::cluster_summaries;
pub(super) use directions::{CORE, Directions, NAMED_DIRECTION, THEMES_OF_A_SEGMENT};
pub(super) use number::{BESIDE_CODEBOOK, GROWTH, SCALE};
pub(super) use recurring::{AT_EDGES, REPEATED_LINES};

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis};
use rayon::prelude::*;
use sentence_encoder::{EmbedError, SentenceEncoder};
use transcripts::{Problem, Severity};

use self::directions::{SegmentWeight, limit, named_directions, segment_weights, themes_of_a_segment};
use self::number::directions;
use self::recurring::Recurring;
use super::distinct_transcripts::distinct_transcripts;
use super::score::subtract_row_mean;
use super::threshold::{MIN_CONFIDENCE, Threshold};
use crate::cluster::{self, ClusterCount, ClusterError, ClusterPlan, Clustering, MethodChoice};
use crate::results::{EmergentThemes, Label, Progress, Segment, TranscriptIndex, codes};
use crate::storage::{Rows, Scratch};
use same_bits::elementary::logit;

/// A direction is explained by a theme of the codebook that its segments carry with this confidence in the mean.
pub(super) const EXPLAINED: f64 = 0.25;
/// Minimum segments of a theme.
pub(super) const MIN_SEGMENTS: usize = 3;
/// Minimum share of the interviews, and bounds of their number.
pub(super) const SHARE_OF_TRANSCRIPTS: f64 = 0.1;
pub(super) const MIN_TRANSCRIPTS: usize = 2;
pub(super) const MAX_MIN_TRANSCRIPTS: usize = 10;

/// Segments whose scores tell the spread of all.
const MAX_ROWS_FOR_SPREAD: usize = 200_000;

/// What is needed to look for emergent themes.
#[derive(Clone, Copy)]
pub struct EmergentSearch<'a> {
    /// How many are looked for.
    pub wanted: EmergentThemes,
    /// Embeds the phrases that name them.
    pub encoder: &'a dyn SentenceEncoder,
    /// The study's seed.
    pub seed: u64,
    /// Is told how far it is.
    pub progress: &'a dyn Progress,
}

/// Why emergent themes could not be found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmergentError {
    /// Phrases could not be embedded.
    #[error(transparent)]
    Embed(#[from] EmbedError),
    /// Halves of the interviews could not be clustered, or the run was cancelled.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// There are too many scores for memory, and no room for them on the disk.
    #[error("scores cannot be kept in {} while the study runs: {source}", folder.display())]
    Scratch {
        /// The folder where they should be stored.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl EmergentError {
    fn scratch(scratch: &Scratch, source: io::Error) -> Self {
        Self::Scratch { folder: scratch.folder().to_owned(), source }
    }
}

/// An emergent theme before it is named and numbered among all themes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Emergent {
    /// Index of its direction.
    pub(super) direction: usize,
    /// Each segment's score, standardised; empty when they were moved out.
    pub(super) scores: Array1<f32>,
    /// Share of halves of the interviews in which it is found again.
    pub(super) stability: Option<f32>,
}

/// Emergent themes and the directions that they were chosen from.
#[derive(Debug)]
pub(super) struct Found {
    /// By size, the largest first.
    pub(super) themes: Vec<Emergent>,
    /// Directions × dimension: all of them, so that a score can be compared with those of others; the codebook's are last.
    pub(super) centres: Array2<f32>,
    /// How many of them are not the codebook's.
    pub(super) free: usize,
    /// How many there are, and why.
    pub(super) note: Option<Problem>,
}

impl Found {
    /// No theme.
    pub(super) fn none(dimension: usize) -> Self {
        Self { themes: Vec::new(), centres: Array2::zeros((0, dimension)), free: 0, note: None }
    }

    /// The threshold for the labels of its themes.
    pub(super) fn threshold(&self) -> Threshold {
        Threshold::among(self.free)
    }

    /// The centre of a theme.
    pub(super) fn centre(&self, theme: &Emergent) -> ndarray::ArrayView1<'_, f32> {
        self.centres.row(theme.direction)
    }

    /// Moves the scores of the themes into columns, segments × themes.
    pub(super) fn move_scores(&mut self, mut to: ArrayViewMut2<'_, f32>) {
        for (mut column, theme) in to.axis_iter_mut(Axis(1)).zip(&mut self.themes) {
            column.assign(&std::mem::take(&mut theme.scores));
        }
    }

    /// Which of some other passages carry which theme: passages × themes. `vectors` are less the mean of the corpus, and the first
    /// `comparable` of them are segments, whose scores set the limit.
    pub(super) fn carried_by(&self, vectors: ArrayView2<'_, f32>, comparable: usize) -> Array2<bool> {
        let cosines = sentence_encoder::Products::with(self.centres.view()).of_each(vectors);
        let scores = subtract_row_mean(cosines);
        let alike = vec![SegmentWeight { interview: 0, weight: 1.0, named: 0.0 }; comparable];
        let limit = limit(
            scores.slice(ndarray::s![..comparable, ..]),
            &alike,
            themes_of_a_segment(self.centres.nrows() > self.free),
        );
        Array2::from_shape_fn((scores.nrows(), self.themes.len()), |(row, theme)| {
            scores[[row, self.themes[theme].direction]] >= limit
        })
    }
}

/// The emergent themes, the one with most segments first.
///
/// `centred` are the vectors with context, less the mean of the corpus; `seed_labels` are those of the seed themes.
///
/// # Errors
/// When halves of the interviews cannot be clustered, or the run is cancelled.
pub(super) fn emergent_themes(
    segments: &[Segment],
    centred: &Rows,
    seed_labels: &[Label],
    with_codebook: bool,
    search: &EmergentSearch<'_>,
    scratch: &Scratch,
) -> Result<Found, EmergentError> {
    let mut named = vec![0.0_f32; segments.len()];
    for label in seed_labels {
        let named = &mut named[label.segment.get()];
        *named = named.max(label.confidence);
    }
    let weights = segment_weights(segments.iter().map(|segment| segment.passage.transcript.get()), &named);
    let size: f64 = weights.iter().map(|weight| weight.weight).sum();
    let recurring = Recurring::of(segments);
    let wish = match search.wanted {
        EmergentThemes::Number(number) => number as usize,
        EmergentThemes::Off | EmergentThemes::Auto => usize::MAX,
    };
    let carried = surely_carried(seed_labels);
    let named = named_directions(centred, &weights, &carried);
    let mut best: Option<(Directions, Vec<usize>, Dropped)> = None;
    for number in directions(search.wanted, size, with_codebook) {
        let found = Directions::of(centred, &weights, named.view(), number, search.seed, scratch);
        let Some(found) = found.map_err(|source| EmergentError::scratch(scratch, source))? else { break };
        let (kept, dropped) = kept(&found, segments, &weights, seed_labels, &recurring);
        let enough = kept.len() >= wish;
        if best.as_ref().is_none_or(|(_, before, _)| kept.len() > before.len()) {
            best = Some((found, kept, dropped));
        }
        if enough {
            break;
        }
    }
    let Some((found, kept, dropped)) = best else { return Ok(Found::none(centred.view().ncols())) };
    let weight_of = |direction: usize| -> f64 {
        members(&found, direction).into_iter().map(|segment| weights[segment].weight).sum()
    };
    let mut kept: Vec<(f64, usize)> =
        kept.into_iter().map(|direction| (weight_of(direction), direction)).collect();
    kept.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    kept.truncate(wish);

    let note = note(search.wanted, kept.len(), &found, &dropped, (size, segments));
    let stability = stability(&found, centred, segments, search)?;
    let scores = standardised(&found, &kept.iter().map(|&(_, direction)| direction).collect::<Vec<_>>());
    let mut themes: Vec<Emergent> = kept
        .into_iter()
        .zip(scores)
        .map(|((_, direction), scores)| Emergent { direction, scores, stability: stability.of(&[direction]) })
        .collect();
    themes.sort_by_cached_key(|theme| Reverse(members(&found, theme.direction).len()));
    Ok(Found { themes, centres: found.centres, free: found.free, note: Some(note) })
}

/// How many directions became no theme, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Dropped {
    rare: usize,
    explained: usize,
    recurring: usize,
}

/// The directions that are themes.
fn kept(
    found: &Directions,
    segments: &[Segment],
    weights: &[SegmentWeight],
    seed_labels: &[Label],
    recurring: &Recurring,
) -> (Vec<usize>, Dropped) {
    let interviews = distinct_transcripts(segments, 0..segments.len());
    let tenth = (SHARE_OF_TRANSCRIPTS * interviews as f64).ceil() as usize;
    let least = tenth.clamp(MIN_TRANSCRIPTS, MAX_MIN_TRANSCRIPTS).min(interviews);
    let mut dropped = Dropped::default();
    let kept = (0..found.len()).filter(|&direction| {
        let members = members(found, direction);
        let heard_in = distinct_transcripts(segments, members.iter().copied());
        if members.len() < MIN_SEGMENTS || heard_in < least {
            dropped.rare += 1;
        } else if explained_share(&members, weights, seed_labels) >= EXPLAINED {
            dropped.explained += 1;
        } else if recurring.is_recurring(&members) {
            dropped.recurring += 1;
        } else {
            return true;
        }
        false
    });
    (kept.collect(), dropped)
}

/// The segments of a direction.
fn members(found: &Directions, direction: usize) -> Vec<usize> {
    found.members[direction].iter().map(|&segment| segment as usize).collect()
}

/// For each theme of the codebook the segments that carry it with enough confidence to show where it lies.
fn surely_carried(labels: &[Label]) -> BTreeMap<usize, Vec<(usize, f64)>> {
    let mut carried: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for label in labels.iter().filter(|label| label.confidence >= NAMED_DIRECTION) {
        let segment = (label.segment.get(), f64::from(label.confidence));
        carried.entry(label.theme.get()).or_default().push(segment);
    }
    carried
}

/// The mean confidence, by weight, with which some segments carry the theme of the codebook for which it is highest.
fn explained_share(members: &[usize], weights: &[SegmentWeight], labels: &[Label]) -> f64 {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    let mut all = 0.0;
    for &member in members {
        all += weights[member].weight;
        let first = labels.partition_point(|label| label.segment.get() < member);
        for label in labels[first..].iter().take_while(|label| label.segment.get() == member) {
            *sums.entry(label.theme.get()).or_default() +=
                f64::from(label.confidence) * weights[member].weight;
        }
    }
    sums.into_values().fold(0.0, f64::max) / all.max(f64::MIN_POSITIVE)
}

/// Scores on the scale of other themes: in spreads of the lower half of all scores, so that the limit is where a label begins.
///
/// The spread is that of at most [`MAX_ROWS_FOR_SPREAD`] segments, evenly spaced. A column for each of the `wanted` directions.
fn standardised(found: &Directions, wanted: &[usize]) -> Vec<Array1<f32>> {
    let all = found.scores.view();
    let step = all.nrows().div_ceil(MAX_ROWS_FOR_SPREAD).max(1);
    let mut sorted: Vec<f32> = all.rows().into_iter().step_by(step).flatten().copied().collect();
    // Equal numbers are equal bits in this order, so that an unstable sort gives the same.
    sorted.par_sort_unstable_by(f32::total_cmp);
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let below = &sorted[..sorted.len() / 2];
    let variance =
        below.iter().map(|&score| f64::from(score - median).powi(2)).sum::<f64>() / below.len().max(1) as f64;
    let spread = if variance > 0.0 { variance.sqrt() } else { 1.0 };
    // A hair above, so that rounding takes no label away.
    let begins = Threshold::among(found.len()).score_of(logit(MIN_CONFIDENCE)) + 1e-3;
    drop(sorted);
    let standard = |score: f32| {
        let above = (f64::from(score) - f64::from(found.limit)) / spread;
        let hair = if score >= found.limit { 0.0 } else { 2e-3 };
        (begins + above - hair) as f32
    };
    let mut columns: Vec<Array1<f32>> = wanted.iter().map(|_| Array1::zeros(all.nrows())).collect();
    for (range, block) in found.scores.blocks() {
        for (column, &direction) in columns.iter_mut().zip(wanted) {
            column.slice_mut(ndarray::s![range.clone()]).assign(&block.column(direction).mapv(standard));
        }
    }
    found.scores.release_pages();
    columns
}

/// Which directions are found again in halves of the interviews.
fn stability(
    found: &Directions,
    centred: &Rows,
    segments: &[Segment],
    search: &EmergentSearch<'_>,
) -> Result<cluster::Stability, ClusterError> {
    let free = found.centres.slice(ndarray::s![..found.free, ..]).to_owned();
    let clustering = Clustering { cluster_of: Vec::new(), centres: free };
    let plan = ClusterPlan {
        method: MethodChoice::SphericalKMeans,
        count: ClusterCount::Exactly(found.len()),
        ..ClusterPlan::default()
    };
    let transcript_of: Vec<TranscriptIndex> =
        segments.iter().map(|segment| segment.passage.transcript).collect();
    cluster::stability(centred.view(), &transcript_of, &clustering, &plan, search.seed, search.progress)
}

/// Says how many emergent themes there are, and why.
fn note(
    wanted: EmergentThemes,
    kept: usize,
    found: &Directions,
    dropped: &Dropped,
    (size, segments): (f64, &[Segment]),
) -> Problem {
    let themes = |number: usize| {
        if number == 1 { "1 emergent theme".to_owned() } else { format!("{number} emergent themes") }
    };
    let why = match wanted {
        EmergentThemes::Number(number) => format!("the study asks for {number}"),
        EmergentThemes::Off | EmergentThemes::Auto => format!(
            "{} segments ({:.0} with no interview longer than the median one) suggest {} directions",
            segments.len(),
            size,
            found.len()
        ),
    };
    let mut left = Vec::new();
    for (number, reason) in [
        (dropped.explained, "the codebook names already"),
        (dropped.rare, "too few interviews talk about"),
        (dropped.recurring, "are greetings, closings or repeated lines"),
    ] {
        if number > 0 {
            left.push(format!("{number} that {reason}"));
        }
    }
    let left = if left.is_empty() { String::new() } else { format!("; left out: {}", left.join(", ")) };
    Problem::new(Severity::Note, "themes", format!("{}: {why}{left}", themes(kept)))
        .with_code(codes::THEME_NUMBER)
        .with_hint("for finer or broader ones write their number, such as `emergent = 24`, under [themes]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn directions_of(scores: Array2<f32>, limit: f32) -> Directions {
        let (centres, free) = (Array2::eye(scores.ncols()), scores.ncols());
        let scores = Rows::from(scores);
        Directions { centres, free, members: directions::members(&scores, limit), scores, limit }
    }

    #[test]
    fn a_label_begins_at_the_limit() {
        let found = directions_of(array![[0.1, 0.5], [0.3, 0.2], [0.499_999, -0.4]], 0.5);
        let threshold = Threshold::among(2);
        let columns = standardised(&found, &[0, 1]);
        let views: Vec<_> = columns.iter().map(Array1::view).collect();
        let labels = ndarray::stack(Axis(1), &views).unwrap().mapv(|score| threshold.is_label(score));
        assert_eq!(labels, array![[false, true], [false, false], [false, false]]);
    }

    #[test]
    fn a_theme_of_the_codebook_explains_by_what_interviews_weigh() {
        let weights = segment_weights([0, 0, 0, 0, 1, 2].into_iter(), &[0.0; 6]);
        let of_one = |(segment, theme): (usize, usize)| Label {
            segment: segment.into(),
            theme: theme.into(),
            score: 0.0,
            confidence: 0.5,
            rank: 1,
            coders: Vec::new(),
        };
        let carried = [1, 1, 1, 1, 0].into_iter().enumerate().map(of_one).collect::<Vec<Label>>();
        // The four segments of the first interview weigh as one.
        let share = explained_share(&[0, 1, 2, 3, 4, 5], &weights, &carried);
        assert!((share - 0.5 / 3.0).abs() < 1e-9, "{share}");
        assert!((explained_share(&[], &weights, &carried)).abs() < 1e-9);
    }
}
