//! The cells of an `OpenDocument` spreadsheet (`.ods`, `.fods`), as `LibreOffice` and Google Sheets write it.
//!
//! A cell or a row may be repeated a million times. Empty ones are counted only; filled ones are kept up to the limit of a sheet.
//! Comments on cells are not read.

use std::collections::BTreeMap;

use super::{MAX_CELLS, MergedCells, Row, TEXT_LIMIT_MB, UNPACKED_LIMIT_MB, WorkbookFault};
use crate::read::annotated::xml::{Attributes, Piece, walk};
use crate::read::problems::ProblemLog;
use refi_qda::package::Package;

/// Maximum columns and rows of a sheet, as in spreadsheets.
const MAX_COLUMNS: u32 = 16_384;
const MAX_ROWS: u32 = 1_048_576;
/// Maximum blanks of one element.
const MAX_BLANKS: usize = 64;

/// A sheet of the file.
#[derive(Debug, Default)]
pub(super) struct OpenSheet {
    pub(super) name: String,
    /// The rows that are not empty, from the top.
    pub(super) rows: Vec<Row>,
    /// Cells that are merged over several rows.
    pub(super) merged: Vec<MergedCells>,
    /// Whether it exceeds the limit.
    pub(super) is_too_much: bool,
}

/// The sheets of a package.
pub(super) fn sheets_in(package: &mut Package<'_>) -> Result<Vec<OpenSheet>, WorkbookFault> {
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(WorkbookFault::OldOrLocked);
    }
    // The whole package was counted before, so a high compression ratio is no reason to refuse a part.
    let content = package.part_within("content.xml", UNPACKED_LIMIT_MB, u64::MAX);
    sheets_of(&content.map_err(|_| WorkbookFault::Damaged)?)
}

/// The sheets in the XML.
pub(super) fn sheets_of(xml: &[u8]) -> Result<Vec<OpenSheet>, WorkbookFault> {
    let mut log = ProblemLog::new("");
    let mut reading = Reading::default();
    walk(xml, &mut log, |piece| reading.take(piece)).map_err(|_| WorkbookFault::Damaged)?;
    if !reading.is_spreadsheet {
        return Err(WorkbookFault::Damaged);
    }
    Ok(reading.sheets)
}

/// The state of the reader.
#[derive(Default)]
struct Reading {
    sheets: Vec<OpenSheet>,
    is_spreadsheet: bool,
    /// Tables within tables; only the outermost is a sheet.
    depth: usize,
    /// Elements within a comment or a drawing.
    aside: usize,
    row: u32,
    row_repeats: u32,
    column: u32,
    /// Filled cells of the row.
    cells: BTreeMap<u32, String>,
    cell: Option<Cell>,
    /// Filled cells of the sheet and bytes of text in them.
    kept: (usize, usize),
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    repeats: u32,
    rows_spanned: u32,
    /// The value of the cell where that is not its text.
    value: Option<String>,
    text: String,
    paragraphs: usize,
}

impl Reading {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open("annotation" | "frame" | "shapes" | "custom-shape", _) => self.aside += 1,
            Piece::Close("annotation" | "frame" | "shapes" | "custom-shape") => {
                self.aside = self.aside.saturating_sub(1);
            }
            _ if self.aside > 0 => {}
            Piece::Open("spreadsheet", _) => self.is_spreadsheet = true,
            Piece::Open("table", attributes) => {
                self.depth += 1;
                if self.depth == 1 {
                    (self.row, self.kept) = (0, (0, 0));
                    let name = attributes.get("name").unwrap_or_default();
                    self.sheets.push(OpenSheet { name, ..OpenSheet::default() });
                }
            }
            Piece::Close("table") => self.depth = self.depth.saturating_sub(1),
            _ if self.depth != 1 => {}
            Piece::Open("table-row", attributes) => {
                self.row_repeats = count(attributes, "number-rows-repeated");
                self.column = 0;
                self.cells.clear();
            }
            Piece::Close("table-row") => self.end_row(),
            Piece::Open("table-cell" | "covered-table-cell", attributes) => {
                self.cell = Some(Cell {
                    repeats: count(attributes, "number-columns-repeated"),
                    rows_spanned: count(attributes, "number-rows-spanned"),
                    value: value_of(attributes),
                    ..Cell::default()
                });
            }
            Piece::Close("table-cell" | "covered-table-cell") => self.end_cell(),
            piece => self.take_text(piece),
        }
    }

    fn take_text(&mut self, piece: Piece<'_>) {
        let Some(cell) = &mut self.cell else { return };
        match piece {
            Piece::Open("p", _) => {
                if cell.paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
            }
            Piece::Open("s", attributes) => {
                let blanks = (count(attributes, "c") as usize).min(MAX_BLANKS);
                cell.text.extend(std::iter::repeat_n(' ', blanks));
            }
            Piece::Open("tab", _) => cell.text.push('\t'),
            Piece::Open("line-break", _) => cell.text.push('\n'),
            // White space between paragraphs is layout of the XML.
            Piece::Text(text) if cell.paragraphs > 0 => {
                cell.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }));
            }
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let text = cell.value.unwrap_or(cell.text);
        let first = self.column;
        self.column = first.saturating_add(cell.repeats).min(MAX_COLUMNS);
        if text.trim().is_empty() {
            return;
        }
        if cell.rows_spanned > 1
            && let Some(sheet) = self.sheets.last_mut()
        {
            let first_row = self.row as usize + 1;
            let last = first_row.saturating_add(cell.rows_spanned as usize - 1);
            sheet.merged.push(MergedCells { first: first_row, last, column: first });
        }
        for column in first..self.column {
            self.cells.insert(column, text.clone());
        }
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let first = self.row;
        self.row = first.saturating_add(self.row_repeats).min(MAX_ROWS);
        let Some(sheet) = self.sheets.last_mut() else { return };
        if cells.is_empty() || sheet.is_too_much {
            return;
        }
        let bytes: usize = cells.values().map(String::len).sum();
        for row in first..self.row {
            self.kept = (self.kept.0 + cells.len(), self.kept.1 + bytes);
            if self.kept.0 > MAX_CELLS || self.kept.1 > TEXT_LIMIT_MB * 1024 * 1024 {
                sheet.is_too_much = true;
                sheet.rows.clear();
                return;
            }
            sheet.rows.push(Row { number: row as usize + 1, cells: cells.clone() });
        }
    }
}

/// A number of repeats; 1 where none is given.
fn count(attributes: &Attributes<'_>, name: &str) -> u32 {
    attributes.get(name).and_then(|count| count.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_ROWS)
}

/// The value of a cell that is no text: numbers unformatted, as in the other formats.
fn value_of(attributes: &Attributes<'_>) -> Option<String> {
    match attributes.get("value-type")?.as_str() {
        "float" | "percentage" | "currency" => attributes.get("value"),
        "date" => Some(attributes.get("date-value")?.replace('T', " ")),
        "time" => {
            let value = attributes.get("time-value")?;
            Some(time_of(&value).unwrap_or(value))
        }
        "boolean" => Some(attributes.get("boolean-value")?.to_uppercase()),
        _ => attributes.get("string-value"),
    }
}

/// `PT01H02M03.5S` as `01:02:03.5`.
fn time_of(value: &str) -> Option<String> {
    let (hours, rest) = value.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?.replace(',', ".");
    let (whole, fraction) = seconds.split_once('.').unwrap_or((&seconds, ""));
    let fraction = fraction.trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    Some(format!("{hours:0>2}:{minutes:0>2}:{whole:0>2}{dot}{fraction}"))
}
