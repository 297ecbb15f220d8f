//! One Parquet table as columns of plain values.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use parquet_frame::{Cell, Frame, FrameError, Kind, read_frame};
use sha2::{Digest as _, Sha256};

use super::FinishedError;

/// A table with the file that it came from.
pub(super) struct Columns {
    path: PathBuf,
    frame: Frame,
}

impl Columns {
    /// The table itself.
    pub(super) fn into_frame(self) -> Frame {
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
            |error: FrameError| FinishedError::Damaged { path: path.to_owned(), reason: error.to_string() };
        let frame = read_frame(bytes, usize::MAX).map_err(damaged)?;
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
        self.frame.columns().iter().map(|column| column.name().to_owned()).collect()
    }

    /// The column's values, if it is of the kind.
    fn values<'a, T>(
        &'a self,
        name: &str,
        kind: Kind,
        value: impl Fn(Cell<'a>) -> Option<T>,
    ) -> Result<Vec<Option<T>>, FinishedError> {
        let column =
            self.frame.column(name).ok_or_else(|| self.damaged(format!("it has no column `{name}`")))?;
        if column.kind() != kind {
            return Err(self.damaged(format!("the column `{name}` has values of another kind")));
        }
        Ok(column.cells().map(value).collect())
    }

    /// Without nulls.
    fn known<T>(&self, name: &str, values: Vec<Option<T>>) -> Result<Vec<T>, FinishedError> {
        let known: Option<Vec<T>> = values.into_iter().collect();
        known.ok_or_else(|| self.damaged(format!("a value is missing in the column `{name}`")))
    }

    /// Texts; an unknown one is empty.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, FinishedError> {
        let text = |cell| match cell {
            Cell::Text(text) => Some(text.to_owned()),
            _ => Some(String::new()),
        };
        let texts = self.values(name, Kind::Text, text)?;
        self.known(name, texts)
    }

    pub(super) fn counts(&self, name: &str) -> Result<Vec<u32>, FinishedError> {
        let counts =
            self.values(name, Kind::Count, |cell| whole(&cell).and_then(|count| u32::try_from(count).ok()))?;
        self.known(name, counts)
    }

    pub(super) fn wholes(&self, name: &str) -> Result<Vec<i64>, FinishedError> {
        let wholes = self.values(name, Kind::Whole, |cell| whole(&cell))?;
        self.known(name, wholes)
    }

    /// Character positions.
    pub(super) fn positions(&self, name: &str) -> Result<Vec<usize>, FinishedError> {
        let positions =
            self.wholes(name)?.into_iter().map(|position| usize::try_from(position).ok()).collect();
        self.known(name, positions)
    }

    /// Times in milliseconds, none where they are not known.
    pub(super) fn times(&self, name: &str) -> Result<Vec<Option<u64>>, FinishedError> {
        self.values(name, Kind::Whole, |cell| whole(&cell).and_then(|time| u64::try_from(time).ok()))
    }

    pub(super) fn shares(&self, name: &str) -> Result<Vec<f64>, FinishedError> {
        let share = |cell| if let Cell::Double(share) = cell { Some(share) } else { None };
        let shares = self.values(name, Kind::Double, share)?;
        self.known(name, shares)
    }

    pub(super) fn maybe_scores(&self, name: &str) -> Result<Vec<Option<f32>>, FinishedError> {
        self.values(
            name,
            Kind::Single,
            |cell| if let Cell::Single(score) = cell { Some(score) } else { None },
        )
    }

    /// Finite numbers.
    pub(super) fn scores(&self, name: &str) -> Result<Vec<f32>, FinishedError> {
        let scores = self.maybe_scores(name)?;
        self.known(name, scores.into_iter().map(|score| score.filter(|score| score.is_finite())).collect())
    }
}

fn whole(cell: &Cell<'_>) -> Option<i64> {
    if let Cell::Whole(number) = cell { Some(*number) } else { None }
}
