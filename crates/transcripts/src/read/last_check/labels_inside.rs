//! Labels within a turn: a line that begins like a label, or the label of another speaker of the transcript. The words after it are then
//! another speaker's.

use std::collections::{BTreeMap, BTreeSet};

use super::{first_words, is_declared, number, warning};
use crate::corpus::{Problem, Transcript, Turn};
use crate::read::counted;
use crate::read::speakers::key_words::is_never_a_speaker;
use crate::read::speakers::label::{fold, is_label_shape};
use crate::read::speakers::label_words::{is_sound, is_usual};

/// Occurrences of an unknown label within turns, at least.
const FEWEST: usize = 2;
/// Words of a name that nobody in the transcript has.
const MAX_WORDS: usize = 3;
/// More speakers than this are a forum; whose names stand in texts.
const MAX_SPEAKERS: usize = 200;

/// A label within a turn.
struct LabelWithin<'a> {
    turn: &'a Turn,
    label: &'a str,
    rest: &'a str,
}

pub(super) fn labels_inside(transcript: &Transcript) -> Option<Problem> {
    let speakers: BTreeSet<String> = transcript
        .turns
        .iter()
        .filter(|turn| !turn.speaker.is_empty())
        .map(|turn| fold(&turn.speaker))
        .collect();
    // Where nobody is named, [`super::labels_missed`] looks.
    if is_declared(transcript) || speakers.is_empty() || speakers.len() > MAX_SPEAKERS {
        return None;
    }
    let mut known: Vec<LabelWithin<'_>> = Vec::new();
    let mut unknown: BTreeMap<String, Vec<LabelWithin<'_>>> = BTreeMap::new();
    // Before the first speaker stands what is often a head: `Interviewer: Ana Roe`.
    for turn in transcript.turns.iter().skip_while(|turn| turn.speaker.is_empty()) {
        for (label, rest, opens_line) in labels_in(&turn.text) {
            let folded = fold(label);
            let found = LabelWithin { turn, label, rest };
            if speakers.contains(&folded) {
                known.push(found);
            } else if opens_line && is_name(label) {
                unknown.entry(folded).or_default().push(found);
            }
        }
    }
    let often = unknown
        .into_values()
        .filter(|found| found.len() >= FEWEST || found.first().is_some_and(|one| is_usual(one.label)));
    known.extend(often.flatten());
    known.sort_by_key(|found| found.turn.span.start);
    let first = known.first()?;
    let shown: BTreeSet<&str> = known.iter().map(|found| found.label).collect();
    let shown: Vec<String> = shown.into_iter().take(4).map(|label| format!("`{label}:`")).collect();
    let whose = if first.turn.speaker.is_empty() {
        "nobody's".to_owned()
    } else {
        format!("those of `{}`", first.turn.speaker)
    };
    let message = format!(
        "{} within turns ({}), first in {}: the words after it, {}, were read as {whose}",
        counted(known.len(), "label stands", "labels stand"),
        shown.join(", "),
        number(first.turn),
        first_words(first.rest),
    );
    Some(warning(
        transcript,
        &message,
        "if somebody else says them, begin a new paragraph with the label in the file",
    ))
}

/// Whether a reader has reported all labels of the message already.
pub(super) fn is_reported<'a>(message: &str, reported: &(impl Iterator<Item = &'a Problem> + Clone)) -> bool {
    let Some((_, labels)) = message.split_once("within turns (") else { return false };
    let labels = labels.split_once("), first in").map_or(labels, |(labels, _)| labels);
    labels.split(", ").all(|label| {
        let quoted = label.replace(":`", "`");
        reported.clone().any(|other| other.message.contains(&quoted))
    })
}

/// What may be labels in a text: each with what follows it, and whether it opens a line.
fn labels_in(text: &str) -> impl Iterator<Item = (&str, &str, bool)> {
    text.split('\n').enumerate().flat_map(|(line_number, line)| {
        line.match_indices([':', '：']).filter_map(move |(at, colon)| {
            let rest = line.get(at + colon.len()..)?;
            // `10:30`, `https://`, `a:b`
            let is_set_off = colon == "：" || rest.is_empty() || rest.starts_with(char::is_whitespace);
            let before = line.get(..at)?;
            let start = before
                .char_indices()
                .rev()
                .find(|(_, c)| {
                    matches!(
                        c,
                        '.' | '?' | '!' | '…' | '"' | '”' | '“' | ';' | ',' | ':' | '。' | '？' | '！'
                    )
                })
                .map_or(0, |(at, c)| at + c.len_utf8());
            let label = before.get(start..)?.trim();
            let opens_line = before.get(..start)?.trim().is_empty();
            // The label of the turn itself is gone, so its first line cannot open with one unless another stood behind it.
            let counts = is_set_off && !label.is_empty() && is_label_shape(label);
            counts.then_some((label, rest.trim(), opens_line && line_number > 0))
        })
    })
}

/// Whether a label at the start of a line looks like somebody's name.
fn is_name(label: &str) -> bool {
    if is_never_a_speaker(label) || is_sound(label) {
        return false;
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    let is_capital = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    is_usual(label) || (words.len() <= MAX_WORDS && words.iter().all(is_capital))
}
