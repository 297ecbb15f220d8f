//! Ranges of settings, for the study file and for programs.

use std::collections::{BTreeMap, BTreeSet};

use super::error::StudyError;
use crate::cluster::ClusterCount;
use crate::compare::Question;
use crate::results::{Codebook, EmergentThemes};

/// Larger numbers are typing errors.
const MAX_WORDS: u32 = 10_000;
const MAX_CLUSTERS: i64 = 100_000;
/// More emergent themes than this nobody reads.
const MAX_EMERGENT: u32 = 200;

/// Why a value is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OutOfRange {
    /// What is wrong.
    pub(super) message: String,
    /// What to write; may be empty.
    pub(super) hint: String,
}

impl OutOfRange {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into() }
    }
}

impl From<OutOfRange> for StudyError {
    /// The error of a study without a file.
    fn from(OutOfRange { message, hint }: OutOfRange) -> Self {
        Self { file: String::new(), line: None, message, hint }
    }
}

/// A number of words, from `least`.
pub(super) fn words(key: &str, words: u32, least: u32) -> Result<u32, OutOfRange> {
    if (least..=MAX_WORDS).contains(&words) {
        return Ok(words);
    }
    Err(OutOfRange::new(
        format!("`{key} = {words}` is out of range"),
        format!("{least} to {MAX_WORDS} words"),
    ))
}

/// A BCP-47 tag; none for `auto`.
pub(super) fn language(tag: &str) -> Result<Option<String>, OutOfRange> {
    let primary = tag.split('-').next().unwrap_or_default();
    let is_plausible = (2..=3).contains(&primary.len())
        && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
    match tag {
        "auto" => Ok(None),
        tag if is_plausible => Ok(Some(tag.to_owned())),
        tag => Err(OutOfRange::new(
            format!("`{tag}` is not a language tag"),
            "write \"auto\" or a tag such as \"en\", \"he\" or \"pt-BR\"",
        )),
    }
}

/// An attribute to compare by, in addition to those in `before`.
pub(super) fn group(before: &[String], group: &str) -> Result<(), OutOfRange> {
    if before.iter().any(|other| other == group) {
        return Err(OutOfRange::new(format!("`{group}` stands twice under `groups`"), ""));
    }
    Ok(())
}

/// The name of an attribute under `key`.
pub(super) fn attribute(key: &str, name: &str) -> Result<(), OutOfRange> {
    if name.trim().is_empty() {
        return Err(OutOfRange::new(
            format!("`{key}` names no attribute"),
            "name a column of the participants file, or leave the line out",
        ));
    }
    Ok(())
}

/// The attribute within which `groups` are compared.
pub(super) fn within(groups: &[String], within: &str) -> Result<(), OutOfRange> {
    match groups {
        [group] if group == within => Err(OutOfRange::new(
            format!("groups of `{group}` cannot be compared within `{group}`"),
            "name another attribute, for example one that might explain a difference",
        )),
        _ => Ok(()),
    }
}

/// What corrected shares and differences are about.
pub(super) fn question(written: &str) -> Result<Question, OutOfRange> {
    let is_it = |question: &Question| question.as_str().eq_ignore_ascii_case(written.trim());
    match [Question::TheseInterviews, Question::InterviewsLikeThese].into_iter().find(is_it) {
        Some(question) => Ok(question),
        None => Err(OutOfRange::new(
            format!("`question` cannot be `{written}`"),
            "write \"these interviews\" or \"interviews like these\", or leave the line out: shares are then of these \
             interviews, and differences of interviews like these",
        )),
    }
}

/// The name of a tier.
pub(super) fn tier(name: &str) -> Result<String, OutOfRange> {
    if name.trim().is_empty() {
        return Err(OutOfRange::new(
            "a name under `tiers` is empty",
            "name tiers as the file does, for example \"A@tx\", or \"*@tx\" for all that end so; or leave the line out",
        ));
    }
    Ok(name.trim().to_owned())
}

/// A heading at which a file is split.
pub(super) fn heading(pattern: &str) -> Result<String, OutOfRange> {
    let text = pattern.trim();
    if text.is_empty() || text == "*" || text.matches('*').count() > 1 {
        return Err(OutOfRange::new(
            format!("`{pattern}` is no heading"),
            "write the heading as it stands in the file, with one `*` for what changes, for example \"Interview *\"",
        ));
    }
    Ok(text.to_owned())
}

/// Transcripts of the same interview: two or more in each list, none in two lists.
pub(super) fn same(lists: &[Vec<String>]) -> Result<Vec<Vec<String>>, OutOfRange> {
    const FORM: &str =
        "list the names of one interview together, the one to keep first: same = [[\"P05\", \"P05 (1)\"]]";
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for list in lists {
        let names: BTreeSet<&str> = list.iter().map(|name| name.trim()).collect();
        if names.len() < 2 || names.contains("") {
            return Err(OutOfRange::new("a list under `same` needs two names or more", FORM));
        }
        if let Some(name) = names.iter().find(|name| seen.contains(*name)) {
            return Err(OutOfRange::new(format!("`{name}` stands in two lists under `same`"), FORM));
        }
        seen.extend(names);
    }
    let trimmed = |list: &Vec<String>| list.iter().map(|name| name.trim().to_owned()).collect();
    Ok(lists.iter().map(trimmed).collect())
}

/// The labels of each person: none empty, none twice.
pub(super) fn speakers(speakers: &BTreeMap<String, Vec<String>>) -> Result<(), OutOfRange> {
    const FORM: &str = "write \"Anna\" = [\"ANNA K.\", \"P03: Speaker 2\"] under [corpus.speakers]";
    let mut of: BTreeMap<String, &str> = BTreeMap::new();
    for (person, labels) in speakers {
        if person.trim().is_empty() || labels.iter().any(|label| label.trim().is_empty()) {
            return Err(OutOfRange::new("a name or a label of a speaker is empty", FORM));
        }
        for label in labels {
            if let Some(other) = of.insert(label.trim().to_lowercase(), person)
                && other != person
            {
                let message = format!("the label `{label}` is listed for `{other}` and for `{person}`");
                return Err(OutOfRange::new(message, FORM));
            }
        }
    }
    Ok(())
}

/// A number of clusters.
pub(super) fn clusters(number: i64) -> Result<ClusterCount, OutOfRange> {
    if (1..=MAX_CLUSTERS).contains(&number) {
        return Ok(ClusterCount::Exactly(number as usize));
    }
    Err(OutOfRange::new(
        "`clusters` is out of range",
        format!("\"auto\", or a whole number from 1 to {MAX_CLUSTERS}"),
    ))
}

/// A number of emergent themes.
pub(super) fn emergent(number: i64) -> Result<EmergentThemes, OutOfRange> {
    match u32::try_from(number) {
        Ok(number) if (1..=MAX_EMERGENT).contains(&number) => Ok(EmergentThemes::Number(number)),
        _ => Err(OutOfRange::new(
            "`emergent` is out of range",
            format!("true, false, or a whole number from 1 to {MAX_EMERGENT}"),
        )),
    }
}

/// Whether there are seed themes, or emergent ones to find.
pub(super) fn themes(codebook: &Codebook, emergent: EmergentThemes) -> Result<(), OutOfRange> {
    if codebook.seeds.is_empty() && !emergent.wanted() {
        return Err(OutOfRange::new(
            "there is nothing to look for: no codebook, and `emergent` is false",
            "name a codebook under [themes], or set `emergent = true`",
        ));
    }
    Ok(())
}
