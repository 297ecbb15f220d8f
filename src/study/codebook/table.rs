//! A codebook in a table: a sheet, an export of another program, or the workbook of an earlier run with a reviewer's verdicts.
//!
//! Columns are found by their headings, whatever their order, because people move, hide and add columns. A verdict that
//! cannot be understood is an error, so that none is lost silently.

use std::collections::BTreeMap;
use std::path::Path;

use super::headings::{Field, OURS, UNDERSTOOD, field_of, folded, shown};
use super::hierarchy::{self, Above};
use super::verdicts::{ThemeRow, applied};
use super::{SeedAsWritten, description};
use crate::results::{Seed, codes};
use transcripts::tables::{Row, Sheet, sheets_of};
use transcripts::{Problem, Severity};

use crate::study::error::{StudyError, nearest};

/// The sheet of our workbook.
const SHEET: &str = "themes";
/// More rows are no list of themes.
const MAX_ROWS: usize = 2_500;
/// Maximum rows above the headings, such as titles and dates.
const MAX_ROWS_ABOVE: usize = 20;
/// A row above the headings has at most so many cells.
const MAX_CELLS_ABOVE: usize = 2;

/// Reads the themes of a workbook or of text with columns, verdicts applied, with warnings.
pub(super) fn read(path: &Path, bytes: &[u8]) -> Result<(Vec<SeedAsWritten>, Vec<Problem>), StudyError> {
    let name = path.display().to_string();
    let file = sheets_of(bytes, &name);
    let (broken, mut problems): (Vec<Problem>, Vec<Problem>) =
        file.problems.into_iter().partition(|problem| problem.severity == Severity::Error);
    if let Some(problem) = broken.into_iter().next().filter(|_| file.sheets.is_empty()) {
        return Err(StudyError::about(path, problem.message, problem.hint));
    }
    let Some((header, themes)) = with_headings(&file.sheets) else {
        return Err(StudyError::about(
            path,
            "no column has a heading that stands for the themes' names",
            UNDERSTOOD,
        ));
    };
    if themes.len() > MAX_ROWS {
        return Err(StudyError::about(path, format!("the codebook has more than {MAX_ROWS} rows"), ""));
    }
    let columns = CodebookColumns::of(path, header)?;
    problems.extend(CodebookColumns::passed_over(&name, header));
    let filled = themes.iter().filter(|row| row.cells.values().any(|cell| !cell.trim().is_empty()));
    let rows: Vec<(ThemeRow, Above)> =
        filled.map(|row| columns.theme(path, row)).collect::<Result<_, StudyError>>()?;
    let rows = hierarchy::resolved(rows);
    let seeds = applied(path, rows)?;
    let (seeds, told_apart) = hierarchy::told_apart(seeds);
    problems.extend(
        told_apart
            .map(|message| Problem::new(Severity::Note, &name, message).with_code(codes::CODEBOOK_DOUBTFUL)),
    );
    Ok((seeds, problems))
}

/// The headings and the rows below them: of the sheet `themes`; without one, of the first sheet that has a column of names.
fn with_headings(sheets: &[Sheet]) -> Option<(&Row, &[Row])> {
    let ours = sheets.iter().find(|sheet| sheet.name.trim().to_lowercase() == SHEET);
    ours.map_or(sheets, std::slice::from_ref).iter().find_map(|sheet| {
        let above =
            sheet.rows.iter().take_while(|row| !names_themes(row) && row.cells.len() <= MAX_CELLS_ABOVE);
        let index = above.count();
        let header = sheet.rows.get(index).filter(|row| index <= MAX_ROWS_ABOVE && names_themes(row))?;
        Some((header, &sheet.rows[index + 1..]))
    })
}

fn names_themes(row: &Row) -> bool {
    row.cells.values().any(|cell| {
        let field = field_of(&folded(cell)).map(|(field, _)| field);
        matches!(field, Some(Field::Name | Field::Subname | Field::Category | Field::Path))
    })
}

/// The indices of the columns.
struct CodebookColumns {
    of: BTreeMap<Field, u32>,
    /// Whether the column of names is `theme`, as in the workbook of a run.
    is_ours: bool,
}

impl CodebookColumns {
    fn of(path: &Path, header: &Row) -> Result<Self, StudyError> {
        let mistake = |message: String, hint: String| StudyError {
            line: Some(header.number),
            ..StudyError::about(path, message, hint)
        };
        let mut found: BTreeMap<Field, (usize, u32)> = BTreeMap::new();
        let mut headings: Vec<String> = Vec::new();
        for (&column, cell) in &header.cells {
            let heading = folded(cell);
            let Some((field, rank)) = field_of(&heading) else { continue };
            if field != Field::Bookkeeping && headings.contains(&heading) {
                let message = format!("the column `{}` stands twice", cell.trim());
                return Err(mistake(message, "give the one that is yours another heading".to_owned()));
            }
            headings.push(heading);
            let best = found.entry(field).or_insert((rank, column));
            *best = (*best).min((rank, column));
        }
        // Other columns are allowed, but not misspelt headings of ours.
        let missing: Vec<&str> = OURS
            .iter()
            .map(|(heading, _)| *heading)
            .filter(|heading| {
                !["theme", "name"].contains(heading) && !headings.iter().any(|found| found == heading)
            })
            .collect();
        for cell in header.cells.values().filter(|cell| field_of(&folded(cell)).is_none()) {
            if let Some(meant) = nearest(&folded(cell), &missing) {
                let message = format!("unknown column `{}`", cell.trim());
                return Err(mistake(message, format!("did you mean `{}`?", shown(meant))));
            }
        }
        let is_ours = headings.iter().any(|heading| heading == "theme");
        Ok(Self { of: found.into_iter().map(|(field, (_, column))| (field, column)).collect(), is_ours })
    }

