//! An entry of the plan that names a label: in all transcripts (`INT`), in one (`P03: Speaker 2`), or in those whose id fits a pattern
//! (`walsh*: MD`). `interviewers` and `speakers` are lists of such entries.

use std::collections::{BTreeMap, BTreeSet};

use crate::pseudonym::Pseudonyms;

use super::label::fold;
use super::same::{LabelKey, key_of};

/// Ids that are compared with a mistaken one; the nearest of a hundred thousand helps nobody.
const MAX_COMPARED: usize = 2_000;

/// The transcripts of a study by the names under which the plan may know them.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Id, id as shown, file name with and without folders.
    by_name: BTreeMap<String, BTreeSet<String>>,
    /// The same in small letters.
    folded: BTreeMap<String, BTreeSet<String>>,
    all: BTreeSet<String>,
}

impl Ids {
    /// From the id and the source of every transcript.
    pub(crate) fn new<'a>(
        transcripts: impl IntoIterator<Item = (&'a str, &'a str)>,
        pseudonyms: &Pseudonyms,
    ) -> Self {
        let mut known = Self::default();
        for (id, source) in transcripts {
            let file = source.rsplit('/').next().unwrap_or(source);
            let shown = pseudonyms.path(id);
            // Rows of a table share its file, and so do the parts of one.
            for name in [id, shown.as_str(), source, file] {
                known.add(name, id);
            }
            known.all.insert(id.to_owned());
        }
        known
    }

    fn add(&mut self, name: &str, id: &str) {
        self.by_name.entry(name.to_owned()).or_default().insert(id.to_owned());
        self.folded.entry(name.to_lowercase()).or_default().insert(id.to_owned());
    }

    /// The transcripts that a name or a pattern means; none where there are none.
    pub(crate) fn named(&self, name: &str) -> BTreeSet<String> {
        let name = name.trim();
        if let Some(ids) = self.by_name.get(name) {
            return ids.clone();
        }
        if name.contains('*') {
            return self.all.iter().filter(|id| fits(name, id)).cloned().collect();
        }
        self.folded.get(&name.to_lowercase()).cloned().unwrap_or_default()
    }

    /// The id that a slip of the keyboard would turn into `name`.
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        let folded = name.trim().to_lowercase();
        let allowed = (folded.chars().count() / 3).max(1);
        let compared = self.all.iter().take(MAX_COMPARED);
        let near = compared.map(|id| (strsim::damerau_levenshtein(&folded, &id.to_lowercase()), id));
        near.filter(|(distance, _)| *distance <= allowed).min().map(|(_, id)| id.as_str())
    }
}

/// Whether a name is meant by a pattern, in which `*` stands for any letters; case does not count.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.trim().to_lowercase(), name.trim().to_lowercase());
    if pattern == name {
        return true;
    }
    let Some((first, rest)) = pattern.split_once('*') else { return false };
    let Some(mut left) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    left.ends_with(last)
}

/// An entry, ready to compare labels with.
#[derive(Debug)]
pub(crate) struct Entry {
    /// As the plan has it, but for names that are replaced.
    pub(crate) written: String,
    /// The transcripts that it is about; none for all.
    pub(crate) transcripts: Option<BTreeSet<String>>,
    /// Its label, to compare with.
    pub(crate) folded: String,
    pub(crate) key: LabelKey,
}

impl Entry {
    /// What stands before a colon names transcripts if it is the name of one or a pattern that fits some; else it is part of the label.
    pub(crate) fn new(written: &str, ids: &Ids, pseudonyms: &Pseudonyms) -> Self {
        let of_some = parts(written).find_map(|(id, label)| {
            let transcripts = ids.named(id);
            (!transcripts.is_empty()).then_some((transcripts, label))
        });
        let (transcripts, label) = match of_some {
            Some((transcripts, label)) => (Some(transcripts), label),
            None => (None, written.trim()),
        };
        let label = pseudonyms.text(label);
        Self { written: pseudonyms.text(written), transcripts, folded: fold(&label), key: key_of(&label) }
    }
}

/// The ways in which an entry may be an id and a label: cut at each colon that has something on both sides.
fn parts(written: &str) -> impl Iterator<Item = (&str, &str)> {
    let at_colon = written.char_indices().filter(|(_, c)| matches!(c, ':' | '：'));
    at_colon.filter_map(|(at, colon)| {
        let (id, label) = (written.get(..at)?.trim(), written.get(at + colon.len_utf8()..)?.trim());
        (!id.is_empty() && !label.is_empty()).then_some((id, label))
    })
}

/// What an entry may have meant by the name of a transcript: what stands before its first colon, if anything does.
pub(crate) fn id_meant(written: &str) -> Option<&str> {
    parts(written).next().map(|(id, _)| id)
}

/// Every label that an entry may name, whichever transcripts there are.
pub(crate) fn labels_in(written: &str) -> impl Iterator<Item = &str> {
    let whole = written.trim();
    parts(written).map(|(_, label)| label).chain((!whole.is_empty()).then_some(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_names_transcripts_or_none() {
        let transcripts = [
            ("felt", "t/felt.txt"),
            ("walsh 1", "walsh 1.txt"),
            ("walsh 2", "walsh 2.txt"),
            ("a:b", "table.csv"),
        ];
        let ids = Ids::new(transcripts, &Pseudonyms::default());
        let shown: Vec<String> = [
            "INT",
            "felt: CS",
            "FELT.txt: CS",
            "walsh*: MD",
            "*: Speaker 1",
            "a:b: Ana",
            "Dr: Roe",
            "fell: CS",
            "felt:",
            "felt：采访者",
        ]
        .iter()
        .map(|written| {
            let Entry { transcripts, folded: label, .. } = Entry::new(written, &ids, &Pseudonyms::default());
            let of =
                transcripts.map_or("all".to_owned(), |ids| ids.into_iter().collect::<Vec<_>>().join("+"));
            format!("{label} in {of}")
        })
        .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        int in all
        cs in felt
        cs in felt
        md in walsh 1+walsh 2
        speaker 1 in a:b+felt+walsh 1+walsh 2
        ana in a:b
        dr: roe in all
        fell: cs in all
        felt in all
        采访者 in felt
        ");
        assert_eq!(ids.nearest("fell"), Some("felt"));
        assert_eq!(ids.nearest("INT"), None);
    }

    #[test]
    fn a_star_stands_for_any_letters() {
        assert!(fits("w*h*2", "Walsh 2") && fits("*", "") && fits("a*", "a"));
        assert!(!fits("w*h*2", "Walsh") && !fits("ab*ba", "aba") && !fits("a", "ab"));
    }
}
