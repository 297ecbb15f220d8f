//! Tables that Polars wrote, whole and damaged.

use polars::df;
use polars_io::prelude::ParquetWriter;
use proptest::prelude::*;

use super::any_bytes::read;
use super::*;

/// Two transcripts as Polars writes them.
fn parquet_table() -> Vec<u8> {
    let mut frame = df!(
        "transcript_id" => [1_i64, 1, 2],
        "text" => [Some("One"), None, Some("Two")],
        "start" => [0.5, 1.0, 2.0],
        "age" => [30_i32, 30, 41],
    )
    .unwrap();
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

#[test]
fn parquet_tables_read_like_any_other() {
    let bytes = parquet_table();
    let reading = read_as("table.parquet", &bytes);
    check(&reading);
    insta::assert_snapshot!(shown(&reading), @r#"
        1 (parquet, table.parquet) age=30
          1 Other <> 500..- "One"
        2 (parquet, table.parquet) age=41
          1 Other <> 2000..- "Two"
        note: table.parquet:2: 1 row without text was left out
        "#);
    insta::assert_snapshot!(shown(&read_as("table.parquet", &bytes[..bytes.len() / 2])), @"error: table.parquet: the file is damaged: its Parquet structure is broken (open it in the program that made it, save it again, and try once more)");
}

proptest! {
    #[test]
    fn a_parquet_table_with_some_bytes_changed(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = parquet_table();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read("a.parquet", &bytes);
    }

    #[test]
    fn a_parquet_table_cut_short_or_with_another_footer(cut in any::<prop::sample::Index>(), footer in prop::collection::vec(any::<u8>(), 0..40)) {
        let whole = parquet_table();
        let mut bytes = whole[..cut.index(whole.len())].to_vec();
        read("a.parquet", &bytes);
        bytes.extend_from_slice(&footer);
        bytes.extend_from_slice(&(footer.len() as u32).to_le_bytes());
        bytes.extend_from_slice(b"PAR1");
        read("a.parquet", &bytes);
    }
}
