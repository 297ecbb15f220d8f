//! Pairs the codes and sources of an exported project with those of the returned one. Some programs give new identifiers, so what does
//! not match by its identifier is matched by the identifier in its description, by its name, and by what is coded with it.

use std::collections::{BTreeMap, BTreeSet};

use refi_qda::{Guid, Project, TextSource, distinct_names};
use transcripts::CharSpan;

use super::lines::LineIndex;
use crate::study::description;

/// For each code of `before` its index in `after`.
pub(super) fn codes(before: &Project, after: &Project, sources: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut matching = Matching { found: vec![None; before.codes.len()], taken: BTreeSet::new() };
    let mut by_guid: BTreeMap<Guid, Vec<usize>> = BTreeMap::new();
    for (index, code) in after.codes.iter().enumerate() {
        let identities = [Some(code.guid), description::identity(&code.description)];
        for guid in identities.into_iter().flatten().collect::<BTreeSet<Guid>>() {
            by_guid.entry(guid).or_default().push(index);
        }
    }
    // Copies of a code have its identifier in their description; a copy of the same kind and name is preferred.
    matching.take(|index, taken| {
        let was = before.codes.get(index)?;
        let same = by_guid.get(&was.guid)?.iter().copied().filter(|other| !taken.contains(other));
        let rank = |other: &usize| {
            let is = after.codes.get(*other);
            (
                is.is_some_and(|is| is.is_codable == was.is_codable),
                is.is_some_and(|is| folded(&is.name) == folded(&was.name)),
                std::cmp::Reverse(*other),
            )
        };
        same.max_by_key(rank)
    });
    let (was, is) = (spans_by_code(before, sources), spans_by_code_after(after));
    // By its path, by its distinct name, and by its own name; of several, the one whose codings are the most alike.
    let paths = |project: &Project| (0..project.codes.len()).map(|code| project.path_of(code)).collect();
    let own = |project: &Project| project.codes.iter().map(|code| code.name.clone()).collect();
    let names: [Names<'_>; 3] = [&paths, &|project| distinct_names(&project.codes), &own];
    for names in names {
        let wanted = names(before);
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, name) in names(after).iter().enumerate() {
            by_name.entry(folded(name)).or_default().push(index);
        }
        matching.take(|index, taken| {
            let same = by_name.get(&folded(wanted.get(index)?))?;
            let free: Vec<usize> = same.iter().copied().filter(|other| !taken.contains(other)).collect();
            let near = || was.get(&index).and_then(|was| most_shared(was, &is, |code| free.contains(code)));
            match free.as_slice() {
                [_, _, ..] => near().map(|(_, code)| code).or_else(|| free.first().copied()),
                one => one.first().copied(),
            }
        });
    }
    matching.take(|index, taken| same_spans(was.get(&index)?, &is, taken));
    matching.found
}

/// The names of a project's codes, in one of the ways in which they can be the same.
type Names<'a> = &'a dyn Fn(&Project) -> Vec<String>;

/// Codes or sources found so far.
struct Matching {
    /// For each of the first project its index in the second.
    found: Vec<Option<usize>>,
    /// Indices in the second that are taken.
    taken: BTreeSet<usize>,
}

impl Matching {
    /// Looks for those that are not found yet.
    fn take(&mut self, find: impl Fn(usize, &BTreeSet<usize>) -> Option<usize>) {
        for (index, cell) in self.found.iter_mut().enumerate().filter(|(_, cell)| cell.is_none()) {
            *cell = find(index, &self.taken);
            self.taken.extend(*cell);
        }
    }
}

/// A name without case and blanks around it.
fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Coded spans: the source's index in the returned project, and the span.
type Spans = BTreeSet<(usize, CharSpan)>;

fn spans_by_code(project: &Project, sources: &[Option<usize>]) -> BTreeMap<usize, Spans> {
    let mut spans: BTreeMap<usize, Spans> = BTreeMap::new();
    for (source, index) in project.sources.iter().zip(sources) {
        let Some(index) = index else { continue };
        for selection in &source.selections {
            for coding in &selection.codings {
                spans.entry(coding.code).or_default().insert((*index, selection.span));
            }
        }
    }
    spans
}

fn spans_by_code_after(project: &Project) -> BTreeMap<usize, Spans> {
    let sources: Vec<Option<usize>> = (0..project.sources.len()).map(Some).collect();
    spans_by_code(project, &sources)
}

/// The code at most of these spans, if it has at least half of them.
fn same_spans(was: &Spans, is: &BTreeMap<usize, Spans>, taken: &BTreeSet<usize>) -> Option<usize> {
    let (count, code) = most_shared(was, is, |code| !taken.contains(code))?;
    (count * 2 >= was.len()).then_some(code)
}

/// The code at most of these spans, and at how many.
fn most_shared(
    was: &Spans,
    is: &BTreeMap<usize, Spans>,
    may: impl Fn(&usize) -> bool,
) -> Option<(usize, usize)> {
    let shared = is
        .iter()
        .filter(|(code, _)| may(code))
        .map(|(code, spans)| (spans.intersection(was).count(), std::cmp::Reverse(*code)));
    let (count, std::cmp::Reverse(code)) = shared.max()?;
    (count > 0).then_some((count, code))
}

/// For each source of `before` its index in `after`: by identifier, by name and text, by text, by name, and by most of its lines. Of
/// several that match, the first that is free.
pub(super) fn sources(before: &Project, after: &Project) -> Vec<Option<usize>> {
    let mut matching = Matching { found: vec![None; before.sources.len()], taken: BTreeSet::new() };
    let keys: [fn(&TextSource) -> Option<String>; 4] = [
        |source| Some(source.guid.to_string()),
        |source| Some(format!("{}\n{}", stem(&source.name), words(&source.text)?)),
        |source| words(&source.text),
        |source| Some(stem(&source.name)),
    ];
    for key in keys {
        let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, source) in after.sources.iter().enumerate() {
            if let Some(key) = key(source) {
                by_key.entry(key).or_default().push(index);
            }
        }
        matching.take(|index, taken| {
            let same = by_key.get(&key(before.sources.get(index)?)?)?;
            same.iter().copied().find(|other| !taken.contains(other))
        });
    }
    let lines = LineIndex::of(after.sources.iter().map(|source| source.text.as_str()));
    matching.take(|index, taken| {
        lines.best_match(&before.sources.get(index)?.text, |other| !taken.contains(&other))
    });
    matching.found
}

/// A name without case and without the ending that some programs add.
pub(super) fn stem(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_suffix(".txt").or_else(|| name.strip_suffix(".docx")).unwrap_or(&name).to_owned()
}

/// A text without its blanks and line breaks, which programs change; none where there is no word by which it could be found.
fn words(text: &str) -> Option<String> {
    let words = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    (!words.is_empty()).then_some(words)
}
