//! Who interviews: compares speakers' labels with the study's list, and never guesses.

use std::collections::BTreeSet;

use crate::corpus::{Corpus, Problem, Role, Severity};

use super::label::fold;
use super::label_words::{is_usual, without_number};

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
    /// Whether it also covers labels with a number behind: `Interviewer` covers `Interviewer 1`.
    numbered: bool,
}

impl Interviewers {
    /// From the labels listed in the study file.
    pub(crate) fn new(listed: &[String]) -> Self {
        let names = listed
            .iter()
            .map(|written| {
                let folded = fold(written);
                let numbered = !folded.contains(|c: char| c.is_numeric());
                Name { written: written.clone(), folded, numbered }
            })
            .filter(|name| !name.folded.is_empty())
            .collect();
        Self { names }
    }

    /// The role of a speaker.
    pub(crate) fn role_of(&self, speaker: &str) -> Role {
        let folded = fold(speaker);
        if folded.is_empty() {
            Role::Other
        } else if self.names.iter().any(|name| name.covers(&folded)) {
            Role::Interviewer
        } else {
            Role::Participant
        }
    }

    /// Says when a listed name is nobody's, or when nothing is listed but somebody seems to interview.
    pub(crate) fn check(&self, corpus: &Corpus) -> Vec<Problem> {
        let speakers: BTreeSet<String> = corpus
            .transcripts
            .iter()
            .flat_map(|transcript| &transcript.turns)
            .map(|turn| fold(&turn.speaker))
            .collect();
        if self.names.is_empty() {
            return likely_interviewers(corpus).into_iter().collect();
        }
        let unused = self.names.iter().filter(|name| !speakers.iter().any(|speaker| name.covers(speaker)));
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
    fn covers(&self, folded: &str) -> bool {
        self.folded == folded || (self.numbered && self.folded == without_number(folded))
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
    let is_numbered = name.len() < folded.len() && matches!(name, "speaker" | "spk" | "spkr" | "s" | "unknown");
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
