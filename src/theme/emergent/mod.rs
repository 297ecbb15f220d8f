//! Emergent themes: what people talk about and the codebook does not name.
//!
//! They are made of the directions in which clusters lie again and again whichever half of the interviews is clustered
//! ([`crate::cluster::recurring`]). A direction of which most segments carry the same seed theme is that theme found again; the
//! others are fine themes, and those that are near to each other make a broad one (`broad`). A segment is labelled with an emergent
//! theme as with a seed: when it scores what other talk hardly ever scores.

mod broad;
mod clusters;

pub(super) use clusters::cluster_summaries;

use std::collections::BTreeSet;

use ndarray::{Array1, Array2, ArrayView2, Axis};

use self::broad::with_broad_themes;
use super::null::{Expectation, in_spreads};
use super::rows::Label;
use super::score::less_common;
use super::threshold::Threshold;
use crate::cluster::Recurring;
use crate::corpus::Segment;

/// A direction of which at least this share of segments surely carries one and the same seed theme is that theme found again.
const EXPLAINED: f64 = 0.6;
/// What counts as surely.
const SURE: f32 = 0.5;
/// A direction that comes up in fewer halves of the interviews than this is left alone.
const LEAST_RECURRENCE: f32 = 0.3;
/// Directions are finer than themes: about so many of them share what people call one.
const DIRECTIONS_OF_A_THEME: usize = 3;
/// What directions score on talk about something else, over the interviews that the scores were tried on.
const EXPECTED: Expectation = Expectation { centre: -0.02, spread: 0.14 };
/// Segments that a theme must be found in, and interviews (where there are as many).
const LEAST_SEGMENTS: usize = 3;
const LEAST_TRANSCRIPTS: usize = 2;
/// More fine themes nobody reads; with the broad ones above them they are 40.
const MOST_FINE: usize = 34;

/// An emergent theme before it has a place among all themes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Emergent {
    /// The recurring directions that it is made of: one, or those of the fine themes below it.
    pub(super) directions: Vec<usize>,
    /// Each segment's score, in spreads.
    pub(super) scores: Array1<f32>,
    /// Share of halves of the interviews in which it comes up again.
    pub(super) stability: Option<f32>,
    /// Where it stands.
    pub(super) level: Level,
}

/// Where an emergent theme stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Above fine themes.
    Broad,
    /// Under the broad theme at this place among the emergent themes, or alone.
    Fine { under: Option<usize> },
}

/// The threshold for labels of emergent themes, of which there could be as many as directions support.
pub(super) fn emergent_threshold(recurring: &Recurring) -> Threshold {
    Threshold::among(often(recurring).len().div_ceil(DIRECTIONS_OF_A_THEME))
}

/// The emergent themes: the broad one with most segments, then the fine ones below it, and so on.
///
/// `centred` are the vectors that were clustered; `seed_labels` are those of the seed themes.
pub(super) fn emergent_themes(
    segments: &[Segment],
    centred: ArrayView2<'_, f32>,
    recurring: &Recurring,
    seed_labels: &[Label],
) -> Vec<Emergent> {
    let often = often(recurring);
    let cosines = centred.dot(&recurring.directions.select(Axis(0), &often).t());
    let explained = explained_shares(&cosines, seed_labels);
    let scores = in_spreads(less_common(cosines), EXPECTED);
    let threshold = emergent_threshold(recurring);
    let interviews = transcripts_of(segments, 0..segments.len());

    let mut found: Vec<(usize, Emergent)> = Vec::new();
    for (column, &direction) in often.iter().enumerate() {
        let scores = scores.column(column);
        let members: Vec<usize> =
            (0..scores.len()).filter(|&place| threshold.is_label(scores[place])).collect();
        let voices = transcripts_of(segments, members.iter().copied());
        let heard = members.len() >= LEAST_SEGMENTS && voices >= LEAST_TRANSCRIPTS.min(interviews);
        if heard && explained[column] < EXPLAINED {
            let theme = Emergent {
                directions: vec![direction],
                scores: scores.to_owned(),
                stability: recurring.share_of_halves(&[direction]),
                level: Level::Fine { under: None },
            };
            found.push((members.len(), theme));
        }
    }
    // Which of them to keep: what recurs most, and of what recurs as often the more frequent.
    found.sort_by(|(size, theme), (other_size, other)| {
        let recurrence = |theme: &Emergent| theme.stability.unwrap_or_default();
        recurrence(other).total_cmp(&recurrence(theme)).then(other_size.cmp(size))
    });
    found.truncate(MOST_FINE);
    with_broad_themes(found.into_iter().map(|(_, theme)| theme).collect(), recurring, threshold)
}

/// The directions that come up often enough, or all where that is not known.
fn often(recurring: &Recurring) -> Vec<usize> {
    let recurs = |direction: &usize| {
        recurring.share_of_halves(&[*direction]).is_none_or(|share| share >= LEAST_RECURRENCE)
    };
    (0..recurring.directions.nrows()).filter(recurs).collect()
}

/// For each direction the share of the segments nearest to it, 0 to 1, that surely carry the seed theme that most of them carry.
///
/// `cosines` are segments × directions.
fn explained_shares(cosines: &Array2<f32>, labels: &[Label]) -> Vec<f64> {
    let nearest: Vec<Option<usize>> = cosines
        .rows()
        .into_iter()
        .map(|row| (0..row.len()).reduce(|best, other| if row[other] > row[best] { other } else { best }))
        .collect();
    let mut sizes = vec![0_usize; cosines.ncols()];
    for &direction in nearest.iter().flatten() {
        sizes[direction] += 1;
    }
    let themes = labels.iter().map(|label| label.theme + 1).max().unwrap_or(0);
    let mut carried = Array2::<usize>::zeros((cosines.ncols(), themes));
    for label in labels.iter().filter(|label| label.confidence >= SURE) {
        if let Some(direction) = nearest[label.segment] {
            carried[[direction, label.theme]] += 1;
        }
    }
    let most = carried.axis_iter(Axis(0)).map(|row| row.iter().copied().max().unwrap_or(0));
    most.zip(sizes).map(|(most, size)| most as f64 / size.max(1) as f64).collect()
}

/// Interviews that some segments come from.
fn transcripts_of(segments: &[Segment], places: impl Iterator<Item = usize>) -> usize {
    places.map(|place| segments[place].passage.transcript).collect::<BTreeSet<usize>>().len()
}

/// Scores of the emergent themes as columns, segments × themes.
pub(super) fn emergent_scores(themes: &[Emergent], segments: usize) -> Array2<f32> {
    let mut scores = Array2::zeros((segments, themes.len()));
    for (mut column, theme) in scores.axis_iter_mut(Axis(1)).zip(themes) {
        column.assign(&theme.scores);
    }
    scores
}
