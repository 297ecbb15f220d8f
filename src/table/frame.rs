//! Makes frames of columns and checks them against the definition of their table.

use polars::prelude::{Column, DataFrame, DataType};

use super::TableError;
use super::schema::TableSchema;

/// The frame of a table.
///
/// `columns` are the columns of `schema` in its order, then the study's further ones. Names, types and nulls are checked
/// against the definition, so that frames and data dictionary agree.
pub(super) fn frame(schema: &TableSchema, columns: Vec<Column>) -> Result<DataFrame, TableError> {
    if columns.len() < schema.columns.len()
        || (schema.further.is_none() && columns.len() > schema.columns.len())
    {
        return Err(TableError::Schema {
            table: schema.name,
            position: columns.len(),
            found: "the last".to_owned(),
            expected: format!("number {}", schema.columns.len()),
        });
    }
    for (index, column) in columns.iter().enumerate() {
        let width = if let DataType::Array(_, width) = column.dtype() { *width } else { 0 };
        let expected = match (schema.columns.get(index), &schema.further) {
            (Some(fixed), _) => Some((fixed.name, fixed.kind, fixed.nullable)),
            (None, Some(further)) => Some((column.name().as_str(), further.kind, further.nullable)),
            (None, None) => None,
        };
        let Some((name, kind, nullable)) = expected else { continue };
        let right_nulls = nullable || column.null_count() == 0;
        if column.name() != name || *column.dtype() != kind.data_type(width) || !right_nulls {
            return Err(TableError::Schema {
                table: schema.name,
                position: index + 1,
                found: format!("`{}` ({}, {} null)", column.name(), column.dtype(), column.null_count()),
                expected: format!(
                    "`{name}` ({}{})",
                    kind.as_str(),
                    if nullable { "" } else { ", never null" }
                ),
            });
        }
    }
    let height = columns.first().map_or(0, Column::len);
    DataFrame::new(height, columns).map_err(|source| TableError::Frame { table: schema.name, source })
}

/// The element at `index` of a list that the rows of `table` refer to.
pub(super) fn at<'a, T>(
    table: &TableSchema,
    list: &'static str,
    all: &'a [T],
    index: impl Into<usize>,
) -> Result<&'a T, TableError> {
    let index = index.into();
    all.get(index).ok_or(TableError::Index { table: table.name, list, index, length: all.len() })
}

/// Checks that a list has one element for each segment.
pub(super) fn same_length(
    table: &TableSchema,
    list: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), TableError> {
    if found == expected {
        return Ok(());
    }
    Err(TableError::Length { table: table.name, list, found, expected })
}

/// A text that may be unknown: null rather than empty.
pub(super) fn known(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Words as one cell. A string and not a list, because R, Excel and Stata open a string.
pub(super) fn joined(words: &[String]) -> String {
    words.join("; ")
}

#[cfg(test)]
mod tests {
    use super::super::schema::LABELS;
    use super::*;

    fn columns() -> Vec<Column> {
        vec![
            Column::new("segment_id".into(), ["P01:1"]),
            Column::new("theme".into(), ["workload"]),
            Column::new("score".into(), [0.5_f32]),
            Column::new("confidence".into(), [0.9_f32]),
            Column::new("rank".into(), [1_u32]),
            Column::new("source".into(), ["machine"]),
            Column::new("tier".into(), ["likely"]),
        ]
    }

    #[test]
    fn a_frame_as_defined_is_made() {
        assert_eq!(frame(&LABELS, columns()).unwrap().shape(), (1, 7));
    }

    #[test]
    fn what_is_not_as_defined_is_refused() {
        let mut misnamed = columns();
        misnamed[1].rename("code".into());
        insta::assert_snapshot!(frame(&LABELS, misnamed).unwrap_err(), @"the table `labels` is not as defined: column 2 is `code` (str, 0 null), not `theme` (text, never null)");

        let mut mistyped = columns();
        mistyped[4] = Column::new("rank".into(), [1_i64]);
        insta::assert_snapshot!(frame(&LABELS, mistyped).unwrap_err(), @"the table `labels` is not as defined: column 5 is `rank` (i64, 0 null), not `rank` (whole number (u32), never null)");

        let mut unknown = columns();
        unknown[1] = Column::new("theme".into(), [None::<&str>]);
        insta::assert_snapshot!(frame(&LABELS, unknown).unwrap_err(), @"the table `labels` is not as defined: column 2 is `theme` (str, 1 null), not `theme` (text, never null)");

        let mut missing = columns();
        missing.pop();
        insta::assert_snapshot!(frame(&LABELS, missing).unwrap_err(), @"the table `labels` is not as defined: column 6 is the last, not number 7");
    }
}
