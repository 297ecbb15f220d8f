//! The record of a finished run: `run.json`, with digests of all inputs and outputs, and opening a run by it.
//!
//! Reviews, exports and the report use this instead of reading tables.

mod manifest;
mod opened;

pub use manifest::{
    Counts, FileDigest, Manifest, ModelUsed, ProblemCounts, Program, StudyUsed, TableFile, WrittenForPeople,
    read_manifest, write_manifest,
};
pub use opened::{OpenError, OpenedRun, open_record, open_run};
