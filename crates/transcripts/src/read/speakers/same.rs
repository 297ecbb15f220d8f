//! Joins labels of one speaker within a transcript that differ only in how they are written.
//!
//! These differences are ignored: case, punctuation and blanks (`INT`, `Int.`, `Interviewer:`), the form of a number (`P1`, `P 01`), a
//! description in brackets that no other label of the name contradicts (`P01 (F, 34)`), the short forms that transcribers use (`INT`, `P`),
//! and a full name followed later by its initials. Short and long forms that answer each other stay apart. The plan's list of people comes
//! first. Names that are merely similar are never joined: [`super::drift`] reports them.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::corpus::{Problem, Severity, Transcript};

use super::label::fold;
use super::label_words::is_sound;
use super::people::{People, Use};

/// Formats whose labels are ids that the file itself declares: two of them are two speakers, however alike.
const DECLARED: &[&str] = &["cha", "eaf", "textgrid", "tei"];

/// Of more speakers than this, who are a forum or a whole archive in one file, every two are not compared: the time would grow with the
/// square, and short forms are habits of who transcribes a talk.
const MAX_SPEAKERS: usize = 200;

/// A label taken apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LabelKey {
    /// Words without case and punctuation.
    pub(crate) name: String,
    /// The number at its end without leading zeros; empty for none.
    pub(crate) number: String,
    /// The text in brackets behind it.
    pub(crate) description: String,
}

/// Takes a label apart.
pub(crate) fn key_of(label: &str) -> LabelKey {
    let folded = fold(label);
    let (name, described) = match folded.find(['(', '[']) {
        Some(at) if at > 0 => folded.split_at(at),
        _ => (folded.as_str(), ""),
    };
    let description = described.trim_matches(|c: char| !c.is_alphanumeric());
    let description = if is_sound(description) { String::new() } else { in_words(description) };
    let name = in_words(name);
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name.get(bare.len()..).unwrap_or_default();
    let number = match number.trim_start_matches('0') {
        "" if !number.is_empty() => "0",
        digits => digits,
    };
    LabelKey { number: number.to_owned(), name: bare.trim_end().to_owned(), description }
}

/// Words with one blank between them: `Int.`, `P_01` and `P-01` are written `int`, `p 01`.
fn in_words(text: &str) -> String {
    let is_gap =
        |c: char| c.is_whitespace() || matches!(c, '.' | ',' | '_' | '-' | '–' | '#' | ':' | '/' | '*');
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The long form of a word that transcribers shorten. `p` and `r` only stand for somebody with a number.
pub(crate) fn long_form<'a>(name: &'a str, number: &str) -> &'a str {
    match name {
        "int" | "intv" | "intr" | "interviewer" => "interviewer",
        "ppt" | "part" | "participant" => "participant",
        "p" if !number.is_empty() => "participant",
        "resp" | "respondent" => "respondent",
        "r" if !number.is_empty() => "respondent",
        "mod" | "moderator" => "moderator",
        "fac" | "facilitator" => "facilitator",
        "spk" | "spkr" | "speaker" => "speaker",
        other => other,
    }
}

/// Whether `short` holds the initials of the words of `long`.
pub(crate) fn are_initials(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|c| c.is_alphabetic()).collect();
    let words: Vec<&str> = long.split([' ', '-', '.']).filter(|word| !word.is_empty()).collect();
    if words.len() < 2
        || letters.chars().count() < 2
        || short.split_whitespace().any(|word| word.trim_end_matches('.').chars().count() > 3)
    {
        return false;
    }
    let initials = |words: &[&str]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let first_and_last: Vec<&str> = words.first().into_iter().chain(words.last()).copied().collect();
    letters == initials(&words) || letters == initials(&first_and_last)
}

/// A label of a transcript.
#[derive(Debug)]
struct Label {
    written: String,
    key: LabelKey,
    turns: usize,
    /// The person whom the plan names.
    person: Option<String>,
}

/// Labels after those of one speaker were joined.
#[derive(Debug, Default)]
pub(crate) struct SettledLabels {
    /// For each speaker all labels as written.
    pub(crate) written: BTreeMap<String, BTreeSet<String>>,
    /// Labels read as one speaker.
    pub(crate) problems: Vec<Problem>,
    /// What of the study's list of people was used.
    pub(crate) used: BTreeSet<Use>,
    /// Labels of which the plan says whose they are in this transcript.
    pub(crate) named_here: BTreeSet<String>,
}

impl SettledLabels {
    /// All labels of the transcript, as written and as shown.
    pub(crate) fn labels(&self) -> BTreeSet<String> {
        let all = self.written.iter().flat_map(|(speaker, written)| written.iter().chain([speaker]));
        all.cloned().collect()
    }
}

