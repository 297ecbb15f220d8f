//! The texts of a Parquet file, for searching them for words.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars::prelude::{Column, DataFrame, DataType};
use polars_io::prelude::{ParquetReader, SerReader};
use transcripts::tables::is_plausible_parquet;

/// The cells of all text columns, or of those that are named; none where the file is no readable Parquet file.
pub(crate) fn parquet_texts(bytes: &[u8], columns: Option<&[&str]>) -> Option<Vec<String>> {
    if !is_plausible_parquet(bytes) {
        return None;
    }
    // Polars may also panic on a damaged page.
    let read = catch_unwind(AssertUnwindSafe(|| ParquetReader::new(Cursor::new(bytes)).finish()));
    let frame: DataFrame = read.ok()?.ok()?;
    let is_wanted = |column: &&Column| {
        column.dtype() == &DataType::String
            && columns.is_none_or(|columns| columns.contains(&column.name().as_str()))
    };
    let mut texts = Vec::new();
    for column in frame.columns().iter().filter(is_wanted) {
        texts.extend(column.str().ok()?.iter().flatten().map(str::to_owned));
    }
    Some(texts)
}
