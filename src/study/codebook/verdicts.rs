//! Applies a reviewer's decisions: which themes are kept, renamed, redefined or merged.
//!
//! A name under `merge with` may be an old or a new one. If no theme has it, the first row that names it gets it. Every merge
//! then leads to a row, and the chain ends at the theme that is kept.

use std::path::Path;

use super::SeedAsWritten;
use crate::results::Seed;
use crate::study::error::StudyError;

/// A row of the sheet: a theme and the reviewer's decisions; empty where there are none.
#[derive(Debug, Clone, Default)]
pub(super) struct ThemeRow {
    /// Row of the sheet, from 1.
    pub(super) line: usize,
    pub(super) seed: Seed,
    pub(super) emergent: bool,
    pub(super) keep: Option<bool>,
    pub(super) rename_to: String,
    pub(super) merge_with: String,
    pub(super) new_definition: String,
}

impl ThemeRow {
    fn new_name(&self) -> &str {
        if self.rename_to.is_empty() { &self.seed.name } else { &self.rename_to }
    }

    fn is_called(&self, name: &str) -> bool {
        [self.seed.name.as_str(), self.new_name()].iter().any(|own| own.to_lowercase() == name.to_lowercase())
    }

    /// Whether the theme is kept when no other one is merged with it: a seed unless the reviewer says no, an emergent one only if
    /// the reviewer acts on it.
    fn stays(&self) -> bool {
        match self.keep {
            Some(keep) => keep,
            None => !self.emergent || !self.rename_to.is_empty() || !self.new_definition.is_empty(),
        }
    }

    fn mistake(&self, path: &Path, message: String, hint: &str) -> StudyError {
        StudyError { line: Some(self.line), ..StudyError::about(path, message, hint) }
    }
}

/// The themes that are kept, in the order of the rows.
pub(super) fn applied(path: &Path, mut rows: Vec<ThemeRow>) -> Result<Vec<SeedAsWritten>, StudyError> {
    let next = merges(path, &mut rows)?;
    let ends = (0..rows.len())
        .map(|index| end_of(path, &rows, &next, index))
        .collect::<Result<Vec<usize>, StudyError>>()?;
    for (index, &end) in ends.iter().enumerate() {
        if index != end && rows[end].keep == Some(false) {
            return Err(rows[index].mistake(
                path,
                format!(
                    "`{}` is merged with `{}`, which row {} says not to keep",
                    rows[index].seed.name, rows[end].seed.name, rows[end].line
                ),
                "keep that one, or merge with another theme",
            ));
        }
    }
    let mut seeds = Vec::new();
    for (end, row) in rows.iter().enumerate() {
        let merged: Vec<&ThemeRow> = (0..rows.len())
            .filter(|&index| index != end && ends[index] == end)
            .map(|index| &rows[index])
            .collect();
        if ends[end] == end && (!merged.is_empty() || row.stays()) {
            let mut seed = joined(row, &merged);
            seed.parent = parent_of(&seed, &rows, &ends);
            seeds.push(SeedAsWritten { seed, line: Some(row.line) });
        }
    }
    Ok(seeds)
}

/// For each row the row that it is merged with. A new name goes to the first row with it, which is kept.
fn merges(path: &Path, rows: &mut [ThemeRow]) -> Result<Vec<Option<usize>>, StudyError> {
    let mut next = vec![None; rows.len()];
    for index in 0..rows.len() {
        let name = rows[index].merge_with.clone();
        if name.is_empty() {
            continue;
        }
        let others: Vec<usize> =
            (0..rows.len()).filter(|&other| other != index && rows[other].is_called(&name)).collect();
        match others[..] {
            [other] => next[index] = Some(other),
            [] if rows[index].seed.name.to_lowercase() == name.to_lowercase() => {
                let message = format!("`{name}` is merged with itself");
                return Err(rows[index].mistake(
                    path,
                    message,
                    "name another theme, or leave the cell empty",
                ));
            }
            [] => {
                rows[index].rename_to = name;
                rows[index].keep = Some(true);
            }
            [one, other, ..] => {
                let message = format!(
                    "`{name}` may be the theme of row {} or of row {}",
                    rows[one].line, rows[other].line
                );
                return Err(rows[index].mistake(path, message, "give one of them another name"));
            }
        }
    }
    Ok(next)
}

/// The row at the end of a chain of merges.
fn end_of(path: &Path, rows: &[ThemeRow], next: &[Option<usize>], start: usize) -> Result<usize, StudyError> {
    let mut passed = vec![start];
    let mut index = start;
    while let Some(following) = next[index] {
        if let Some(first) = passed.iter().position(|&index| index == following) {
            let lines: Vec<String> =
                passed[first..].iter().map(|&index| rows[index].line.to_string()).collect();
            let message = format!("the themes of rows {} are merged in a circle", lines.join(", "));
            return Err(rows[following].mistake(
                path,
                message,
                "leave `merge with` empty for the one that stays",
            ));
        }
        passed.push(following);
        index = following;
    }
    Ok(index)
}

/// A theme with its new name and definition, and the examples and keywords of those merged with it. Their new definition is used
/// where the theme has none.
fn joined(row: &ThemeRow, merged: &[&ThemeRow]) -> Seed {
    let mut seed = row.seed.clone();
    row.new_name().clone_into(&mut seed.name);
    let mut definitions = [row].into_iter().chain(merged.iter().copied()).map(|row| &row.new_definition);
    if let Some(definition) = definitions.find(|definition| !definition.is_empty()) {
        seed.definition.clone_from(definition);
    }
    for other in merged {
        add_new(&mut seed.examples, &other.seed.examples);
        add_new(&mut seed.keywords, &other.seed.keywords);
    }
    seed
}

fn add_new(texts: &mut Vec<String>, others: &[String]) {
    for text in others {
        if !texts.contains(text) {
            texts.push(text.clone());
        }
    }
}

/// The parent by its new name; none where the parent was merged with its own child.
fn parent_of(seed: &Seed, rows: &[ThemeRow], ends: &[usize]) -> String {
    let is_parent = |row: &ThemeRow| row.seed.name.to_lowercase() == seed.parent.to_lowercase();
    let parent = match rows.iter().position(is_parent) {
        Some(index) => rows[ends[index]].new_name(),
        None => seed.parent.as_str(),
    };
    if parent == seed.name { String::new() } else { parent.to_owned() }
}
