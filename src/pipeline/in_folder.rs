//! A run from beginning to end in the study's output folder: locked, with vectors from the cache, and all results written.

use std::io;
use std::path::PathBuf;

use sentence_encoder::SentenceEncoder;
use transcripts::{Problem, Reading};

use super::{CodebookFiles, Inputs, PipelineError, Withdrawn, WriteError, run_from, write};
use crate::embed::CachedEncoder;
use crate::results::Progress;
use crate::storage::{OutputLockError, lock_output, recover};
use crate::study::{NoOutputFolder, Study};
use crate::table::Findings;

/// Why a run in a folder ended early; results of an earlier run are as they were.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InFolderError {
    /// The study has no output folder.
    #[error(transparent)]
    NoOutputFolder(#[from] NoOutputFolder),
    /// Another run is writing there, or the folder cannot be written to.
    #[error(transparent)]
    Lock(#[from] OutputLockError),
    /// A killed run left results half published.
    #[error("what an earlier run began in {} cannot be ended", out.display())]
    Recover {
        /// The output folder.
        out: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the study went away.
    #[error("the study file or the codebook cannot be read any more")]
    Inputs(#[source] io::Error),
    /// The run failed.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// Results cannot be written.
    #[error("results cannot be written to {}", out.display())]
    Write {
        /// The output folder.
        out: PathBuf,
        /// What could not be written.
        source: WriteError,
    },
}

/// Runs a study and writes its results into its output folder.
///
/// `warnings` are those of [`Study::load`], and become rows of `problems`. `read` gives the transcripts, for example by
/// [`read_study`](super::read_study) or, for a study in parts, [`merge_parts`](super::merge_parts); it is called when the folder is locked.
///
/// # Errors
/// [`InFolderError`], and the errors of `read`.
pub fn run_in_folder<E: From<InFolderError>>(
    study: &Study,
    warnings: Vec<Problem>,
    encoder: &dyn SentenceEncoder,
    withdrawn: Withdrawn,
    read: impl FnOnce() -> Result<Reading, E>,
    progress: &dyn Progress,
) -> Result<(Findings, CodebookFiles), E> {
    let out = &study.output_plan().map_err(InFolderError::from)?.directory;
    let _lock = lock_output(out).map_err(InFolderError::from)?;
    recover(out).map_err(|source| InFolderError::Recover { out: out.clone(), source })?;
    let inputs = Inputs::of(study).map_err(InFolderError::Inputs)?;
    let cached = CachedEncoder::new(encoder, out);
    let mut findings = run_from(study, read()?, &cached, progress).map_err(InFolderError::from)?;
    let (made, notes) = cached.finish();
    findings.problems.extend(warnings.into_iter().chain(notes));
    findings.problems.sort();
    let codebooks = write(study, &inputs, &made, &mut findings, withdrawn, progress)
        .map_err(|source| InFolderError::Write { out: out.clone(), source })?;
    Ok((findings, codebooks))
}
