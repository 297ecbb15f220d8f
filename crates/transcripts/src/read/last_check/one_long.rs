//! One interview with most of the words: shares of segments, clusters and emergent themes are then mostly about one person.

use super::{thousands, words};
use crate::codes;
use crate::corpus::{Corpus, Problem, Role, Severity, Transcript};

/// With fewer interviews, any one of them may hold a third.
const FEWEST: usize = 5;
/// An interview with this share of the words counts, in shares of segments, as much as half of all others together; intervals over
/// interviews are then about no more than 1 ÷ share² = 9 of them, however many there are.
const SHARE: f64 = 1.0 / 3.0;
/// Words of the corpus, at least; with fewer the share means little.
const MIN_WORDS: usize = 500;

pub(super) fn one_long(corpus: &Corpus) -> Option<Problem> {
    if corpus.transcripts.len() < FEWEST {
        return None;
    }
    let lengths: Vec<usize> = corpus.transcripts.iter().map(studied).collect();
    let all: usize = lengths.iter().sum();
    let (longest, transcript) = lengths.iter().zip(&corpus.transcripts).max_by_key(|(length, _)| **length)?;
    let share = *longest as f64 / all.max(1) as f64;
    if all < MIN_WORDS || share <= SHARE {
        return None;
    }
    let message = format!(
        "this one interview holds {:.0} % of all that is said by participants ({} of {} words in {} interviews)",
        100.0 * share,
        thousands(*longest),
        thousands(all),
        corpus.transcripts.len(),
    );
    let hint = "shares of segments, clusters and emergent themes are mostly about it: report shares of interviews, or run the study without it and compare";
    Some(
        Problem::new(Severity::Warning, &transcript.source, message)
            .with_code(codes::TURNS_UNLIKELY)
            .with_hint(hint),
    )
}

fn studied(transcript: &Transcript) -> usize {
    transcript.turns.iter().filter(|turn| turn.role != Role::Interviewer).map(|turn| words(&turn.text)).sum()
}
