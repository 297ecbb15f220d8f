//! What people check by hand: the codebook as a workbook to argue with.

mod codebook_sheets;
mod codebook_workbook;

pub use codebook_workbook::{WorkbookError, write_codebook_workbook};
