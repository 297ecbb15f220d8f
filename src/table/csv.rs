//! CSV: the tables as text, for Excel, R's `read.csv`, Stata and SPSS.
//!
//! UTF-8 with a byte-order mark, without which Excel takes Hebrew or `ñ` for another encoding. Null is an empty
//! cell, an empty text is `""`.

use std::borrow::Cow;
use std::io::Write;

use polars::prelude::{
    ChunkApply, Column, CsvWriter, DataFrame, DataType, IntoColumn, PolarsResult, SerWriter, StringChunked,
};

/// Characters that make a spreadsheet program take a cell for a formula, or skip to what follows.
///
/// The list of OWASP's "CSV Injection", the full-width forms that Excel takes in East Asian settings included.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Writes a table as CSV, with a byte-order mark in front if `marked`. Cells of text and headings are guarded; see [`guarded`].
pub(super) fn write_csv(writer: impl Write, frame: &DataFrame, marked: bool) -> PolarsResult<()> {
    let columns: Vec<Column> = frame.columns().iter().map(guarded_column).collect::<PolarsResult<_>>()?;
    let mut guarded = DataFrame::new(frame.height(), columns)?;
    CsvWriter::new(writer).include_bom(marked).finish(&mut guarded)
}

fn guarded_column(column: &Column) -> PolarsResult<Column> {
    let mut safe = if *column.dtype() == DataType::String {
        let texts: StringChunked = column.str()?.apply_values(guarded);
        texts.into_column()
    } else {
        column.clone()
    };
    safe.rename(guarded(column.name()).as_ref().into());
    Ok(safe)
}

/// The text with an apostrophe in front when a spreadsheet would take it for a formula.
///
/// A text that starts with apostrophes and then such a character gets one more, so that the guard can be taken
/// away again: drop the first apostrophe of every cell in which apostrophes are followed by such a character.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(FORMULA_STARTS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`guarded`] made this cell of. A cell that no guard was put before comes back as it is.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA_STARTS) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
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
        segment_id,theme,score,confidence,rank,source
        P01:1,workload,0.5,0.875,1,machine
        P02:1,missing services,0.5,0.875,1,machine
        P02:1,workload,0.5,0.875,2,machine
        P02:2,missing services,0.5,0.875,1,machine
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
