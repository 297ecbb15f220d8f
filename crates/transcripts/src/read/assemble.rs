//! From drafts to the corpus: ids, joined tables, roles, attributes, spans, order. The result does not depend on the order in which files were
//! read.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::corpus::{CharSpan, Corpus, Problem, Role, Severity, Transcript, Turn};
use crate::phrases::PLAN_SOURCE;
use crate::pseudonym::{Pseudonyms, Replacement, Tally, TextKind, TranscriptPart};

use super::columns::fold_column;
use super::columns::participants::{JoinedRows, Participants, join as join_participants, value_warnings};
use super::decode::clean;
use super::format::{Draft, DraftTurn};
use super::load::stem_of;
use super::speakers::people::People;
use super::speakers::roles::Interviewers;
use super::speakers::same::{SettledLabels, settle};

/// Names of columns of the `transcripts` table, which an attribute must not have.
const TAKEN: &[&str] = &["transcript_id", "source", "format", "turns", "segments", "words", "duration_ms"];

/// A transcript with the file that it comes from.
#[derive(Debug, Clone)]
pub(super) struct SourcedDraft {
    /// The file's name, as the study shows it.
    pub(super) source: String,
    /// The format's short name.
    pub(super) format: &'static str,
    /// What the file gave.
    pub(super) draft: Draft,
}

/// Joins and names the transcripts. `found` is in the order of the files' names.
pub(super) fn transcripts_of(
    found: Vec<SourcedDraft>,
    problems: &mut Vec<Problem>,
) -> Vec<(String, SourcedDraft)> {
    let (tabled, filed): (Vec<SourcedDraft>, Vec<SourcedDraft>) =
        found.into_iter().partition(|sourced| sourced.draft.id.is_some());
    let mut named = tables_by_id(tabled, problems);
    let mut by_name: BTreeMap<String, usize> = BTreeMap::new();
    for sourced in &filed {
        *by_name.entry(name_of(sourced)).or_default() += 1;
    }
    let is_shared = |sourced: &SourcedDraft, named: &BTreeMap<String, SourcedDraft>| {
        let name = name_of(sourced);
        by_name.get(&name).is_some_and(|count| *count > 1) || named.contains_key(&name)
    };
    let shared: Vec<bool> = filed.iter().map(|sourced| is_shared(sourced, &named)).collect();
    for (sourced, shared) in filed.into_iter().zip(shared) {
        let (stem, source) = (name_of(&sourced), sourced.source.clone());
        if !shared {
            named.insert(stem, sourced);
            continue;
        }
        let mut id = match &sourced.draft.part {
            Some(part) => format!("{source}#{part}"),
            None => source.clone(),
        };
        while named.contains_key(&id) {
            id.push('\'');
        }
        problems.push(
            Problem::new(
                Severity::Warning,
                &source,
                format!("another transcript is called `{stem}` too, so this one is called `{id}`"),
            )
            .with_code(codes::TRANSCRIPT_RENAMED)
            .with_hint("rename one of them, or leave one out if they are the same interview"),
        );
        named.insert(id, sourced);
    }
    named.into_iter().collect()
}

/// Transcripts whose ids tables give. The same id in two tables is one transcript only where the tables are plainly parts of it:
/// two projects count their interviews from 1, and one person's words must not become another's.
fn tables_by_id(tabled: Vec<SourcedDraft>, problems: &mut Vec<Problem>) -> BTreeMap<String, SourcedDraft> {
    let mut by_id: BTreeMap<String, Vec<SourcedDraft>> = BTreeMap::new();
    for sourced in tabled {
        let id = sourced.draft.id.clone().unwrap_or_default();
        let same = by_id.entry(id.clone()).or_default();
        match same.iter_mut().find(|first| first.source == sourced.source) {
            // Sheets of one workbook.
            Some(first) => join(&id, first, sourced, problems),
            None => same.push(sourced),
        }
    }
    let mut named = BTreeMap::new();
    for (id, mut same) in by_id {
        if same.len() == 1 || are_parts(&mut same) {
            let mut parts = same.into_iter();
            let Some(mut first) = parts.next() else { continue };
            parts.for_each(|part| join(&id, &mut first, part, problems));
            named.insert(id, first);
            continue;
        }
        let sources: Vec<String> = same.iter().map(|sourced| sourced.source.clone()).collect();
        let stems: BTreeSet<&str> = sources.iter().map(|source| stem_of(source)).collect();
        let by_stem = stems.len() == sources.len();
        for (index, sourced) in same.into_iter().enumerate() {
            let source = sourced.source.clone();
            let mut unique = format!("{}#{id}", if by_stem { stem_of(&source) } else { &source });
            while named.contains_key(&unique) {
                unique.push('\'');
            }
            let other = &sources[usize::from(index == 0)];
            problems.push(
                Problem::new(
                    Severity::Warning,
                    &source,
                    format!("`{id}` is also in {other}, and nothing says that it is the same interview; this one is called `{unique}`"),
                ).with_code(codes::TRANSCRIPT_RENAMED)
                .with_hint(format!(
                    "write `{unique}` in the participants file and wherever else you name it; if both tables are one interview, let `turn_index` count on from one to the other"
                )),
            );
            named.insert(unique, sourced);
        }
    }
    named
}

