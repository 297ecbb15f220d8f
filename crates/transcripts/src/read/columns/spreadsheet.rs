//! Workbooks of Excel and `LibreOffice`: each sheet with a column of text is a table, read as any other.
//!
//! The headings may be below the first row, and a cell that is merged over several rows (an interview's id beside its turns) holds
//! for each of them. With several such sheets and no `transcript_id`, a sheet is a transcript.

use std::collections::BTreeMap;

use super::survey::program_of;
use super::workbook::{MergedCells, Row as SheetRow, Workbook};
use super::{Cell, Row, Table, fold_column, known_columns, stays_in_its_row, transcripts_of};
use crate::codes;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};

/// Rows from the top among which the headings are searched.
const HEADINGS_WITHIN: usize = 20;
/// Maximum columns of a table, as in CSV.
const MAX_COLUMNS: u32 = 10_000;
/// Maximum cells that merged cells are copied to.
const MAX_SPREAD: usize = 1_000_000;

/// Reads workbooks of one kind; all kinds have the same sheets.
#[derive(Debug)]
pub(crate) struct Spreadsheet {
    name: &'static str,
    endings: &'static [&'static str],
}

/// Reads `.xlsx`.
pub(crate) const XLSX: Spreadsheet = Spreadsheet { name: "xlsx", endings: &["xlsx", "xlsm"] };
/// Reads `.xlsb`, Excel's binary form.
pub(crate) const XLSB: Spreadsheet = Spreadsheet { name: "xlsb", endings: &["xlsb"] };
/// Reads `.ods`, as `LibreOffice` writes it.
pub(crate) const ODS: Spreadsheet = Spreadsheet { name: "ods", endings: &["ods", "fods"] };

impl Reader for Spreadsheet {
    fn name(&self) -> &'static str {
        self.name
    }

    fn endings(&self) -> &'static [&'static str] {
        self.endings
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let mut workbook = Workbook::open(source.bytes).map_err(ReadError::Workbook)?;
        let sheets = workbook.sheets();
        let mut tables = Vec::new();
        let mut others = Vec::new();
        let mut first = None;
        for sheet in &sheets {
            let rows = match workbook.rows(sheet) {
                Ok(rows) => rows,
                Err(fault) => {
                    log.error(
                        codes::SHEET_LEFT_OUT,
                        None,
                        format!("the sheet `{sheet}` was not read: {fault}"),
                        fault.hint(),
                    );
                    continue;
                }
            };
            if rows.is_empty() {
                continue;
            }
            if let Some(heading) = heading_of(&rows) {
                let merged = workbook.merged(sheet).unwrap_or_default();
                tables.push((sheet.as_str(), table_of(rows, heading, &merged, sheet, log)?));
            } else {
                others.push(format!("`{sheet}`"));
                first = first.or_else(|| table_of(rows, 0, &[], sheet, log).ok());
            }
        }
        if tables.is_empty() {
            // The error names the columns of the first sheet that has any.
            return first.map_or(Err(ReadError::NoTurns), |table| transcripts_of(&table, source, log));
        }
        if !others.is_empty() {
            let read: Vec<String> = tables.iter().map(|(sheet, _)| format!("`{sheet}`")).collect();
            log.note(
                codes::SHEET_LEFT_OUT,
                None,
                format!(
                    "read from {} {}; passed over, because no column there holds text: {}",
                    if read.len() == 1 { "the sheet" } else { "the sheets" },
                    read.join(", "),
                    others.join(", ")
                ),
                "call the column that holds what was said `text`",
            );
        }
        let several = tables.len() > 1;
        let mut drafts = Vec::new();
        for (sheet, table) in &tables {
            for mut draft in transcripts_of(table, source, log)? {
                if several && draft.id.is_none() {
                    draft.id = Some(format!("{} {sheet}", source.stem));
                }
                drafts.push(draft);
            }
        }
        Ok(drafts)
    }
}

