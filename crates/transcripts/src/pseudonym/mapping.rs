//! The table of names and their replacements: columns `name` and `replacement`, optionally `kind` and `case`; CSV or Excel.
//!
//! If the table cannot be read as a whole, it is refused: going on would show names. No message quotes a name, because messages end in
//! terminals and logs.

use std::collections::BTreeMap;
use std::path::Path;

use super::fold::{Kind, letters};
use super::names::{Entry, NamesToReplace};
use super::tally::NameKind;
use crate::codes;
use crate::corpus::{Problem, Severity};
use crate::read::{Row, read_sheets};

/// Larger files are no list of names.
const MAX_MB: u64 = 16;
/// More names than a study has.
const MAX_NAMES: usize = 100_000;
/// Longest name or replacement, in letters.
const LONGEST: usize = 200;

/// A table of names that was read. It does not implement `Debug`, because it holds names.
pub struct Mapping {
    /// The names.
    pub names: NamesToReplace,
    /// What is doubtful about them.
    pub problems: Vec<Problem>,
}

/// Why a table of names cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct MappingError {
    /// The faulty row, from 1.
    pub row: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl MappingError {
    fn at(row: u64, message: impl Into<String>, hint: &str) -> Self {
        Self { row: Some(row), message: message.into(), hint: hint.to_owned() }
    }

    fn about(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { row: None, message: message.into(), hint: hint.into() }
    }
}

/// Reads the table of names at `path`; problems call it `source`.
///
/// # Errors
/// When the file cannot be read, a column is missing, or a row has a name without a replacement or a name that is there already.
pub fn read_mapping(path: &Path, source: &str) -> Result<Mapping, MappingError> {
    let file = read_sheets(path, source, MAX_MB);
    if let Some(error) = file.problems.iter().find(|problem| problem.severity == Severity::Error) {
        let line = error.line;
        return Err(MappingError { row: line, message: error.message.clone(), hint: error.hint.clone() });
    }
    let rows = file
        .sheets
        .into_iter()
        .find(|sheet| !sheet.rows.is_empty())
        .map_or_else(Vec::new, |sheet| sheet.rows);
    let mut problems = file.problems;
    let entries = entries_of(&rows)?;
    problems.extend(warnings(&entries, source));
    Ok(Mapping { names: NamesToReplace::new(source, entries), problems })
}

fn entries_of(rows: &[Row]) -> Result<Vec<Entry>, MappingError> {
    const COLUMNS: &str = "call one column `name` and one `replacement`; `kind` and `case` may follow";
    let Some((heading, rows)) = rows.split_first() else {
        return Err(MappingError::about("the table of pseudonyms is empty", COLUMNS));
    };
    let column = |names: &[&str]| {
        let is_it = |cell: &String| names.contains(&cell.trim().to_lowercase().as_str());
        heading.cells.iter().find(|(_, cell)| is_it(cell)).map(|(at, _)| *at)
    };
    let (Some(name), Some(replacement)) = (column(&["name", "names"]), column(&["replacement", "pseudonym"]))
    else {
        return Err(MappingError::about(
            "the table of pseudonyms has no columns `name` and `replacement`",
            COLUMNS,
        ));
    };
    let (kind, case) = (column(&["kind", "type"]), column(&["case"]));
    let mut entries: Vec<Entry> = Vec::new();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let number = row.number as u64;
        let cell = |at: Option<u32>| at.and_then(|at| row.cells.get(&at)).map_or("", |cell| cell.trim());
        let (name, replacement) = (cell(Some(name)), cell(Some(replacement)));
        if name.is_empty() && replacement.is_empty() {
            continue;
        }
        let entry = entry_of(number, name, replacement, cell(kind), cell(case))?;
        let key = name.to_lowercase();
        match first.get(&key).and_then(|at| entries.get(*at)) {
            Some(known) if known.replacement == entry.replacement => continue,
            Some(known) => {
                return Err(MappingError::at(
                    number,
                    format!("this name stands in row {} already, with another replacement", known.row),
                    "keep one of the two; for two people of one name list their full names",
                ));
            }
            None => {
                first.insert(key, entries.len());
                entries.push(entry);
            }
        }
        if entries.len() > MAX_NAMES {
            return Err(MappingError::about(
                format!("there are more than {MAX_NAMES} names"),
                "list only names that occur",
            ));
        }
    }
    if entries.is_empty() {
        return Err(MappingError::about("the table of pseudonyms lists no name", COLUMNS));
    }
    Ok(entries)
}

fn entry_of(row: u64, name: &str, replacement: &str, kind: &str, case: &str) -> Result<Entry, MappingError> {
    if name.is_empty() {
        return Err(MappingError::at(
            row,
            "a replacement stands here without a name",
            "write the name, or take the row out",
        ));
    }
    if replacement.is_empty() {
        return Err(MappingError::at(
            row,
            "a name stands here without a replacement, and would be shown",
            "write what is to be shown instead, for example a pseudonym or [name]",
        ));
    }
    let words: Vec<Kind> = letters(name)
        .map(|letter| letter.kind)
        .filter(|kind| !matches!(kind, Kind::Space | Kind::Other))
        .collect();
    if words.is_empty() || (words.len() == 1 && words.contains(&Kind::Unspaced)) {
        return Err(MappingError::at(
            row,
            "this name is too short to be found safely",
            "list names of two signs or more; a family name of one sign together with what follows",
        ));
    }
    if letters(name).count() > LONGEST || letters(replacement).count() > LONGEST {
        return Err(MappingError::at(
            row,
            "this name or its replacement is too long",
            "list names, not sentences",
        ));
    }
    let kind = NameKind::named(kind).ok_or_else(|| {
        MappingError::at(
            row,
            "this kind is not known",
            "write name, place, organisation or other, or nothing",
        )
    })?;
    let exact = match case.to_lowercase().as_str() {
        "" | "any" => false,
        "exact" => true,
        _ => {
            return Err(MappingError::at(
                row,
                "this is not known under `case`",
                "write `exact` for a name that is replaced only as written here, or nothing",
            ));
        }
    };
    Ok(Entry {
        name: name.to_owned(),
        replacement: replacement.to_owned(),
        kind,
        exact,
        row,
        letters: words.len(),
    })
}

/// Replacements that are names themselves.
fn warnings(entries: &[Entry], source: &str) -> Vec<Problem> {
    let rows: BTreeMap<String, u64> =
        entries.iter().map(|entry| (entry.name.to_lowercase(), entry.row)).collect();
    let mut problems = Vec::new();
    for entry in entries {
        let Some(row) = rows.get(&entry.replacement.to_lowercase()) else { continue };
        let (message, hint) = if *row == entry.row {
            ("this name is replaced by itself, so it is shown".to_owned(), "choose another replacement")
        } else {
            (
                format!(
                    "the replacement is the name in row {row}; it is shown as it stands and not replaced again"
                ),
                "choose a replacement that is nobody's name, or readers will take one person for the other",
            )
        };
        problems.push(
            Problem::new(Severity::Warning, source, message)
                .with_code(codes::PSEUDONYM_DOUBTFUL)
                .at_line(entry.row)
                .with_hint(hint),
        );
    }
    problems
}
