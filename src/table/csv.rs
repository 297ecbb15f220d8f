//! CSV: the tables as text, for Excel, R's `read.csv`, Stata and SPSS.
//!
//! UTF-8 with a byte-order mark, without which Excel assumes another encoding for Hebrew or `ñ`. Null is an empty cell, an
//! empty text is `""`.

use std::borrow::Cow;
use std::io::Write;

use polars::prelude::{AnyValue, DataFrame, DataType, PolarsError, PolarsResult};

/// Characters that make a spreadsheet program treat a cell as a formula, or skip to what follows.
///
/// OWASP's "CSV Injection", with the full-width forms that Excel takes in East Asian settings.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Size of the write buffer in bytes.
const BUFFER: usize = 1 << 16;

/// Writes a table as CSV, with a byte-order mark in front if `marked`. Cells of text and headings are guarded; see [`guarded`].
///
/// # Errors
/// When the writer fails or a column is nested.
pub(super) fn write_csv(mut writer: impl Write, frame: &DataFrame, marked: bool) -> PolarsResult<()> {
    let mut frame = frame.clone();
    frame.rechunk_mut();
    let nested = |dtype: &DataType| matches!(dtype, DataType::List(_) | DataType::Array(..));
    if frame.columns().iter().any(|column| nested(column.dtype())) {
        return Err(PolarsError::ComputeError("CSV format does not support nested data".into()));
    }
    let mut lines = Vec::with_capacity(2 * BUFFER);
    if marked {
        lines.extend("\u{feff}".as_bytes());
    }
    push_row(&mut lines, frame.columns().iter().map(|column| AnyValue::String(column.name())));
    let mut columns: Vec<_> =
        frame.columns().iter().map(|column| column.as_materialized_series().iter()).collect();
    for _ in 0..frame.height() {
        push_row(&mut lines, columns.iter_mut().map(|cells| cells.next().unwrap_or(AnyValue::Null)));
        if lines.len() >= BUFFER {
            writer.write_all(&lines)?;
            lines.clear();
        }
    }
    writer.write_all(&lines)?;
    Ok(())
}

fn push_row<'a>(lines: &mut Vec<u8>, cells: impl Iterator<Item = AnyValue<'a>>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            lines.push(b',');
        }
        match cell {
            AnyValue::Null => {}
            AnyValue::String(text) => push_text(lines, text),
            AnyValue::StringOwned(text) => push_text(lines, &text),
            // The shortest decimal that parses to the same number.
            AnyValue::Float32(number) => lines.extend(zmij::Buffer::new().format(number).as_bytes()),
            AnyValue::Float64(number) => lines.extend(zmij::Buffer::new().format(number).as_bytes()),
            AnyValue::UInt32(number) => lines.extend(number.to_string().as_bytes()),
            AnyValue::Int64(number) => lines.extend(number.to_string().as_bytes()),
            AnyValue::Boolean(flag) => lines.extend(flag.to_string().as_bytes()),
            other => lines.extend(other.to_string().as_bytes()),
        }
    }
    lines.push(b'\n');
}

/// The text, guarded, and in quotes where it would otherwise end the cell or read as null.
fn push_text(lines: &mut Vec<u8>, text: &str) {
    let text = guarded(text);
    if text.is_empty() || text.contains([',', '"', '\n', '\r']) {
        lines.push(b'"');
        lines.extend(text.replace('"', "\"\"").as_bytes());
        lines.push(b'"');
    } else {
        lines.extend(text.as_bytes());
    }
}

/// The text with an apostrophe in front where a spreadsheet would treat it as a formula.
///
/// A text of apostrophes and then such a character gets one more, so that the guard can be removed: drop the first
/// apostrophe of every cell in which apostrophes are followed by such a character.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(FORMULA_STARTS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`guarded`] made this cell of. A cell without a guard is not changed.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA_STARTS) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::Column;
    use proptest::prelude::*;

    use super::*;
    use crate::table::fixture::{empty_findings, small_findings};
    use crate::table::{labels_frame, scores_frame, segments_frame, turns_frame};

    fn written(frame: &DataFrame) -> String {
        let mut bytes = Vec::new();
        write_csv(&mut bytes, frame, true).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        text.strip_prefix('\u{feff}').unwrap().to_owned()
    }

    #[test]
    fn texts_are_quoted_and_formulas_guarded() {
        insta::assert_snapshot!(written(&turns_frame(&small_findings()).unwrap()), @r#"
        transcript_id,turn_index,speaker,role,start_ms,end_ms,char_start,char_end,text
        P01,1,INT,interviewer,0,3000,0,21,What gets in the way?
        P01,2,Ana,participant,4000,7000,22,76,"Sixty families, and ""one"" morning a week.
        That is all."
        P01,3,Ana,participant,3601500,3604500,77,95,'=cmd|' /C calc'!A0
        P02,1,,other,,,0,23,"אין שירותים, אין תקציב."
        P02,2,'+Bo,participant,,,24,50,👩🏽‍💼 We fear the minister…
        "#);
    }

    #[test]
    fn numbers_are_plain() {
        insta::assert_snapshot!(written(&labels_frame(&small_findings()).unwrap()), @r"
        segment_id,theme,score,confidence,rank,source,tier
        P01:1,workload,0.5,0.875,1,machine,likely
        P02:1,missing services,0.5,0.875,1,machine,likely
        P02:1,workload,0.5,0.875,2,machine,likely
        P02:2,missing services,0.5,0.875,1,machine,likely
        ");
        insta::assert_snapshot!(written(&segments_frame(&empty_findings()).unwrap()), @"segment_id,transcript_id,segment_index,first_turn,last_turn,speaker,language,start_ms,end_ms,char_start,char_end,words,tokens,text,cluster_id");
    }

    #[test]
    fn headings_are_guarded_too() {
        let mut findings = small_findings();
        findings.themes[0].name = "=1+1".to_owned();
        let text = written(&scores_frame(&findings).unwrap());
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let headings: Vec<&str> = reader.headers().unwrap().iter().collect();
        assert_eq!(headings, ["segment_id", "'=1+1", "missing services", "fear, minister"]);
    }

    #[test]
    fn a_cell_reads_back_as_itself() {
        let text = "one, \"two\"\r\nthree\rfour\n";
        let frame = DataFrame::new(1, vec![Column::new("text".into(), [text])]).unwrap();
        let mut reader = ::csv::Reader::from_reader(std::io::Cursor::new(written(&frame)));
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!((rows.len(), &rows[0][0]), (1, text));
    }

    proptest! {
        #[test]
        fn the_guard_can_be_taken_away(text in "['=+@a\t -]{0,5}") {
            let safe = guarded(&text);
            prop_assert!(!safe.starts_with(FORMULA_STARTS));
            prop_assert_eq!(unguarded(&safe), text.as_str());
        }
    }
}
