//! The folder `review` inside an output folder, with people's codes and notes. Studies read it, reviews write it.

use std::path::{Path, PathBuf};

/// Folder of samples and codes inside the output folder.
pub(crate) const REVIEW: &str = "review";
/// The file of codes.
pub(crate) const CODES: &str = "codes.csv";
/// The file of notes.
pub(crate) const NOTES: &str = "notes.csv";

/// The file of all codes in the output folder `out`, whether it exists or not.
pub fn codes_file(out: &Path) -> PathBuf {
    out.join(REVIEW).join(CODES)
}
