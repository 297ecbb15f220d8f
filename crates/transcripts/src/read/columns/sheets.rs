//! Sheets that people filled in, from a workbook or text with any separator and encoding, in one form.
//!
//! The contents decide the format, not the extension: a workbook saved as text often keeps its name.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::Cell;
use super::csv::table_of;
use super::workbook::{Row, Workbook, is_flat_document};
use crate::codes;
use crate::corpus::{Problem, Severity};
use crate::read::decode::decode;
use crate::read::problems::ProblemLog;

/// A sheet with its rows that are not empty, including the headings.
#[derive(Debug)]
pub struct Sheet {
    /// Name in the workbook; empty for text.
    pub name: String,
    /// The rows, from the top.
    pub rows: Vec<Row>,
}

/// The sheets of a file, and problems.
#[derive(Debug)]
pub struct SheetFile {
    /// The sheets in the order of the workbook; none if the file cannot be read.
    pub sheets: Vec<Sheet>,
    /// The problems, with the name that the caller gave as their source.
    pub problems: Vec<Problem>,
}

/// Reads `.xlsx`, `.xlsb`, `.ods`, or text with columns separated by comma, semicolon, tab or bar. Problems call the file `name`. A file of
/// more than `max_mb` megabytes is refused.
pub fn read_sheets(path: &Path, name: &str, max_mb: u64) -> SheetFile {
    match bytes_of(path, max_mb) {
        Ok(bytes) => sheets_of(&bytes, name),
        Err((message, hint)) => failed(name, message, hint),
    }
}

fn failed(name: &str, message: impl Into<String>, hint: &str) -> SheetFile {
    SheetFile {
        sheets: Vec::new(),
        problems: vec![
            Problem::new(Severity::Error, name, message).with_code(codes::FILE_UNREADABLE).with_hint(hint),
        ],
    }
}

fn bytes_of(path: &Path, max_mb: u64) -> Result<Vec<u8>, (String, &'static str)> {
    const THERE: &str = "check that the file is there, is not open elsewhere and may be read";
    let cannot = |error: std::io::Error| (format!("the file cannot be read: {error}"), THERE);
    if !path.metadata().map_err(cannot)?.is_file() {
        return Err(("this is not a file".to_owned(), "name the sheets themselves, .xlsx, .ods or .csv"));
    }
    let mut bytes = Vec::new();
    let limit = max_mb * 1024 * 1024;
    File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(cannot)?;
    if bytes.len() as u64 > limit {
        return Err((
            format!("the file is larger than {max_mb} MB"),
            "this is not a sheet that people fill in",
        ));
    }
    Ok(bytes)
}

/// The sheets in a file's bytes.
pub fn sheets_of(bytes: &[u8], name: &str) -> SheetFile {
    // `PK`: a package. 0xD0CF: a workbook with a password, or an old one, which `Workbook` reports.
    if bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF]) || is_flat_document(bytes) {
        return workbook_of(bytes, name);
    }
    let mut log = ProblemLog::new(name);
    let table = decode(bytes, &mut log).and_then(|text| table_of(&text, &mut log));
    match table {
        Ok(table) => {
            let filled =
                |cells: Vec<String>| (0..).zip(cells).filter(|(_, cell)| !cell.trim().is_empty()).collect();
            let header = Row { number: 1, cells: filled(table.columns) };
            // Numbered as in a spreadsheet: a cell may have several lines.
            let rows = (2..).zip(table.rows).map(|(number, row)| {
                let cells = row.cells.into_iter().map(|cell| match cell {
                    Cell::Text(text) => text,
                    _ => String::new(),
                });
                Row { number, cells: filled(cells.collect()) }
            });
            let rows = std::iter::once(header).chain(rows).filter(|row| !row.cells.is_empty()).collect();
            SheetFile { sheets: vec![Sheet { name: String::new(), rows }], problems: log.finish() }
        }
        Err(error) => {
            log.error(
                codes::FILE_UNREADABLE,
                None,
                error.to_string(),
                "open it in Excel or LibreOffice and save it as .xlsx or .csv",
            );
            SheetFile { sheets: Vec::new(), problems: log.finish() }
        }
    }
}

fn workbook_of(bytes: &[u8], name: &str) -> SheetFile {
    let mut workbook = match Workbook::open(bytes) {
        Ok(workbook) => workbook,
        Err(fault) => return failed(name, fault.to_string(), fault.hint()),
    };
    let mut file = SheetFile { sheets: Vec::new(), problems: Vec::new() };
    for sheet in workbook.sheets() {
        match workbook.rows(&sheet) {
            Ok(rows) => file.sheets.push(Sheet { name: sheet, rows }),
            Err(fault) => {
                let problem =
                    Problem::new(Severity::Error, name, fault.to_string()).with_code(codes::SHEET_LEFT_OUT);
                file.problems.push(problem.with_hint(fault.hint()));
            }
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;
    use rust_xlsxwriter::Workbook as NewWorkbook;

    use super::*;

    fn shown(bytes: &[u8]) -> String {
        let file = sheets_of(bytes, "sheet");
        let mut shown = String::new();
        for sheet in &file.sheets {
            for row in &sheet.rows {
                writeln!(shown, "{} {} {:?}", sheet.name, row.number, row.cells).unwrap();
            }
        }
        for problem in &file.problems {
            writeln!(shown, "{problem}").unwrap();
        }
        shown
    }

    #[test]
    fn text_and_workbooks_come_in_one_form() {
        let mut workbook = NewWorkbook::new();
        let sheet = workbook.add_worksheet().set_name("codes").unwrap();
        for (row, cells) in [(0, ["segment_id", "text", "a"]), (2, ["P01:1", "so", "x"])] {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
        insta::assert_snapshot!(shown(&workbook.save_to_buffer().unwrap()), @r#"
        codes 1 {0: "segment_id", 1: "text", 2: "a"}
        codes 3 {0: "P01:1", 1: "so", 2: "x"}
        "#);
        insta::assert_snapshot!(shown(b"segment_id;text;a\nP01:1;\"so\r\nit is\";\n"), @r#"
         1 {0: "segment_id", 1: "text", 2: "a"}
         2 {0: "P01:1", 1: "so\nit is"}
        "#);
        let utf16: Vec<u8> =
            "\u{feff}segment_id\ttext\nP01:1\tś".encode_utf16().flat_map(u16::to_le_bytes).collect();
        insta::assert_snapshot!(shown(&utf16), @r#"
         1 {0: "segment_id", 1: "text"}
         2 {0: "P01:1", 1: "ś"}
        "#);
    }

    #[test]
    fn what_is_no_sheet_is_said_to_be_none() {
        insta::assert_snapshot!(shown(b"PK\x03\x04 nothing"), @"error: sheet: this is not a workbook, or it is damaged (open it in Excel or LibreOffice and save it again as .xlsx)");
        let here = read_sheets(Path::new("nowhere.xlsx"), "nowhere.xlsx", 1);
        assert!(here.problems[0].message.starts_with("the file cannot be read"), "{:?}", here.problems);
        assert!(here.sheets.is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_sheet_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            sheets_of(&bytes, "sheet");
            sheets_of(&[b"PK\x03\x04", &bytes[..]].concat(), "sheet");
        }
    }
}
