//! XLSX: the tables for people, one file a table.
//!
//! Excel has limits that Parquet has not: a long table continues on further sheets, a long cell is cut and marked. Texts stay
//! texts, whatever they look like; numbers are numbers.

use crate::results::codes;
use std::borrow::Cow;
use std::io::Write;

use polars::prelude::{
    AnyValue, ChunkApply, Column, DataFrame, DataType, IntoColumn, PolarsError, PolarsResult, StringChunked,
};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Table, TableColumn, Workbook, Worksheet, XlsxError,
};
use transcripts::text::counted;
use transcripts::{Problem, Severity};

use super::schema::TableSchema;

/// Maximum rows of a sheet, without the heading.
pub(super) const LONGEST_SHEET: usize = 1_048_575;

/// Maximum UTF-16 units of a text in a cell of Excel.
const LONGEST_CELL: usize = 32_767;

/// Marks the end of a text that was cut.
const CUT: &str = " […]";

/// Maximum width of a column in pixels: about sixty characters.
const WIDEST_COLUMN: u32 = 420;

/// Rows that the widths of columns are computed from.
const MEASURED_ROWS: u32 = 200;

/// Writes a table as XLSX, with at most `sheet_rows` rows a sheet (Excel takes [`LONGEST_SHEET`]), and returns what Excel's
/// limits changed.
pub(super) fn write_excel(
    writer: impl Write + Send,
    frame: &DataFrame,
    schema: &TableSchema,
    sheet_rows: usize,
) -> PolarsResult<Vec<Problem>> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&fixed_properties(schema.name).map_err(failed)?);
    let problems = add_sheets(&mut workbook, frame, schema, sheet_rows)?;
    workbook.save_to_writer(writer).map_err(failed)?;
    Ok(problems)
}

/// Adds a table on sheets of its own to a workbook, and returns what Excel's limits changed.
pub(super) fn add_sheets(
    workbook: &mut Workbook,
    frame: &DataFrame,
    schema: &TableSchema,
    sheet_rows: usize,
) -> PolarsResult<Vec<Problem>> {
    let (frame, mut problems) = for_excel(frame, schema)?;
    let heading = Format::new().set_bold();
    let sheets = frame.height().div_ceil(sheet_rows).max(1);
    for sheet in 0..sheets {
        let name = if sheet == 0 { schema.name.to_owned() } else { format!("{} {}", schema.name, sheet + 1) };
        let rows = frame.slice((sheet * sheet_rows) as i64, sheet_rows);
        let worksheet = workbook.add_worksheet().set_name(name).map_err(failed)?;
        if rows.height() == 0 {
            write_headings(worksheet, &rows, &heading).map_err(failed)?;
        } else {
            write_rows(worksheet, &rows, &heading).map_err(failed)?;
        }
    }
    if sheets > 1 {
        let message = format!("The table has {} rows and stands on {sheets} sheets.", frame.height());
        let hint = "A sheet of Excel ends at 1,048,576 rows; a Parquet table holds them in one piece.";
        problems.push(
            Problem::new(Severity::Note, source_of(schema), message)
                .with_code(codes::SHEET_LIMIT)
                .with_hint(hint),
        );
    }
    Ok(problems)
}

/// An error of the workbook's library as an error of the table's file.
#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn failed(error: XlsxError) -> PolarsError {
    PolarsError::ComputeError(format!("rust_xlsxwriter error: '{error}'").into())
}

/// Title and program, and a fixed creation date, so that the same tables give the same bytes.
pub(crate) fn fixed_properties(title: &str) -> Result<DocProperties, XlsxError> {
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let program = concat!("emic ", env!("CARGO_PKG_VERSION"));
    Ok(DocProperties::new().set_title(title).set_comment(program).set_creation_datetime(&date))
}

/// The text of a cell: cut, with a mark at the end, if it is too long.
pub(crate) fn within_cell(text: &str) -> Cow<'_, str> {
    // A text has at most as many UTF-16 units as bytes.
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST_CELL - CUT.encode_utf16().count();
    let end = text
        .char_indices()
        .find(|(_, c)| {
            let fits = c.len_utf16() <= room;
            room = room.saturating_sub(c.len_utf16());
            !fits
        })
        .map_or(text.len(), |(start, _)| start);
    Cow::Owned(format!("{}{CUT}", text.get(..end).unwrap_or_default()))
}

