//! The format of cells in the workbooks that people fill in, and how text is written into them: the same for the codebook and for coding
//! sheets. Rows get the height of their text, which `LibreOffice` does not set by itself.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::table::within_cell;

/// Text that wraps, from the top of its cell.
pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// The format of cells that people fill in: light yellow with thin lines, as on a form.
pub(super) fn to_fill_in(format: Format) -> Format {
    format
        .set_background_color(Color::RGB(0x00FF_F8DC))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00D0_C8A0))
}

/// Writes text as text, cut to what Excel accepts.
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

/// Points of a line of text and of the space around it, and the largest height of a row in Excel.
const LINE: f64 = 15.0;
const AROUND: f64 = 3.0;
const HIGHEST: f64 = 409.0;

/// Makes a row as high as the longest of its wrapped texts, each with the width of its column.
pub(super) fn fit_row<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl IntoIterator<Item = (&'a str, f64)>,
) -> Result<(), XlsxError> {
    let lines = cells.into_iter().map(|(text, width)| lines_of(text, width)).max().unwrap_or(1);
    sheet.set_row_height(row, (LINE * lines as f64 + AROUND).min(HIGHEST))?;
    Ok(())
}

/// Lines of a text in a column of this width, in digits of the usual font: letters are narrower, Chinese ones twice as wide, and words
/// are not hyphenated.
fn lines_of(text: &str, width: f64) -> usize {
    let width = (width as usize).max(1);
    let of_letters =
        |letters: &str| letters.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum::<usize>();
    let paragraph = |paragraph: &str| {
        let (mut lines, mut filled) = (1, 0);
        for word in paragraph.split(' ') {
            let word = of_letters(word);
            if filled > 0 && filled + 1 + word > width {
                (lines, filled) = (lines + 1, 0);
            }
            filled += word + usize::from(filled > 0);
            // A word that is longer than the column is broken.
            lines += filled.saturating_sub(1) / width;
            filled = if filled > width { (filled - 1) % width + 1 } else { filled };
        }
        lines
    };
    text.split('\n').map(paragraph).sum()
}

/// Letters of East Asia, and emoji.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{1F300}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_words_wrap() {
        assert_eq!(lines_of("", 10.0), 1);
        assert_eq!(lines_of("too many cases", 10.0), 2);
        assert_eq!(lines_of("too many cases", 14.0), 1);
        assert_eq!(lines_of("one\n\ntwo", 14.0), 3);
        assert_eq!(lines_of("Sozialarbeiterinnenverband", 10.0), 3);
        assert_eq!(lines_of("an Sozialarbeiterinnenverband at", 10.0), 4);
        assert_eq!(lines_of("我們沒有時間", 6.0), 2);
    }
}
