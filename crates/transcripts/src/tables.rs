//! Sheets that people filled in: workbooks of Excel and `LibreOffice`, and text with any separator and encoding, in one form.

pub use crate::read::{Row, Sheet, SheetFile, WorkbookFault, read_sheets, sheets_of};
