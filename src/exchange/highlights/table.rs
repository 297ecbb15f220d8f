//! The columns of a list of coded passages, found by their headings.

use std::collections::BTreeMap;

use transcripts::tables::{Row, Sheet};

use crate::table::unguarded;

/// Rows at the top of a sheet in which the headings are looked for.
const MAX_ROWS_ABOVE: usize = 10;
/// Headings without case, blanks and marks, as programs write them.
const DOCUMENT: [&str; 10] = [
    "document",
    "documentname",
    "dokument",
    "dokumentname",
    "documento",
    "source",
    "sourcename",
    "file",
    "filename",
    "transcriptid",
];
const CODE: [&str; 6] = ["tag", "tags", "code", "codes", "codename", "codigo"];
const WORDS: [&str; 13] = [
    "content",
    "highlight",
    "segment",
    "codedsegment",
    "codiertessegment",
    "quotation",
    "quotationcontent",
    "quote",
    "text",
    "selectedtext",
    "seltext",
    "excerpt",
    "zitat",
];
const CODER: [&str; 6] = ["coder", "codername", "owner", "author", "createdby", "user"];
/// A heading of coding sheets of this program, which are read by another way.
const SEGMENT: &str = "segmentid";

/// A coded passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Highlight {
    /// The row, from 1.
    pub(super) row: u64,
    /// Tells two passages of the same words apart; may be empty.
    pub(super) id: String,
    pub(super) document: String,
    pub(super) codes: Vec<String>,
    pub(super) words: String,
    pub(super) coder: String,
}

/// A heading without case, blanks and marks.
fn folded(heading: &str) -> String {
    heading.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The passages in the first sheet whose headings name a document, a code and words.
pub(super) fn highlights_in(sheets: &[Sheet]) -> Option<Vec<Highlight>> {
    sheets.iter().find_map(|sheet| {
        let is_heading = |row: &Row| {
            let headings: BTreeMap<u32, String> =
                row.cells.iter().map(|(&column, cell)| (column, folded(cell))).collect();
            let column = |names: &[&str]| {
                let of = |name: &&str| {
                    headings.iter().find(|(_, heading)| heading == name).map(|(column, _)| *column)
                };
                names.iter().find_map(of)
            };
            if column(&[SEGMENT]).is_some() {
                return None;
            }
            Some((column(&DOCUMENT)?, column(&CODE)?, column(&WORDS)?, column(&CODER), column(&["id"])))
        };
        let top = sheet.rows.iter().take(MAX_ROWS_ABOVE);
        let (at, (document, code, words, coder, id)) =
            top.enumerate().find_map(|(at, row)| Some((at, is_heading(row)?)))?;
        let highlight = |row: &Row| {
            let cell = |column: u32| {
                row.cells.get(&column).map_or(String::new(), |cell| unguarded(cell).trim().to_owned())
            };
            let codes = cell(code)
                .lines()
                .map(|code| code.trim().to_owned())
                .filter(|code| !code.is_empty())
                .collect();
            Highlight {
                row: row.number as u64,
                id: id.map(cell).unwrap_or_default(),
                document: cell(document),
                codes,
                words: cell(words),
                coder: coder.map(cell).unwrap_or_default(),
            }
        };
        Some(sheet.rows.get(at + 1..)?.iter().map(highlight).collect())
    })
}
