//! Tells themes from what is said in every interview whatever it is about: greetings, closings, and text such as page headers.

use std::collections::{BTreeMap, HashSet};

use crate::results::Segment;
use crate::theme::keywords::digest;

/// Interviews with fewer segments have no beginning or end to speak of.
const MIN_SEGMENTS: u32 = 20;
/// The beginning and the end of an interview: so many of its segments, or this share.
const EDGE: u32 = 2;
const EDGE_SHARE: f64 = 0.04;
/// A theme with a larger share of its segments there is a greeting or a closing.
pub(in crate::theme) const AT_EDGES: f64 = 0.5;
/// A line is repeated when so large a share of interviews has it, and at least so many.
const REPEATED: f64 = 0.25;
const MIN_REPEATS: usize = 3;
/// A theme with a larger share of segments that hold a repeated line is one.
pub(in crate::theme) const REPEATED_LINES: f64 = 0.5;
/// Words of a line that is looked for.
const LINE_WORDS: usize = 4;

/// Segments that are, by their place or by a line that they repeat, no talk about a theme.
pub(super) struct Recurring {
    at_edge: Vec<Option<bool>>,
    repeats: Vec<bool>,
}

impl Recurring {
    /// Looks through all segments.
    pub(super) fn of(segments: &[Segment]) -> Self {
        let mut lengths: BTreeMap<_, u32> = BTreeMap::new();
        for segment in segments {
            *lengths.entry(segment.passage.transcript).or_default() += 1;
        }
        let at_edge = segments
            .iter()
            .map(|segment| {
                let length = lengths.get(&segment.passage.transcript).copied().unwrap_or_default();
                let edge = EDGE.max((f64::from(length) * EDGE_SHARE) as u32);
                (length >= MIN_SEGMENTS).then_some(segment.index <= edge || segment.index + edge > length)
            })
            .collect();
        // Digests, because all lines would take more memory than the texts.
        let mut heard: Vec<(u64, u32)> = Vec::with_capacity(segments.len());
        for segment in segments {
            let transcript = segment.passage.transcript.get() as u32;
            heard.extend(lines(&segment.passage.text).map(|line| (digest(&line), transcript)));
        }
        heard.sort_unstable();
        heard.dedup();
        let least = MIN_REPEATS.max((REPEATED * lengths.len() as f64).ceil() as usize);
        let repeated: HashSet<u64> = heard
            .chunk_by(|one, other| one.0 == other.0)
            .filter(|transcripts| transcripts.len() >= least)
            .map(|transcripts| transcripts[0].0)
            .collect();
        drop(heard);
        let repeats = segments
            .iter()
            .map(|segment| lines(&segment.passage.text).any(|line| repeated.contains(&digest(&line))));
        Self { at_edge, repeats: repeats.collect() }
    }

    /// Whether these segments are a greeting, a closing, or repeated text.
    pub(super) fn is_recurring(&self, members: &[usize]) -> bool {
        let placed: Vec<bool> = members.iter().filter_map(|&member| self.at_edge[member]).collect();
        let edges = placed.iter().filter(|&&at_edge| at_edge).count();
        let repeated = members.iter().filter(|&&member| self.repeats[member]).count();
        (2 * placed.len() > members.len() && edges as f64 > AT_EDGES * placed.len() as f64)
            || repeated as f64 > REPEATED_LINES * members.len() as f64
    }
}

/// The lines of a text that have enough words, without numbers and in small letters.
fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().filter(|line| line.split_whitespace().count() >= LINE_WORDS).map(|line| {
        let letters = line.chars().filter(|c| c.is_alphabetic() || c.is_whitespace());
        letters
            .flat_map(char::to_lowercase)
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Passage;

    fn segment(transcript: usize, index: u32, text: String) -> Segment {
        let passage = Passage::for_test(transcript, text);
        let (id, speaker) = ("P:1".to_owned(), String::new());
        Segment {
            id: id.into(),
            index,
            passage,
            speaker: speaker.into(),
            language: "en".into(),
            start_ms: None,
            end_ms: None,
        }
    }

    #[test]
    fn greetings_closings_and_headers_recur_and_a_theme_does_not() {
        let text = |interview: usize, index: u32| match index {
            10 => format!("Study of home visits, page {interview}"),
            _ => format!("something of its own {}", "x".repeat(interview * 30 + index as usize)),
        };
        let segments: Vec<Segment> = (0..4)
            .flat_map(|interview| (1..=25).map(move |index| (interview, index)))
            .map(|(interview, index)| segment(interview, index, text(interview, index)))
            .collect();
        let recurring = Recurring::of(&segments);
        assert!(recurring.is_recurring(&[0, 25, 49, 60]), "most at the beginning or end");
        assert!(recurring.is_recurring(&[9, 34, 59, 70]), "a header");
        assert!(!recurring.is_recurring(&[5, 31, 0, 62]));
    }
}
