//! Parquet: the tables unchanged, for R, Python and other programs.

use std::io::Write;
use std::ops::Range;

use polars::prelude::{DataFrame, PolarsResult};
use polars_io::prelude::{KeyValueMetadata, ParquetCompression, ParquetWriter, StatisticsOptions};

use super::schema::{SCHEMA_VERSION, TableSchema};

/// Rows of a row group. Fixed, so that the bytes depend on the table alone.
const ROW_GROUP: usize = 1 << 16;

/// Writes a table as Parquet with zstd compression.
///
/// The metadata hold the version of the schema (`emic.schema`), the table (`emic.table`) and the version of the program
/// (`emic.version`). The same frame gives the same bytes whatever the number of threads: columns are compressed in
/// parallel, each on one thread, and written in order.
pub(super) fn write_parquet(writer: impl Write, frame: &DataFrame, schema: &TableSchema) -> PolarsResult<()> {
    write_parquet_groups(
        writer,
        frame.height(),
        schema,
        |rows| Ok(frame.slice(rows.start as i64, rows.len())),
    )
}

/// The same for a table that is too large for memory: `group` makes the rows of a row group.
pub(super) fn write_parquet_groups(
    writer: impl Write,
    rows: usize,
    schema: &TableSchema,
    mut group: impl FnMut(Range<usize>) -> PolarsResult<DataFrame>,
) -> PolarsResult<()> {
    let about = KeyValueMetadata::from_static(vec![
        ("emic.schema".to_owned(), SCHEMA_VERSION.to_string()),
        ("emic.table".to_owned(), schema.name.to_owned()),
        ("emic.version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
    ]);
    let mut file = ParquetWriter::new(writer)
        .with_compression(ParquetCompression::Zstd(None))
        .with_statistics(StatisticsOptions::default())
        .with_key_value_metadata(Some(about))
        .batched(group(0..0)?.schema())?;
    for start in (0..rows).step_by(ROW_GROUP) {
        // One chunk a batch: each chunk becomes a row group.
        let mut frame = group(start..rows.min(start + ROW_GROUP))?;
        frame.rechunk_mut();
        file.write_batch(&frame)?;
    }
    file.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use polars::prelude::Column;
    use polars_io::prelude::{ParquetReader, SerReader};
    use proptest::prelude::*;

    use super::super::schema::{EMBEDDINGS, LABELS, TRANSCRIPTS, TURNS};
    use super::*;
    use crate::table::fixture::{empty_findings, small_findings};
    use crate::table::{embeddings_frame, transcripts_frame, turns_frame};

    fn bytes(frame: &DataFrame, schema: &TableSchema) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_parquet(&mut bytes, frame, schema).unwrap();
        bytes
    }

    fn read(bytes: Vec<u8>) -> DataFrame {
        ParquetReader::new(Cursor::new(bytes)).finish().unwrap()
    }

    #[test]
    fn tables_come_back_as_they_went() {
        for findings in [small_findings(), empty_findings()] {
            for (frame, schema) in [
                (transcripts_frame(&findings).unwrap(), TRANSCRIPTS),
                (turns_frame(&findings).unwrap(), TURNS),
                (embeddings_frame(&findings).unwrap(), EMBEDDINGS),
            ] {
                let back = read(bytes(&frame, &schema));
                assert_eq!(back.schema(), frame.schema());
                assert!(back.equals_missing(&frame), "{} differs:\n{back}\n{frame}", schema.name);
            }
        }
    }

    #[test]
    fn the_file_says_what_it_is() {
        let file = bytes(&turns_frame(&small_findings()).unwrap(), &TURNS);
        let mut reader = ParquetReader::new(Cursor::new(file));
        let metadata = reader.get_metadata().unwrap();
        let about: Vec<String> = metadata
            .key_value_metadata()
            .iter()
            .flatten()
            .filter(|pair| pair.key.starts_with("emic."))
            .map(|pair| format!("{}={}", pair.key, pair.value.as_deref().unwrap_or_default()))
            .collect();
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(about, ["emic.schema=7", "emic.table=turns", &format!("emic.version={version}")]);
    }

    /// A table of several row groups, whose texts and numbers differ from row to row.
    fn long_frame() -> DataFrame {
        let rows = 2 * ROW_GROUP + 5;
        let ids: Vec<String> = (0..rows).map(|row| format!("P{:02}:{row}", row % 97)).collect();
        let scores: Vec<f32> = (0..rows).map(|row| (row as f32 * 0.37).fract() - 0.5).collect();
        DataFrame::new(rows, vec![Column::new("id".into(), ids), Column::new("score".into(), scores)])
            .unwrap()
    }

    #[test]
    fn bytes_do_not_depend_on_threads_or_chunks() {
        let frame = long_frame();
        let in_pool = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| bytes(&frame, &LABELS))
        };
        let once = in_pool(1);
        assert!(once == in_pool(4));

        let mut in_chunks = frame.slice(0, 1000);
        in_chunks.vstack_mut(&frame.slice(1000, frame.height())).unwrap();
        assert!(once == bytes(&in_chunks, &LABELS));

        let back = read(once);
        assert!(back.equals(&frame));
    }

    proptest! {
        #[test]
        fn any_text_is_verbatim(texts in prop::collection::vec(prop::option::of(".{0,12}"), 0..8)) {
            let frame = DataFrame::new(texts.len(), vec![Column::new("text".into(), texts)]).unwrap();
            prop_assert!(read(bytes(&frame, &TURNS)).equals_missing(&frame));
        }
    }
}
