//! Reading Parquet: all columns of a file, whoever wrote it.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use polars_arrow::array::{Array, new_empty_array, new_null_array};
use polars_arrow::compute::concatenate::concatenate;
use polars_arrow::datatypes::Field;
use polars_buffer::Buffer;
use polars_parquet::read::{
    BasicDecompressor, FileMetadata, PageReader, RowGroupMetadata, column_iter_to_arrays, infer_schema,
    read_metadata,
};
use rayon::prelude::*;

use crate::error::said;
use crate::plausible::is_plausible;
use crate::{Column, Frame, FrameError};

/// The table that the bytes of a Parquet file hold, if that is at most `max_cells` cells: a few bytes may stand for billions of equal ones.
///
/// # Errors
/// [`FrameError::Broken`] and [`FrameError::Parquet`] when the bytes are no such file, [`FrameError::TooLarge`] when it has more cells.
pub fn read_frame(bytes: impl Into<Vec<u8>>, max_cells: usize) -> Result<Frame, FrameError> {
    let bytes = Buffer::from(bytes.into());
    if !is_plausible(&bytes) {
        return Err(FrameError::Broken);
    }
    // The decoder may panic on a damaged page.
    catch_unwind(AssertUnwindSafe(|| read(&bytes, max_cells))).unwrap_or(Err(FrameError::Broken))
}

fn read(file: &Buffer<u8>, max_cells: usize) -> Result<Frame, FrameError> {
    let metadata = read_metadata(&mut Cursor::new(file.as_ref())).map_err(said)?;
    let schema = infer_schema(&metadata).map_err(said)?;
    if metadata.num_rows.saturating_mul(schema.len().max(1)) > max_cells {
        return Err(FrameError::TooLarge { limit: max_cells });
    }
    let fields: Vec<&Field> = schema.iter_values().collect();
    let columns = fields.into_par_iter().map(|field| column(file, &metadata, field));
    Frame::new(columns.collect::<Result<_, _>>()?)
}

fn column(file: &Buffer<u8>, metadata: &FileMetadata, field: &Field) -> Result<Column, FrameError> {
    let mut pieces = Vec::new();
    for group in &metadata.row_groups {
        pieces.extend(column_of(file, group, field)?);
    }
    let array = match pieces.len() {
        0 => new_empty_array(field.dtype().clone()),
        1 => pieces.swap_remove(0),
        _ => concatenate(&pieces.iter().map(AsRef::as_ref).collect::<Vec<_>>()).map_err(said)?,
    };
    Ok(Column::of_array(field.name.to_string(), array))
}

fn column_of(
    file: &Buffer<u8>,
    group: &RowGroupMetadata,
    field: &Field,
) -> Result<Vec<Box<dyn Array>>, FrameError> {
    let Some(chunks) = group.columns_under_root_iter(&field.name) else {
        return Ok(vec![new_null_array(field.dtype().clone(), group.num_rows())]);
    };
    let (mut pages, mut types) = (Vec::new(), Vec::new());
    for chunk in chunks {
        let range = chunk.byte_range();
        let bytes = file.clone().sliced(range.start as usize..range.end as usize);
        let reader = PageReader::new(Cursor::new(bytes), chunk, Vec::new(), usize::MAX);
        pages.push(BasicDecompressor::new(reader, Vec::new()));
        types.push(&chunk.descriptor().descriptor.primitive_type);
    }
    let (arrays, _) = column_iter_to_arrays(pages, types, field.clone(), None).map_err(said)?;
    Ok(arrays)
}
