//! The record of a finished run: `run.json`, with the digests of everything that went in and came out, and the run opened again from it.
//!
//! Reviews, exports and the report start from here; they do not read tables by themselves.

mod manifest;
mod opened;

pub use manifest::{
    Counts, FileDigest, Manifest, ModelUsed, ProblemCounts, Program, StudyUsed, TableFile, WrittenForPeople,
    read_manifest, write_manifest,
};
pub use opened::{OpenError, OpenedRun, open_record, open_run};
