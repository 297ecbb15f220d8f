//! What people check by hand: the codebook as a workbook to argue with and as a draft of the next one.

mod agreement;
mod codebook_draft;
mod codebook_file;
mod codebook_sheets;
mod codebook_workbook;
mod codings;

pub use agreement::{Agreement, Coefficient, Disagreement, Rater, Raters, agreement, disagreements};
pub use codebook_file::{DraftError, write_codebook_draft};
pub use codebook_workbook::{WorkbookError, write_codebook_workbook};
pub use codings::{Coding, Codings};
