//! What people changed in a project: codings added, removed and moved, codes added, removed, renamed, moved and redefined, texts changed.
//! REFI-QDA has no record of changes, so the returned project is compared with the exported one.

mod edits;
pub(super) mod file;

use std::collections::{BTreeMap, BTreeSet};

use refi_qda::{Coding, Project, TextSource, distinct_names};
use transcripts::CharSpan;

use self::edits::EditMap;
use super::matching;
use crate::study::description;

pub use self::file::ChangesError;

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A code has another name.
    CodeRenamed,
    /// A code is below another one.
    CodeMoved,
    /// A code has another description.
    CodeRedefined,
    /// A code is new.
    CodeAdded,
    /// A code is gone, with all its codings.
    CodeRemoved,
    /// A passage was given a code.
    CodingAdded,
    /// A code was removed from a passage.
    CodingRemoved,
    /// A coding begins or ends somewhere else.
    CodingMoved,
    /// A source is new.
    SourceAdded,
    /// A source is gone. Its codings do not count as removed.
    SourceRemoved,
    /// A source has another text.
    TextChanged,
    /// A source has another name.
    SourceRenamed,
}

impl ChangeKind {
    /// The words used in `changes.csv`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CodeRenamed => "code renamed",
            Self::CodeMoved => "code moved",
            Self::CodeRedefined => "code redefined",
            Self::CodeAdded => "code added",
            Self::CodeRemoved => "code removed",
            Self::CodingAdded => "coding added",
            Self::CodingRemoved => "coding removed",
            Self::CodingMoved => "coding moved",
            Self::SourceAdded => "source added",
            Self::SourceRemoved => "source removed",
            Self::TextChanged => "text changed",
            Self::SourceRenamed => "source renamed",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The kind.
    pub kind: ChangeKind,
    /// The code's present name, or its last one where it is gone; of a renamed source its present name.
    pub code: String,
    /// What was before: the name of a code or source, the code above it, or its description.
    pub was: String,
    /// The user of an added or moved coding, where the file says it.
    pub user: String,
    /// The source's name in the export; of a new source its own.
    pub source: String,
    /// The present span of the coding, in the exported text.
    pub span: Option<CharSpan>,
    /// The earlier span.
    pub was_span: Option<CharSpan>,
}

/// Everything that changed: first codes, then source by source.
pub fn changes(before: &Project, after: &Project) -> Vec<Change> {
    let sources = matching::sources(before, after);
    let codes = matching::codes(before, after, &sources);
    let names = distinct_names(&after.codes);
    let mut changes = code_changes(before, after, &codes, &names);
    for (was, is) in before.sources.iter().zip(&sources) {
        match is.and_then(|index| after.sources.get(index)) {
            Some(is) => {
                if matching::stem(&is.name) != matching::stem(&was.name) {
                    let (code, was_called) = (is.name.clone(), was.name.clone());
                    changes.push(Change {
                        code,
                        was: was_called,
                        ..of_source(ChangeKind::SourceRenamed, was)
                    });
                }
                changes.extend(coding_changes(before, after, (&codes, &names), was, is));
            }
            None => changes.push(of_source(ChangeKind::SourceRemoved, was)),
        }
    }
    for (index, source) in after.sources.iter().enumerate() {
        if !sources.contains(&Some(index)) {
            changes.push(of_source(ChangeKind::SourceAdded, source));
        }
    }
    changes
}

fn of_source(kind: ChangeKind, source: &TextSource) -> Change {
    let (code, was, user) = (String::new(), String::new(), String::new());
    Change { kind, code, was, user, source: source.name.clone(), span: None, was_span: None }
}

fn code_changes(before: &Project, after: &Project, codes: &[Option<usize>], names: &[String]) -> Vec<Change> {
    let change = |kind, code: &str, was: &str| Change {
        kind,
        code: code.to_owned(),
        was: was.to_owned(),
        user: String::new(),
        source: String::new(),
        span: None,
        was_span: None,
    };
    let mut changes = Vec::new();
    let old_names = distinct_names(&before.codes);
    for (index, (was, is_at)) in before.codes.iter().zip(codes).enumerate() {
        let Some(is) = is_at.and_then(|index| after.codes.get(index)) else {
            changes.push(change(ChangeKind::CodeRemoved, name_in(&old_names, index), ""));
            continue;
        };
        let name = name_in(names, is_at.unwrap_or_default());
        // A name that only got the code above it in front is the same name.
        if was.name != is.name && name_in(&old_names, index) != name {
            changes.push(change(ChangeKind::CodeRenamed, name, &was.name));
        }
        let moved_to = was.parent.and_then(|parent| codes.get(parent).copied().flatten());
        let parent_is_gone = was.parent.is_some() && moved_to.is_none() && is.parent.is_none();
        if moved_to != is.parent && !parent_is_gone {
            let parent = was.parent.map_or("", |parent| before.codes[parent].name.as_str());
            changes.push(change(ChangeKind::CodeMoved, name, parent));
        }
        // Some programs drop descriptions, which is no decision of a person.
        let meant = meaning(&is.description);
        if !meant.is_empty() && meant != meaning(&was.description) {
            changes.push(change(ChangeKind::CodeRedefined, name, &meaning(&was.description)));
        }
    }
    let found: BTreeSet<usize> = codes.iter().flatten().copied().collect();
    for index in (0..after.codes.len()).filter(|index| !found.contains(index)) {
        changes.push(change(ChangeKind::CodeAdded, name_in(names, index), ""));
    }
    changes
}

