//! Tables that people filled in: workbooks of Excel and `LibreOffice`, and text with any separator and encoding, in one form.

#[cfg(feature = "parquet")]
pub use crate::read::is_plausible_parquet;
pub use crate::read::{Row, Sheet, SheetFile, WorkbookFault, read_sheets, sheets_of};
