//! A Parquet table as columns of plain values; the only file of this folder that uses Polars.

use std::fs;
use std::io::{self, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use polars::prelude::{Column, DataFrame, PolarsResult};
use polars_io::prelude::{ParquetReader, SerReader};
use sha2::{Digest as _, Sha256};
use transcripts::tables::is_plausible_parquet;

use super::FinishedError;

/// A table and its file.
pub(super) struct TableColumns {
    path: PathBuf,
    frame: DataFrame,
}

impl TableColumns {
    /// The table itself.
    pub(super) fn into_frame(self) -> DataFrame {
        self.frame
    }

    pub(super) fn read(path: &Path, sha256: Option<&str>) -> Result<Self, FinishedError> {
        let bytes = fs::read(path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => FinishedError::Missing { path: path.to_owned() },
            _ => FinishedError::File { path: path.to_owned(), source },
        })?;
        if sha256.is_some_and(|recorded| recorded != format!("{:x}", Sha256::digest(&bytes))) {
            return Err(FinishedError::Changed { path: path.to_owned() });
        }
        let damaged =
            |reason: &str| FinishedError::Damaged { path: path.to_owned(), reason: reason.to_owned() };
        if !is_plausible_parquet(&bytes) {
            return Err(damaged("its Parquet structure is broken"));
        }
        // Polars may also panic on a damaged page.
        let frame = catch_unwind(AssertUnwindSafe(|| ParquetReader::new(Cursor::new(bytes)).finish()))
            .map_err(|_| damaged("its Parquet structure is broken"))?
            .map_err(|error| damaged(&error.to_string()))?;
        Ok(Self { path: path.to_owned(), frame })
    }

    pub(super) fn damaged(&self, reason: impl Into<String>) -> FinishedError {
        FinishedError::Damaged { path: self.path.clone(), reason: reason.into() }
    }

    pub(super) fn height(&self) -> usize {
        self.frame.height()
    }

    /// The names of all columns, in order.
    pub(super) fn names(&self) -> Vec<String> {
        self.frame.get_column_names().into_iter().map(ToString::to_string).collect()
    }

    fn values<T>(
        &self,
        name: &str,
        of: impl FnOnce(&Column) -> PolarsResult<Vec<Option<T>>>,
    ) -> Result<Vec<Option<T>>, FinishedError> {
        let column =
            self.frame.column(name).map_err(|_| self.damaged(format!("it has no column `{name}`")))?;
        of(column).map_err(|_| self.damaged(format!("the column `{name}` has values of another kind")))
    }

    /// Without nulls.
    fn known<T>(&self, name: &str, values: Vec<Option<T>>) -> Result<Vec<T>, FinishedError> {
        let known: Option<Vec<T>> = values.into_iter().collect();
        known.ok_or_else(|| self.damaged(format!("a value is missing in the column `{name}`")))
    }

    /// Texts; unknown ones are empty.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, FinishedError> {
        let texts = self.values(name, |column| {
            Ok(column.str()?.iter().map(|text| Some(text.unwrap_or_default().to_owned())).collect())
        })?;
        self.known(name, texts)
    }

    pub(super) fn counts(&self, name: &str) -> Result<Vec<u32>, FinishedError> {
        let counts = self.values(name, |column| Ok(column.u32()?.iter().collect()))?;
        self.known(name, counts)
    }

    pub(super) fn wholes(&self, name: &str) -> Result<Vec<i64>, FinishedError> {
        let wholes = self.values(name, |column| Ok(column.i64()?.iter().collect()))?;
        self.known(name, wholes)
    }

    /// Character positions.
    pub(super) fn positions(&self, name: &str) -> Result<Vec<usize>, FinishedError> {
        let positions =
            self.wholes(name)?.into_iter().map(|position| usize::try_from(position).ok()).collect();
        self.known(name, positions)
    }

    /// Times in milliseconds, none where unknown.
    pub(super) fn times(&self, name: &str) -> Result<Vec<Option<u64>>, FinishedError> {
        self.values(name, |column| {
            Ok(column.i64()?.iter().map(|time| time.and_then(|time| u64::try_from(time).ok())).collect())
        })
    }

    pub(super) fn shares(&self, name: &str) -> Result<Vec<f64>, FinishedError> {
        let shares = self.values(name, |column| Ok(column.f64()?.iter().collect()))?;
        self.known(name, shares)
    }

    pub(super) fn maybe_scores(&self, name: &str) -> Result<Vec<Option<f32>>, FinishedError> {
        self.values(name, |column| Ok(column.f32()?.iter().collect()))
    }

    /// Finite numbers.
    pub(super) fn scores(&self, name: &str) -> Result<Vec<f32>, FinishedError> {
        let scores = self.maybe_scores(name)?;
        self.known(name, scores.into_iter().map(|score| score.filter(|score| score.is_finite())).collect())
    }
}
