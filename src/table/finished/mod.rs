//! Reads a finished run back from its tables, for samples to code and exports.
//!
//! Everything is checked, because people and programs may have changed the files: each against the digest that the run recorded,
//! and each row against the others. The values are those that the run had.

mod columns;
mod rows;

use std::path::{Path, PathBuf};

use ndarray::Array2;
use polars::prelude::DataFrame;
use transcripts::Corpus;

use self::columns::TableColumns;
use super::Findings;
use super::schema::{self, TableSchema};
use super::write::FOLDER;
use crate::results::{Label, Segment, Theme};

/// What the tables of a finished run hold. Rows refer to each other by index into these lists.
#[derive(Debug, Clone, PartialEq)]
pub struct FinishedRun {
    /// All transcripts, with their turns; their `format` is not read back.
    pub corpus: Corpus,
    /// The segments, in the order of the table.
    pub segments: Vec<Segment>,
    /// Seed themes in the order of the codebook, then emergent ones.
    pub themes: Vec<Theme>,
    /// Segments × themes, higher = more about it.
    pub scores: Array2<f32>,
    /// Names of the people who gave labels, sorted; labels refer to them.
    pub coders: Vec<String>,
    /// Labels, by segment and then rank, those of themes of the run.
    pub labels: Vec<Label>,
}

impl From<Findings> for FinishedRun {
    /// A run that is still in memory, for the same uses.
    fn from(findings: Findings) -> Self {
        let Findings { corpus, segments, themes, scores, codings, labels, .. } = findings;
        Self { corpus, segments, themes, scores, coders: codings.coders, labels }
    }
}

/// Why a finished run cannot be read back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FinishedError {
    /// A table does not exist as Parquet.
    #[error(
        "{} is not there: a finished run is read from its Parquet tables (have \"parquet\" among the `formats` under [output] in \
         the study file, and run the study again)",
        path.display()
    )]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be read.
    #[error("cannot read {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is not the one that the run wrote.
    #[error("{} is not as the run wrote it (run the study again)", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The table is not as a run writes it.
    #[error("{} is damaged: {reason} (run the study again)", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// Reads the tables of the run in the folder `out`.
///
/// `sha256` gives the digest that the run recorded for a table's Parquet file (64 lower-case hexadecimal digits); without one only the
/// contents are checked.
///
/// # Errors
/// [`FinishedError`] when a table is missing, is not the one that the run wrote, or does not fit the others.
pub fn read_finished(
    out: &Path,
    sha256: &dyn Fn(&str) -> Option<String>,
) -> Result<FinishedRun, FinishedError> {
    let open = |table: &TableSchema| {
        TableColumns::read(
            &out.join(FOLDER).join(format!("{}.parquet", table.name)),
            sha256(table.name).as_deref(),
        )
    };
    let transcripts = open(&schema::TRANSCRIPTS)?;
    let turns = open(&schema::TURNS)?;
    let corpus = rows::corpus(&transcripts, &turns)?;
    let segments = rows::segments(&open(&schema::SEGMENTS)?, &corpus)?;
    let themes = rows::themes(&open(&schema::THEMES)?)?;
    let scores = rows::scores(&open(&schema::SCORES)?, &segments, themes.len())?;
    let (coders, labels) = rows::labels(&open(&schema::LABELS)?, &segments, &themes)?;
    Ok(FinishedRun { corpus, segments, themes, scores, coders, labels })
}

/// One table of the run in the folder `out`, unchanged.
pub(super) fn read_frame(
    out: &Path,
    table: &TableSchema,
    sha256: Option<&str>,
) -> Result<DataFrame, FinishedError> {
    let path = out.join(FOLDER).join(format!("{}.parquet", table.name));
    TableColumns::read(&path, sha256).map(TableColumns::into_frame)
}

#[cfg(test)]
mod tests;