/// The index of the row of headings: the one of the first rows that has a column of text and names most of the others,
/// because a title above may be called `Transcript` too.
fn heading_of(rows: &[SheetRow]) -> Option<usize> {
    let first: Vec<Row> = rows.iter().take(2 * HEADINGS_WITHIN).map(plain_row).collect();
    let known = |(at, row): (usize, &Row)| {
        let names: Vec<String> = (0..row.cells.len()).map(|column| row.text(column)).collect();
        if program_of(&names, &first[at + 1..]).is_some() {
            return (at, usize::MAX);
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        (at, known_columns(&names))
    };
    let known_sheets = first.iter().take(HEADINGS_WITHIN).enumerate().map(known);
    known_sheets
        .filter(|(_, known)| *known > 0)
        .max_by_key(|(at, known)| (*known, std::cmp::Reverse(*at)))
        .map(|(at, _)| at)
}

/// A row in the form of other tables.
fn plain_row(row: &SheetRow) -> Row {
    let width = row.cells.keys().last().map_or(0, |last| (*last).min(MAX_COLUMNS) as usize + 1);
    let mut cells = vec![Cell::Empty; width];
    for (at, text) in &row.cells {
        if let Some(cell) = cells.get_mut(*at as usize) {
            *cell = Cell::Text(text.clone());
        }
    }
    Row { line: row.number as u64, cells }
}

fn table_of(
    rows: Vec<SheetRow>,
    heading: usize,
    merged: &[MergedCells],
    sheet: &str,
    log: &mut ProblemLog,
) -> Result<Table, ReadError> {
    if heading > 0 {
        let above = counted(heading, "row above the headings was", "rows above the headings were");
        let line = rows.first().map(|row| row.number as u64);
        log.note(codes::ROW_LEFT_OUT, line, format!("{above} left out in the sheet `{sheet}`"), "");
    }
    let mut rows = rows.into_iter().skip(heading);
    let Some(names) = rows.next() else { return Err(ReadError::NoTurns) };
    let width = names.cells.keys().last().map_or(0, |last| (last + 1).min(MAX_COLUMNS));
    let columns: Vec<String> = (0..width)
        .map(|at| names.cells.get(&at).map(|name| name.trim().to_owned()).unwrap_or_default())
        .collect();
    let mut rows: BTreeMap<usize, BTreeMap<u32, String>> = rows.map(|row| (row.number, row.cells)).collect();
    spread_merged(&mut rows, merged, &columns, log);
    let mut table = Table { columns, ..Table::default() };
    for (number, mut cells) in rows {
        let beyond = cells.split_off(&width);
        if !beyond.is_empty() {
            log.error(
                codes::COLUMN_LEFT_OUT,
                Some(number as u64),
                "this row has cells in columns without a heading; they were left out",
                "give every column a name",
            );
        }
        let mut row = vec![Cell::Empty; cells.keys().last().map_or(0, |last| *last as usize + 1)];
        for (at, text) in cells {
            if let Some(cell) = row.get_mut(at as usize) {
                *cell = Cell::Text(text);
            }
        }
        table.push(Row { line: number as u64, cells: row })?;
    }
    Ok(table)
}

/// Copies the value of a merged cell to each row below the first, but not speech and times, which would be repeated.
fn spread_merged(
    rows: &mut BTreeMap<usize, BTreeMap<u32, String>>,
    merged: &[MergedCells],
    columns: &[String],
    log: &mut ProblemLog,
) {
    let (mut spread, mut steps) = (0, 0);
    for area in merged {
        let column = columns.get(area.column as usize).map(|name| fold_column(name));
        if column.is_none_or(|name| stays_in_its_row(&name)) {
            continue;
        }
        let Some(value) = rows.get(&area.first).and_then(|cells| cells.get(&area.column)).cloned() else {
            continue;
        };
        if area.first >= area.last {
            continue;
        }
        for (_, cells) in rows.range_mut(area.first + 1..=area.last) {
            steps += 1;
            if steps > MAX_SPREAD {
                log.warning(
                    codes::LIMIT_REACHED,
                    None,
                    "the sheet has more merged cells than were followed",
                    "unmerge the cells",
                );
                return;
            }
            cells.entry(area.column).or_insert_with(|| {
                spread += 1;
                value.clone()
            });
        }
    }
    if spread > 0 {
        log.note(
            codes::ROW_DOUBTFUL,
            None,
            format!(
                "{} from cells merged over several rows",
                counted(spread, "cell was filled", "cells were filled")
            ),
            "",
        );
    }
}
