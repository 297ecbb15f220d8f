//! What people check by hand: the codebook as a workbook to argue with and as a draft of the next one.

mod agreement;
mod calibration;
mod cells;
mod codebook_draft;
mod codebook_file;
mod codebook_sheets;
mod codebook_workbook;
mod codes;
mod found;
mod import;
mod notes;
mod rows;
mod sample;
mod words;

pub use agreement::{agreement, disagreements};
pub use calibration::{CALIBRATION_BINS, calibration};
pub use codebook_file::{DraftError, write_codebook_draft};
pub use codebook_workbook::{WorkbookError, write_codebook_workbook};
pub use codes::{CodedAnswer, NOT_DRAWN, WHOLE_INTERVIEWS, codings, read_codes, text_digest, write_codes};
pub use import::{ImportError, Imported, import_sheets};
pub(crate) use import::{with_whole_interviews, written_together};
pub use notes::segment_notes;
pub(crate) use rows::write_rows;
pub use sample::{
    DEFAULT_SEGMENTS, MAX_UNCERTAIN, PageSample, SampleDrawn, SampleError, SampleRequest, SampleSize,
    ThemeSpread, draw_sample, page_sample, page_sample_again,
};
