//! The folder `review` inside an output folder: where people's codes and notes are, for the study that reads them and the review that
//! writes them.

use std::path::{Path, PathBuf};

/// Folder of samples and codes inside the output folder.
pub(crate) const REVIEW: &str = "review";
/// What people said of segments.
pub(crate) const CODES: &str = "codes.csv";
/// What they wrote besides.
pub(crate) const NOTES: &str = "notes.csv";

/// The file of all codes in the output folder `out`, there or not.
pub fn codes_file(out: &Path) -> PathBuf {
    out.join(REVIEW).join(CODES)
}
