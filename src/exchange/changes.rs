//! What people changed in a project that went through another program: codings added, removed and moved, codes added, removed, renamed,
//! moved and redefined, texts changed. REFI-QDA has no record of any of it, so the returned project is held against the one given away.

use std::collections::{BTreeMap, BTreeSet};

use refi_qda::{Coding, Project, TextSource, distinct_names};
use transcripts::CharSpan;

use super::matched;
use crate::study::description;

/// Characters by which the ends of an edited stretch are found again.
const ANCHOR: usize = 16;

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// A code has another name.
    CodeRenamed,
    /// A code stands under another one.
    CodeMoved,
    /// A code's description is another.
    CodeRedefined,
    /// A code is new.
    CodeAdded,
    /// A code is gone, with all its codings.
    CodeRemoved,
    /// A place was given a code.
    CodingAdded,
    /// A code was taken from a place.
    CodingRemoved,
    /// A coding begins or ends somewhere else.
    CodingMoved,
    /// A source is new.
    SourceAdded,
    /// A source is gone. Its codings do not count as removed.
    SourceRemoved,
    /// A source's text is another.
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
    /// What kind.
    pub kind: ChangeKind,
    /// The code's name now, or where it is gone as it was; of a renamed source its name now.
    pub code: String,
    /// What it was before: a code's or a source's name, the code above it or its description.
    pub was: String,
    /// Who: the user of an added or moved coding, where the file says it.
    pub user: String,
    /// The source's name as it was given away; for a new source as it is.
    pub source: String,
    /// Where the coding is now, in the text given away.
    pub span: Option<CharSpan>,
    /// Where it was.
    pub was_span: Option<CharSpan>,
}

