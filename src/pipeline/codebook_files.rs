//! Paths of the codebooks for people: never a file that the study reads, never one that somebody edited.

use std::fs;
use std::path::{Path, PathBuf};

use transcripts::{Problem, Severity};

use crate::record::{FileDigest, Manifest};
use crate::results::codes;
use crate::study::Study;

const WORKBOOK: &str = "codebook.xlsx";
const DRAFT: &str = "codebook.toml";

/// The codebook files of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodebookFiles {
    /// The workbook, `codebook.xlsx` in the output folder.
    pub workbook: PathBuf,
    /// The drafted codebook, `codebook.toml` in the output folder.
    pub draft: PathBuf,
}

impl CodebookFiles {
    /// Both files.
    pub fn all(&self) -> [&Path; 2] {
        [&self.workbook, &self.draft]
    }
}

/// The codebook files of a study's run that writes to the folder `out`.
///
/// When the study reads one of the two as its codebook, or somebody has it open in Excel or `LibreOffice`, the file is
/// `codebook.draft.xlsx` or `codebook.draft.toml` instead.
pub fn codebook_files(study: &Study, out: &Path) -> CodebookFiles {
    let path = |name: &str| {
        let usual = out.join(name);
        let read = study.codebook.file.as_deref().is_some_and(|file| is_same_file(file, &usual));
        if read || is_open(&usual) { with_middle(&usual, "draft") } else { usual }
    };
    CodebookFiles { workbook: path(WORKBOOK), draft: path(DRAFT) }
}

/// The note about a codebook that somebody has open.
pub(super) fn open_elsewhere(study: &Study, out: &Path) -> Option<Problem> {
    let usual = out.join(WORKBOOK);
    let read = study.codebook.file.as_deref().is_some_and(|file| is_same_file(file, &usual));
    let message = "somebody has it open in Excel or LibreOffice, so this run's is codebook.draft.xlsx";
    (is_open(&usual) && !read).then(|| {
        Problem::new(Severity::Warning, WORKBOOK, message)
            .with_code(codes::CODEBOOK_SET_ASIDE)
            .with_hint("close it and run the study again; what was written into it is kept")
    })
}

/// Whether a spreadsheet program has a file open: there is a lock file beside it.
pub(crate) fn is_open(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { return false };
    path.is_file()
        && [format!(".~lock.{name}#"), format!("~${name}")]
            .iter()
            .any(|lock| path.with_file_name(lock).exists())
}

/// Whether two paths lead to the same existing file, through links and `..` too.
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
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

/// The record of the run before, if it can be read.
pub(super) fn run_before(manifest: &Path) -> Option<Manifest> {
    let bytes = fs::read(manifest).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The name to keep an edited file under: the first that is free.
pub(super) fn kept_name(path: &Path) -> PathBuf {
    let mut candidates = (1..).map(|number: u64| with_middle(path, &format!("edited-{number}")));
    candidates.find(|path| !path.exists()).unwrap_or_else(|| with_middle(path, "edited"))
}

/// The note about a file that was kept.
pub(super) fn was_kept(path: &Path, kept: &Path) -> Problem {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let message = format!("{} had been changed since the last run; it is kept as {}", name(path), name(kept));
    Problem::new(Severity::Warning, name(path), message).with_code(codes::CODEBOOK_SET_ASIDE)
}

/// Whether somebody edited a file since the run that made it. `recorded` is the file as that run left it; a file that no run is known
/// to have written counts as edited.
pub(super) fn is_edited(out: &Path, path: &Path, recorded: Option<&FileDigest>) -> bool {
    path.is_file() && !recorded.is_some_and(|before| is_as_recorded(out, path, before))
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
        assert!(!is_edited(folder.path(), &path, None), "nothing is there");

        fs::write(&path, "drafted").unwrap();
        let recorded = FileDigest::read(folder.path(), &path).unwrap();
        assert!(!is_edited(folder.path(), &path, Some(&recorded)));

        for (number, recorded) in [(1, Some(&recorded)), (2, None)] {
            fs::write(&path, format!("edited {number}")).unwrap();
            assert!(is_edited(folder.path(), &path, recorded));
            let kept = kept_name(&path);
            assert_eq!(kept, folder.path().join(format!("codebook.edited-{number}.toml")));
            let said = was_kept(&path, &kept).message;
            assert!(said.ends_with(&format!("kept as codebook.edited-{number}.toml")), "{said}");
            fs::rename(&path, kept).unwrap();
        }
    }

    #[test]
    fn a_workbook_that_somebody_has_open_is_known_by_what_the_program_leaves_beside_it() {
        for lock in [".~lock.codebook.xlsx#", "~$codebook.xlsx"] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("codebook.xlsx");
            fs::write(folder.path().join(lock), "").unwrap();
            assert!(!is_open(&path), "{lock} was left over");
            fs::write(&path, "").unwrap();
            assert!(is_open(&path), "{lock}");
            assert!(!is_open(&folder.path().join("codebook.toml")));
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
