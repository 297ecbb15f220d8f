//! Parquet tables, through Polars; the only file of this folder that uses it.

mod counts;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{AnyValue, DataFrame, PolarsResult};
use polars_io::prelude::{ParquetReader, SerReader};

use super::cell::MAX_CELLS;
use super::{Cell, Row, Table, transcripts_of};
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

pub use self::counts::is_plausible_parquet;

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
        if !is_plausible_parquet(source.bytes) {
            return Err(ReadError::Damaged("its Parquet structure is broken".to_owned()));
        }
        // Polars may also panic on a damaged page.
        let frame = catch_unwind(AssertUnwindSafe(|| frame_of(source.bytes)))
            .map_err(|_| ReadError::Damaged("its Parquet structure is broken".to_owned()))?
            .map_err(|error| ReadError::Damaged(error.to_string()))?
            .ok_or(ReadError::TooMany { what: "cells", limit: MAX_CELLS })?;
        transcripts_of(&table_of(&frame), source, log)
    }
}

/// The table, or none when it states too many rows: a few bytes may encode billions of equal cells.
fn frame_of(bytes: &[u8]) -> PolarsResult<Option<DataFrame>> {
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let cells = reader.num_rows()?.saturating_mul(reader.schema()?.len().max(1));
    if cells > MAX_CELLS { Ok(None) } else { reader.finish().map(Some) }
}

fn table_of(frame: &DataFrame) -> Table {
    let columns = frame.columns().iter().map(|column| column.name().to_string()).collect();
    let mut rows: Vec<Row> = (0..frame.height())
        .map(|at| Row { line: at as u64 + 1, cells: Vec::with_capacity(frame.width()) })
        .collect();
    for column in frame.columns() {
        for (at, row) in rows.iter_mut().enumerate() {
            row.cells.push(column.get(at).map_or(Cell::Empty, |value| cell_of(&value)));
        }
    }
    Table { columns, rows, cells: frame.height() * frame.width() }
}

fn cell_of(value: &AnyValue<'_>) -> Cell {
    match value {
        AnyValue::Null => Cell::Empty,
        AnyValue::Boolean(truth) => Cell::Truth(*truth),
        AnyValue::String(text) => Cell::Text((*text).to_owned()),
        AnyValue::StringOwned(text) => Cell::Text(text.to_string()),
        AnyValue::List(_) | AnyValue::Array(..) | AnyValue::Binary(_) => Cell::Nested,
        value if value.is_integer() => value.extract().map_or(Cell::Nested, Cell::Integer),
        value if value.is_float() => value.extract().map_or(Cell::Nested, Cell::Number),
        value => Cell::Text(value.to_string()),
    }
}
