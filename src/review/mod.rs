//! What people check by hand: the codebook as a workbook and as a draft of the next one, samples to code, and codes that come back.

mod agreement;
mod answer_words;
mod calibration;
mod cells;
mod code_table;
mod codebook_draft;
mod codebook_file;
mod codebook_sheets;
mod codebook_workbook;
mod codes;
mod import;
mod notes;
mod read_interviews;
mod rows;
mod sample;
mod segment_finder;

pub use agreement::{agreement, disagreements};
pub use calibration::{CALIBRATION_BINS, calibration, likely_precision};
pub use code_table::{CodeRow, CodeTableError, code_agreement, code_prevalence, corrected_codes};
pub use codebook_file::{DraftError, write_codebook_draft};
pub use codebook_workbook::{WorkbookError, write_codebook_workbook};
pub use codes::{CodedAnswer, NOT_DRAWN, WHOLE_INTERVIEWS, codings, read_codes, text_digest, write_codes};
pub use import::{ImportError, Imported, import_sheets};
pub(crate) use import::{publish_together, with_whole_interviews};
pub use notes::segment_notes;
pub(crate) use rows::write_rows;
pub use sample::{
    DEFAULT_SEGMENTS, MAX_UNCERTAIN, PageSample, SampleDrawn, SampleError, SampleRequest, SampleSize,
    ThemeSpread, draw_sample, page_sample, page_sample_again,
};
