//! Rates of speech. A rate that nobody reaches, or hours with hardly a word, mean that times were read in the wrong unit or words are missing.
//!
//! Conversation has 100 to 250 words a minute, auctioneers reach 400; an interview with long silences stays far above 5.

use super::{duration, first_words, is_table, number, thousands, warning, words};
use crate::corpus::{Problem, Transcript, Turn};
use crate::read::counted;

/// Nobody speaks faster, in words a minute…
const MAX_RATE: f64 = 400.0;
/// …over this many words, at least.
const MIN_WORDS: usize = 100;
/// Hardly anybody speaks: fewer words a minute…
const MIN_RATE: f64 = 5.0;
/// …for this long, at least. A few sentences allow no conclusion.
const MIN_WORDS_SLOW: usize = 20;
const LONG_MS: u64 = 10 * 60_000;
/// Within a transcript: words a minute, over this many words, because single times are often imprecise.
const MAX_RATE_WITHIN: f64 = 600.0;
const WORDS_WITHIN: usize = 300;
/// Time from a turn with hardly a word to the next one.
const LONG_TURN_MS: u64 = 20 * 60_000;
/// Rates at which people talk; a rate that comes here when times are taken for thousandths, or thousands, tells the unit.
const USUAL: std::ops::Range<f64> = 40.0..330.0;

pub(super) fn pace(transcript: &Transcript) -> Option<Problem> {
    let timed: Vec<TimedTurn<'_>> = timed(&transcript.turns);
    // Where most turns have no time, those that have say little.
    if timed.len() < 2 || timed.len() * 5 < transcript.turns.len() * 4 {
        return None;
    }
    overall(transcript, &timed)
        .or_else(|| too_fast_within(transcript, &timed))
        .or_else(|| too_slow_within(transcript, &timed))
}

/// A turn with a time.
struct TimedTurn<'a> {
    turn: &'a Turn,
    start: u64,
    end: Option<u64>,
    words: usize,
}

fn timed(turns: &[Turn]) -> Vec<TimedTurn<'_>> {
    let timed = turns.iter().filter_map(|turn| {
        Some(TimedTurn { turn, start: turn.start_ms?, end: turn.end_ms, words: words(&turn.text) })
    });
    timed.collect()
}

/// Words a minute.
fn rate(words: usize, ms: u64) -> f64 {
    words as f64 * 60_000.0 / ms.max(1) as f64
}

/// In a chat nobody speaks. Zoom's and `WhatsApp`'s files are called so.
fn is_chat(transcript: &Transcript) -> bool {
    transcript.source.rsplit('/').next().unwrap_or_default().to_lowercase().contains("chat")
}

fn overall(transcript: &Transcript, timed: &[TimedTurn<'_>]) -> Option<Problem> {
    let first = timed.iter().map(|one| one.start).min()?;
    let last = timed.iter().map(|one| one.end.unwrap_or(one.start)).max()?;
    // What is said after the last time that is known took time that is not known.
    let within = timed.iter().filter(|one| one.end.is_some() || one.start < last);
    let words: usize = within.map(|one| one.words).sum();
    let length = last.saturating_sub(first);
    let spoken = rate(words, length);
    if length == 0 {
        let message =
            format!("all {} have the same time, {}", counted(timed.len(), "turn", "turns"), duration(first));
        let hint =
            "if the column is no time of the recording, call it otherwise, so that quotes do not name it";
        return (timed.len() > 2).then(|| warning(transcript, &message, hint));
    }
    let said = format!(
        "{} words in {}, which is {} words a minute",
        thousands(words),
        duration(length),
        shown(spoken)
    );
    if spoken > MAX_RATE && words >= MIN_WORDS {
        let hint = if USUAL.contains(&(spoken / 1000.0)) {
            "the times may be seconds that were read as milliseconds: write them as 00:01:02"
        } else {
            "compare the times with the recording: nobody speaks so fast"
        };
        return Some(warning(transcript, &format!("impossible times: {said}"), hint));
    }
    if spoken < MIN_RATE && length >= LONG_MS && words >= MIN_WORDS_SLOW && !is_chat(transcript) {
        let hint = if USUAL.contains(&(spoken * 1000.0)) {
            "the times may be milliseconds that were read as seconds: write them as 00:01:02, or call their columns `start_ms` and `end_ms`"
        } else if USUAL.contains(&(spoken * 60.0)) {
            "the times may be minutes and seconds that were read as hours and minutes: write them as 00:01:02"
        } else {
            "look whether most of what is said is missing, and compare the times with the recording"
        };
        let what = if is_table(transcript) {
            "few words for such times"
        } else {
            "few words for so long a recording"
        };
        return Some(warning(transcript, &format!("{what}: {said}"), hint));
    }
    None
}

/// A rate with as many digits as tell something.
fn shown(rate: f64) -> String {
    if rate >= 10.0 { thousands(rate.round() as usize) } else { format!("{rate:.1}") }
}

fn too_fast_within(transcript: &Transcript, timed: &[TimedTurn<'_>]) -> Option<Problem> {
    let mut last = 0;
    let mut within = 0;
    for (at, first) in timed.iter().enumerate() {
        while within < WORDS_WITHIN {
            within += timed.get(last)?.words;
            last += 1;
        }
        // Until the next turn begins, or this one ends.
        let end_of_last = timed.get(last - 1).and_then(|one| one.end);
        let end = timed.get(last).map(|next| next.start).max(end_of_last)?;
        let length = end.checked_sub(first.start)?;
        if rate(within, length) > MAX_RATE_WITHIN {
            let message = format!(
                "impossible times: from {} on, {} words in {}, which is {} words a minute",
                number(first.turn),
                thousands(within),
                duration(length),
                shown(rate(within, length)),
            );
            return Some(warning(
                transcript,
                &message,
                "compare the times there with the recording: nobody speaks so fast",
            ));
        }
        within -= timed.get(at)?.words;
    }
    None
}

fn too_slow_within(transcript: &Transcript, timed: &[TimedTurn<'_>]) -> Option<Problem> {
    let all: usize = timed.iter().map(|one| one.words).sum();
    if is_chat(transcript) || all < MIN_WORDS {
        return None;
    }
    let nexts = timed.iter().skip(1).map(|next| Some(next.start)).chain([None]);
    let (slow, length) = timed.iter().zip(nexts).find_map(|(one, next)| {
        let length = next.max(one.end)?.checked_sub(one.start)?;
        (length >= LONG_TURN_MS && rate(one.words, length) < MIN_RATE).then_some((one, length))
    })?;
    let message = format!(
        "{} lasts {} until the next one begins and has {}: {}",
        number(slow.turn),
        duration(length),
        counted(slow.words, "word", "words"),
        first_words(&slow.turn.text),
    );
    Some(warning(
        transcript,
        &message,
        "look whether words are missing there, or the time of the next turn is wrong",
    ))
}
