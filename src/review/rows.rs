//! Small tables beside those of a run: codes, notes, the design of a sample. People open them in spreadsheets, so they are written
//! as the tables of a run are: UTF-8 with a byte-order mark, formulas guarded, replaced as a whole.

use std::io::{self, Write as _};
use std::path::Path;

use crate::table::{Digest, guarded, replace_file};

/// Replaces the file at `path` by a heading and rows, as CSV.
pub(crate) fn write_rows(
    path: &Path,
    heading: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> io::Result<Digest> {
    replace_file(path, |writer| {
        writer.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::Writer::from_writer(writer);
        writer.write_record(heading.iter().map(|cell| guarded(cell).into_owned()))?;
        for row in rows {
            writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
        }
        writer.flush()
    })
}
