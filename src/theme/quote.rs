//! Quotes: for each theme the segments that a reader should see.
//!
//! Central quotes are the surest labels, borderline ones the least sure, each from as many different interviews as
//! there are: five quotes of one talkative person are one voice.

use std::collections::BTreeMap;

use super::rows::{Label, Quote, QuoteKind};
use crate::corpus::Segment;

/// Quotes of each kind for a theme.
const MOST: usize = 5;
/// Segments with fewer words make poor quotes; they are shown only when there is nothing longer.
const READABLE: u32 = 8;

/// Central and borderline quotes for every theme, in the order of the themes.
pub(super) fn quotes(themes: usize, labels: &[Label], segments: &[Segment]) -> Vec<Quote> {
    let mut by_theme: Vec<Vec<&Label>> = vec![Vec::new(); themes];
    for label in labels {
        by_theme[label.theme].push(label);
    }
    let mut quotes = Vec::new();
    for (theme, mut found) in by_theme.into_iter().enumerate() {
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.segment.cmp(&b.segment)));
        let central = spread(found.iter().copied(), segments, &[]);
        let borderline = spread(found.iter().rev().copied(), segments, &central);
        for (kind, chosen) in [(QuoteKind::Central, central), (QuoteKind::Borderline, borderline)] {
            let ranked = chosen.into_iter().zip(1..);
            quotes.extend(ranked.map(|(segment, rank)| Quote { theme, kind, rank, segment }));
        }
    }
    quotes
}

/// The first segments, one an interview before any interview comes twice, readable ones first; none of `taken`.
fn spread<'a>(ranked: impl Iterator<Item = &'a Label>, segments: &[Segment], taken: &[usize]) -> Vec<usize> {
    let mut heard: BTreeMap<usize, usize> = BTreeMap::new();
    let mut voices = 0;
    let mut candidates: Vec<(bool, usize, usize, usize)> = Vec::new();
    for (order, label) in ranked.enumerate() {
        if taken.contains(&label.segment) {
            continue;
        }
        let passage = &segments[label.segment].passage;
        let short = passage.words < READABLE;
        let earlier = heard.entry(passage.transcript).or_default();
        candidates.push((short, *earlier, order, label.segment));
        if !short {
            voices += usize::from(*earlier == 0);
            *earlier += 1;
        }
        // Enough voices were heard; quotes further down the ranking would be less typical.
        if voices == MOST {
            break;
        }
    }
    candidates.sort_unstable();
    candidates.into_iter().take(MOST).map(|(_, _, _, segment)| segment).collect()
}
