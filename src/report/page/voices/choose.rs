//! Chooses the talk on the page within a size: all of it, or what readers need most.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::talk::{bytes_of_stretch, bytes_of_whole};
use crate::results::{SegmentIndex, ThemeIndex};
use crate::table::Findings;

/// Maximum share of the room for whole interviews where not all fit.
const ROOM_FOR_WHOLE: f64 = 0.6;
/// Maximum segments on which people differ, and most confident ones of each theme in each group.
const MAX_DISAGREEMENTS: usize = 300;
const MAX_OF_GROUP: usize = 12;
/// After this many items in a row that did not fit, no smaller ones are tried.
const MAX_MISSES: usize = 50;

/// The chosen talk.
#[derive(Debug, PartialEq)]
pub(super) struct Choice {
    /// By transcript, whether all of it is chosen.
    pub(super) whole: Vec<bool>,
    /// By segment, whether it is chosen.
    pub(super) segments: Vec<bool>,
}

/// Chooses within `room` bytes. `first` are segments that precede all others, such as a sample to code.
///
/// Whole interviews are drawn evenly over the groups of `attributes`, so that every cell of a picture has quotes. Of the others:
/// quotes, then disagreements, then the most confident segments of each theme in each group.
pub(super) fn choose(
    findings: &Findings,
    attributes: &[String],
    first: &[SegmentIndex],
    room: usize,
) -> Choice {
    let transcripts = &findings.corpus.transcripts;
    let mut of_transcript = vec![0; transcripts.len()];
    for segment in &findings.segments {
        if let Some(count) = segment.passage.transcript.of_mut(&mut of_transcript) {
            *count += 1;
        }
    }
    let bytes: Vec<usize> = transcripts
        .iter()
        .zip(&of_transcript)
        .map(|(transcript, segments)| bytes_of_whole(transcript, *segments))
        .collect();
    let all_fit = bytes.iter().sum::<usize>() <= room;
    let mut whole = vec![all_fit; transcripts.len()];
    let mut left = room;
    if !all_fit {
        let of_whole = (room as f64 * ROOM_FOR_WHOLE) as usize;
        let order = by_group(findings, attributes);
        let mut budget = Budget { left: of_whole, misses: 0 };
        for index in evenly(order.len()).into_iter().map(|index| order[index]) {
            if budget.is_over() {
                break;
            }
            whole[index] = budget.takes(bytes[index]);
        }
        left -= of_whole - budget.left;
    }
    let mut segments: Vec<bool> = findings
        .segments
        .iter()
        .map(|segment| segment.passage.transcript.of(&whole) == Some(&true))
        .collect();
    if !all_fit {
        let mut budget = Budget { left, misses: 0 };
        for index in wanted(findings, attributes, first) {
            if budget.is_over() {
                break;
            }
            let (Some(segment), Some(shown)) = (index.of(&findings.segments), index.of_mut(&mut segments))
            else {
                continue;
            };
            let Some(transcript) = segment.passage.transcript.of(transcripts).filter(|_| !*shown) else {
                continue;
            };
            *shown = budget.takes(bytes_of_stretch(transcript, segment));
        }
    }
    Choice { whole, segments }
}

/// Bytes that are left, and how many items in a row did not fit.
struct Budget {
    left: usize,
    misses: usize,
}

impl Budget {
    fn takes(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.left;
        self.left -= if fits { bytes } else { 0 };
        self.misses = if fits { 0 } else { self.misses + 1 };
        fits
    }

    fn is_over(&self) -> bool {
        self.misses > MAX_MISSES
    }
}

/// The transcripts sorted by their groups.
fn by_group(findings: &Findings, attributes: &[String]) -> Vec<usize> {
    let transcripts = &findings.corpus.transcripts;
    let mut order: Vec<usize> = (0..transcripts.len()).collect();
    order.sort_by_cached_key(|&index| {
        let groups = attributes.iter().map(|name| transcripts[index].attributes.get(name));
        (groups.collect::<Vec<_>>(), index)
    });
    order
}

/// All numbers below `count` in an order whose every prefix is spread evenly (van der Corput, 1935).
pub(super) fn evenly(count: usize) -> Vec<usize> {
    let bits = usize::BITS - count.saturating_sub(1).leading_zeros();
    let reversed = (0..1_usize << bits)
        .map(|index| if bits == 0 { 0 } else { index.reverse_bits() >> (usize::BITS - bits) });
    reversed.filter(|&index| index < count).collect()
}

/// Segments by priority; some more than once.
fn wanted(findings: &Findings, attributes: &[String], first: &[SegmentIndex]) -> Vec<SegmentIndex> {
    let mut wanted = first.to_vec();
    let mut quotes: Vec<_> = findings.quotes.iter().collect();
    quotes.sort_by_key(|quote| (quote.rank, quote.kind, quote.theme));
    wanted.extend(quotes.iter().map(|quote| quote.segment));
    wanted.extend(findings.disagreements.iter().take(MAX_DISAGREEMENTS).map(|differing| differing.segment));

    // The most confident of each theme in each group: first the best of all, then the second best, …
    let mut labels: Vec<_> = findings.labels.iter().collect();
    labels.sort_by(|one, other| match other.confidence.total_cmp(&one.confidence) {
        Ordering::Equal => (one.segment, one.theme).cmp(&(other.segment, other.theme)),
        unequal => unequal,
    });
    let mut taken: BTreeMap<(ThemeIndex, usize, &str), usize> = BTreeMap::new();
    let mut by_turn: Vec<Vec<SegmentIndex>> = vec![Vec::new(); MAX_OF_GROUP];
    for label in labels {
        let Some(segment) = label.segment.of(&findings.segments) else { continue };
        let Some(transcript) = segment.passage.transcript.of(&findings.corpus.transcripts) else { continue };
        let mut turn = MAX_OF_GROUP;
        let of_attribute = |name: &String| transcript.attributes.get(name).map_or("", String::as_str);
        for (index, group) in std::iter::once("").chain(attributes.iter().map(of_attribute)).enumerate() {
            let count = taken.entry((label.theme, index, group)).or_default();
            turn = turn.min(*count);
            *count += usize::from(*count < MAX_OF_GROUP);
        }
        if let Some(list) = by_turn.get_mut(turn) {
            list.push(label.segment);
        }
    }
    wanted.extend(by_turn.into_iter().flatten());
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, small_findings};

    #[test]
    fn every_beginning_of_an_even_order_is_spread() {
        assert_eq!(evenly(8), [0, 4, 2, 6, 1, 5, 3, 7]);
        assert_eq!(evenly(5), [0, 4, 2, 1, 3]);
        assert_eq!([evenly(0), evenly(1)], [vec![], vec![0]]);
    }

    #[test]
    fn everything_is_there_where_it_fits_and_first_things_come_first() {
        let findings = small_findings();
        let all = choose(&findings, &[], &[], 1_000_000);
        assert!(all.whole.iter().chain(&all.segments).all(|&shown| shown));
        let little = choose(&findings, &[], &[3.into()], 700);
        assert_eq!(little, Choice { whole: vec![false, false], segments: vec![false, false, false, true] });
        assert_eq!(choose(&empty_findings(), &[], &[], 10), Choice { whole: vec![], segments: vec![] });
    }
}
