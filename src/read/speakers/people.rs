//! Who is behind which labels, as the study file says under `[corpus.speakers]`: a person, and the labels that are theirs in
//! all transcripts (`"ANNA K."`) or in one (`"P03: Speaker 2"`).

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{Corpus, Problem, Severity};
use crate::pseudonym::Pseudonyms;

use super::label::fold;
use super::roles::is_generic;
use super::same::{LabelKey, key_of};

/// What problems with the list name as their source.
const SOURCE: &str = "[corpus.speakers]";

/// The study's people, ready to compare with.
#[derive(Debug, Default)]
pub(crate) struct People {
    listed: Vec<Listed>,
}

/// A label of a person.
#[derive(Debug)]
struct Listed {
    person: String,
    /// As the study file has it.
    written: String,
    /// The transcript that it is of; none for all.
    transcript: Option<String>,
    folded: String,
    key: LabelKey,
}

/// That a listed label was met in a transcript: its place in the list.
pub(crate) type Use = usize;

impl People {
    /// From the study file; names are compared as they are shown. A transcript is known by its id, from `ids`.
    pub(crate) fn new(
        speakers: &BTreeMap<String, Vec<String>>,
        pseudonyms: &Pseudonyms,
        ids: &BTreeSet<String>,
    ) -> Self {
        let mut listed = Vec::new();
        let mut known: BTreeMap<String, &String> = ids.iter().map(|id| (pseudonyms.path(id), id)).collect();
        known.extend(ids.iter().map(|id| (id.clone(), id)));
        for (person, labels) in speakers {
            for written in labels {
                let of_one = written
                    .split_once(':')
                    .and_then(|(id, label)| Some(((*known.get(id.trim())?).clone(), label.trim())));
                let (transcript, label) = match of_one {
                    Some((id, label)) if !label.is_empty() => (Some(id), label),
                    _ => (None, written.trim()),
                };
                let label = pseudonyms.text(label);
                listed.push(Listed {
                    person: pseudonyms.text(person),
                    written: pseudonyms.text(written),
                    transcript,
                    folded: fold(&label),
                    key: key_of(&label),
                });
            }
        }
        // What is said of one transcript counts before what is said of all.
        listed.sort_by_key(|one| one.transcript.is_none());
        Self { listed }
    }

    /// The person whose label this is, and what of the list says so.
    pub(super) fn of(&self, transcript: &str, label: &str) -> Option<(&str, Use)> {
        if self.listed.is_empty() {
            return None;
        }
        let (folded, key) = (fold(label), key_of(label));
        let here = |one: &Listed| one.transcript.as_deref().is_none_or(|id| id == transcript);
        let exact = self.listed.iter().position(|one| here(one) && one.folded == folded);
        let found = exact.or_else(|| self.listed.iter().position(|one| here(one) && one.key == key))?;
        self.listed.get(found).map(|one| (one.person.as_str(), found))
    }

    /// The person who is called by this label.
    pub(super) fn named(&self, label: &str) -> Option<&str> {
        let key = (!self.listed.is_empty()).then(|| key_of(label))?;
        self.listed.iter().map(|one| one.person.as_str()).find(|person| key_of(person) == key)
    }

    /// Says which labels are nobody's, and which of a recogniser's labels were read as one person in several transcripts.
    /// `used` is what was met, a transcript after the other.
    pub(crate) fn check(&self, used: &[BTreeSet<Use>], corpus: &Corpus) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (place, one) in self.listed.iter().enumerate() {
            let met = used.iter().filter(|of_one| of_one.contains(&place)).count();
            let Listed { person, written, .. } = one;
            if met == 0 {
                let hint = if written.contains(':') {
                    "write it as `emic check` lists it; before a colon stands a transcript's id"
                } else {
                    "compare the spelling with the speakers that `emic check` lists"
                };
                let message =
                    format!("no transcript has a speaker `{written}`, which is listed for `{person}`");
                problems.push(Problem::new(Severity::Warning, SOURCE, message).with_hint(hint));
            } else if met > 1 && one.transcript.is_none() && is_generic(written) {
                let first = corpus.transcripts.first().map_or("P01", |transcript| transcript.id.as_str());
                let message = format!("`{written}` was read as `{person}` in {met} transcripts");
                let hint = format!(
                    "a recogniser counts speakers anew in every file; to name one of them write \"{first}: {written}\""
                );
                problems.push(Problem::new(Severity::Warning, SOURCE, message).with_hint(hint));
            }
        }
        problems
    }
}