/// Gives every turn the one label of its speaker.
pub(crate) fn settle(transcript: &mut Transcript, people: &People) -> SettledLabels {
    let mut settled = SettledLabels::default();
    let labels = labels_of(transcript, people, &mut settled);
    let joined =
        if DECLARED.contains(&transcript.format) { by_person(&labels) } else { groups(&labels, transcript) };
    let mut shown: BTreeMap<String, String> = BTreeMap::new();
    for group in joined {
        let members: Vec<&Label> = group.iter().filter_map(|at| labels.get(*at)).collect();
        let most = members.iter().max_by_key(|label| label.turns).map(|label| label.turns);
        let usual = members.iter().find(|label| Some(label.turns) == most).map(|label| label.written.clone());
        let person = members.iter().find_map(|label| label.person.clone());
        let Some(name) = person.clone().or(usual) else { continue };
        let written: BTreeSet<String> = members.iter().map(|label| label.written.clone()).collect();
        // Entries of the plan need no note.
        let unasked = members.iter().filter(|label| label.person.is_none() && label.written != name).count();
        if members.len() > 1 && unasked > 0 {
            let quoted: Vec<String> = members.iter().map(|label| format!("`{}`", label.written)).collect();
            settled.problems.push(
                Problem::new(
                    Severity::Note,
                    &transcript.source,
                    format!("{} were read as one speaker, `{name}`", in_a_row(&quoted)),
                )
                .with_code(codes::SPEAKER_RENAMED)
                .with_hint("if they are two, tell them apart by name or number in the file"),
            );
        }
        shown.extend(written.iter().map(|label| (label.clone(), name.clone())));
        settled.written.entry(name).or_default().extend(written);
    }
    for turn in &mut transcript.turns {
        if let Some(name) = shown.get(turn.speaker.as_str()) {
            turn.speaker = name.as_str().into();
        }
    }
    settled
}

/// `a`, `b` and `c`.
fn in_a_row(items: &[String]) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}

/// The labels of a transcript in the order in which they first come.
fn labels_of(transcript: &Transcript, people: &People, settled: &mut SettledLabels) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in transcript.turns.iter().filter(|turn| !turn.speaker.is_empty()) {
        let at = *known.entry(turn.speaker.as_str()).or_insert_with(|| {
            let person = people.of(&transcript.id, &turn.speaker).map(|(person, using)| {
                settled.used.insert(using);
                if people.is_of_one_transcript(using) {
                    settled.named_here.insert(turn.speaker.to_string());
                }
                person.to_owned()
            });
            let person = person.or_else(|| people.named(&turn.speaker).map(str::to_owned));
            let key = key_of(person.as_deref().unwrap_or(&turn.speaker));
            labels.push(Label { written: turn.speaker.to_string(), key, turns: 0, person });
            labels.len() - 1
        });
        if let Some(label) = labels.get_mut(at) {
            label.turns += 1;
        }
    }
    labels
}

/// Only what the plan says: the labels of each person, any other by itself.
fn by_person(labels: &[Label]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        groups.entry(label.person.as_deref().unwrap_or(&label.written)).or_default().push(at);
    }
    groups.into_values().collect()
}

/// Labels of one speaker, as indices.
fn groups(labels: &[Label], transcript: &Transcript) -> Vec<Vec<usize>> {
    // First those of one name and number, description aside.
    let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        alike.entry((label.key.name.as_str(), label.key.number.as_str())).or_default().push(at);
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for members in alike.into_values() {
        let describes = |at: &usize| labels.get(*at).map_or("", |label| label.key.description.as_str());
        let descriptions: BTreeSet<&str> =
            members.iter().map(describes).filter(|text| !text.is_empty()).collect();
        if descriptions.len() < 2 {
            groups.push(members);
            continue;
        }
        // `Lee (Korea)` and `Lee (Peru)` are two people, and nobody knows which of them is `Lee`.
        let mut apart: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in &members {
            apart.entry(describes(at)).or_default().push(*at);
        }
        groups.extend(apart.into_values());
    }
    join_initials(join_short_forms(groups, labels, transcript), labels, transcript)
}

