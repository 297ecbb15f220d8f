//! Parquet: the tables as they are, for R, Python and everything else that computes.

use std::io::Write;
use std::ops::Range;

use parquet_frame::{Frame, FrameWriter};

use super::WriteError;
use super::schema::{SCHEMA_VERSION, TableSchema};

/// Rows of a row group. Fixed, so that the bytes depend on the table alone.
const ROW_GROUP: usize = 1 << 16;

/// Writes a table as Parquet with zstd compression.
///
/// The file's metadata say the version of the schema (`emic.schema`), the table (`emic.table`) and the version of
/// the program (`emic.version`). The bytes are the same for the same frame whatever the number of threads: columns
/// are compressed at the same time, but each on one thread, and written in order.
pub(super) fn write_parquet(
    writer: impl Write,
    frame: &Frame,
    schema: &TableSchema,
) -> Result<(), WriteError> {
    write_parquet_groups(writer, frame.height(), schema, |rows| Ok(frame.slice(rows.start, rows.len())))
}

/// The same for a table that is too large to be made at once: `group` makes the rows of a row group.
pub(super) fn write_parquet_groups(
    writer: impl Write,
    rows: usize,
    schema: &TableSchema,
    mut group: impl FnMut(Range<usize>) -> Result<Frame, WriteError>,
) -> Result<(), WriteError> {
    let about = [
        ("emic.schema", &*SCHEMA_VERSION.to_string()),
        ("emic.table", schema.name),
        ("emic.version", env!("CARGO_PKG_VERSION")),
    ];
    let mut file = FrameWriter::new(writer, &group(0..0)?, &about)?;
    for start in (0..rows).step_by(ROW_GROUP) {
        file.write(&group(start..rows.min(start + ROW_GROUP))?)?;
    }
    file.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use parquet_frame::{Column, read_frame};

    use super::super::schema::{EMBEDDINGS, LABELS, TRANSCRIPTS, TURNS};
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};
    use crate::table::{embeddings_frame, transcripts_frame, turns_frame};

    fn bytes(frame: &Frame, schema: &TableSchema) -> Vec<u8> {
        let mut bytes = Vec::new();
        write_parquet(&mut bytes, frame, schema).unwrap();
        bytes
    }

    #[test]
    fn tables_come_back_as_they_went() {
        for findings in [small_findings(), empty_findings()] {
            for (frame, schema) in [
                (transcripts_frame(&findings).unwrap(), TRANSCRIPTS),
                (turns_frame(&findings).unwrap(), TURNS),
                (embeddings_frame(&findings).unwrap(), EMBEDDINGS),
            ] {
                let back = read_frame(bytes(&frame, &schema), usize::MAX).unwrap();
                assert_eq!(show(&back), show(&frame), "{}", schema.name);
            }
        }
    }

    #[test]
    fn the_file_says_what_it_is() {
        let file = bytes(&turns_frame(&small_findings()).unwrap(), &TURNS);
        let text = String::from_utf8_lossy(&file);
        let version = env!("CARGO_PKG_VERSION");
        // Key and value of Thrift's compact protocol: a field each, which is a length and the text.
        for (key, value) in [("emic.schema", "5"), ("emic.table", "turns"), ("emic.version", version)] {
            let length = char::from(value.len() as u8);
            assert!(text.contains(&format!("{key}\u{18}{length}{value}")), "{key}");
        }
    }

    #[test]
    fn bytes_do_not_depend_on_threads() {
        let rows = 2 * ROW_GROUP + 5;
        let ids: Vec<String> = (0..rows).map(|row| format!("P{:02}:{row}", row % 97)).collect();
        let scores: Vec<f32> = (0..rows).map(|row| (row as f32 * 0.37).fract() - 0.5).collect();
        let frame = Frame::new(vec![Column::new("id", ids), Column::new("score", scores)]).unwrap();
        let in_pool = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| bytes(&frame, &LABELS))
        };
        let once = in_pool(1);
        assert!(once == in_pool(4));
        let back = read_frame(once, usize::MAX).unwrap();
        assert_eq!(show(&back.slice(ROW_GROUP - 2, 9)), show(&frame.slice(ROW_GROUP - 2, 9)));
        assert_eq!(back.height(), rows);
    }
}