/// Whether the numbers of the turns go on from one table to the next; puts the tables in that order.
fn are_parts(tables: &mut [SourcedDraft]) -> bool {
    let range = |sourced: &SourcedDraft| {
        let numbers: Option<Vec<i64>> = sourced.draft.turns.iter().map(|turn| turn.index).collect();
        let numbers = numbers?;
        Some((*numbers.iter().min()?, *numbers.iter().max()?))
    };
    tables.sort_by_key(|sourced| (range(sourced), sourced.source.clone()));
    let ranges: Option<Vec<(i64, i64)>> = tables.iter().map(range).collect();
    ranges.is_some_and(|ranges| ranges.windows(2).all(|pair| pair[0].1 < pair[1].0))
}

/// What a transcript is called if nothing else is: its file's name; of a part of a file the name that its heading gives, and with
/// a mere number both.
fn name_of(sourced: &SourcedDraft) -> String {
    let stem = stem_of(&sourced.source);
    match &sourced.draft.part {
        None => stem.to_owned(),
        Some(part) if part.contains(char::is_alphabetic) => part.clone(),
        Some(part) => format!("{stem}#{part}"),
    }
}

/// Adds the turns of `more` to a transcript of the same id from another table.
fn join(id: &str, first: &mut SourcedDraft, more: SourcedDraft, problems: &mut Vec<Problem>) {
    let numbers: BTreeSet<i64> = first.draft.turns.iter().filter_map(|turn| turn.index).collect();
    let collides =
        more.draft.turns.iter().any(|turn| turn.index.is_some_and(|index| numbers.contains(&index)));
    let words = if collides { "; some turns have the same `turn_index`" } else { "" };
    let severity = if collides { Severity::Warning } else { Severity::Note };
    problems.push(
        Problem::new(
            severity,
            &more.source,
            format!("`{id}` is also in {}; its turns were joined{words}", first.source),
        )
        .with_code(codes::TRANSCRIPT_JOINED)
        .with_hint(if collides {
            "give the two different ids if they are not the same interview"
        } else {
            ""
        }),
    );
    for (name, value) in more.draft.attributes {
        match first.draft.attributes.iter().find(|(known, _)| *known == name) {
            Some((_, known)) if *known != value => problems.push(
                Problem::new(
                    Severity::Warning,
                    &more.source,
                    format!(
                        "`{id}` has `{name}` = `{known}` in {} and `{value}` here; the first was kept",
                        first.source
                    ),
                )
                .with_code(codes::ATTRIBUTE_DOUBTFUL),
            ),
            Some(_) => {}
            None => first.draft.attributes.push((name, value)),
        }
    }
    first.draft.turns.extend(more.draft.turns);
}

/// A transcript with what is not part of it.
#[derive(Debug)]
pub(super) struct AssembledTranscript {
    /// Without attributes; its id and its source are as the files have them.
    pub(super) transcript: Transcript,
    /// Attributes that a table gave.
    pub(super) attributes: Vec<(String, String)>,
    /// What was replaced in its turns.
    pub(super) replaced: Vec<Replacement>,
    /// How names were met.
    pub(super) tally: Tally,
    /// Which labels are one speaker's.
    pub(super) settled: SettledLabels,
}

/// Makes a transcript of what a file gave.
pub(super) fn assemble(
    id: String,
    sourced: SourcedDraft,
    pseudonyms: &Pseudonyms,
    people: &People,
    interviewers: &Interviewers,
) -> AssembledTranscript {
    let SourcedDraft { source, format, draft } = sourced;
    let mut tally = Tally::default();
    let (turns, replaced) = finished_turns(draft.turns, pseudonyms, &mut tally);
    let asked_by: Vec<String> = draft.asked_by.iter().map(|label| pseudonyms.text(label)).collect();
    let mut transcript = Transcript { id, source, format, turns, attributes: BTreeMap::new() };
    let settled = settle(&mut transcript, people);
    let labels = settled.written.iter().flat_map(|(speaker, written)| written.iter().chain([speaker]));
    let here = interviewers.of(&transcript.id, labels.map(String::as_str));
    let roles: BTreeMap<&str, Role> = settled
        .written
        .iter()
        .map(|(speaker, written)| {
            let asks = |label: &String| asked_by.contains(label) || here.role_of(label) == Role::Interviewer;
            // Whoever is listed under one of their labels is listed, unless the study says that the label is somebody else's here.
            let own = |label: &&String| !here.is_of_all() || !settled.named_here.contains(*label);
            let asks = asks(speaker) || written.iter().filter(own).any(asks);
            (speaker.as_str(), if asks { Role::Interviewer } else { Role::Participant })
        })
        .collect();
    for turn in &mut transcript.turns {
        turn.role = roles.get(turn.speaker.as_str()).copied().unwrap_or_else(|| here.role_of(&turn.speaker));
    }
    AssembledTranscript { transcript, attributes: draft.attributes, replaced, tally, settled }
}

