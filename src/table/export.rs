//! Writes the tables of a finished run in another format: text with or without a mark for Excel, or one workbook of all.

use std::path::{Path, PathBuf};

use polars::prelude::PolarsError;
use rust_xlsxwriter::Workbook;
use transcripts::Problem;

use super::csv::write_csv;
use super::excel::{LONGEST_SHEET, add_sheets, failed as excel_failed, fixed_properties};
use super::finished::{FinishedError, read_frame};
use super::replace::replace_file;
use super::schema::{self, TableSchema};
use crate::storage::private::make_folder;

/// Why tables could not be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The run's own tables.
    #[error(transparent)]
    Finished(#[from] FinishedError),
    /// The folder.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file.
    #[error("cannot write {}: {source} (if it is open in Excel or another program, close it there)", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: PolarsError,
    },
}

/// Writes every table that a spreadsheet can hold into the folder `to` as CSV, and returns how many. `sha256` gives the digest that
/// the run recorded for a table; `marked` puts a byte-order mark in front, which Excel needs for Hebrew or `ñ`.
///
/// # Errors
/// [`ExportError`] when a table cannot be read or a file cannot be written.
pub fn export_csv(
    out: &Path,
    sha256: &dyn Fn(&str) -> Option<String>,
    to: &Path,
    marked: bool,
) -> Result<usize, ExportError> {
    make_folder(to).map_err(|source| ExportError::Folder { path: to.to_owned(), source })?;
    let mut written = 0;
    for table in tables() {
        let frame = read_frame(out, table, sha256(table.name).as_deref())?;
        let path = to.join(format!("{}.csv", table.name));
        replace_file::<PolarsError>(&path, |writer| write_csv(writer, &frame, marked))
            .map_err(|source| ExportError::File { path, source })?;
        written += 1;
    }
    Ok(written)
}

/// Writes every table that a spreadsheet can hold on a sheet of its own of the workbook `to`, and returns what Excel's limits changed.
///
/// # Errors
/// [`ExportError`] when a table cannot be read or the file cannot be written.
pub fn export_workbook(
    out: &Path,
    sha256: &dyn Fn(&str) -> Option<String>,
    to: &Path,
    title: &str,
) -> Result<Vec<Problem>, ExportError> {
    let failed = |source| ExportError::File { path: to.to_owned(), source };
    let mut workbook = Workbook::new();
    workbook.set_properties(&fixed_properties(title).map_err(|error| failed(excel_failed(error)))?);
    let mut problems = Vec::new();
    for table in tables() {
        let frame = read_frame(out, table, sha256(table.name).as_deref())?;
        problems.extend(add_sheets(&mut workbook, &frame, table, LONGEST_SHEET).map_err(failed)?);
    }
    replace_file::<PolarsError>(to, |writer| workbook.save_to_writer(writer).map_err(excel_failed))
        .map_err(failed)?;
    Ok(problems)
}

fn tables() -> impl Iterator<Item = &'static TableSchema> {
    schema::TABLES.into_iter().filter(|table| table.spreadsheets)
}
