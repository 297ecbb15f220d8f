//! The talk of an interview on the page: all of it, or stretches around some segments.

use std::collections::BTreeMap;

use serde::Serialize;
use transcripts::{Role, Transcript};

use crate::results::Segment;

/// Letters of its own turn shown on each side of a segment, and of the turns before and after it.
const OWN_LETTERS: usize = 300;
const LETTERS_BEFORE: usize = 400;
const LETTERS_AFTER: usize = 250;
/// Bytes of a turn and a segment beside their words, about.
const TURN_BYTES: usize = 40;
const SEGMENT_BYTES: usize = 80;

/// A turn or a part of it: index in the transcript, index of the speaker, role, start, number, words, and whether its beginning (1),
/// its end (2) or both (3) are missing.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct ShownTurn(usize, Option<usize>, u8, Option<u64>, i64, String, u8);

/// Shown ranges of letters, by the turn's index.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Stretches(BTreeMap<usize, (usize, usize)>);

/// The position of a segment in the shown talk: index in the list, and UTF-16 units, as scripts count.
#[derive(Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) first: usize,
    pub(super) from: usize,
    pub(super) last: usize,
    pub(super) to: usize,
}

impl Stretches {
    pub(super) fn whole(transcript: &Transcript) -> Self {
        let all = transcript.turns.iter().enumerate();
        Self(all.map(|(index, turn)| (index, (0, turn.span.end - turn.span.start))).collect())
    }

    /// Adds a segment with the talk before and after it.
    pub(super) fn add(&mut self, transcript: &Transcript, segment: &Segment) {
        let passage = &segment.passage;
        for index in passage.first_turn.saturating_sub(1)..=passage.last_turn + 1 {
            let Some(turn) = transcript.turns.get(index) else { continue };
            let length = turn.span.end - turn.span.start;
            let (start, end) = if index < passage.first_turn {
                (length.saturating_sub(LETTERS_BEFORE), length)
            } else if index > passage.last_turn {
                (0, length.min(LETTERS_AFTER))
            } else {
                let start = passage.span.start.saturating_sub(turn.span.start + OWN_LETTERS);
                let end = (passage.span.end + OWN_LETTERS).saturating_sub(turn.span.start).min(length);
                (start.min(end), end)
            };
            let shown = self.0.entry(index).or_insert((start, end));
            *shown = (shown.0.min(start), shown.1.max(end));
        }
    }

    /// The shown turns, with the indices of `speakers`.
    pub(super) fn talk(&self, transcript: &Transcript, speakers: &[&str]) -> Vec<ShownTurn> {
        let shown = self.0.iter().filter_map(|(&index, &(start, end))| {
            let turn = transcript.turns.get(index)?;
            let length = turn.span.end - turn.span.start;
            let text: String = turn.text.chars().skip(start).take(end - start).collect();
            let speaker = speakers.iter().position(|speaker| *speaker == turn.speaker);
            let role = match turn.role {
                Role::Participant => 0,
                Role::Interviewer => 1,
                Role::Other => 2,
            };
            let cut = u8::from(start > 0) + 2 * u8::from(end < length);
            Some(ShownTurn(index, speaker, role, turn.start_ms, turn.index, text, cut))
        });
        shown.collect()
    }

    /// The position of a segment in [`Self::talk`]; none if it is not all shown.
    pub(super) fn bounds(&self, transcript: &Transcript, segment: &Segment) -> Option<Bounds> {
        let passage = &segment.passage;
        let at = |index: usize, letter: usize| {
            let turn = transcript.turns.get(index)?;
            let &(start, end) = self.0.get(&index)?;
            let letter = letter.checked_sub(turn.span.start)?;
            let units =
                turn.text.chars().skip(start).take(letter.checked_sub(start)?).map(char::len_utf16).sum();
            (letter <= end).then(|| (self.0.range(..index).count(), units))
        };
        let (first, from) = at(passage.first_turn, passage.span.start)?;
        let (last, to) = at(passage.last_turn, passage.span.end)?;
        Some(Bounds { first, from, last, to })
    }
}

/// Bytes of a whole interview on the page, about.
pub(super) fn bytes_of_whole(transcript: &Transcript, segments: usize) -> usize {
    let talk: usize = transcript.turns.iter().map(|turn| TURN_BYTES + json_bytes(&turn.text)).sum();
    talk + segments * SEGMENT_BYTES + 200
}

/// Bytes of a segment with its surroundings, about.
pub(super) fn bytes_of_stretch(transcript: &Transcript, segment: &Segment) -> usize {
    let mut stretch = Stretches::default();
    stretch.add(transcript, segment);
    let talk: usize = stretch.talk(transcript, &[]).iter().map(|turn| TURN_BYTES + json_bytes(&turn.5)).sum();
    talk + SEGMENT_BYTES + 200
}

fn json_bytes(text: &str) -> usize {
    let bytes = |letter: char| match letter {
        '"' | '\\' | '\n' => 2,
        '<' | '\0'..='\u{1f}' => 6,
        letter => letter.len_utf8(),
    };
    text.chars().map(bytes).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use transcripts::CharSpan;

    use crate::table::fixture::small_findings;

    /// Finds the words of a segment as the page's script does.
    fn words_at(talk: &[ShownTurn], bounds: &Bounds) -> String {
        let units: Vec<Vec<u16>> = talk.iter().map(|turn| turn.5.encode_utf16().collect()).collect();
        let parts = (bounds.first..=bounds.last).map(|index| {
            let start = if index == bounds.first { bounds.from } else { 0 };
            let end = if index == bounds.last { bounds.to } else { units[index].len() };
            String::from_utf16(&units[index][start..end]).unwrap()
        });
        parts.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_segment_is_found_verbatim_in_a_whole_interview_and_in_a_stretch() {
        let findings = small_findings();
        for segment in &findings.segments {
            let transcript = &findings.corpus.transcripts[segment.passage.transcript.get()];
            let mut stretch = Stretches::default();
            stretch.add(transcript, segment);
            for shown in [Stretches::whole(transcript), stretch] {
                let bounds = shown.bounds(transcript, segment).unwrap();
                assert_eq!(words_at(&shown.talk(transcript, &[]), &bounds), segment.passage.text);
            }
        }
    }

    #[test]
    fn a_stretch_of_a_long_turn_is_cut_on_both_sides() {
        let mut findings = small_findings();
        let transcript = &mut findings.corpus.transcripts[0];
        let text = "🙂 long ".repeat(500);
        let length = text.chars().count();
        let turn = &mut transcript.turns[0];
        turn.span = CharSpan { start: 0, end: length };
        turn.text = text.into();
        transcript.turns.truncate(1);
        let mut segment = findings.segments[0].clone();
        segment.passage.first_turn = 0;
        segment.passage.last_turn = 0;
        segment.passage.span = CharSpan { start: 1400, end: 1407 };
        let transcript = &findings.corpus.transcripts[0];
        let mut shown = Stretches::default();
        shown.add(transcript, &segment);
        let talk = shown.talk(transcript, &[]);
        assert_eq!((talk.len(), talk[0].5.chars().count(), talk[0].6), (1, 607, 3));
        let bounds = shown.bounds(transcript, &segment).unwrap();
        assert_eq!(words_at(&talk, &bounds), "🙂 long ");
        assert!(bytes_of_stretch(transcript, &segment) < bytes_of_whole(transcript, 1));
    }
}
