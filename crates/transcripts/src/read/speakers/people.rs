//! The labels of each person, as the plan lists them: in all transcripts (`"ANNA K."`) or in one (`"P03: Speaker 2"`).

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::corpus::{Corpus, Problem, Severity};
use crate::phrases::{AS_READ, PLAN_SOURCE};
use crate::pseudonym::Pseudonyms;

use super::entry::{Entry, Ids};
use super::label::fold;
use super::roles::is_generic;
use super::same::{LabelKey, key_of};

/// The field of the plan that holds the list.
const FIELD: &str = "speakers";

/// The study's people, ready to compare with.
#[derive(Debug, Default)]
pub(crate) struct People {
    listed: Vec<ListedLabel>,
    /// Indices of the entries about one transcript, by its id.
    own: BTreeMap<String, Vec<Use>>,
    /// Indices of the entries about all.
    general: Vec<Use>,
    /// The people by the name that they are shown under.
    called: BTreeMap<LabelKey, String>,
}

/// A label of a person.
#[derive(Debug)]
struct ListedLabel {
    person: String,
    entry: Entry,
}

/// The index of a listed label that occurs in a transcript.
pub(crate) type Use = usize;

impl People {
    /// From the plan; names are compared as they are shown. Transcripts are known by `ids`.
    pub(crate) fn new(speakers: &BTreeMap<String, Vec<String>>, pseudonyms: &Pseudonyms, ids: &Ids) -> Self {
        let mut people = Self::default();
        for (person, labels) in speakers {
            let person = pseudonyms.text(person);
            people.called.entry(key_of(&person)).or_insert_with(|| person.clone());
            for written in labels {
                let entry = Entry::new(written, ids, pseudonyms);
                let at = people.listed.len();
                match &entry.transcripts {
                    Some(of) => of.iter().for_each(|id| people.own.entry(id.clone()).or_default().push(at)),
                    None => people.general.push(at),
                }
                people.listed.push(ListedLabel { person: person.clone(), entry });
            }
        }
        people
    }

    /// The person whose label this is, and the entry of the list. Entries for one transcript count before entries for all.
    pub(super) fn of(&self, transcript: &str, label: &str) -> Option<(&str, Use)> {
        if self.listed.is_empty() {
            return None;
        }
        let (folded, key) = (fold(label), key_of(label));
        let own = self.own.get(transcript).map(Vec::as_slice).unwrap_or_default();
        let find = |fits: &dyn Fn(&Entry) -> bool| {
            own.iter().chain(&self.general).find_map(|at| {
                let one = self.listed.get(*at)?;
                fits(&one.entry).then_some((one.person.as_str(), *at))
            })
        };
        find(&|entry| entry.folded == folded).or_else(|| find(&|entry| entry.key == key))
    }

    /// Whether what was used says whose a label is in one transcript, or in some, and not in all.
    pub(super) fn is_of_one_transcript(&self, at: Use) -> bool {
        self.listed.get(at).is_some_and(|one| one.entry.transcripts.is_some())
    }

    /// The person who is called by this label.
    pub(super) fn named(&self, label: &str) -> Option<&str> {
        let key = (!self.listed.is_empty()).then(|| key_of(label))?;
        self.called.get(&key).map(String::as_str)
    }

    /// Says which labels are nobody's, and which of a recogniser's labels were read as one person in several transcripts.
    /// `used` is what was met, a transcript after the other.
    pub(crate) fn check(&self, used: &[BTreeSet<Use>], corpus: &Corpus) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, one) in self.listed.iter().enumerate() {
            let met = used.iter().filter(|of_one| of_one.contains(&index)).count();
            let ListedLabel { person, entry: Entry { written, transcripts, .. } } = one;
            if met == 0 {
                let hint = if written.contains(':') {
                    format!("write it {AS_READ}; before a colon stands a transcript's id")
                } else {
                    format!("write the label {AS_READ}")
                };
                let message =
                    format!("no transcript has a speaker `{written}`, which is listed for `{person}`");
                problems.push(
                    Problem::new(Severity::Warning, format!("{PLAN_SOURCE}{FIELD}"), message)
                        .with_code(codes::PLAN_UNMATCHED)
                        .with_hint(hint),
                );
            } else if met > 1 && transcripts.is_none() && is_generic(written) {
                let first = corpus.transcripts.first().map_or("P01", |transcript| transcript.id.as_str());
                let message = format!("`{written}` was read as `{person}` in {met} transcripts");
                let hint = format!(
                    "a recogniser counts speakers anew in every file; to name one of them write \"{first}: {written}\""
                );
                problems.push(
                    Problem::new(Severity::Warning, format!("{PLAN_SOURCE}{FIELD}"), message)
                        .with_code(codes::SPEAKER_DOUBTFUL)
                        .with_hint(hint),
                );
            }
        }
        problems
    }
}
