//! The texts of a Parquet file, for somebody who looks for words in it and not for a table.

use parquet_frame::read_frame;

/// The cells of all columns of text, or of those that are named; none where this is no Parquet file that can be read.
pub(crate) fn parquet_texts(bytes: &[u8], columns: Option<&[&str]>) -> Option<Vec<String>> {
    let frame = read_frame(bytes, usize::MAX).ok()?;
    let mut texts = Vec::new();
    for column in frame.columns() {
        if columns.is_none_or(|columns| columns.contains(&column.name())) {
            texts.extend(column.texts().into_iter().flatten().flatten().map(str::to_owned));
        }
    }
    Some(texts)
}