/// The rows as a table of Excel, which people can sort and filter, with a frozen heading.
fn write_rows(worksheet: &mut Worksheet, frame: &DataFrame, heading: &Format) -> Result<(), XlsxError> {
    for (index, column) in (0_u16..).zip(frame.columns()) {
        worksheet.write(0, index, column.name().as_str())?;
        for (row, value) in (1_u32..).zip(column.as_materialized_series().rechunk().iter()) {
            match value {
                AnyValue::Null => continue,
                AnyValue::Boolean(truth) => worksheet.write(row, index, truth)?,
                AnyValue::UInt32(number) => worksheet.write(row, index, number)?,
                AnyValue::Int64(number) => worksheet.write(row, index, number)?,
                AnyValue::Float64(number) => worksheet.write(row, index, number)?,
                AnyValue::String(text) => worksheet.write(row, index, text)?,
                other => worksheet.write(row, index, other.to_string())?,
            };
        }
    }
    let headings = vec![TableColumn::new().set_header_format(heading); frame.width()];
    let table = Table::new().set_columns(&headings);
    worksheet.add_table(0, 0, frame.height() as u32, frame.width() as u16 - 1, &table)?;
    worksheet.set_autofit_max_width(WIDEST_COLUMN).set_autofit_max_row(MEASURED_ROWS).autofit();
    worksheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A table of Excel cannot be empty.
fn write_headings(worksheet: &mut Worksheet, frame: &DataFrame, heading: &Format) -> Result<(), XlsxError> {
    for (index, column) in (0_u16..).zip(frame.columns()) {
        worksheet.write_string_with_format(0, index, column.name().as_str(), heading)?;
    }
    worksheet.set_autofit_max_width(WIDEST_COLUMN).autofit().set_freeze_panes(1, 0)?;
    Ok(())
}

/// The frame within Excel's limits, and a warning for each column in which cells were cut.
fn for_excel(frame: &DataFrame, schema: &TableSchema) -> PolarsResult<(DataFrame, Vec<Problem>)> {
    let mut problems = Vec::new();
    let mut columns = Vec::with_capacity(frame.width());
    for column in frame.columns() {
        columns.push(match column.dtype() {
            DataType::String => {
                let (shorter, cut) = with_cells_cut(column)?;
                if cut > 0 {
                    let (name, rows) = (column.name(), counted(column.len(), "row", "rows"));
                    let message =
                        format!("In {cut} of {rows} the column `{name}` was too long for Excel and was cut.");
                    let hint =
                        "A cell of Excel takes 32,767 characters; a Parquet table holds the whole text.";
                    problems.push(
                        Problem::new(Severity::Warning, source_of(schema), message)
                            .with_code(codes::SHEET_LIMIT)
                            .with_hint(hint),
                    );
                }
                shorter
            }
            DataType::Float32 => as_written(column)?,
            _ => column.clone(),
        });
    }
    Ok((DataFrame::new(frame.height(), columns)?, problems))
}

fn with_cells_cut(column: &Column) -> PolarsResult<(Column, usize)> {
    let texts = column.str()?;
    let cut = texts.iter().flatten().filter(|text| matches!(within_cell(text), Cow::Owned(_))).count();
    if cut == 0 {
        return Ok((column.clone(), 0));
    }
    let shorter: StringChunked = texts.apply_values(within_cell);
    Ok((shorter.into_column(), cut))
}

/// Single precision as the shortest decimal: 0.3, not 0.30000001192092896.
fn as_written(column: &Column) -> PolarsResult<Column> {
    let numbers: Vec<Option<f64>> = column
        .f32()?
        .iter()
        .map(|number| number.and_then(|number| number.to_string().parse().ok()))
        .collect();
    Ok(Column::new(column.name().clone(), numbers))
}

fn source_of(schema: &TableSchema) -> String {
    format!("tables/{}.xlsx", schema.name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::schema::{LABELS, SCORES, TURNS};
    use super::*;
    use crate::table::excel_parts::{cells, part, pieces};
    use crate::table::fixture::{empty_findings, small_findings};
    use crate::table::{labels_frame, scores_frame, turns_frame};

    fn written(frame: &DataFrame, schema: &TableSchema, sheet_rows: usize) -> (Vec<u8>, Vec<Problem>) {
        let mut bytes = Vec::new();
        let problems = write_excel(&mut bytes, frame, schema, sheet_rows).unwrap();
        (bytes, problems)
    }

    #[test]
    fn texts_stay_texts() {
        let (workbook, problems) = written(&turns_frame(&small_findings()).unwrap(), &TURNS, LONGEST_SHEET);
        assert_eq!(problems, []);
        insta::assert_snapshot!(cells(&workbook, 1), @r#"
        A1 "transcript_id" | B1 "turn_index" | C1 "speaker" | D1 "role" | E1 "start_ms" | F1 "end_ms" | G1 "char_start" | H1 "char_end" | I1 "text"
        A2 "P01" | B2 1 | C2 "INT" | D2 "interviewer" | E2 0 | F2 3000 | G2 0 | H2 21 | I2 "What gets in the way?"
        A3 "P01" | B3 2 | C3 "Ana" | D3 "participant" | E3 4000 | F3 7000 | G3 22 | H3 76 | I3 "Sixty families, and \"one\" morning a week.⏎That is all."
        A4 "P01" | B4 3 | C4 "Ana" | D4 "participant" | E4 3601500 | F4 3604500 | G4 77 | H4 95 | I4 "=cmd|' /C calc'!A0"
        A5 "P02" | B5 1 | D5 "other" | G5 0 | H5 23 | I5 "אין שירותים, אין תקציב."
        A6 "P02" | B6 2 | C6 "+Bo" | D6 "participant" | G6 24 | H6 50 | I6 "👩🏽\u{200d}💼 We fear the minister…"
        "#);
        let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>") && !sheet.contains("hyperlink"), "{sheet}");
    }

    #[test]
    fn numbers_are_as_one_would_write_them() {
        let (workbook, _) = written(&scores_frame(&small_findings()).unwrap(), &SCORES, LONGEST_SHEET);
        insta::assert_snapshot!(cells(&workbook, 1), @r#"
        A1 "segment_id" | B1 "workload" | C1 "missing services" | D1 "fear, minister"
        A2 "P01:1" | B2 0.9 | C2 0.1 | D2 0
        A3 "P01:2" | B3 0.2 | C3 0.3 | D3 0.1
        A4 "P02:1" | B4 0.5 | C4 0.8 | D4 0.2
        A5 "P02:2" | B5 0.1 | C5 0.7 | D5 0.25
        "#);
        let sheet = part(&workbook, "xl/worksheets/sheet1.xml");
        assert!(sheet.contains(r#"state="frozen""#), "{sheet}");
    }

    #[test]
    fn an_empty_table_is_a_heading() {
        let (workbook, _) = written(&labels_frame(&empty_findings()).unwrap(), &LABELS, LONGEST_SHEET);
        insta::assert_snapshot!(cells(&workbook, 1), @r#"A1 "segment_id" | B1 "theme" | C1 "score" | D1 "confidence" | E1 "rank" | F1 "source" | G1 "tier""#);
    }

    #[test]
    fn a_long_table_goes_on_to_further_sheets() {
        let (workbook, problems) = written(&turns_frame(&small_findings()).unwrap(), &TURNS, 2);
        insta::assert_snapshot!(problems[0], @"note: tables/turns.xlsx: The table has 5 rows and stands on 3 sheets. (A sheet of Excel ends at 1,048,576 rows; a Parquet table holds them in one piece.)");
        insta::assert_snapshot!(pieces(&part(&workbook, "xl/workbook.xml"), "sheets")[0], @r#"<sheet name="turns" sheetId="1" r:id="rId1"/><sheet name="turns 2" sheetId="2" r:id="rId2"/><sheet name="turns 3" sheetId="3" r:id="rId3"/>"#);
        assert_eq!(cells(&workbook, 3).lines().count(), 2, "a heading and the fifth turn");
    }

    #[test]
    fn a_long_cell_is_cut_where_one_sees_it() {
        let mut findings = small_findings();
        findings.corpus.transcripts[0].turns[1].text = "é".repeat(LONGEST_CELL).into();
        findings.corpus.transcripts[0].turns[2].text = "🧵".repeat(LONGEST_CELL).into();
        let (workbook, problems) = written(&turns_frame(&findings).unwrap(), &TURNS, LONGEST_SHEET);
        assert_eq!(problems.len(), 1);
        insta::assert_snapshot!(problems[0], @"warning: tables/turns.xlsx: In 1 of 5 rows the column `text` was too long for Excel and was cut. (A cell of Excel takes 32,767 characters; a Parquet table holds the whole text.)");
        let texts = part(&workbook, "xl/sharedStrings.xml");
        assert!(texts.contains(&format!(">{}<", "é".repeat(LONGEST_CELL))));
        assert!(texts.contains(&format!(">{} […]<", "🧵".repeat((LONGEST_CELL - 4) / 2))));
    }

    #[test]
    fn the_same_table_gives_the_same_bytes() {
        let frame = turns_frame(&small_findings()).unwrap();
        assert!(written(&frame, &TURNS, 2).0 == written(&frame, &TURNS, 2).0);
        let created = part(&written(&frame, &TURNS, 2).0, "docProps/core.xml");
        assert!(created.contains("2000-01-01T00:00:00Z"), "{created}");
    }

    proptest! {
        #[test]
        fn a_cell_never_exceeds_the_limit(letter in prop::char::any(), length in 32_700_usize..32_800) {
            let text: String = std::iter::repeat_n(letter, length).collect();
            let cell = within_cell(&text);
            prop_assert!(cell.encode_utf16().count() <= LONGEST_CELL);
            prop_assert!(*cell == text || cell.strip_suffix(CUT).is_some_and(|start| text.starts_with(start)));
        }
    }
}
