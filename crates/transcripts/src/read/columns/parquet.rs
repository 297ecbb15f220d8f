//! Parquet tables.

use parquet_frame::{Frame, FrameError, read_frame};

use super::cell::MAX_CELLS;
use super::{Cell, Row, Table, transcripts_of};
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

/// Reads `.parquet`.
#[derive(Debug)]
pub(crate) struct Parquet;

impl Reader for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["parquet"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let frame = read_frame(source.bytes, MAX_CELLS).map_err(|error| match error {
            FrameError::TooLarge { limit } => ReadError::TooMany { what: "cells", limit },
            error => ReadError::Damaged(error.to_string()),
        })?;
        transcripts_of(&table_of(&frame), source, log)
    }
}

fn table_of(frame: &Frame) -> Table {
    let columns = frame.columns().iter().map(|column| column.name().to_owned()).collect();
    let mut rows: Vec<Row> = (0..frame.height())
        .map(|at| Row { line: at as u64 + 1, cells: Vec::with_capacity(frame.width()) })
        .collect();
    for column in frame.columns() {
        for (cell, row) in column.cells().zip(&mut rows) {
            row.cells.push(cell_of(cell));
        }
    }
    Table { columns, rows, cells: frame.height() * frame.width() }
}

fn cell_of(cell: parquet_frame::Cell<'_>) -> Cell {
    use parquet_frame::Cell as Value;
    match cell {
        Value::Null => Cell::Empty,
        Value::Flag(truth) => Cell::Truth(truth),
        Value::Whole(number) => Cell::Integer(number),
        Value::Single(number) => Cell::Number(f64::from(number)),
        Value::Double(number) => Cell::Number(number),
        Value::Text(text) => Cell::Text(text.to_owned()),
        Value::Time(text) => Cell::Text(text),
        Value::Nested => Cell::Nested,
    }
}
