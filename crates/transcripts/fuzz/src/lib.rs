//! What the fuzz targets share: an input is read as a file, and what comes out must keep the promises of the crate.
//!
//! The first byte of an input chooses the ending of the file; the rest is its contents.

pub mod package;
pub mod seeds;
pub mod words;

use std::panic;
use std::process;
use std::sync::Once;

use transcripts::{ReadPlan, Reading, read_file_bytes};

/// Endings of captions and of recognition services.
pub const CAPTIONS: &[&str] = &["vtt", "srt", "sbv", "ttml", "ass", "json"];
/// Endings of texts with labels.
pub const DIALOGUE: &[&str] = &["txt", "md", "rtf", "html", "otr"];
/// Endings of annotations.
pub const ANNOTATED: &[&str] = &["cha", "eaf", "textgrid", "tei"];
/// Endings of tables as text.
pub const TABLES: &[&str] = &["csv", "tsv", "jsonl"];
/// The ending of PDF.
pub const PDF: &[&str] = &["pdf"];
/// Endings of packed files, and of the flat forms of two of them.
pub const PACKAGES: &[&str] = &["docx", "odt", "xlsx", "xlsb", "ods", "qdpx", "fodt", "fods"];

/// Between the parts of a package in an input of [`read_parts`].
pub const PART_END: &[u8] = b"\n\0\n";

/// Reads the input with one of the endings.
pub fn read(endings: &[&str], data: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(allow_panics_that_are_caught);
    let Some((first, contents)) = data.split_first() else { return };
    let ending = endings[usize::from(*first) % endings.len()];
    check(&read_file_bytes(contents, &format!("P01.{ending}"), &ReadPlan::default()));
}

/// libFuzzer ends on every panic, also on those of the reader of workbooks, which are caught and told of as a damaged file.
fn allow_panics_that_are_caught() {
    let ends = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_caught = info.location().is_some_and(|place| place.file().contains("/calamine-"));
        if !is_caught {
            ends(info);
            process::abort();
        }
    }));
}

/// Reads the input as a package: after the first byte come parts, each a line with its name and then its contents.
pub fn read_parts(data: &[u8]) {
    let Some((first, mut rest)) = data.split_first() else { return };
    let mut parts = Vec::new();
    while !rest.is_empty() && parts.len() < 20 {
        let end = rest.windows(PART_END.len()).position(|window| window == PART_END);
        let (part, after) = match end {
            Some(end) => (&rest[..end], &rest[end + PART_END.len()..]),
            None => (rest, &rest[rest.len()..]),
        };
        let name_end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
        let contents = part.get(name_end + 1..).unwrap_or_default();
        parts.push((String::from_utf8_lossy(&part[..name_end]).into_owned(), contents.to_vec()));
        rest = after;
    }
    let mut file = vec![*first];
    file.extend(package::zipped(&parts));
    // Without the two flat forms, which are no packages.
    read(&PACKAGES[..PACKAGES.len() - 2], &file);
}

/// Spans point at the texts, no turn is empty, times are in order, and what is sorted is sorted.
fn check(reading: &Reading) {
    for transcript in &reading.corpus.transcripts {
        assert!(!transcript.turns.is_empty(), "a transcript without turns");
        let mut start = 0;
        for turn in &transcript.turns {
            assert_eq!(turn.span.start, start, "a span that does not follow the one before");
            let length = turn.text.chars().count();
            assert_eq!(turn.span.end, start + length, "a span of another length than its text");
            start = turn.span.end + 1;
            assert!(!turn.text.trim().is_empty(), "a turn without words");
            let is_ordered = turn.start_ms.is_none() || turn.end_ms.is_none() || turn.start_ms <= turn.end_ms;
            assert!(is_ordered, "an end before its start");
        }
    }
    assert!(reading.corpus.transcripts.is_sorted_by(|a, b| a.id < b.id), "transcripts that are not sorted");
    assert!(reading.problems.is_sorted(), "problems that are not sorted");
}
