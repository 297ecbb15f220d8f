//! Writing Parquet: a row group a frame, columns compressed in parallel and written in order.

use std::io::Write;

use polars_arrow::datatypes::ArrowSchema;
use polars_error::{PolarsError, PolarsResult};
use polars_parquet::read::ParquetError;
use polars_parquet::write::{
    CompressedPage, CompressionOptions, Compressor, DynIter, DynStreamingIterator,
    FallibleStreamingIterator as _, FileWriter, KeyValue, ParquetType, StatisticsOptions, Version,
    WriteOptions, array_to_columns, get_dtype_encoding, schema_to_metadata_key,
};
use rayon::prelude::*;

use crate::error::said;
use crate::{Column, Frame, FrameError};

const OPTIONS: WriteOptions = WriteOptions {
    statistics: StatisticsOptions {
        min_value: true,
        max_value: true,
        distinct_count: false,
        null_count: true,
        binary_statistics_truncate_length: None,
    },
    version: Version::V1,
    compression: CompressionOptions::Zstd(None),
    data_page_size: None,
};

/// Writes a Parquet file in pieces.
pub struct FrameWriter<W: Write> {
    file: FileWriter<W>,
    metadata: Vec<KeyValue>,
}

impl<W: Write> std::fmt::Debug for FrameWriter<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FrameWriter").field("schema", self.file.schema()).finish_non_exhaustive()
    }
}

impl<W: Write> FrameWriter<W> {
    /// Begins a file with the columns of `frame`, of which no row is written yet. `metadata` are the file's own words about itself.
    ///
    /// # Errors
    /// When a column has a kind that the format does not have.
    pub fn new(writer: W, frame: &Frame, metadata: &[(&str, &str)]) -> Result<Self, FrameError> {
        let schema = schema_of(frame);
        let mut pairs = vec![schema_to_metadata_key(&schema)];
        pairs.extend(
            metadata
                .iter()
                .map(|(key, value)| KeyValue { key: (*key).to_owned(), value: Some((*value).to_owned()) }),
        );
        let file = FileWriter::try_new(writer, schema, OPTIONS).map_err(said)?;
        Ok(Self { file, metadata: pairs })
    }

    /// Writes the rows of `frame` as a row group; nothing if it has none.
    ///
    /// # Errors
    /// When its columns are not those that the file began with, or the file cannot be written.
    pub fn write(&mut self, frame: &Frame) -> Result<(), FrameError> {
        if frame.height() == 0 {
            return Ok(());
        }
        if schema_of(frame) != *self.file.schema() {
            return Err(FrameError::Schema);
        }
        let types = self.file.parquet_schema().fields();
        let columns: Vec<_> = frame
            .columns()
            .par_iter()
            .zip(types)
            .flat_map_iter(|(column, kind)| pages(column, kind))
            .collect();
        self.file.write(frame.height() as u64, DynIter::new(columns.into_iter())).map_err(said)
    }

    /// Writes the end of the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<(), FrameError> {
        self.file.end(Some(self.metadata)).map_err(said)?;
        Ok(())
    }
}

fn schema_of(frame: &Frame) -> ArrowSchema {
    frame.columns().iter().map(Column::field).map(|field| (field.name.clone(), field)).collect()
}

/// The encoded and compressed pages of a column: one iterator a leaf of its type.
fn pages(
    column: &Column,
    kind: &ParquetType,
) -> Vec<PolarsResult<DynStreamingIterator<'static, CompressedPage, PolarsError>>> {
    let encodings = get_dtype_encoding(column.array().dtype());
    let leaves = match array_to_columns(column.array(), kind.clone(), OPTIONS, &encodings) {
        Ok(leaves) => leaves,
        Err(error) => return vec![Err(error)],
    };
    let compressed = leaves.into_iter().map(|pages| {
        let pages =
            pages.map(|page| page.map_err(|error| ParquetError::FeatureNotSupported(error.to_string())));
        let compressor = Compressor::new_from_vec(pages, OPTIONS.compression, Vec::new());
        Ok(DynStreamingIterator::new(compressor.map_err(PolarsError::from)))
    });
    compressed.collect()
}
