//! Frames that are written come back, with the same bytes whatever the number of threads.

use proptest::prelude::*;

use crate::{Cell, Column, Frame, FrameError, FrameWriter, Kind, Values, read_frame};

fn bytes(frames: &[Frame]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut file = FrameWriter::new(&mut bytes, &frames[0], &[("program", "a test")]).unwrap();
    for frame in frames {
        file.write(frame).unwrap();
    }
    file.finish().unwrap();
    bytes
}

fn same(one: &Frame, other: &Frame) -> bool {
    let columns = one.columns().iter().zip(other.columns());
    one.width() == other.width()
        && columns.into_iter().all(|(one, other)| {
            one.name() == other.name()
                && one.kind() == other.kind()
                && one.cells().zip(other.cells()).all(|(one, other)| one == other)
                && one.len() == other.len()
        })
}

fn every_kind() -> Frame {
    Frame::new(vec![
        Column::new("text", vec![Some("one"), None, Some("")]),
        Column::new("count", [1_u32, 2, 3]),
        Column::new("whole", vec![Some(-1_i64), None, Some(i64::MAX)]),
        Column::new("single", [0.1_f32, -0.0, f32::INFINITY]),
        Column::new("double", vec![Some(0.1), None, Some(1e300)]),
        Column::new("flag", [true, false, true]),
        Column::new("vector", Values::vectors(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2).unwrap()),
    ])
    .unwrap()
}

#[test]
fn every_kind_comes_back() {
    for frame in [every_kind(), every_kind().head(0), every_kind().slice(1, 1)] {
        let again = read_frame(bytes(std::slice::from_ref(&frame)), 1_000).unwrap();
        assert!(same(&frame, &again), "{again:?}");
    }
    let again = read_frame(bytes(&[every_kind()]), 1_000).unwrap();
    let vectors = again.column("vector").unwrap();
    assert_eq!((vectors.kind(), vectors.vector(1)), (Kind::Vector(2), Some(vec![3.0, 4.0])));
    assert_eq!((vectors.get(0), vectors.get(3)), (Cell::Nested, Cell::Null));
}

#[test]
fn row_groups_come_back_in_order() {
    let frame = every_kind();
    let again = read_frame(bytes(&[frame.clone(), frame.head(0), frame.slice(2, 9)]), 1_000).unwrap();
    assert_eq!(again.height(), 4);
    assert_eq!(again.column("count").unwrap().get(3), Cell::Whole(3));
}

#[test]
fn the_bytes_do_not_depend_on_threads() {
    let rows = 70_000;
    let ids: Vec<String> = (0..rows).map(|row| format!("P{:02}:{row}", row % 97)).collect();
    let scores: Vec<f32> = (0..rows).map(|row| (row as f32 * 0.37).fract() - 0.5).collect();
    let frame = Frame::new(vec![Column::new("id", ids), Column::new("score", scores)]).unwrap();
    let in_pool = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| bytes(std::slice::from_ref(&frame)))
    };
    let once = in_pool(1);
    assert!(once == in_pool(4));
    assert!(same(&frame, &read_frame(once, usize::MAX).unwrap()));
}

#[test]
fn what_is_no_table_is_refused() {
    let unequal = Frame::new(vec![Column::new("a", [1_u32]), Column::new("b", [1_u32, 2])]);
    assert!(matches!(unequal, Err(FrameError::Length { found: 2, expected: 1, .. })));
    let twice = Frame::new(vec![Column::new("a", [1_u32]), Column::new("a", [true])]);
    assert!(matches!(twice, Err(FrameError::Duplicate { .. })));
    assert!(matches!(Values::vectors(vec![1.0; 3], 2), Err(FrameError::Length { .. })));
    let other = Frame::new(vec![Column::new("a", [1_u32])]).unwrap();
    let mut file = FrameWriter::new(Vec::new(), &every_kind(), &[]).unwrap();
    assert!(matches!(file.write(&other), Err(FrameError::Schema)));
}

#[test]
fn what_is_no_file_is_refused() {
    assert!(matches!(read_frame(b"no Parquet", 9), Err(FrameError::Broken)));
    assert!(matches!(read_frame(bytes(&[every_kind()]), 20), Err(FrameError::TooLarge { limit: 20 })));
    let whole = bytes(&[every_kind()]);
    for end in 0..whole.len() {
        assert!(read_frame(&whole[..end], 1_000).is_err());
    }
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut broken = whole.clone();
            broken[place] ^= 1 << bit;
            // Whatever it says, it says it without a panic.
            let _ = read_frame(broken, 1_000);
        }
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(folder.join(format!("{name}.parquet"))).unwrap()
}

#[test]
fn files_of_other_programs_are_read_in_every_compression() {
    for name in ["snappy", "gzip", "zstd", "lz4"] {
        let frame = read_frame(fixture(name), 1_000).unwrap();
        let texts: Vec<&str> = frame.column("text").unwrap().texts().unwrap().flatten().collect();
        assert_eq!((texts.len(), texts[38]), (40, "Said 2"), "{name}");
        assert_eq!(frame.column("turn_index").unwrap().get(39), Cell::Whole(39), "{name}");
    }
    let refused = read_frame(fixture("brotli"), 1_000).unwrap_err().to_string();
    assert!(refused.contains("brotli"), "{refused}");
}

#[test]
fn values_of_every_kind_are_read() {
    let frame = read_frame(fixture("kinds"), 1_000).unwrap();
    let time = |text: &str| Cell::Time(text.to_owned());
    let expected = [
        ("int8", Cell::Whole(1)),
        ("uint16", Cell::Whole(1)),
        ("uint64", Cell::Nested),
        ("half", Cell::Null),
        ("large_text", Cell::Text("a")),
        ("category", Cell::Text("yes")),
        ("date", time("2024-05-01")),
        ("moment", time("2024-05-01 10:30:00")),
        ("in_zone", time("2024-05-01 10:30:00 UTC")),
        ("seconds", time("2024-05-01 10:30:00")),
        ("time", time("10:30:00")),
        ("duration", time("1h 30m")),
        ("decimal", Cell::Nested),
        ("list", Cell::Nested),
        ("struct", Cell::Nested),
        ("bytes", Cell::Nested),
    ];
    assert_eq!(frame.width(), expected.len());
    for (column, (name, first)) in frame.columns().iter().zip(expected) {
        assert_eq!((column.name(), column.get(0)), (name, first));
    }
    assert_eq!(frame.column("uint64").unwrap().get(1), Cell::Whole(7));
    assert_eq!(frame.column("category").unwrap().get(1), Cell::Text("no"));
    assert_eq!(frame.column("list").unwrap().get(1), Cell::Null);
}

proptest! {
    #[test]
    fn any_text_is_verbatim(texts in prop::collection::vec(prop::option::of(".{0,20}"), 0..8)) {
        let frame = Frame::new(vec![Column::new("text", texts)]).unwrap();
        prop_assert!(same(&frame, &read_frame(bytes(std::slice::from_ref(&frame)), 1_000).unwrap()));
    }
}
