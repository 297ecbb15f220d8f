//! Parents of themes as tables of other programs write them, and distinct names for themes of one name under different parents.

use std::collections::BTreeMap;

use super::SeedAsWritten;
use super::verdicts::ThemeRow;

/// How a row refers to its parent, beside a column with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing.
    Unsaid,
    /// Its name.
    Named(String),
    /// The names of all ancestors and of the theme itself, separated by `/`, `\` or `>`.
    Path(String),
    /// Identifiers of the theme and of the one above it.
    Numbered {
        /// The theme's own.
        own: String,
        /// That of the parent; empty for none.
        parent: String,
    },
}

/// Folders in which NVivo and MAXQDA put all codes; they are no themes.
const FOLDERS: [&str; 8] =
    ["codes", "nodes", "code system", "codesystem", "knoten", "kodes", "nœuds", "códigos"];
/// Separators of paths in a column of names. A name is split only where the part before the separator is a row of its own:
/// `and/or` is a name.
const MARKS: [&str; 4] = ["\\", " > ", ">>", "/"];

/// The rows with names and parents, whichever way these were written.
pub(super) fn resolved(rows: Vec<(ThemeRow, Above)>) -> Vec<ThemeRow> {
    let names_by_id: BTreeMap<String, String> = rows
        .iter()
        .filter_map(|(row, above)| match above {
            Above::Numbered { own, .. } => Some((own.clone(), row.seed.name.clone())),
            _ => None,
        })
        .collect();
    let written: Vec<String> = rows.iter().map(|(row, _)| row.seed.name.clone()).collect();
    rows.into_iter()
        .map(|(mut row, above)| {
            let parent = match above {
                Above::Unsaid => None,
                Above::Named(parent) => Some(parent),
                Above::Numbered { parent, .. } => names_by_id.get(&parent).cloned(),
                Above::Path(path) => {
                    let names = names_in(&path, &["\\", ">", "/"]);
                    if row.seed.name.is_empty() {
                        names.last().copied().unwrap_or_default().clone_into(&mut row.seed.name);
                    }
                    above_last(&names)
                }
            };
            let is_row = |name: &str| written.iter().any(|other| other == name);
            if let Some(mark) = MARKS.iter().find(|mark| {
                row.seed
                    .name
                    .rsplit_once(**mark)
                    .is_some_and(|(before, _)| is_row(before) || is_folder(before))
            }) {
                let name = std::mem::take(&mut row.seed.name);
                let names = names_in(&name, &[mark]);
                names.last().copied().unwrap_or_default().clone_into(&mut row.seed.name);
                row.seed.parent = above_last(&names).unwrap_or_default();
            } else if row.seed.parent.is_empty() {
                row.seed.parent = parent.unwrap_or_default();
            } else {
                row.seed.parent = nearest_parent(&row.seed.parent, is_row);
            }
            row
        })
        .collect()
}

/// The direct parent, where it is written as a path or a cell has several groups.
fn nearest_parent(parent: &str, is_row: impl Fn(&str) -> bool) -> String {
    let first =
        parent.split(['\n', ';', '|']).map(str::trim).find(|name| !name.is_empty()).unwrap_or_default();
    if is_row(first) {
        return first.to_owned();
    }
    let names = names_in(first, &["\\", " > ", ">>"]);
    names.last().copied().unwrap_or_default().to_owned()
}

fn is_folder(name: &str) -> bool {
    FOLDERS.contains(&name.trim_matches(['\\', '/']).trim().to_lowercase().as_str())
}

/// The names of a path without the folder of all codes.
fn names_in<'a>(path: &'a str, marks: &[&str]) -> Vec<&'a str> {
    let mut names = vec![path];
    for mark in marks {
        names = names.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let mut names: Vec<&str> = names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > 1 && is_folder(names[0]) {
        names.remove(0);
    }
    names
}

fn above_last(names: &[&str]) -> Option<String> {
    names.len().checked_sub(2).map(|index| names[index].to_owned())
}

/// Gives themes of one name under different parents distinct names, as a codebook needs, with a note.
pub(super) fn told_apart(mut seeds: Vec<SeedAsWritten>) -> (Vec<SeedAsWritten>, Option<String>) {
    let folded = |name: &str| name.trim().to_lowercase();
    let mut parents: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for SeedAsWritten { seed, .. } in &seeds {
        parents.entry(folded(&seed.name)).or_default().push(folded(&seed.parent));
    }
    let mut named: Vec<String> = Vec::new();
    for SeedAsWritten { seed, .. } in &mut seeds {
        let of_name = &parents[&folded(&seed.name)];
        let same = of_name.iter().filter(|parent| **parent == folded(&seed.parent)).count();
        if of_name.len() > 1 && same == 1 && !seed.parent.trim().is_empty() {
            seed.name = format!("{}: {}", seed.parent.trim(), seed.name.trim());
            named.push(format!("`{}`", seed.name));
        }
    }
    let message = (!named.is_empty()).then(|| {
        format!("themes of one name under different parents are told apart by them: {}", named.join(", "))
    });
    (seeds, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::Seed;

    fn row(name: &str, parent: &str) -> ThemeRow {
        ThemeRow {
            seed: Seed { name: name.into(), parent: parent.into(), ..Seed::default() },
            ..ThemeRow::default()
        }
    }

    fn shown(rows: Vec<(ThemeRow, Above)>) -> String {
        let rows = resolved(rows);
        rows.iter()
            .map(|row| format!("{} < {}", row.seed.name, row.seed.parent))
            .collect::<Vec<_>>()
            .join(", ")
    }

    #[test]
    fn parents_are_found_however_they_are_written() {
        let path = |path: &str| (row("", ""), Above::Path(path.to_owned()));
        assert_eq!(
            shown(vec![path("barriers"), path("barriers/law"), path("Codes\\barriers\\pay")]),
            "barriers < , law < barriers, pay < barriers"
        );
        let numbered = |name: &str, own: &str, parent: &str| {
            (row(name, ""), Above::Numbered { own: own.to_owned(), parent: parent.to_owned() })
        };
        assert_eq!(
            shown(vec![numbered("barriers", "7", ""), numbered("law", "8", "7")]),
            "barriers < , law < barriers"
        );
        let named = |name: &str, parent: &str| (row(name, parent), Above::Unsaid);
        assert_eq!(
            shown(vec![
                named("barriers", ""),
                named("barriers\\law", ""),
                named("and/or", ""),
                named("pay", "Codes\\barriers"),
                named("bus", "ways; roads")
            ]),
            "barriers < , law < barriers, and/or < , pay < barriers, bus < ways"
        );
    }

    #[test]
    fn one_name_under_two_parents_becomes_two_names() {
        let seed = |name: &str, parent: &str| SeedAsWritten { seed: row(name, parent).seed, line: None };
        let (seeds, message) =
            told_apart(vec![seed("Law", "barriers"), seed("law", "support"), seed("pay", "support")]);
        let names: Vec<&str> = seeds.iter().map(|seed| seed.seed.name.as_str()).collect();
        assert_eq!(names, ["barriers: Law", "support: law", "pay"]);
        assert!(message.unwrap().contains("`support: law`"));
        // Duplicates under one parent are an error that is reported elsewhere.
        let (seeds, message) = told_apart(vec![seed("a", "b"), seed("a", "b")]);
        assert_eq!((seeds[0].seed.name.as_str(), message), ("a", None));
    }
}
