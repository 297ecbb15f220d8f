//! Selects quotes for each theme.
//!
//! Central quotes are the most confident labels (of an emergent theme those of the surest half whose own words, without context,
//! are nearest to it), borderline ones the least, dissenting ones judge the theme otherwise than most
//! (`stance`). Each kind is spread over as many interviews as possible, because five quotes of one person are one voice.

use std::collections::BTreeMap;

use ndarray::ArrayView1;
use same_bits::products::dot;

use super::context::less;
use super::emergent::Found;
use super::label::by_theme;
use crate::results::{Label, Quote, QuoteKind, Segment, SegmentIndex, ThemeIndex, TranscriptIndex};
use crate::storage::{BLOCK, Rows};

/// Maximum quotes of each kind for a theme.
pub(super) const MOST: usize = 5;
/// Shorter segments are shown only when there is nothing longer.
pub(super) const READABLE: u32 = 8;
/// With fewer labels no common judgement is assumed.
pub(super) const MIN_TO_DISSENT: usize = 5;
/// A dissenting quote is at least so many standard deviations from the mean stance, on the other side of the corpus's.
pub(super) const DISSENT: f32 = 1.5;

/// Quotes of each kind for every theme, in the order of the themes. `stances` has one for each segment.
pub(super) fn quotes(
    themes: usize,
    labels: &[Label],
    segments: &[Segment],
    stances: &[f32],
    own: &UncontextualizedScores<'_>,
) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for (theme, mut found) in (0..).map(ThemeIndex::new).zip(by_theme(themes, labels)) {
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.segment.cmp(&b.segment)));
        let typical = own.surest_first(theme, &found);
        let central = spread(typical.as_ref().unwrap_or(&found).iter().copied(), segments, &[]);
        let dissenting = spread(otherwise(&found, stances).into_iter(), segments, &central);
        let taken = [central.as_slice(), &dissenting].concat();
        let borderline = spread(found.iter().rev().copied(), segments, &taken);
        let kinds = [QuoteKind::Central, QuoteKind::Borderline, QuoteKind::Dissenting];
        for (kind, chosen) in kinds.into_iter().zip([central, borderline, dissenting]) {
            let ranked = chosen.into_iter().zip(1..);
            quotes.extend(ranked.map(|(segment, rank)| Quote { theme, kind, rank, segment }));
        }
    }
    quotes
}

/// How near segments are to emergent themes by their own vectors: a segment can carry a theme that only its neighbours are about, and
/// would be no good quote.
pub(super) struct UncontextualizedScores<'a> {
    vectors: &'a Rows,
    mean: ArrayView1<'a, f32>,
    found: &'a Found,
    /// Themes before the emergent ones.
    seeds: usize,
}

impl<'a> UncontextualizedScores<'a> {
    /// `vectors` has a unit row for every segment, `mean` is their mean.
    pub(super) fn of(vectors: &'a Rows, mean: ArrayView1<'a, f32>, found: &'a Found, seeds: usize) -> Self {
        Self { vectors, mean, found, seeds }
    }

    /// The surest half of an emergent theme's labels, which are the surest first, then the others: those nearest to its centre without
    /// context first. None for a seed theme.
    fn surest_first<'b>(&self, theme: ThemeIndex, labels: &[&'b Label]) -> Option<Vec<&'b Label>> {
        let emergent = self.found.themes.get(theme.get().checked_sub(self.seeds)?)?;
        let centre = self.found.centre(emergent);
        let half: Vec<&Label> = labels[..labels.len().div_ceil(2)].to_vec();
        let mut near: Vec<(f32, &Label)> = Vec::with_capacity(half.len());
        for some in half.chunks(BLOCK) {
            let rows: Vec<usize> = some.iter().map(|label| label.segment.get()).collect();
            let offsets = less(self.vectors.pick(&rows).view(), self.mean);
            let cosines = offsets.rows().into_iter().map(|row| dot(row, centre));
            near.extend(cosines.zip(some.iter().copied()));
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.segment.cmp(&b.1.segment)));
        let rest = labels[labels.len().div_ceil(2)..].iter().copied();
        Some(near.into_iter().map(|(_, label)| label).chain(rest).collect())
    }
}

/// The labels of a theme whose segments differ most in stance from the others, furthest first.
fn otherwise<'a>(found: &[&'a Label], stances: &[f32]) -> Vec<&'a Label> {
    let stance = |label: &Label| label.segment.of(stances).copied().unwrap_or_default();
    let mut sorted: Vec<f32> = found.iter().map(|label| stance(label)).collect();
    sorted.sort_by(f32::total_cmp);
    let Some(&most_say) = sorted.get(sorted.len() / 2).filter(|_| sorted.len() >= MIN_TO_DISSENT) else {
        return Vec::new();
    };
    let other_side = -most_say.signum();
    let distance = |label: &Label| (stance(label) - most_say) * other_side;
    let mut otherwise: Vec<&Label> = found
        .iter()
        .copied()
        .filter(|label| distance(label) >= DISSENT && stance(label) * other_side > 0.0)
        .collect();
    otherwise.sort_by(|a, b| distance(b).total_cmp(&distance(a)).then(a.segment.cmp(&b.segment)));
    otherwise
}

/// The first segments, one an interview before any interview is repeated, readable ones first; none of `taken`.
fn spread<'a>(
    ranked: impl Iterator<Item = &'a Label>,
    segments: &[Segment],
    taken: &[SegmentIndex],
) -> Vec<SegmentIndex> {
    let mut heard: BTreeMap<TranscriptIndex, usize> = BTreeMap::new();
    let mut distinct_transcripts = 0;
    let mut candidates: Vec<(bool, usize, usize, SegmentIndex)> = Vec::new();
    for (order, label) in ranked.enumerate() {
        if taken.contains(&label.segment) {
            continue;
        }
        let passage = &segments[label.segment.get()].passage;
        let short = passage.words < READABLE;
        let earlier = heard.entry(passage.transcript).or_default();
        candidates.push((short, *earlier, order, label.segment));
        if !short {
            distinct_transcripts += usize::from(*earlier == 0);
            *earlier += 1;
        }
        // There are enough interviews; quotes further down the ranking would be less typical.
        if distinct_transcripts == MOST {
            break;
        }
    }
    candidates.sort_unstable();
    candidates.into_iter().take(MOST).map(|(_, _, _, segment)| segment).collect()
}
