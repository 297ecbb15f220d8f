//! What a run says about itself: the manifest for machines, the summary for the terminal, the text for a paper, the page.

mod corpus_summary;
mod display_width;
mod finished;
#[cfg(test)]
mod fixture;
mod manifest;
mod page;
mod paper;
mod summary;
mod who_interviews;
mod who_speaks;

pub use corpus_summary::corpus_summary;
pub use finished::{OpenError, OpenedRun, open_record, open_run};
pub use manifest::{
    Counts, FileDigest, Manifest, ModelUsed, ProblemCounts, Program, StudyUsed, TableFile, WrittenForPeople,
    read_manifest, write_manifest,
};
pub use page::{PageError, write_page};
pub use paper::paper;
pub use summary::{Screen, theme_summary};
