//! Labels that may be misspelt: a rare one beside a frequent one much like it, a full name beside its initials, a first name beside the one
//! full name that begins with it; and a transcript without the interviewer's label that most others have. Nothing is joined here.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::corpus::{Corpus, Problem, Role, Severity, Transcript};
use crate::phrases::{IN_PLAN, IN_SPEAKERS};

use super::label_words::is_usual;
use super::roles::{is_generic, is_likely_interviewer};
use super::same::{LabelKey, are_initials, key_of, long_form};

/// Turns of a rare label, at most.
const RARE: usize = 2;
/// Turns of a frequent label, at least, and as a multiple of those of the rare one.
const FREQUENT: usize = 3;
/// A label is usual in a study when this part of the transcripts has it…
const USUAL_SHARE: f64 = 0.75;
/// …and this many of them, at least.
const MIN_TRANSCRIPTS: usize = 4;
/// More transcripts that differ are a way of working and not a slip.
const MAX_WITHOUT: usize = 5;

/// Words between the names of several people.
const JOINING: &[&str] = &["and", "&", "+", "und", "et", "y", "e", "with", "mit", "&amp;"];

/// Everything that looks like a slip.
pub(crate) fn drift_warnings(corpus: &Corpus) -> Vec<Problem> {
    let mut problems: Vec<Problem> = corpus.transcripts.iter().flat_map(slips).collect();
    problems.extend(without_the_usual_interviewer(corpus));
    problems
}

/// Labels of a transcript with their turns.
fn counts(transcript: &Transcript) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for turn in transcript.turns.iter().filter(|turn| !turn.speaker.is_empty()) {
        *counts.entry(turn.speaker.as_str()).or_default() += 1;
    }
    counts
}

fn slips(transcript: &Transcript) -> Vec<Problem> {
    let counts = counts(transcript);
    // In a chat of hundreds, names that are alike are two people.
    if counts.len() > 50 {
        return Vec::new();
    }
    let labels: Vec<(&str, usize, LabelKey)> =
        counts.iter().map(|(label, turns)| (*label, *turns, key_of(label))).collect();
    let mut problems = Vec::new();
    for (label, turns, key) in &labels {
        let others = || labels.iter().filter(|(other, ..)| other != label);
        let first_names: Vec<_> = others().filter(|(_, _, other)| is_first_name(key, other)).collect();
        let alike = others().filter(|(other, many, other_key)| {
            let is_rare = *turns <= RARE && *many >= FREQUENT * turns;
            let slip = is_rare && is_slip_of(label, key, other, other_key);
            // `Mira Holt` at first and `MH` from then on.
            let initials = *turns <= RARE && turns < many && are_initials(&other_key.name, &key.name);
            slip || initials || ((turns, label) < (many, other) && is_short_form(key, other_key))
        });
        let meant = match first_names.as_slice() {
            [only] => Some(*only),
            _ => alike.max_by_key(|(_, many, _)| *many),
        };
        let Some((meant, many, _)) = meant else { continue };
        let id = &transcript.id;
        problems.push(
            Problem::new(
                Severity::Warning,
                &transcript.source,
                format!(
                    "the speaker `{label}` ({}) may be `{meant}` ({})",
                    in_turns(*turns),
                    in_turns(*many)
                ),
            )
            .with_code(codes::SPEAKER_DOUBTFUL)
            .with_hint(format!("if they are one, write \"{meant}\" = [\"{id}: {label}\"] {IN_SPEAKERS}")),
        );
    }
    problems
}

fn in_turns(turns: usize) -> String {
    crate::read::counted(turns, "turn", "turns")
}

