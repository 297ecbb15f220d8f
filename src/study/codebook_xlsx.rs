//! A codebook in Excel: the workbook of an earlier run with a reviewer's verdicts, or a plain sheet with the columns of the
//! CSV form.
//!
//! Columns are found by their headings, whatever their order, because people move, hide and add columns. What a
//! reviewer wrote and nobody understands is an error: a verdict must not be lost silently.

mod verdicts;

use std::collections::BTreeMap;
use std::path::Path;

use self::verdicts::{ThemeRow, applied};
use super::codebook::{Seed, SeedAsWritten};
use super::error::{StudyError, nearest};
use crate::read::{Row, Workbook, WorkbookFault};

/// The sheet of our workbook.
const SHEET: &str = "themes";
/// Headings as [`heading`] gives them, and as a message shows them.
const HEADINGS: [(&str, &str); 13] = [
    ("theme", "theme"),
    ("name", "name"),
    ("kind", "kind"),
    ("definition", "definition"),
    ("include", "include"),
    ("exclude", "exclude"),
    ("examples", "examples"),
    ("keywords", "keywords"),
    ("parent", "parent"),
    ("keep", "keep?"),
    ("renameto", "rename to"),
    ("mergewith", "merge with"),
    ("newdefinition", "new definition"),
];
/// More rows than any list of themes has.
const MOST_ROWS: usize = 2_500;

/// Reads the themes of a workbook, verdicts applied.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<Vec<SeedAsWritten>, StudyError> {
    let fault = |fault: WorkbookFault| StudyError::about(path, fault.to_string(), fault.hint());
    let mut workbook = Workbook::open(bytes).map_err(fault)?;
    let Some(rows) = theme_rows(&mut workbook).map_err(fault)? else {
        return Err(StudyError::about(
            path,
            "no sheet of the workbook has a column `theme` or `name`",
            "the first row names the columns",
        ));
    };
    if rows.len() > MOST_ROWS {
        return Err(StudyError::about(path, format!("the codebook has more than {MOST_ROWS} rows"), ""));
    }
    let Some((header, themes)) = rows.split_first() else { return Ok(Vec::new()) };
    let columns = Columns::of(path, header)?;
    let themes = themes.iter().map(|row| columns.theme(path, row)).collect::<Result<Vec<_>, _>>()?;
    applied(path, themes)
}

/// The rows of the sheet `themes`; without one, of the first sheet that looks like a codebook. None when the first row
/// names no themes.
fn theme_rows(workbook: &mut Workbook<'_>) -> Result<Option<Vec<Row>>, WorkbookFault> {
    let mut sheets = workbook.sheets();
    if let Some(ours) = sheets.iter().position(|sheet| sheet.trim().to_lowercase() == SHEET) {
        sheets = vec![sheets.swap_remove(ours)];
    }
    for sheet in sheets {
        let rows = workbook.rows(&sheet)?;
        let names_themes = |cell: &String| ["theme", "name"].contains(&heading(cell).as_str());
        if rows.first().is_some_and(|header| header.cells.values().any(names_themes)) {
            return Ok(Some(rows));
        }
    }
    Ok(None)
}

/// A heading without case, spaces, marks and what stands in brackets: "Keep? (yes, no)" is `keep`.
fn heading(cell: &str) -> String {
    let before_brackets = cell.split('(').next().unwrap_or_default();
    before_brackets.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A heading of ours as people see it.
fn shown(heading: &str) -> &str {
    HEADINGS.iter().find(|(known, _)| *known == heading).map_or(heading, |(_, shown)| shown)
}

/// Where the columns are.
struct Columns(BTreeMap<String, u32>);

impl Columns {
    fn of(path: &Path, header: &Row) -> Result<Self, StudyError> {
        let mistake = |message: String, hint: String| StudyError {
            line: Some(header.number),
            ..StudyError::about(path, message, hint)
        };
        let mut columns = BTreeMap::new();
        for (&column, cell) in &header.cells {
            let heading = heading(cell);
            let known = HEADINGS.iter().any(|(known, _)| *known == heading);
            if known && columns.insert(heading, column).is_some() {
                let message = format!("the column `{}` stands twice", cell.trim());
                return Err(mistake(message, "give the one that is yours another heading".to_owned()));
            }
        }
        // A reviewer's own columns are welcome, but not a slip of the keyboard that hides one of ours.
        let is_missing =
            |heading: &str| !columns.contains_key(heading) && !["theme", "name"].contains(&heading);
        let missing: Vec<&str> =
            HEADINGS.iter().map(|(heading, _)| *heading).filter(|heading| is_missing(heading)).collect();
        for cell in header.cells.values().filter(|cell| !columns.contains_key(&heading(cell))) {
            if let Some(meant) = nearest(&heading(cell), &missing) {
                let message = format!("unknown column `{}`", cell.trim());
                return Err(mistake(message, format!("did you mean `{}`?", shown(meant))));
            }
        }
        Ok(Self(columns))
    }

    fn cell<'a>(&self, row: &'a Row, heading: &str) -> &'a str {
        let cell = self.0.get(heading).and_then(|column| row.cells.get(column));
        cell.map(|text| text.trim()).unwrap_or_default()
    }

    fn theme(&self, path: &Path, row: &Row) -> Result<ThemeRow, StudyError> {
        let text = |heading: &str| self.cell(row, heading).to_owned();
        let list = |heading: &str, marks: &[char]| -> Vec<String> {
            let parts = self.cell(row, heading).split(marks).map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect()
        };
        // In our workbook an example is a line; in the CSV form `|` parts them too.
        let ours = self.0.contains_key("theme");
        let seed = Seed {
            name: text(if ours { "theme" } else { "name" }),
            definition: text("definition"),
            include: text("include"),
            exclude: text("exclude"),
            examples: list("examples", if ours { &['\n'] } else { &['\n', '|'] }),
            keywords: list("keywords", &['\n', '|', ';']),
            parent: text("parent"),
        };
        Ok(ThemeRow {
            line: row.number,
            seed,
            emergent: self.choice(path, row, "kind", &["emergent"], &["seed"])?.unwrap_or(false),
            keep: self.choice(path, row, "keep", &["yes", "y"], &["no", "n"])?,
            rename_to: text("renameto"),
            merge_with: text("mergewith"),
            new_definition: text("newdefinition"),
        })
    }

    /// Which of two answers stands in a cell; none when it is empty.
    fn choice(
        &self,
        path: &Path,
        row: &Row,
        heading: &str,
        one: &[&str],
        other: &[&str],
    ) -> Result<Option<bool>, StudyError> {
        let written = self.cell(row, heading);
        let lower = written.to_lowercase();
        match lower.as_str() {
            "" => Ok(None),
            word if one.contains(&word) => Ok(Some(true)),
            word if other.contains(&word) => Ok(Some(false)),
            _ => {
                let message = format!("`{written}` under `{}` is not understood", shown(heading));
                let hint = format!("write {} or {}, or leave the cell empty", one[0], other[0]);
                Err(StudyError { line: Some(row.number), ..StudyError::about(path, message, hint) })
            }
        }
    }
}

#[cfg(test)]
mod tests;
