//! Which codes and sources of a returned project are which of the one that was given away. Programs keep identifiers or give new ones,
//! so what does not match by its identifier is looked for by what its description says, by its name, and by what is coded with it.

use std::collections::{BTreeMap, BTreeSet};

use super::guid::Guid;
use super::parts;
use super::project::{Project, TextSource};
use crate::corpus::CharSpan;

/// For each code of `before` its place in `after`.
pub(super) fn codes(before: &Project, after: &Project, sources: &[Option<usize>]) -> Vec<Option<usize>> {
    let by_guid: BTreeMap<Guid, usize> = after
        .codes
        .iter()
        .enumerate()
        .rev()
        .flat_map(|(place, code)| {
            [Some(code.guid), parts::identity(&code.description)]
                .into_iter()
                .flatten()
                .map(move |guid| (guid, place))
        })
        .collect();
    let mut found: Vec<Option<usize>> =
        before.codes.iter().map(|code| by_guid.get(&code.guid).copied()).collect();
    let mut taken: BTreeSet<usize> = found.iter().flatten().copied().collect();
    let mut take = |found: &mut Vec<Option<usize>>,
                    find: &dyn Fn(usize, &BTreeSet<usize>) -> Option<usize>| {
        for (place, cell) in found.iter_mut().enumerate().filter(|(_, cell)| cell.is_none()) {
            *cell = find(place, &taken);
            taken.extend(*cell);
        }
    };
    let named = |name: &dyn Fn(&Project, usize) -> String, place: usize, taken: &BTreeSet<usize>| {
        let wanted = name(before, place);
        (0..after.codes.len()).find(|other| !taken.contains(other) && name(after, *other) == wanted)
    };
    take(&mut found, &|place, taken| {
        named(&|project, code| project.path_of(code).to_lowercase(), place, taken)
    });
    take(&mut found, &|place, taken| {
        named(&|project, code| project.codes[code].name.to_lowercase(), place, taken)
    });
    let (was, is) = (spans_by_code(before, sources), spans_by_code_after(after));
    take(&mut found, &|place, taken| same_places(was.get(&place)?, &is, taken));
    found
}

/// Coded places: the source's place in the returned project, and the span.
type Spans = BTreeSet<(usize, CharSpan)>;

fn spans_by_code(project: &Project, sources: &[Option<usize>]) -> BTreeMap<usize, Spans> {
    let mut spans: BTreeMap<usize, Spans> = BTreeMap::new();
    for (source, place) in project.sources.iter().zip(sources) {
        let Some(place) = place else { continue };
        for selection in &source.selections {
            for coding in &selection.codings {
                spans.entry(coding.code).or_default().insert((*place, selection.span));
            }
        }
    }
    spans
}

fn spans_by_code_after(project: &Project) -> BTreeMap<usize, Spans> {
    let sources: Vec<Option<usize>> = (0..project.sources.len()).map(Some).collect();
    spans_by_code(project, &sources)
}

/// The code that stands at most of these places, if it has at least half of them.
fn same_places(was: &Spans, is: &BTreeMap<usize, Spans>, taken: &BTreeSet<usize>) -> Option<usize> {
    let shared = is
        .iter()
        .filter(|(code, _)| !taken.contains(code))
        .map(|(code, spans)| (spans.intersection(was).count(), std::cmp::Reverse(*code)));
    let (count, std::cmp::Reverse(code)) = shared.max()?;
    (count > 0 && count * 2 >= was.len()).then_some(code)
}

/// For each source of `before` its place in `after`: by identifier, by name, by text. Of several that match, the first that is free.
pub(super) fn sources(before: &Project, after: &Project) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; before.sources.len()];
    let mut taken = BTreeSet::new();
    let keys: [fn(&TextSource) -> String; 3] =
        [|source| source.guid.to_string(), |source| stem(&source.name), |source| source.text.clone()];
    for key in keys {
        let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let free = after.sources.iter().enumerate().rev().filter(|(place, _)| !taken.contains(place));
        for (place, source) in free {
            by_key.entry(key(source)).or_default().push(place);
        }
        for (cell, source) in found.iter_mut().zip(&before.sources).filter(|(cell, _)| cell.is_none()) {
            *cell = by_key.get_mut(&key(source)).and_then(Vec::pop);
            taken.extend(*cell);
        }
    }
    found
}

/// A name without case and without the ending that some programs add.
fn stem(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.strip_suffix(".txt").or_else(|| name.strip_suffix(".docx")).unwrap_or(&name).to_owned()
}
