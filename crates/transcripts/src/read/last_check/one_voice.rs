//! Several speakers are named and one of them has nearly all words: most labels of the others may have been missed.

use std::collections::BTreeMap;

use super::{is_declared, is_table, thousands, warning, words};
use crate::corpus::{Problem, Transcript};

/// This share of the words…
const SHARE: f64 = 0.99;
/// …of this many words, at least.
const MIN_WORDS: usize = 500;

pub(super) fn one_voice(transcript: &Transcript) -> Option<Problem> {
    if is_table(transcript) || is_declared(transcript) {
        return None;
    }
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in &transcript.turns {
        *said.entry(turn.speaker.as_str()).or_default() += words(&turn.text);
    }
    let all: usize = said.values().sum();
    let named = said.keys().filter(|speaker| !speaker.is_empty()).count();
    let (speaker, most) =
        said.into_iter().max_by_key(|(speaker, words)| (*words, std::cmp::Reverse(*speaker)))?;
    if named < 2 || all < MIN_WORDS || (most as f64) < SHARE * all as f64 {
        return None;
    }
    let who = if speaker.is_empty() { "nobody in particular".to_owned() } else { format!("`{speaker}`") };
    let message = format!(
        "{named} speakers are named, and {} of {} words are those of {who}",
        thousands(most),
        thousands(all)
    );
    let longest = transcript.turns.iter().max_by_key(|turn| turn.text.len())?;
    let hint = format!("look whether {} holds what others say", super::number(longest));
    Some(warning(transcript, &message, hint))
}