/// Whether `one` is the first word alone of the full name `other`.
fn is_first_name(one: &LabelKey, other: &LabelKey) -> bool {
    // `Ana and Bo` are two who speak at once.
    let is_several = |name: &str| name.split(' ').any(|word| JOINING.contains(&word));
    let is_name = |key: &LabelKey| {
        key.number.is_empty()
            && !is_usual(&key.name)
            && key.name.chars().count() > 1
            && !is_several(&key.name)
    };
    let first = other.name.split(' ').next().unwrap_or_default();
    is_name(one) && is_name(other) && !one.name.contains(' ') && other.name.contains(' ') && first == one.name
}

/// Whether one is short for the other; they were not joined, because they answer each other.
fn is_short_form(key: &LabelKey, other: &LabelKey) -> bool {
    key.name != other.name
        && key.number == other.number
        && long_form(&key.name, &key.number) == long_form(&other.name, &other.number)
}

/// Whether two labels differ as slips of the keyboard do.
fn is_slip_of(label: &str, key: &LabelKey, other: &str, other_key: &LabelKey) -> bool {
    if !key.description.is_empty()
        && !other_key.description.is_empty()
        && key.description != other_key.description
    {
        return false;
    }
    if key.number != other_key.number && !key.number.is_empty() && !other_key.number.is_empty() {
        return false;
    }
    if is_usual(label) && is_usual(other) {
        // `Interviewer` and `Interviewee`, `Speaker A` and `Speaker`.
        return key.name == other_key.name;
    }
    let length = key.name.chars().count().min(other_key.name.chars().count());
    let last = |name: &str| name.rsplit(' ').next().map_or(0, |word| word.chars().count());
    if length < 3 || (key.name.contains(' ') && last(&key.name) == 1 && last(&other_key.name) == 1) {
        return false;
    }
    let begins =
        key.name.starts_with(other_key.name.as_str()) || other_key.name.starts_with(key.name.as_str());
    let most = if length >= 7 { 2 } else { 1 };
    begins || strsim::damerau_levenshtein(&key.name, &other_key.name) <= most
}

/// Transcripts without the interviewer's label that most others have.
fn without_the_usual_interviewer(corpus: &Corpus) -> Vec<Problem> {
    let all = corpus.transcripts.len();
    if all < MIN_TRANSCRIPTS {
        return Vec::new();
    }
    let mut having: BTreeMap<String, (&str, BTreeSet<usize>)> = BTreeMap::new();
    for (index, transcript) in corpus.transcripts.iter().enumerate() {
        for turn in &transcript.turns {
            let asks = turn.role == Role::Interviewer || is_likely_interviewer(&turn.speaker);
            if asks && !is_generic(&turn.speaker) {
                let key = key_of(&turn.speaker);
                having
                    .entry(key.name)
                    .or_insert_with(|| (turn.speaker.as_str(), BTreeSet::new()))
                    .1
                    .insert(index);
            }
        }
    }
    let Some((label, with)) = having.into_values().max_by_key(|(_, with)| with.len()) else {
        return Vec::new();
    };
    if (with.len() as f64) < USUAL_SHARE * all as f64 || all - with.len() > MAX_WITHOUT {
        return Vec::new();
    }
    let without = corpus.transcripts.iter().enumerate().filter(|(index, _)| !with.contains(index));
    without
        .filter(|(_, transcript)| {
            // A text without any labels lacks more than one.
            !counts(transcript).is_empty()
                && transcript.turns.iter().all(|turn| turn.role != Role::Interviewer)
        })
        .map(|(_, transcript)| {
            let speakers: Vec<String> =
                counts(transcript).keys().take(6).map(|speaker| format!("`{speaker}`")).collect();
            let speakers = speakers.join(", ");
            Problem::new(
                Severity::Warning,
                &transcript.source,
                format!(
                    "there is no speaker `{label}`, as in {} of {all} transcripts; its speakers: {speakers}",
                    with.len()
                ),
            )
            .with_code(codes::SPEAKER_DOUBTFUL)
            .with_hint(format!("if one of them interviews, add the label to `interviewers` {IN_PLAN}"))
        })
        .collect()
}
