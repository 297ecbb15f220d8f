//! What a run says about itself: the manifest for machines, the summary for the terminal.

mod display_width;
mod manifest;
mod summary;

pub use manifest::{
    Counts, FileDigest, Manifest, ModelUsed, ProblemCounts, Program, StudyUsed, TableFile, write_manifest,
};
pub use summary::theme_summary;