/// The distinct name of a code.
fn name_in(names: &[String], index: usize) -> &str {
    names.get(index).map_or("", String::as_str)
}

/// A description in one form, without its identifier.
fn meaning(description: &str) -> String {
    description::joined(&description::split(description))
}

/// A coding whose span is in the exported text.
struct PlacedCoding<'a> {
    /// Index of the code in the returned project.
    code: usize,
    span: CharSpan,
    user: &'a str,
}

/// The codings of one span and code, earlier and present.
type Pair<'a, 'b> = (Vec<&'a PlacedCoding<'b>>, Vec<&'a PlacedCoding<'b>>);

fn coding_changes(
    before: &Project,
    after: &Project,
    (codes, names): (&[Option<usize>], &[String]),
    was: &TextSource,
    is: &TextSource,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let same_text = was.text == is.text;
    if !same_text {
        changes.push(of_source(ChangeKind::TextChanged, was));
    }
    // Codings of a removed code do not count as removed.
    let old = placed(before, was, |coding| codes.get(coding.code).copied().flatten(), Some);
    let edits = EditMap::between(&is.text, &was.text);
    let new = placed(
        after,
        is,
        |coding| Some(coding.code),
        |span| if same_text { Some(span) } else { edits.converted(span) },
    );

    // The same code at the same span is the same coding, preferably of the same user: some programs assign all codings to the user who
    // exports.
    let mut at: BTreeMap<(CharSpan, usize), Pair<'_, '_>> = BTreeMap::new();
    for coding in &old {
        at.entry((coding.span, coding.code)).or_default().0.push(coding);
    }
    for coding in &new {
        at.entry((coding.span, coding.code)).or_default().1.push(coding);
    }
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for (_, (mut was, mut is)) in at {
        was.retain(|coding| match is.iter().position(|other| other.user == coding.user) {
            Some(index) => {
                is.remove(index);
                false
            }
            None => true,
        });
        let stayed = was.len().min(is.len());
        removed.extend(was.into_iter().skip(stayed));
        added.extend(is.into_iter().skip(stayed));
    }
    changes.extend(moves(&mut removed, &mut added).into_iter().map(|(was_coding, is_coding)| {
        change_of(ChangeKind::CodingMoved, names, was, is_coding, Some(is_coding.span), Some(was_coding.span))
    }));
    changes.extend(
        added
            .into_iter()
            .map(|coding| change_of(ChangeKind::CodingAdded, names, was, coding, Some(coding.span), None)),
    );
    changes.extend(
        removed
            .into_iter()
            .map(|coding| change_of(ChangeKind::CodingRemoved, names, was, coding, None, Some(coding.span))),
    );
    changes.sort();
    changes
}

fn change_of(
    kind: ChangeKind,
    names: &[String],
    source: &TextSource,
    coding: &PlacedCoding<'_>,
    span: Option<CharSpan>,
    was_span: Option<CharSpan>,
) -> Change {
    let code = name_in(names, coding.code).to_owned();
    // A file does not say who deleted something.
    let user = if span.is_some() { coding.user.to_owned() } else { String::new() };
    Change { kind, code, was: String::new(), user, source: source.name.clone(), span, was_span }
}

fn placed<'a>(
    project: &'a Project,
    source: &'a TextSource,
    code: impl Fn(&Coding) -> Option<usize>,
    convert: impl Fn(CharSpan) -> Option<CharSpan>,
) -> Vec<PlacedCoding<'a>> {
    let mut all = Vec::new();
    for selection in &source.selections {
        for coding in &selection.codings {
            let user =
                coding.user.and_then(|user| project.users.get(user)).map_or("", |user| user.name.as_str());
            if let (Some(code), Some(span)) = (code(coding), convert(selection.span)) {
                all.push(PlacedCoding { code, span, user });
            }
        }
    }
    all
}

/// Takes overlapping pairs of a removed and an added coding of one code out of both lists, those with most overlap first.
fn moves<'a, 'b>(
    removed: &mut Vec<&'a PlacedCoding<'b>>,
    added: &mut Vec<&'a PlacedCoding<'b>>,
) -> Vec<(&'a PlacedCoding<'b>, &'a PlacedCoding<'b>)> {
    let mut pairs = Vec::new();
    for (was_at, was) in removed.iter().enumerate() {
        for (is_at, is) in added.iter().enumerate() {
            let shared = was.span.end.min(is.span.end).saturating_sub(was.span.start.max(is.span.start));
            if was.code == is.code && shared > 0 {
                pairs.push((std::cmp::Reverse(shared), was_at, is_at));
            }
        }
    }
    pairs.sort_unstable();
    let (mut gone, mut come) = (vec![false; removed.len()], vec![false; added.len()]);
    let mut moved = Vec::new();
    for (_, was_at, is_at) in pairs {
        if !gone[was_at] && !come[is_at] {
            (gone[was_at], come[is_at]) = (true, true);
            moved.push((removed[was_at], added[is_at]));
        }
    }
    let keep = |all: &mut Vec<&'a PlacedCoding<'b>>, used: &[bool]| {
        let mut used = used.iter();
        all.retain(|_| !used.next().copied().unwrap_or(false));
    };
    keep(removed, &gone);
    keep(added, &come);
    moved
}

#[cfg(test)]
mod tests;
