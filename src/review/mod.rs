//! What people check by hand: the codebook as a workbook to argue with and as a draft of the next one.

mod agreement;
mod cells;
mod codebook_draft;
mod codebook_file;
mod codebook_sheets;
mod codebook_workbook;
mod codes;
mod codings;
mod import;
mod rows;
mod sample;
mod words;

pub use agreement::{Agreement, Coefficient, Disagreement, Rater, Raters, agreement, disagreements};
pub use codebook_file::{DraftError, write_codebook_draft};
pub use codebook_workbook::{WorkbookError, write_codebook_workbook};
pub use codes::{CodedAnswer, WHOLE_INTERVIEWS, codings, read_codes, text_digest, write_codes};
pub use codings::{CodedSegment, Coding, Codings};
pub(crate) use import::replace_answers;
pub use import::{ImportError, Imported, codes_file, import_sheets};
pub(crate) use rows::write_rows;
pub use sample::{
    MOST_UNCERTAIN, SampleDrawn, SampleError, SampleRequest, SampleSize, ThemeSpread, USUAL_SEGMENTS,
    draw_sample,
};

/// Folder of samples and codes inside the output folder.
pub(crate) const REVIEW: &str = "review";
