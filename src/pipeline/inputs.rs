//! Digests of the files that a run reads, taken when it begins.
//!
//! A run takes hours, and people edit files meanwhile. `run.json` has to hold what was read, and a file that was changed
//! meanwhile is a warning.

use std::io;
use std::path::{Path, PathBuf};

use transcripts::{FileState, Problem, Severity};

use crate::record::FileDigest;
use crate::results::codes;
use crate::study::Study;

/// The files that a run reads, as they were when it began.
#[derive(Debug)]
pub struct Inputs {
    /// None for a study of a program.
    study: Option<Input>,
    /// None where the study file holds the codebook.
    codebook: Option<Input>,
    read: Vec<Input>,
}

/// A file with its digest.
#[derive(Debug)]
struct Input {
    path: PathBuf,
    state: FileState,
    digest: FileDigest,
}

impl Inputs {
    /// The files of a study as they are now. Transcripts and tables that cannot be read are left out; the `problems` table says why.
    ///
    /// # Errors
    /// When the study file or the codebook cannot be read.
    pub fn of(study: &Study) -> io::Result<Self> {
        let input = |path: &Path| Input::of(study, path);
        Ok(Self {
            study: study.file.as_deref().map(input).transpose()?,
            codebook: study.codebook.file.as_deref().map(input).transpose()?,
            read: read_by(study).filter_map(|path| input(&path).ok()).collect(),
        })
    }

    /// The study file and the codebook where these are files, and all others.
    pub(super) fn digests(&self) -> (Option<FileDigest>, Option<FileDigest>, Vec<FileDigest>) {
        let digest = |input: &Input| input.digest.clone();
        (
            self.study.as_ref().map(digest),
            self.codebook.as_ref().map(digest),
            self.read.iter().map(digest).collect(),
        )
    }

    /// Files that changed since, a problem for each.
    pub(super) fn changed(&self, study: &Study) -> Vec<Problem> {
        let all = self.study.iter().chain(&self.codebook).chain(&self.read);
        all.filter_map(|input| input.changed(study)).collect()
    }
}

impl Input {
    fn of(study: &Study, path: &Path) -> io::Result<Self> {
        let state = FileState::of(&std::fs::metadata(path)?);
        Ok(Self { path: path.to_owned(), state, digest: file_digest(study, path)? })
    }

    fn changed(&self, study: &Study) -> Option<Problem> {
        let now = std::fs::metadata(&self.path).map(|about| FileState::of(&about));
        if self.state.written.is_some() && now.is_ok_and(|now| now == self.state) {
            return None;
        }
        let message = match file_digest(study, &self.path) {
            Ok(now) if now == self.digest => return None,
            Ok(_) => "the file was changed while the study ran; the results may be of what it was before",
            Err(_) => "the file went away while the study ran; the results are of what it was before",
        };
        Some(
            Problem::new(Severity::Warning, self.digest.path.clone(), message)
                .with_code(codes::INPUT_CHANGED)
                .with_hint("run the study again; what has not changed is not worked out anew"),
        )
    }
}

/// The transcripts, the participants' tables, and people's codes and notes.
pub(super) fn read_by(study: &Study) -> impl Iterator<Item = PathBuf> {
    let sources = study
        .read
        .files
        .iter()
        .chain(&study.read.participants)
        .filter_map(|source| source.path().map(Path::to_owned));
    sources.chain(study.codes()).chain(study.notes())
}

/// The digest of a file that the study reads.
pub(super) fn file_digest(study: &Study, path: &Path) -> io::Result<FileDigest> {
    // A pipe or a device may be endless.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a file"));
    }
    let FileDigest { path, bytes, sha256 } = FileDigest::read(study.folder(), path)?;
    // A file's name may be a person's.
    Ok(FileDigest { path: study.read.pseudonyms.path(&path), bytes, sha256 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_change_or_go_away_meanwhile_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["P01.txt", "P02.txt", "P03.txt", "P04.txt"] {
            std::fs::write(
                at(name),
                format!("I: How are you?\n{name}: I work too much, every single day.\n"),
            )
            .unwrap();
        }
        std::fs::write(at("codebook.toml"), "[[theme]]\nname = \"workload\"\n").unwrap();
        let study = "[study]\ntitle = \"T\"\n[corpus]\ntranscripts = [\"*.txt\"]\n[themes]\ncodebook = \"codebook.toml\"\n";
        std::fs::write(at("study.toml"), study).unwrap();
        let (study, _) = Study::load(&at("study.toml")).unwrap();
        let inputs = Inputs::of(&study).unwrap();
        assert_eq!(inputs.changed(&study), []);

        std::fs::write(at("P01.txt"), "I: How are you?\nP01.txt: Better.\n").unwrap();
        std::fs::remove_file(at("P02.txt")).unwrap();
        // Saved again without a change.
        std::fs::write(at("P03.txt"), std::fs::read(at("P03.txt")).unwrap()).unwrap();
        let shown: Vec<String> = inputs
            .changed(&study)
            .into_iter()
            .map(|problem| format!("{}: {} ({})", problem.source, problem.message, problem.hint))
            .collect();
        insta::assert_snapshot!(shown.join("\n"), @r"
        P01.txt: the file was changed while the study ran; the results may be of what it was before (run the study again; what has not changed is not worked out anew)
        P02.txt: the file went away while the study ran; the results are of what it was before (run the study again; what has not changed is not worked out anew)
        ");
        let (_, _, read) = inputs.digests();
        assert_eq!(read.len(), 4);
    }
}
