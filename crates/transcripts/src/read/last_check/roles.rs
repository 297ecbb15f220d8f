//! Who asks and who answers in each interview: nobody answers; nobody asks although somebody does elsewhere; one name in both roles; an
//! interviewer of the plan who does not ask while another speaker does (speech recognition numbers speakers anew in every file).

use crate::phrases::IN_PLAN;
use std::collections::{BTreeMap, BTreeSet};

use super::{is_table, number, thousands, warning, words_of};
use crate::corpus::{Corpus, Problem, Role, Transcript};
use crate::read::speakers::asks_most;
use crate::read::speakers::roles::is_generic;
use crate::read::speakers::same::{LabelKey, key_of, long_form};

/// An interviewer is missed where this share of the interviews has one…
const USUAL_SHARE: f64 = 0.5;
/// …and this many, at least.
const MIN_WITH: usize = 2;
/// Speakers that a message names.
const NAMED: usize = 6;

fn is_interviewer(role: Role) -> bool {
    role == Role::Interviewer
}

pub(super) fn nobody_answers(transcript: &Transcript) -> Option<Problem> {
    let asks = transcript.turns.iter().find(|turn| is_interviewer(turn.role))?;
    if transcript.turns.iter().any(|turn| !is_interviewer(turn.role)) {
        return None;
    }
    let message = format!(
        "nobody answers: all {} words are those of an interviewer, `{}`; none of it gets a theme",
        thousands(words_of(&transcript.turns)),
        asks.speaker
    );
    let hint = format!(
        "look whether a label was missed; if `{}` is a participant here, say under `interviewers` who interviews in which transcript",
        asks.speaker
    );
    Some(warning(transcript, &message, hint))
}

/// Interviews without an interviewer, where most have one.
pub(super) fn nobody_asks(corpus: &Corpus, reported: &[Problem]) -> Vec<Problem> {
    let talks: Vec<&Transcript> = corpus.transcripts.iter().filter(|one| !is_table(one)).collect();
    let (with, without): (Vec<&Transcript>, Vec<&Transcript>) =
        talks.iter().partition(|one| one.turns.iter().any(|turn| is_interviewer(turn.role)));
    if with.len() < MIN_WITH || (with.len() as f64) < USUAL_SHARE * talks.len() as f64 {
        return Vec::new();
    }
    let is_reported = |one: &Transcript| {
        reported
            .iter()
            .any(|other| other.source == one.source && other.message.contains("there is no speaker `"))
    };
    let without = without.into_iter().filter(|one| !is_reported(one));
    let problem = |transcript: &Transcript| {
        let labels: BTreeSet<&str> = transcript
            .turns
            .iter()
            .map(|turn| turn.speaker.as_str())
            .filter(|label| !label.is_empty())
            .collect();
        let shown: Vec<String> = labels.iter().take(NAMED).map(|label| format!("`{label}`")).collect();
        let speakers = if shown.is_empty() {
            "nobody is named".to_owned()
        } else {
            format!("its speakers: {}", shown.join(", "))
        };
        let message = format!(
            "nobody interviews here, as somebody does in {} of {} transcripts: whoever asks counts as a participant; {speakers}",
            with.len(),
            talks.len()
        );
        let hint = match (asks_most(transcript), labels.first()) {
            (Some(asks), _) => format!(
                "it seems to be `{}`, with {} of {} turns with a question; if so, add \"{}: {}\" to `interviewers` {IN_PLAN}",
                asks.speaker, asks.questions, asks.all_questions, transcript.id, asks.speaker
            ),
            (None, Some(label)) => format!(
                "if one of them interviews, add \"{}: {label}\", or whoever it is, to `interviewers` {IN_PLAN}",
                transcript.id
            ),
            (None, None) => "put the speakers' labels into the file".to_owned(),
        };
        warning(transcript, &message, hint)
    };
    without.map(problem).collect()
}

/// Two labels of one name, of which one asks and one answers.
pub(super) fn both_roles(transcript: &Transcript) -> Option<Problem> {
    let mut labels: BTreeMap<&str, Role> = BTreeMap::new();
    for turn in transcript.turns.iter().filter(|turn| !turn.speaker.is_empty()) {
        labels.insert(&turn.speaker, turn.role);
    }
    let keyed: Vec<(&str, Role, LabelKey)> =
        labels.into_iter().map(|(label, role)| (label, role, key_of(label))).collect();
    let asking = keyed.iter().filter(|(_, role, _)| is_interviewer(*role));
    let answering = || keyed.iter().filter(|(_, role, _)| !is_interviewer(*role));
    let (asks, answers) = asking.into_iter().find_map(|(asks, _, key)| {
        // `Speaker 1` and `Speaker 2` have one name and are two people.
        if is_generic(asks) {
            return None;
        }
        let same = answering().find(|(_, _, other)| is_one_name(key, other))?;
        Some((*asks, same.0))
    })?;
    let first = transcript.turns.iter().find(|turn| turn.speaker == answers)?;
    let message = format!(
        "one name in both roles: `{asks}` interviews and `{answers}` answers, first in {}",
        number(first)
    );
    let hint = format!(
        "if both interview, add \"{}: {answers}\" to `interviewers` {IN_PLAN}; if neither is meant, tell them apart in the file",
        transcript.id
    );
    Some(warning(transcript, &message, hint))
}

fn is_one_name(one: &LabelKey, other: &LabelKey) -> bool {
    let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    let long = |key: &LabelKey| long_form(&key.name, &key.number).to_owned();
    // `Lee (Korea)` and `Lee (Peru)` were told apart by whoever wrote them.
    !one.name.is_empty() && long(one) == long(other) && !differ(&one.description, &other.description)
}

/// Whoever is listed does not ask, and somebody else does.
pub(super) fn another_asks(transcript: &Transcript) -> Option<Problem> {
    let asker = asks_most(transcript)?;
    let listed: BTreeSet<&str> = transcript
        .turns
        .iter()
        .filter(|turn| is_interviewer(turn.role))
        .map(|turn| turn.speaker.as_str())
        .collect();
    if listed.is_empty() || listed.contains(asker.speaker) {
        return None;
    }
    let said_by_listed = words_of(transcript.turns.iter().filter(|turn| is_interviewer(turn.role)));
    let all = words_of(&transcript.turns);
    let share = 100.0 * said_by_listed as f64 / all.max(1) as f64;
    // A participant who asks back is none; who interviews does not talk most of the time.
    if !is_generic(asker.speaker) && share < 50.0 {
        return None;
    }
    let message = format!(
        "`{}` is listed as an interviewer here, with {share:.0} % of the words, but it is `{}` who asks ({} of {} turns with a question)",
        listed.into_iter().collect::<Vec<_>>().join("`, `"),
        asker.speaker,
        asker.questions,
        asker.all_questions,
    );
    let hint = format!(
        "if so, write \"{}: {}\" under `interviewers`: what is said of one transcript counts there alone",
        transcript.id, asker.speaker
    );
    Some(warning(transcript, &message, hint))
}
