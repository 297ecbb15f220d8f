//! Roles: compares speakers' labels with the plan's list of interviewers, and never guesses.
//!
//! An entry may be about some transcripts only (`felt: CS`). Where such entries name a speaker of their transcript, they alone decide who
//! interviews there; elsewhere the entries for all transcripts do.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::corpus::{Corpus, Problem, Role, Severity};
use crate::phrases::{AS_READ, IN_PLAN, PLAN_SOURCE};
use crate::pseudonym::Pseudonyms;

use super::entry::{Entry, Ids, id_meant};
use super::label::fold;
use super::label_words::{is_usual, without_number};
use super::same::{LabelKey, key_of};

/// The field of the plan that holds the list.
const FIELD: &str = "interviewers";
/// Labels of a transcript that a message names.
const LISTED: usize = 6;

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
#[derive(Debug, Default)]
pub(crate) struct Interviewers {
    entries: Vec<Entry>,
    /// Indices of the entries about some transcripts, by id.
    own: BTreeMap<String, Vec<usize>>,
    /// Indices of the entries about all.
    general: Vec<usize>,
}

/// The entries that say who interviews in one transcript.
#[derive(Debug)]
pub(crate) struct InterviewersHere<'a> {
    entries: Vec<&'a Entry>,
}

impl Interviewers {
    /// From the entries of the plan. Labels are compared as they are shown; transcripts are known by `ids`.
    pub(crate) fn new(listed: &[String], ids: &Ids, pseudonyms: &Pseudonyms) -> Self {
        let mut interviewers = Self::default();
        let entries = listed.iter().map(|written| Entry::new(written, ids, pseudonyms));
        for entry in entries.filter(|entry| !entry.folded.is_empty()) {
            let at = interviewers.entries.len();
            match &entry.transcripts {
                Some(of) => {
                    for id in of {
                        interviewers.own.entry(id.clone()).or_default().push(at);
                    }
                }
                None => interviewers.general.push(at),
            }
            interviewers.entries.push(entry);
        }
        interviewers
    }

    /// Who interviews in the transcript called `id`, of which these are all labels.
    pub(crate) fn of<'a>(&self, id: &str, labels: impl IntoIterator<Item = &'a str>) -> InterviewersHere<'_> {
        let own = self.entries_at(self.own.get(id).map(Vec::as_slice).unwrap_or_default());
        if !own.is_empty() {
            let here = InterviewersHere { entries: own };
            if labels.into_iter().any(|label| here.role_of(label) == Role::Interviewer) {
                return here;
            }
        }
        InterviewersHere { entries: self.entries_at(&self.general) }
    }

    fn entries_at(&self, indices: &[usize]) -> Vec<&Entry> {
        indices.iter().filter_map(|at| self.entries.get(*at)).collect()
    }

    /// Says when a listed name is nobody's, or when nothing is listed but somebody seems to interview. `labels` are all labels of
    /// each transcript, those included that are shown otherwise.
    pub(crate) fn check(&self, corpus: &Corpus, labels: &[BTreeSet<String>], ids: &Ids) -> Vec<Problem> {
        if self.entries.is_empty() {
            return likely_interviewers(corpus).into_iter().collect();
        }
        let keyed = |labels: &BTreeSet<String>| -> Vec<(String, LabelKey)> {
            labels.iter().map(|label| (fold(label), key_of(label))).collect()
        };
        let all: Vec<(String, LabelKey)> = {
            let all: BTreeSet<&String> = labels.iter().flatten().collect();
            all.into_iter().map(|label| (fold(label), key_of(label))).collect()
        };
        let by_id: BTreeMap<&str, &BTreeSet<String>> =
            corpus.transcripts.iter().map(|one| one.id.as_str()).zip(labels).collect();
        let mut problems = Vec::new();
        for entry in &self.entries {
            let is_met =
                |labels: &[(String, LabelKey)]| labels.iter().any(|(folded, key)| covers(entry, folded, key));
            let Some(transcripts) = &entry.transcripts else {
                if !is_met(&all) {
                    problems.push(nobody(entry, ids));
                }
                continue;
            };
            let here: Vec<&BTreeSet<String>> =
                transcripts.iter().filter_map(|id| by_id.get(id.as_str()).copied()).collect();
            if !here.iter().any(|labels| is_met(&keyed(labels))) {
                let speakers: BTreeSet<&String> = here.into_iter().flatten().collect();
                problems.push(nobody_there(entry, &speakers));
            }
        }
        problems
    }
}

/// A problem with the list.
fn problem(severity: Severity, message: String) -> Problem {
    Problem::new(severity, format!("{PLAN_SOURCE}{FIELD}"), message)
}

/// An entry for all transcripts names nobody.
fn nobody(entry: &Entry, ids: &Ids) -> Problem {
    let Entry { written, .. } = entry;
    let Some(id) = id_meant(written) else {
        return problem(Severity::Note, format!("no transcript has a speaker `{written}`"))
            .with_code(codes::PLAN_UNMATCHED)
            .with_hint(format!("write the label {AS_READ}"));
    };
    let hint = match ids.nearest(id) {
        Some(near) => format!("did you mean `{near}`? before the colon stands a transcript's id, {AS_READ}"),
        None => format!("before the colon stands a transcript's id, {AS_READ}"),
    };
    let message = format!("`{written}` names nobody: no transcript is called `{id}`");
    problem(Severity::Warning, message).with_code(codes::PLAN_UNMATCHED).with_hint(hint)
}

/// An entry for some transcripts names nobody in them.
fn nobody_there(entry: &Entry, speakers: &BTreeSet<&String>) -> Problem {
    let named: Vec<String> = speakers.iter().take(LISTED).map(|label| format!("`{label}`")).collect();
    let hint = match named.len() {
        0 => "nobody is named there".to_owned(),
        _ => format!("its speakers: {}", named.join(", ")),
    };
    let message = format!("`{}` names nobody: there is no such speaker in that transcript", entry.written);
    problem(Severity::Warning, message).with_code(codes::PLAN_UNMATCHED).with_hint(hint)
}

impl InterviewersHere<'_> {
    /// Whether they are those of all transcripts, because none is named for this one.
    pub(crate) fn is_of_all(&self) -> bool {
        self.entries.iter().all(|entry| entry.transcripts.is_none())
    }

    /// The role of a speaker.
    pub(crate) fn role_of(&self, speaker: &str) -> Role {
        let folded = fold(speaker);
        if folded.is_empty() {
            return Role::Other;
        }
        let key = key_of(speaker);
        let is_listed = self.entries.iter().any(|entry| covers(entry, &folded, &key));
        if is_listed { Role::Interviewer } else { Role::Participant }
    }
}

/// `Interviewer` covers `INTERVIEWER`, `Interviewer 1` and `Interviewer (Ana)`, `INT` covers `Int.`; what the plan says more
/// must be there.
fn covers(entry: &Entry, folded: &str, key: &LabelKey) -> bool {
    let same = |listed: &str, found: &str| listed.is_empty() || listed == found;
    entry.folded == folded
        || (!entry.key.name.is_empty()
            && entry.key.name == key.name
            && same(&entry.key.number, &key.number)
            && same(&entry.key.description, &key.description))
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
        problem(
            Severity::Note,
            format!("these speakers seem to be interviewers but are coded as participants: {listed}"),
        )
        .with_code(codes::INTERVIEWER_DOUBTFUL)
        .with_hint(format!("to leave their turns uncoded, write interviewers = [{listed}] {IN_PLAN}")),
    )
}