/// The turns with numbers, clean texts as shown, and spans; turns without a word are gone. Roles are given later.
fn finished_turns(
    drafts: Vec<DraftTurn>,
    pseudonyms: &Pseudonyms,
    tally: &mut Tally,
) -> (Vec<Turn>, Vec<Replacement>) {
    let mut turns: Vec<Turn> = Vec::with_capacity(drafts.len());
    let mut replaced = Vec::new();
    let mut labels: BTreeMap<String, ShownLabel> = BTreeMap::new();
    let mut start = 0;
    for draft in drafts {
        let text = clean(&draft.text).trim().to_owned();
        if text.is_empty() {
            continue;
        }
        let text = pseudonyms.replace(&text, TextKind::Text, tally).into_owned();
        replaced.extend(tally.take(Some(turns.len()), TranscriptPart::Text));
        let label = labels.entry(draft.speaker).or_insert_with_key(|written| {
            let written = clean(written).trim().to_owned();
            let shown = pseudonyms.replace(&written, TextKind::Text, tally).into_owned();
            ShownLabel { shown, turns: 0, replaced: tally.take(None, TranscriptPart::Speaker) }
        });
        label.turns += 1;
        let previous = turns.last().map_or(0, |turn| turn.index);
        let end = start + text.chars().count();
        turns.push(Turn {
            index: draft.index.unwrap_or_else(|| previous.saturating_add(1)),
            role: Role::Other,
            speaker: label.shown.as_str().into(),
            start_ms: draft.start_ms,
            end_ms: draft.end_ms,
            span: CharSpan { start, end },
            text: text.into(),
        });
        // One line break between turns.
        start = end + 1;
    }
    for label in labels.into_values() {
        let in_all_turns =
            |row: Replacement| Replacement { count: row.count.saturating_mul(label.turns), ..row };
        replaced.extend(label.replaced.into_iter().map(in_all_turns));
    }
    (turns, replaced)
}

/// A label as shown, and how many turns have it.
struct ShownLabel {
    shown: String,
    turns: u32,
    replaced: Vec<Replacement>,
}

/// Gives the transcripts their attributes: the tables' own, then those of participants.csv, which win.
pub(super) fn give_attributes(
    corpus: &mut Corpus,
    tabled: &[Vec<(String, String)>],
    participants: Option<(&str, Participants)>,
    groups: &[String],
    problems: &mut Vec<Problem>,
) {
    let mut order: Vec<String> = Vec::new();
    let (source, participants) = match participants {
        Some((source, participants)) => (Some(source), participants),
        None => (None, Participants::default()),
    };
    let names: Vec<String> = participants.attributes.iter().map(|name| free_name(name)).collect();
    order.extend(names.iter().cloned());
    let joined = match source {
        Some(source) => join_participants(source, &participants, corpus, problems),
        None => JoinedRows::default(),
    };
    for (index, (transcript, own)) in corpus.transcripts.iter_mut().zip(tabled).enumerate() {
        for (name, value) in own {
            let name = free_name(name);
            transcript.attributes.insert(name.clone(), value.clone());
            order.push(name);
        }
        let row = joined.rows.get(index).copied().flatten().and_then(|row| participants.rows.get(row));
        for (name, value) in names.iter().zip(row.map(|row| &row.values[..]).unwrap_or_default()) {
            transcript.attributes.insert(name.clone(), value.clone());
        }
    }
    if let Some(source) = source {
        let rows: Vec<&[String]> = participants.rows.iter().map(|row| &row.values[..]).collect();
        problems.extend(value_warnings(source, &participants.attributes, &rows, groups));
    }
    for name in participants.attributes.iter().filter(|name| free_name(name) != **name) {
        problems.push(
            Problem::new(
                Severity::Note,
                source.unwrap_or_default(),
                format!(
                    "the attribute `{name}` is called `{}`, because every transcript has a `{name}` already",
                    free_name(name)
                ),
            )
            .with_code(codes::ATTRIBUTE_DOUBTFUL),
        );
    }
    corpus.attributes = in_order(groups, order);
    for name in groups.iter().filter(|name| !corpus.attributes.contains(name)) {
        let meant = corpus.attributes.iter().find(|known| fold_column(known) == fold_column(name));
        let hint = match meant {
            Some(meant) => format!("did you mean `{meant}`? write it as the column is called"),
            None => "compare the spelling with the columns of the participants file".to_owned(),
        };
        let message = format!("no transcript has an attribute `{name}`");
        problems.push(
            Problem::new(Severity::Warning, format!("{PLAN_SOURCE}groups"), message)
                .with_code(codes::PLAN_UNMATCHED)
                .with_hint(hint),
        );
    }
}

fn free_name(name: &str) -> String {
    if TAKEN.contains(&name) { format!("participant_{name}") } else { name.to_owned() }
}

/// The study's groups first, then the rest as they come.
fn in_order(groups: &[String], found: Vec<String>) -> Vec<String> {
    let known: BTreeSet<String> = found.iter().cloned().collect();
    let mut seen = BTreeSet::new();
    let groups = groups.iter().filter(|name| known.contains(*name)).cloned();
    groups.chain(found).filter(|name| seen.insert(name.clone())).collect()
}
