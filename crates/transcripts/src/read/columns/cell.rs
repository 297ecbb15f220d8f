//! Cells, rows and tables of all table formats.

use crate::read::format::ReadError;

/// A cell of a table format.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Text, or a number in a text format.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A list or an object.
    Nested,
}

impl Cell {
    /// The cell as text; none for lists and objects.
    pub(super) fn as_text(&self) -> Option<String> {
        match self {
            Self::Empty => Some(String::new()),
            Self::Text(text) => Some(text.trim().to_owned()),
            Self::Integer(number) => Some(number.to_string()),
            Self::Number(number) => Some(number.to_string()),
            Self::Truth(truth) => Some(truth.to_string()),
            Self::Nested => None,
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    pub(super) fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Number(number) => whole(*number),
            Self::Text(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
            }
            _ => None,
        }
    }

    /// The cell as a number; a text may have a decimal comma.
    pub(super) fn as_number(&self) -> Option<f64> {
        let number = match self {
            Self::Integer(number) => *number as f64,
            Self::Number(number) => *number,
            Self::Text(text) => number_in(text)?,
            _ => return None,
        };
        number.is_finite().then_some(number)
    }
}

/// A plain decimal number, with a point or a comma.
pub(super) fn number_in(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit())
        || !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    {
        return None;
    }
    text.replace(',', ".").parse().ok()
}

/// A number without a fraction that an `f64` holds exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

/// A row of a table; cells beyond its end are empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Line in the file on which the row begins, or the row's number where the format has no lines; from 1.
    pub(crate) line: u64,
    /// The cells, by column.
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    pub(super) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// A cell as text; empty where there is none or it is no text.
    pub(super) fn text(&self, column: usize) -> String {
        self.cell(column).as_text().unwrap_or_default()
    }
}

/// A whole table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// Names of the columns as written.
    pub(crate) columns: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// Cells in all rows.
    pub(crate) cells: usize,
}

/// Maximum cells of a table; larger ones are read in parts.
pub(crate) const MAX_CELLS: usize = 50_000_000;

impl Table {
    /// Adds a row.
    ///
    /// # Errors
    /// [`ReadError::TooMany`] when the table grows beyond [`MAX_CELLS`].
    pub(crate) fn push(&mut self, row: Row) -> Result<(), ReadError> {
        self.cells += row.cells.len();
        if self.cells > MAX_CELLS {
            return Err(ReadError::TooMany { what: "cells", limit: MAX_CELLS });
        }
        self.rows.push(row);
        Ok(())
    }
}
