//! Makes segments of eligible passages: their numbers, speakers and times.

use std::collections::BTreeMap;

use transcripts::text::counted;
use transcripts::{Corpus, Problem, Role, Severity, Text, TextStore};

use super::SegmentPlan;
use crate::results::{Passage, Segment, codes};

/// The indices of the eligible passages: the rows of a matrix of all passages that belong to segments.
pub fn eligible_indices(passages: &[Passage]) -> Vec<usize> {
    (0..passages.len()).filter(|&index| passages[index].eligible).collect()
}

/// The indices of the interviewer's passages of `least_words` words or more.
pub fn interviewer_indices(corpus: &Corpus, passages: &[Passage], least_words: u32) -> Vec<usize> {
    let asks = |passage: &Passage| {
        let turns = passage.transcript.of(&corpus.transcripts).map_or(&[][..], |one| one.turns.as_slice());
        let turns = turns.get(passage.first_turn..=passage.last_turn).unwrap_or_default();
        !turns.is_empty() && turns.iter().all(|turn| turn.role == Role::Interviewer)
    };
    let counts = |index: &usize| {
        let passage = &passages[*index];
        !passage.eligible && passage.words >= least_words && asks(passage)
    };
    (0..passages.len()).filter(counts).collect()
}

/// The eligible passages as segments, in the order of the passages.
pub fn eligible_segments(corpus: &Corpus, languages: &[String], passages: &[Passage]) -> Vec<Segment> {
    let eligible = passages.iter().filter(|passage| passage.eligible).count();
    let mut segments: Vec<Segment> = Vec::with_capacity(eligible);
    // All ids one after another, and each language once: a million short strings take more memory than their letters.
    let (mut ids, mut ends) = (String::new(), Vec::new());
    let mut shared: BTreeMap<&str, Text> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.eligible) {
        let transcript = &corpus.transcripts[passage.transcript.get()];
        let index = match segments.last() {
            Some(before) if before.passage.transcript == passage.transcript => before.index + 1,
            _ => 1,
        };
        ids.push_str(&transcript.id);
        ids.push(':');
        ids.push_str(&index.to_string());
        ends.push(ids.len());
        let language = passage.transcript.of(languages).map_or("", String::as_str);
        let language = shared.entry(language).or_insert_with(|| Text::shared(language.to_owned())).clone();
        segments.push(Segment {
            id: Text::default(),
            index,
            speaker: transcript.turns[passage.first_turn].speaker.clone(),
            language,
            start_ms: transcript.turns[passage.first_turn].start_ms,
            end_ms: transcript.turns[passage.last_turn].end_ms,
            passage: passage.clone(),
        });
    }
    let ids = TextStore::new(ids);
    let mut start = 0;
    for (segment, end) in segments.iter_mut().zip(ends) {
        segment.id = ids.text(start..end).unwrap_or_default();
        start = end;
    }
    segments
}

/// With fewer segments than this, the null distribution of scores can hardly be estimated.
const FEW: usize = 30;

/// Warnings for whoever reads shares: too few segments, transcripts without any.
pub fn warnings(corpus: &Corpus, segments: &[Segment], plan: SegmentPlan) -> Vec<Problem> {
    let mut coded = vec![false; corpus.transcripts.len()];
    for segment in segments {
        coded[segment.passage.transcript.get()] = true;
    }
    let few = (segments.len() < FEW).then(|| {
        let are = if segments.len() == 1 { "is" } else { "are" };
        let segments = counted(segments.len(), "segment", "segments");
        let message = format!("there {are} only {segments}: labels and emergent themes are guesses");
        Problem::new(Severity::Warning, "corpus", message)
            .with_code(codes::SEGMENTS_MISSING)
            .with_hint("read every segment yourself, or add interviews")
    });
    let empty = corpus.transcripts.iter().zip(coded).filter(|(_, coded)| !coded);
    empty
        .map(|(transcript, _)| {
            let message = format!(
                "{} has no segment: no turn of a participant has {} or more",
                transcript.id,
                counted(plan.min_words as usize, "word", "words")
            );
            Problem::new(Severity::Warning, &transcript.source, message)
                .with_code(codes::SEGMENTS_MISSING)
                .with_hint("look at `interviewers` and `min_words` in the study file")
        })
        .chain(few)
        .collect()
}
