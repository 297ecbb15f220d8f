//! An import writes several files: codes, notes, changes, the samples of pages. They are published together or not at all, so that an
//! import that fails or is killed leaves the folder `review` as it was.

use std::io;
use std::path::{Path, PathBuf};

use crate::storage::StagedOutput;
use crate::storage::private::make_folder_within;
use crate::study::REVIEW;

/// Writes the files of an import: `write` gets a folder to write into instead of `out/review`, and returns the file that it could not
/// write. The caller holds the lock of `out`.
///
/// # Errors
/// The file in `out` that cannot be written, and what the system says. Then nothing is changed.
pub(crate) fn publish_together(
    out: &Path,
    write: impl FnOnce(&Path) -> Result<(), (PathBuf, io::Error)>,
) -> Result<(), (PathBuf, io::Error)> {
    let review = out.join(REVIEW);
    let refused = |source| (review.clone(), source);
    let staged = StagedOutput::begin(out).map_err(refused)?;
    let beside = staged.folder().join(REVIEW);
    make_folder_within(out, &review).map_err(refused)?;
    make_folder_within(staged.folder(), &beside).map_err(refused)?;
    write(&beside).map_err(|(path, source)| {
        let published = path.strip_prefix(&beside).map_or(path.clone(), |file| review.join(file));
        (published, source)
    })?;
    staged.publish(CODES_LAST).map(|_| ()).map_err(refused)
}

/// The file that runs read is published last, when everything else is there.
const CODES_LAST: &str = "review/codes.csv";

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nothing_is_changed_when_one_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let both = |words: &'static str, fails: bool| {
            publish_together(out, |review| {
                let file = |name: &str| {
                    let path = review.join(name);
                    fs::write(&path, words).map_err(|source| (path, source))
                };
                file("codes.csv")?;
                if fails {
                    return Err((review.join("changes.csv"), io::Error::other("no room")));
                }
                file("changes.csv")
            })
        };
        let found =
            || ["codes.csv", "changes.csv"].map(|name| fs::read_to_string(out.join(REVIEW).join(name)).ok());
        let (path, _) = both("first", true).unwrap_err();
        assert_eq!(path, out.join("review/changes.csv"));
        assert_eq!(found(), [None, None]);
        both("first", false).unwrap();
        both("second", true).unwrap_err();
        assert_eq!(found(), [Some("first".to_owned()), Some("first".to_owned())]);
        both("third", false).unwrap();
        assert_eq!(found(), [Some("third".to_owned()), Some("third".to_owned())]);
    }
}