    /// A note on columns about themes that are not understood.
    fn passed_over(name: &str, header: &Row) -> Option<Problem> {
        let unknown: Vec<String> = header
            .cells
            .values()
            .filter(|cell| !cell.trim().is_empty() && field_of(&folded(cell)).is_none())
            .map(|cell| format!("`{}`", cell.trim()))
            .collect();
        let message = match unknown.as_slice() {
            [] => return None,
            [one] => format!("the column {one} is none of a codebook's and was passed over"),
            several => {
                format!("the columns {} are none of a codebook's and were passed over", several.join(", "))
            }
        };
        Some(
            Problem::new(Severity::Note, name, message)
                .with_code(codes::CODEBOOK_DOUBTFUL)
                .at_line(header.number as u64)
                .with_hint(UNDERSTOOD),
        )
    }

    fn cell<'a>(&self, row: &'a Row, field: Field) -> &'a str {
        let cell = self.of.get(&field).and_then(|column| row.cells.get(column));
        cell.map(|text| text.trim()).unwrap_or_default()
    }

    /// The theme of a row, and its reference to a parent.
    fn theme(&self, path: &Path, row: &Row) -> Result<(ThemeRow, Above), StudyError> {
        let text = |field: Field| self.cell(row, field).to_owned();
        let list = |field: Field, marks: &[char]| -> Vec<String> {
            let parts = self.cell(row, field).split(marks).map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect()
        };
        let (name, above) = self.name_and_above(row);
        // In our workbook examples are separated by lines; elsewhere by `|` too.
        let mut seed = Seed {
            name,
            definition: text(Field::Definition),
            include: text(Field::Include),
            exclude: text(Field::Exclude),
            examples: list(Field::Examples, if self.is_ours { &['\n'] } else { &['\n', '|'] }),
            keywords: list(Field::Keywords, &['\n', '|', ';']),
            parent: text(Field::Parent),
        };
        let parts_are_apart = [Field::Include, Field::Exclude, Field::Examples, Field::Keywords]
            .iter()
            .any(|field| self.of.contains_key(field));
        if !parts_are_apart {
            // Programs have one description a code, and codebooks exported from them keep their parts in it.
            seed = Seed { name: seed.name, parent: seed.parent, ..description::split(&seed.definition) };
        }
        let row = ThemeRow {
            line: row.number,
            seed,
            emergent: self.choice(path, row, Field::Kind, &["emergent"], &["seed"])?.unwrap_or(false),
            keep: self.choice(path, row, Field::Keep, &["yes", "y"], &["no", "n"])?,
            rename_to: text(Field::RenameTo),
            merge_with: text(Field::MergeWith),
            new_definition: text(Field::NewDefinition),
        };
        Ok((row, above))
    }

    /// The name in a row, from whichever column has it, and its ancestors.
    fn name_and_above(&self, row: &Row) -> (String, Above) {
        let text = |field: Field| self.cell(row, field).to_owned();
        let [name, subname, category] = [Field::Name, Field::Subname, Field::Category].map(text);
        if !subname.is_empty() {
            return (subname, Above::Named(if name.is_empty() { category } else { name }));
        }
        let path = text(Field::Path);
        if !path.is_empty() {
            return (name, Above::Path(path));
        }
        if name.is_empty() {
            return (category, Above::Unsaid);
        }
        let id = text(Field::Id);
        let above = if self.of.contains_key(&Field::ParentId) && !id.is_empty() {
            Above::Numbered { own: id, parent: text(Field::ParentId) }
        } else if category.is_empty() {
            Above::Unsaid
        } else {
            Above::Named(category)
        };
        (name, above)
    }

    /// Which of two answers a cell has; none when it is empty.
    fn choice(
        &self,
        path: &Path,
        row: &Row,
        field: Field,
        one: &[&str],
        other: &[&str],
    ) -> Result<Option<bool>, StudyError> {
        let written = self.cell(row, field);
        let lower = written.to_lowercase();
        match lower.as_str() {
            "" => Ok(None),
            word if one.contains(&word) => Ok(Some(true)),
            word if other.contains(&word) => Ok(Some(false)),
            _ => {
                let heading = if field == Field::Kind { "kind" } else { "keep?" };
                let message = format!("`{written}` under `{heading}` is not understood");
                let hint = format!("write {} or {}, or leave the cell empty", one[0], other[0]);
                Err(StudyError { line: Some(row.number), ..StudyError::about(path, message, hint) })
            }
        }
    }
}