/// Everything that changed, codes first, then by source.
pub fn changes(before: &Project, after: &Project) -> Vec<Change> {
    let sources = matched::sources(before, after);
    let codes = matched::codes(before, after, &sources);
    let names = distinct_names(&after.codes);
    let mut changes = code_changes(before, after, &codes, &names);
    for (was, is) in before.sources.iter().zip(&sources) {
        match is.and_then(|place| after.sources.get(place)) {
            Some(is) => {
                if matched::stem(&is.name) != matched::stem(&was.name) {
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
    for (place, source) in after.sources.iter().enumerate() {
        if !sources.contains(&Some(place)) {
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
    for (place, (was, is_at)) in before.codes.iter().zip(codes).enumerate() {
        let Some(is) = is_at.and_then(|place| after.codes.get(place)) else {
            changes.push(change(ChangeKind::CodeRemoved, name_in(&old_names, place), ""));
            continue;
        };
        let name = name_in(names, is_at.unwrap_or_default());
        // A name with the code above it in front, where two codes have one name, is the same name.
        if was.name != is.name && name_in(&old_names, place) != name {
            changes.push(change(ChangeKind::CodeRenamed, name, &was.name));
        }
        let moved_to = was.parent.and_then(|parent| codes.get(parent).copied().flatten());
        let parent_is_gone = was.parent.is_some() && moved_to.is_none() && is.parent.is_none();
        if moved_to != is.parent && !parent_is_gone {
            let parent = was.parent.map_or("", |parent| before.codes[parent].name.as_str());
            changes.push(change(ChangeKind::CodeMoved, name, parent));
        }
        // Some programs drop descriptions; that is nobody's decision.
        let meant = meaning(&is.description);
        if !meant.is_empty() && meant != meaning(&was.description) {
            changes.push(change(ChangeKind::CodeRedefined, name, &meaning(&was.description)));
        }
    }
    let found: BTreeSet<usize> = codes.iter().flatten().copied().collect();
    for place in (0..after.codes.len()).filter(|place| !found.contains(place)) {
        changes.push(change(ChangeKind::CodeAdded, name_in(names, place), ""));
    }
    changes
}

/// The name of the code at a place, with the code above it in front where another one has the same.
fn name_in(names: &[String], place: usize) -> &str {
    names.get(place).map_or("", String::as_str)
}

/// A description in one form, without what only programs read.
fn meaning(description: &str) -> String {
    description::joined(&description::split(description))
}

/// A coding in terms of the project given away.
struct Placed<'a> {
    /// The name of the code as it is now, and its place in the returned project.
    code: usize,
    span: CharSpan,
    user: &'a str,
}

/// The codings of one place and code, as they were and as they are.
type Pair<'a, 'b> = (Vec<&'a Placed<'b>>, Vec<&'a Placed<'b>>);

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
    // Codings of a code that is gone went with it.
    let old = placed(before, was, |coding| codes.get(coding.code).copied().flatten(), Some);
    let shift = Shift::between(&is.text, &was.text);
    let new = placed(
        after,
        is,
        |coding| Some(coding.code),
        |span| if same_text { Some(span) } else { shift.carried(span) },
    );

    // The same code at the same place is the same coding, by the same user first: some programs give all codings to whoever exports.
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
            Some(place) => {
                is.remove(place);
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
    coding: &Placed<'_>,
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
    carried: impl Fn(CharSpan) -> Option<CharSpan>,
) -> Vec<Placed<'a>> {
    let mut all = Vec::new();
    for selection in &source.selections {
        for coding in &selection.codings {
            let user =
                coding.user.and_then(|user| project.users.get(user)).map_or("", |user| user.name.as_str());
            if let (Some(code), Some(span)) = (code(coding), carried(selection.span)) {
                all.push(Placed { code, span, user });
            }
        }
    }
    all
}

/// Takes pairs of a removed and an added coding of one code that overlap out of both lists, those that overlap most first.
fn moves<'a, 'b>(
    removed: &mut Vec<&'a Placed<'b>>,
    added: &mut Vec<&'a Placed<'b>>,
) -> Vec<(&'a Placed<'b>, &'a Placed<'b>)> {
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
    let keep = |all: &mut Vec<&'a Placed<'b>>, used: &[bool]| {
        let mut used = used.iter();
        all.retain(|_| !used.next().copied().unwrap_or(false));
    };
    keep(removed, &gone);
    keep(added, &come);
    moved
}

/// Finds places of an edited text in the original one: what stands before the first and after the last difference keeps its place, and
/// between them the same words are looked for, nearest first.
struct Shift {
    edited: Vec<char>,
    original: Vec<char>,
    /// Characters that are the same at the start and at the end.
    start: usize,
    end: usize,
}

impl Shift {
    fn between(edited: &str, original: &str) -> Self {
        let (edited, original): (Vec<char>, Vec<char>) =
            (edited.chars().collect(), original.chars().collect());
        let most = edited.len().min(original.len());
        let start = edited.iter().zip(&original).take_while(|(a, b)| a == b).count();
        let end = edited
            .iter()
            .rev()
            .zip(original.iter().rev())
            .take_while(|(a, b)| a == b)
            .count()
            .min(most - start);
        Self { edited, original, start, end }
    }

    fn carried(&self, span: CharSpan) -> Option<CharSpan> {
        let words = self.edited.get(span.start..span.end)?;
        if let (Some(start), Some(end)) = (self.outside(span.start), self.outside(span.end)) {
            return (start < end).then_some(CharSpan { start, end });
        }
        if let Some(start) = self.nearest(words, span.start) {
            return Some(CharSpan { start, end: start + words.len() });
        }
        // Edited within: each end by the words next to it.
        let anchor = words.len().min(ANCHOR);
        let start = self.outside(span.start).or_else(|| self.nearest(&words[..anchor], span.start))?;
        let last = || Some(self.nearest(&words[words.len() - anchor..], span.end - anchor)? + anchor);
        let end = self.outside(span.end).or_else(last)?;
        (start < end).then_some(CharSpan { start, end })
    }

    /// Where a place before the first difference or after the last one is in the original.
    fn outside(&self, place: usize) -> Option<usize> {
        if place <= self.start {
            return Some(place);
        }
        let from_end = self.edited.len().checked_sub(place)?;
        if from_end <= self.end { self.original.len().checked_sub(from_end) } else { None }
    }

    /// Where these words begin in the original, nearest to a place.
    fn nearest(&self, words: &[char], place: usize) -> Option<usize> {
        let last = self.original.len().checked_sub(words.len())?;
        let is_there = |at: &usize| self.original.get(*at..at + words.len()) == Some(words);
        (0..=last).filter(is_there).min_by_key(|at| at.abs_diff(place))
    }
}

#[cfg(test)]
mod tests;
