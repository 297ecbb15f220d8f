//! Where the codebooks for people are written: never over a file that the study reads, never over what somebody edited.

use std::fs;
use std::path::{Path, PathBuf};

use crate::corpus::{Problem, Severity};
use crate::report::{FileDigest, Manifest};
use crate::study::Study;

const WORKBOOK: &str = "codebook.xlsx";
const DRAFT: &str = "codebook.toml";

/// The files that a run writes its codebook to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodebookPlaces {
    /// The workbook, `codebook.xlsx` in the output folder.
    pub workbook: PathBuf,
    /// The drafted codebook, `codebook.toml` in the output folder.
    pub draft: PathBuf,
}

/// Where a study's run writes its codebook to.
///
/// When one of the two is the very file that the study reads as its codebook, what is written instead is
/// `codebook.draft.xlsx` or `codebook.draft.toml`.
pub fn codebook_places(study: &Study) -> CodebookPlaces {
    let place = |name: &str| {
        let usual = study.output.directory.join(name);
        let read = study.codebook.file.as_deref().is_some_and(|file| is_same_file(file, &usual));
        if read { with_middle(&usual, "draft") } else { usual }
    };
    CodebookPlaces { workbook: place(WORKBOOK), draft: place(DRAFT) }
}

/// Whether two paths lead to one file that is there, through links and `..` too.
fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// `codebook.toml` as `codebook.MIDDLE.toml`, in the same folder.
fn with_middle(path: &Path, middle: &str) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{}.{middle}.{}", part(path.file_stem()), part(path.extension())))
}

/// The record of the run before, if it can still be read.
pub(super) fn run_before(manifest: &Path) -> Option<Manifest> {
    let bytes = fs::read(manifest).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The name to keep a file under that somebody wrote into since the run that made it, and what to say of it. `recorded` is the
/// file as that run left it; a file that no run is known to have written counts as somebody's work.
pub(super) fn edited(path: &Path, recorded: Option<&FileDigest>) -> Option<(PathBuf, Problem)> {
    let directory = path.parent().unwrap_or(Path::new(""));
    if !path.is_file() || recorded.is_some_and(|before| is_as_recorded(directory, path, before)) {
        return None;
    }
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut places = (1..).map(|number: u64| with_middle(path, &format!("edited-{number}")));
    let kept = places.find(|place| !place.exists())?;
    let message =
        format!("{} had been changed since the last run; it is kept as {}", name(path), name(&kept));
    let problem = Problem::new(Severity::Warning, name(path), message);
    Some((kept, problem))
}

fn is_as_recorded(directory: &Path, path: &Path, recorded: &FileDigest) -> bool {
    FileDigest::read(directory, path).is_ok_and(|now| now == *recorded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_run_left_untouched_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codebook.toml");
        assert_eq!(edited(&path, None), None, "nothing is there");

        fs::write(&path, "drafted").unwrap();
        let recorded = FileDigest::read(folder.path(), &path).unwrap();
        assert_eq!(edited(&path, Some(&recorded)), None);

        for (number, recorded) in [(1, Some(&recorded)), (2, None)] {
            fs::write(&path, format!("edited {number}")).unwrap();
            let (kept, problem) = edited(&path, recorded).unwrap();
            assert!(
                problem.message.ends_with(&format!("kept as codebook.edited-{number}.toml")),
                "{problem}"
            );
            assert_eq!(kept, folder.path().join(format!("codebook.edited-{number}.toml")));
            fs::rename(&path, kept).unwrap();
        }
    }

    #[test]
    fn a_file_is_known_by_another_path_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codebook.toml");
        let around = folder.path().join("out/../codebook.toml");
        assert!(!is_same_file(&path, &path), "a file that is not there is read by nobody");
        fs::create_dir(folder.path().join("out")).unwrap();
        fs::write(&path, "").unwrap();
        assert!(is_same_file(&path, &around));
        assert!(!is_same_file(&path, folder.path()));
        assert!(with_middle(&path, "draft").ends_with("codebook.draft.toml"));
    }
}
