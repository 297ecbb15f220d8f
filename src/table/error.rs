//! Errors of making and writing tables.

use std::io;
use std::path::PathBuf;

use polars::prelude::PolarsError;

/// Why a table could not be made or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The run was stopped; see [`Progress::is_cancelled`](crate::results::Progress::is_cancelled).
    #[error("writing tables was cancelled")]
    Cancelled,
    /// A folder could not be made.
    #[error("cannot make the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file could not be written. The file of an earlier run, if there is one, is still whole.
    #[error(
        "cannot write {}: {source} (if it is open in Excel or another program, close it there; otherwise see that \
         the disk has room and the folder may be written to)",
        path.display()
    )]
    File {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: PolarsError,
    },
    /// A frame could not be made.
    #[error("cannot make the table `{table}`: {source}")]
    Frame {
        /// The table.
        table: &'static str,
        /// What went wrong.
        source: PolarsError,
    },
    /// A row refers to an index that its list does not have: a fault of the program, not of the study.
    #[error("the table `{table}` refers to {list} {index} (counted from 0) of {length}")]
    Index {
        /// The table.
        table: &'static str,
        /// What the list holds.
        list: &'static str,
        /// The index, from 0.
        index: usize,
        /// How many the list has.
        length: usize,
    },
    /// Two parallel lists differ in length: a fault of the program, not of the study.
    #[error("the table `{table}` has {found} {list} for {expected} segments")]
    Length {
        /// The table.
        table: &'static str,
        /// What the list holds.
        list: &'static str,
        /// How many it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A frame differs from the definition of its table: a fault of the program, not of the study.
    #[error("the table `{table}` is not as defined: column {position} is {found}, not {expected}")]
    Schema {
        /// The table.
        table: &'static str,
        /// The column, from 1.
        position: usize,
        /// What the frame has there.
        found: String,
        /// What the definition says.
        expected: String,
    },
}
