//! Who interviews: compares speakers' labels with the study's list, and never guesses.

use std::collections::BTreeSet;

use crate::corpus::{Corpus, Problem, Role, Severity};

use super::label::fold;
use super::label_words::{is_usual, without_number};
use super::same::{LabelKey, key_of};

/// What problems with the list name as their source.
const SOURCE: &str = "[corpus] interviewers";

/// Labels that, in most studies, are the interviewer's.
const LIKELY: &[&str] = &[
    "interviewer",
    "int",
    "intv",
    "intr",
    "iv",
    "ir",
    "i",
    "q",
    "question",
    "moderator",
    "mod",
    "facilitator",
    "researcher",
    "investigator",
    "host",
    "interviewerin",
    "intervieweur",
    "enquêteur",
    "enquêtrice",
    "entrevistador",
    "entrevistadora",
    "intervistatore",
    "intervistatrice",
    "מראיין",
    "מראיינת",
    "采访者",
    "therapist",
];

/// The study's interviewers, ready to compare with.
pub(crate) struct Interviewers {
    names: Vec<Name>,
}

struct Name {
    written: String,
    folded: String,
    key: LabelKey,
}

impl Interviewers {
    /// From the labels listed in the study file.
    pub(crate) fn new(listed: &[String]) -> Self {
        let names = listed
            .iter()
            .map(|written| Name { written: written.clone(), folded: fold(written), key: key_of(written) })
            .filter(|name| !name.folded.is_empty())
            .collect();
        Self { names }
    }

    /// The role of a speaker.
    pub(crate) fn role_of(&self, speaker: &str) -> Role {
        let folded = fold(speaker);
        if folded.is_empty() {
            Role::Other
        } else if self.names.iter().any(|name| name.covers(&folded, &key_of(speaker))) {
            Role::Interviewer
        } else {
            Role::Participant
        }
    }

    /// Says when a listed name is nobody's, or when nothing is listed but somebody seems to interview. `written` are all
    /// labels of the files, those included that are shown otherwise.
    pub(crate) fn check(&self, corpus: &Corpus, written: &BTreeSet<String>) -> Vec<Problem> {
        let speakers: BTreeSet<&str> = corpus
            .transcripts
            .iter()
            .flat_map(|transcript| &transcript.turns)
            .map(|turn| turn.speaker.as_str())
            .chain(written.iter().map(String::as_str))
            .collect();
        let speakers: Vec<(String, LabelKey)> =
            speakers.into_iter().map(|speaker| (fold(speaker), key_of(speaker))).collect();
        if self.names.is_empty() {
            return likely_interviewers(corpus).into_iter().collect();
        }
        let unused =
            self.names.iter().filter(|name| !speakers.iter().any(|(folded, key)| name.covers(folded, key)));
        unused
            .map(|name| {
                Problem::new(
                    Severity::Note,
                    SOURCE,
                    format!("no transcript has a speaker `{}`", name.written),
                )
                .with_hint("compare the spelling with the speakers that `emic check` lists")
            })
            .collect()
    }
}

impl Name {
    /// `Interviewer` covers `INTERVIEWER`, `Interviewer 1` and `Interviewer (Ana)`, `INT` covers `Int.`; what the study file says more
    /// must be there.
    fn covers(&self, folded: &str, key: &LabelKey) -> bool {
        let same = |listed: &str, found: &str| listed.is_empty() || listed == found;
        self.folded == folded
            || (!self.key.name.is_empty()
                && self.key.name == key.name
                && same(&self.key.number, &key.number)
                && same(&self.key.description, &key.description))
    }
}

/// Whether a label is, in most studies, the interviewer's.
pub(crate) fn is_likely_interviewer(label: &str) -> bool {
    let folded = fold(label);
    let name = folded.split(['(', '[']).next().unwrap_or_default().trim_end_matches(['.', ' ']);
    LIKELY.contains(&without_number(name)) && (is_usual(name) || LIKELY.contains(&name))
}

/// Whether a label is one that a recogniser counts anew in every file: `SPEAKER_00`, `Speaker 1`, `S1`.
pub(crate) fn is_generic(label: &str) -> bool {
    let folded = fold(label);
    let name = without_number(&folded);
    let is_numbered =
        name.len() < folded.len() && matches!(name, "speaker" | "spk" | "spkr" | "s" | "unknown");
    let is_lettered = folded.strip_prefix("speaker ").is_some_and(|letter| letter.chars().count() == 1);
    is_numbered || is_lettered || matches!(folded.as_str(), "unknown" | "unknown speaker" | "speaker")
}

fn likely_interviewers(corpus: &Corpus) -> Option<Problem> {
    let turns = corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
    let likely = |label: &&str| is_likely_interviewer(label);
    let turns = turns.filter(|turn| turn.role == Role::Participant);
    let labels: BTreeSet<&str> = turns.map(|turn| turn.speaker.as_str()).filter(likely).collect();
    if labels.is_empty() {
        return None;
    }
    let listed: Vec<String> = labels.iter().take(12).map(|label| format!("\"{label}\"")).collect();
    let listed = listed.join(", ");
    Some(
        Problem::new(
            Severity::Note,
            SOURCE,
            format!("these speakers seem to be interviewers but are coded as participants: {listed}"),
        )
        .with_hint(format!("to leave their turns uncoded, write interviewers = [{listed}] under [corpus]")),
    )
}
