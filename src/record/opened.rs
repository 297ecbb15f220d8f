//! Opens a finished run, for samples and exports. The record tells which files belong to it.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::manifest::{Manifest, read_manifest};
use crate::results::Codebook;
use crate::study::StudyError;
use crate::table::{FinishedError, FinishedRun, read_finished};

/// A finished run with its record.
#[derive(Debug, Clone)]
pub struct OpenedRun {
    /// The record, `run.json`.
    pub manifest: Manifest,
    /// The contents of the tables.
    pub run: FinishedRun,
    /// The codebook that the run drafted: the researcher's own text for seeds, proposals for emergent themes. Empty when the draft is
    /// missing.
    pub codebook: Codebook,
}

/// Why a run cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder has no record of a run.
    #[error("{} holds no finished run: {source}", out.display())]
    NoRun {
        /// The folder.
        out: PathBuf,
        /// What is wrong with the record.
        source: io::Error,
    },
    /// The drafted codebook, which somebody edited: without it people would code by names of themes alone.
    #[error("{0} (mend the file, or delete it to go on without definitions)")]
    Codebook(#[from] StudyError),
    /// The tables.
    #[error(transparent)]
    Finished(#[from] FinishedError),
}

/// The record of the run in the folder `out`.
///
/// # Errors
/// [`OpenError::NoRun`].
pub fn open_record(out: &Path) -> Result<Manifest, OpenError> {
    read_manifest(&out.join("run.json")).map_err(|source| OpenError::NoRun { out: out.to_owned(), source })
}

/// Opens the run in the folder `out`.
///
/// # Errors
/// [`OpenError`] when the folder holds no run, or tables that are not the run's.
pub fn open_run(out: &Path) -> Result<OpenedRun, OpenError> {
    let manifest = open_record(out)?;
    let run = read_finished(out, &|table| manifest.parquet_digest(table))?;
    let inside = |path: &&Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    let draft = manifest.draft.as_ref().map(|draft| Path::new(&draft.path)).filter(inside);
    let codebook = match draft.map(|draft| out.join(draft)).filter(|draft| draft.is_file()) {
        Some(draft) => Codebook::load(&draft)?.0,
        None => Codebook::default(),
    };
    Ok(OpenedRun { manifest, run, codebook })
}
