//! What people said according to the results of earlier runs in the output folder.

use std::fs;
use std::path::Path;

use transcripts::pseudonym::Pseudonyms;

use transcripts::tables::read_sheets;

use crate::table::{Format, parquet_texts};

/// Columns of the table `turns` with text and names.
const TEXT: &str = "text";
const NAMES: [&str; 2] = ["transcript_id", "speaker"];
/// Maximum size of a table in megabytes.
const MAX_MB: u64 = 1024;

/// Texts and names of earlier runs.
#[derive(Debug, Default)]
pub(super) struct SaidBefore {
    /// Texts of turns.
    pub(super) turns: Vec<String>,
    /// Labels and ids that hold a name which is hidden now.
    pub(super) names: Vec<String>,
    /// Tables that exist and cannot be read.
    pub(super) unreadable: Vec<String>,
}

/// Reads the tables in the output folder, with those of formats that are not asked for any more.
pub(super) fn said_before(out: &Path, pseudonyms: &Pseudonyms) -> SaidBefore {
    let mut said = SaidBefore::default();
    for format in Format::ALL {
        let name = format!("tables/turns.{}", format.as_str());
        let path = out.join(&name);
        if !path.is_file() {
            continue;
        }
        let read = match format {
            Format::Parquet => in_parquet(&path),
            Format::Csv => in_csv(&path),
            Format::Excel => in_workbook(&path, &name),
        };
        match read {
            Some((turns, names)) => {
                said.turns.extend(turns);
                said.names.extend(names);
            }
            None => said.unreadable.push(name),
        }
    }
    said.turns.sort_unstable();
    said.turns.dedup();
    said.names.sort_unstable();
    said.names.dedup();
    said.names
        .retain(|name| !name.is_empty() && (pseudonyms.names_in(name) || pseudonyms.path(name) != *name));
    said
}

type TextsAndNames = (Vec<String>, Vec<String>);

fn in_parquet(path: &Path) -> Option<TextsAndNames> {
    let bytes = fs::read(path).ok()?;
    Some((parquet_texts(&bytes, Some(&[TEXT]))?, parquet_texts(&bytes, Some(&NAMES))?))
}

fn in_csv(path: &Path) -> Option<TextsAndNames> {
    let bytes = fs::read(path).ok()?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let headings = reader.headers().ok()?.clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name);
    let (text, names) = (column(TEXT)?, NAMES.map(column));
    let (mut turns, mut labels) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.ok()?;
        turns.extend(row.get(text).map(str::to_owned));
        labels.extend(names.iter().flatten().filter_map(|&index| row.get(index)).map(str::to_owned));
        labels.sort_unstable();
        labels.dedup();
    }
    Some((turns, labels))
}

fn in_workbook(path: &Path, name: &str) -> Option<TextsAndNames> {
    let file = read_sheets(path, name, MAX_MB);
    let (mut turns, mut labels) = (Vec::new(), Vec::new());
    let mut is_found = false;
    for sheet in file.sheets {
        let mut rows = sheet.rows.into_iter();
        let Some(headings) = rows.next() else { continue };
        let column = |name: &str| {
            headings.cells.iter().find(|(_, cell)| cell.as_str() == name).map(|(index, _)| *index)
        };
        let Some(text) = column(TEXT) else { continue };
        is_found = true;
        let names = NAMES.map(column);
        for mut row in rows {
            turns.extend(row.cells.remove(&text));
            labels.extend(names.iter().flatten().filter_map(|index| row.cells.remove(index)));
        }
    }
    is_found.then_some((turns, labels))
}
