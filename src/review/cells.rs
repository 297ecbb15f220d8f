//! How cells look in the workbooks that people fill in, and how text is put into them: the same for the codebook and for coding
//! sheets.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::table::within_cell;

/// Text that wraps, from the top of its cell.
pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// The ground of what people fill in: light yellow with thin lines, as on a form.
pub(super) fn to_fill_in(format: Format) -> Format {
    format
        .set_background_color(Color::RGB(0x00FF_F8DC))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00D0_C8A0))
}

/// A text that stays a text, cut where Excel would refuse it.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, within_cell(words), format)?;
    Ok(())
}
