//! `review/notes.csv`: what coders wrote besides their answers: memos, themes that they miss, and where they could not tell.

use std::io;
use std::path::Path;

use super::rows::CodedRow;
use super::samples::Samples;
use crate::read::read_sheets;
use crate::review::rows::write_rows;
use crate::table::unguarded;

const COLUMNS: [&str; 7] = ["sample", "segment_id", "transcript_id", "coder", "kind", "theme", "note"];
/// Most megabytes of the file.
const LARGEST_MB: u64 = 256;

/// A row of the file.
pub(super) type Note = [String; COLUMNS.len()];

/// The notes in a coded row: memo, other theme, and a row for each theme that the coder was unsure of.
pub(super) fn notes_in(row: &CodedRow, samples: &Samples) -> Vec<Note> {
    let Some(segment) = samples.get(&row.sample).and_then(|sample| sample.rows.get(row.place)) else {
        return Vec::new();
    };
    let note = |kind: &str, theme: &str, text: &str| -> Note {
        [
            row.sample.to_string(),
            segment.segment_id.clone(),
            segment.transcript_id.clone(),
            row.coder.clone(),
            kind.to_owned(),
            theme.to_owned(),
            text.to_owned(),
        ]
    };
    let unsure = row.answers.iter().filter(|(_, answer)| answer.is_none());
    let mut notes: Vec<Note> = unsure.map(|(theme, _)| note("unsure", theme, "")).collect();
    if !row.other.is_empty() {
        notes.push(note("other theme", "", &row.other));
    }
    if !row.memo.is_empty() {
        notes.push(note("memo", "", &row.memo));
    }
    notes
}

/// The notes of earlier imports; none when the file is not there. Columns stand as this program writes them.
///
/// # Errors
/// A sentence when the file is there and is not such a file.
pub(super) fn read_notes(path: &Path) -> Result<Vec<Note>, String> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let file = read_sheets(path, "review/notes.csv", LARGEST_MB);
    let mut rows = file.sheets.into_iter().flat_map(|sheet| sheet.rows);
    let is_ours = |cells: Vec<&str>| cells.into_iter().map(str::trim).eq(COLUMNS);
    if !rows.next().is_some_and(|header| is_ours(header.cells.values().map(String::as_str).collect())) {
        return Err("review/notes.csv does not have the columns that an import writes".to_owned());
    }
    let cell = |row: &crate::read::Row, place: u32| {
        row.cells.get(&place).map_or("", |cell| unguarded(cell)).to_owned()
    };
    Ok(rows.map(|row| std::array::from_fn(|place| cell(&row, place as u32))).collect())
}

pub(super) fn write_notes(path: &Path, notes: &[Note]) -> io::Result<()> {
    write_rows(path, &COLUMNS, notes.iter().map(|note| note.to_vec())).map(|_| ())
}

/// The sample and the coder that a note is of.
pub(super) fn owner(note: &Note) -> (u32, &str) {
    let [sample, _, _, coder, ..] = note;
    (sample.trim().parse().unwrap_or(0), coder)
}