/// Joins `Mira Holt` with `MH`: oral historians write the whole name at somebody's first turn and the initials from then on. Nobody
/// else may have these initials, and the name must not come again once the initials have.
fn join_initials(groups: Vec<Vec<usize>>, labels: &[Label], transcript: &Transcript) -> Vec<Vec<usize>> {
    if groups.len() > MAX_SPEAKERS {
        return groups;
    }
    let written = |group: &[usize]| -> BTreeSet<&str> {
        group.iter().filter_map(|at| labels.get(*at)).map(|label| label.written.as_str()).collect()
    };
    let name = |group: &[usize]| {
        group.first().and_then(|at| labels.get(*at)).map_or("", |label| label.key.name.as_str())
    };
    let numbered = |group: &[usize]| {
        group.iter().filter_map(|at| labels.get(*at)).any(|label| !label.key.number.is_empty())
    };
    let mut joins: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (short_at, short) in groups.iter().enumerate().filter(|(_, group)| !numbered(group)) {
        let long = groups.iter().enumerate().filter(|(_, long)| are_initials(name(short), name(long)));
        for (long_at, long) in long {
            let (shorts, longs) = (written(short), written(long));
            let first_short = transcript.turns.iter().position(|turn| shorts.contains(turn.speaker.as_str()));
            let last_long = transcript.turns.iter().rposition(|turn| longs.contains(turn.speaker.as_str()));
            joins.entry(short_at).or_default().push(if last_long < first_short {
                long_at
            } else {
                usize::MAX
            });
        }
    }
    // One name for the initials, or they may be either's.
    let pairs: BTreeMap<usize, usize> = joins
        .into_iter()
        .filter_map(|(short, longs)| match longs.as_slice() {
            [long] if *long != usize::MAX => Some((short, *long)),
            _ => None,
        })
        .collect();
    let taken: BTreeSet<usize> = pairs.values().copied().collect();
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for (at, group) in groups.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        let mut group = group.clone();
        group.extend(pairs.get(&at).and_then(|long| groups.get(*long)).into_iter().flatten());
        group.sort_unstable();
        joined.push(group);
    }
    joined
}

/// Joins `INT` with `Interviewer` and `P2` with `Participant 2`, unless they answer each other.
fn join_short_forms(groups: Vec<Vec<usize>>, labels: &[Label], transcript: &Transcript) -> Vec<Vec<usize>> {
    if groups.len() > MAX_SPEAKERS {
        return groups;
    }
    let mut joined: Vec<Vec<usize>> = Vec::new();
    for group in groups {
        let key = |group: &[usize]| group.first().and_then(|at| labels.get(*at)).map(|label| &label.key);
        let Some(own) = key(&group) else { continue };
        let same = joined.iter_mut().find(|other| {
            key(other).is_some_and(|other| {
                other.name != own.name
                    && other.number == own.number
                    && (other.description == own.description
                        || other.description.is_empty()
                        || own.description.is_empty())
                    && long_form(&other.name, &other.number) == long_form(&own.name, &own.number)
            }) && !answer_each_other(other, &group, labels, transcript)
        });
        match same {
            Some(other) => other.extend(group),
            None => joined.push(group),
        }
    }
    for group in &mut joined {
        group.sort_unstable();
    }
    joined
}

/// Whether turns of the one often stand right beside turns of the other.
fn answer_each_other(one: &[usize], other: &[usize], labels: &[Label], transcript: &Transcript) -> bool {
    let names = |group: &[usize]| -> BTreeSet<&str> {
        group.iter().filter_map(|at| labels.get(*at)).map(|label| label.written.as_str()).collect()
    };
    let turns = |group: &[usize]| -> usize {
        group.iter().filter_map(|at| labels.get(*at)).map(|label| label.turns).sum()
    };
    let (first, second) = (names(one), names(other));
    let mut beside = 0;
    for pair in transcript.turns.windows(2) {
        if let [before, after] = pair {
            let (before, after) = (before.speaker.as_str(), after.speaker.as_str());
            beside += usize::from(
                first.contains(before) && second.contains(after)
                    || second.contains(before) && first.contains(after),
            );
        }
    }
    beside * 3 > turns(one).min(turns(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_taken_apart() {
        let shown: Vec<String> = [
            "INT",
            "Int.",
            "Interviewer:",
            "P01",
            "P 01",
            "p_1",
            "PARTICIPANT 1",
            "Participant 1 (F, 34)",
            "SPEAKER_00",
            "Lee (Korea)",
            "P1 (laughs)",
            "(unknown)",
            "Dr. Anne-Marie Roe",
            "12",
        ]
        .iter()
        .map(|label| {
            let LabelKey { name, number, description } = key_of(label);
            format!("{name}|{number}|{description}")
        })
        .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        int||
        int||
        interviewer||
        p|1|
        p|1|
        p|1|
        participant|1|
        participant|1|f 34
        speaker|0|
        lee||korea
        p|1|
        (unknown)||
        dr anne marie roe||
        |12|
        ");
    }
}
