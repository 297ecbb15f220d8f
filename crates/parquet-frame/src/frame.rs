//! Frames: columns of one length with different names.

use std::collections::BTreeSet;

use crate::{Column, FrameError};

/// A table in memory.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    columns: Vec<Column>,
    height: usize,
}

impl Frame {
    /// The table of these columns.
    ///
    /// # Errors
    /// When columns differ in length or share a name.
    pub fn new(columns: Vec<Column>) -> Result<Self, FrameError> {
        let height = columns.first().map_or(0, Column::len);
        let mut names = BTreeSet::new();
        for column in &columns {
            let name = || column.name().to_owned();
            if column.len() != height {
                return Err(FrameError::Length { column: name(), found: column.len(), expected: height });
            }
            if !names.insert(column.name()) {
                return Err(FrameError::Duplicate { column: name() });
            }
        }
        Ok(Self { columns, height })
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        (self.height, self.width())
    }

    /// The columns in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name() == name)
    }

    /// At most `rows` rows from row `start`, without copying them.
    #[must_use]
    pub fn slice(&self, start: usize, rows: usize) -> Self {
        let start = start.min(self.height);
        let rows = rows.min(self.height - start);
        let columns = self.columns.iter().map(|column| column.slice(start, rows)).collect();
        Self { columns, height: rows }
    }

    /// The first `rows` rows.
    #[must_use]
    pub fn head(&self, rows: usize) -> Self {
        self.slice(0, rows)
    }
}
