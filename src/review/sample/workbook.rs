//! The coding sheet as a workbook: what to do and the codebook on the first sheet, the segments on the second.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatBorder, Workbook, XlsxError};

use super::sheet::CodingSheet;
use crate::review::cells::{fit_row, to_fill_in, wrapped, write_text};
use crate::table::fixed_properties;

/// Name of the sheet with the segments.
const CODES: &str = "codes";
/// Letters that a line of the merged cells of instructions holds, and points of its height.
const LETTERS_OF_A_LINE: usize = 150;
const HEIGHT_OF_A_LINE: f64 = 15.0;
/// Headings of the codebook and their widths.
const CODEBOOK: [(&str, f64); 5] = [
    ("theme", 24.0),
    ("definition", 48.0),
    ("when to use", 40.0),
    ("when not to use", 40.0),
    ("examples", 48.0),
];

/// The whole workbook.
pub(super) fn coding_workbook(sheet: &CodingSheet) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&fixed_properties("coding sheet")?);
    add_instructions(&mut workbook, sheet)?;
    add_codes(&mut workbook, sheet)?;
    Ok(workbook)
}

/// How rows are done, and in which order.
const OF_SEGMENTS: [&str; 2] = [
    "A row counts as done when something stands under a theme, `none of these` or `other theme`; its empty themes then mean \
     no. A row that has nothing there is not done yet, and is not counted.",
    "Go from the top down and leave nothing out, the hard ones least of all. The rows are in random order, so that also a sheet \
     that is half done is a fair sample.",
];
/// The same for whole interviews.
const OF_INTERVIEWS: [&str; 2] = [
    "The rows are whole interviews, one after the other. Read each from its first row on and put x under a theme where it first comes \
     up. Once every theme has come up, go on with the next interview. If you read one to its end, mark its last row, with x under `none \
     of these` if nothing is there: then it is known what does not come up. Empty rows above a marked one count as read.",
    "Take the interviews in their order, which is random, so that also a sheet that is half done is a fair sample; and finish each \
     that you begin.",
];

/// The instructions, a paragraph each.
fn instructions(coding: &CodingSheet) -> [String; 8] {
    let [done, order] = if coding.is_of_interviews { OF_INTERVIEWS } else { OF_SEGMENTS };
    let rows = coding.rows.len();
    let segments = match rows {
        1 => "this 1 segment of an interview".to_owned(),
        more => format!("these {more} segments of interviews"),
    };
    [
        format!(
            "Please code {segments}. Your codes tell how right a program was and correct its numbers. What \
             it said is not in this file: go by what you read."
        ),
        "The sheet `codes` has a row a segment. Code the text alone; the grey columns show what was said before and after it, to \
         understand it by."
            .to_owned(),
        "Put x under each theme that applies: one or several. If none does, put x under `none of these`. If something is missing \
         from the list, write it under `other theme`, in your own words. Under `memo` you may note whatever you like."
            .to_owned(),
        done.to_owned(),
        "Put ? under a theme when you cannot tell. It then counts neither as yes nor as no.".to_owned(),
        order.to_owned(),
        "Code alone. Talk about it when all are done: then the differences are worth most.".to_owned(),
        "Also understood: 1, y, yes, ✓ (ja, sí, oui) for x; 0, -, n, no (nein, non) for no; unsure, maybe for ?. A theme of your own \
         may have a column of its own. Please leave segment_id, text and the last column as they are."
            .to_owned(),
    ]
}

fn add_instructions(workbook: &mut Workbook, coding: &CodingSheet) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("read me")?;
    for (column, (_, width)) in (0_u16..).zip(CODEBOOK) {
        sheet.set_column_width(column, width)?;
    }
    let (bold, text) = (wrapped().set_bold(), wrapped());
    let title = Format::new().set_bold().set_font_size(14);
    write_text(sheet, 0, 0, &format!("Coding sheet: {}", coding.study), &title)?;
    for (row, (name, value)) in (1_u32..).zip([("coder", &coding.coder), ("sample", &coding.key)]) {
        write_text(sheet, row, 0, name, &bold)?;
        write_text(sheet, row, 1, value, &text)?;
    }
    let mut row = 4;
    for line in instructions(coding) {
        // Merged cells do not grow with their text.
        let lines = line.chars().count().div_ceil(LETTERS_OF_A_LINE) as f64;
        sheet.merge_range(row, 0, row, CODEBOOK.len() as u16 - 1, &line, &text)?;
        sheet.set_row_height(row, HEIGHT_OF_A_LINE * lines + 3.0)?;
        row += 1;
    }
    row += 1;
    for (column, (heading, _)) in (0_u16..).zip(CODEBOOK) {
        write_text(sheet, row, column, heading, &wrapped().set_bold().set_border_bottom(FormatBorder::Thin))?;
    }
    for theme in &coding.themes {
        row += 1;
        let cells = [&theme.name, &theme.definition, &theme.include, &theme.exclude, &theme.examples];
        for (column, cell) in (0_u16..).zip(cells) {
            write_text(sheet, row, column, cell, if column == 0 { &bold } else { &text })?;
        }
        fit_row(sheet, row, cells.iter().zip(CODEBOOK).map(|(cell, (_, width))| (cell.as_str(), width)))?;
    }
    Ok(())
}

fn add_codes(workbook: &mut Workbook, coding: &CodingSheet) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name(CODES)?;
    let (text, pale) = (wrapped(), wrapped().set_font_color(Color::RGB(0x0080_8080)));
    let answer = to_fill_in(wrapped());
    let themes = coding.themes.len();
    // id, interview, where, before, text, after; themes; none, other, memo; sample.
    let widths: Vec<f64> = [14.0, 14.0, 20.0, 40.0, 70.0, 30.0]
        .into_iter()
        .chain(std::iter::repeat_n(12.0, themes))
        .chain([10.0, 24.0, 40.0, 10.0])
        .collect();
    let headings = coding.headings();
    // Bold letters are wider.
    fit_row(sheet, 0, headings.iter().zip(&widths).map(|(heading, width)| (heading.as_str(), width * 0.9)))?;
    for (column, (heading, &width)) in (0_u16..).zip(headings.iter().zip(&widths)) {
        let is_coders = (6..themes + 9).contains(&usize::from(column));
        let bold = wrapped().set_bold();
        write_text(sheet, 0, column, heading, &if is_coders { to_fill_in(bold) } else { bold })?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 1)?;
    let last_column = 6 + themes as u16 + 3;
    for (row, cells) in (1_u32..).zip(&coding.rows) {
        for (column, cell) in (0_u16..).zip(cells.cells()) {
            write_text(sheet, row, column, cell, if [3, 5].contains(&column) { &pale } else { &text })?;
        }
        for column in 6..last_column {
            sheet.write_blank(row, column, &answer)?;
        }
        write_text(sheet, row, last_column, &coding.key, &pale)?;
        fit_row(sheet, row, cells.cells().into_iter().zip(widths.iter().copied()))?;
    }
    let last = coding.rows.len() as u32;
    if last > 0 {
        // A list and no rule: a coder may write 1 or yes.
        let answers = DataValidation::new().allow_list_strings(&["x", "?"])?.show_error_message(false);
        sheet.add_data_validation(1, 6, last, 6 + themes as u16, &answers)?;
    }
    Ok(())
}
