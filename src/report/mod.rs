//! What a run says about itself: the manifest for machines, the summary for the terminal, the text for a paper.

mod corpus_summary;
mod display_width;
mod finished;
mod manifest;
mod paper;
mod summary;
mod who_interviews;

pub use corpus_summary::corpus_summary;
pub use finished::{OpenError, OpenedRun, open_record, open_run};
pub use manifest::{
    CodebooksWritten, Counts, FileDigest, Manifest, ModelUsed, ProblemCounts, Program, StudyUsed, TableFile,
    read_manifest, write_manifest,
};
pub use paper::paper;
pub use summary::theme_summary;
