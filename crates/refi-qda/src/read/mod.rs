//! Reads projects (`.qdpx`) that any program wrote. The standard leaves much open and programs stray from it, so this takes what it
//! can: other names of the standard's versions, folders in any case, identifiers in any form, elements in any order. What cannot be
//! used is a problem, and what has no place in [`Project`] is counted as lost.

mod codebook;
mod codes;
mod decoder;
mod edges;
mod limits;
mod nodes;
mod positions;
mod text;
mod tree;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use self::limits::parsed;
use self::text::Texts;
use self::tree::TreeReader;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::loss::Loss;
use crate::package::Package;
use crate::project::Project;

pub use self::codebook::read_qdc;
pub use self::decoder::{PlainDecoder, TextDecoder, TextError};
pub use self::positions::PositionReading;

/// Most megabytes of a project.
const LARGEST_MB: u64 = 1024;
/// Most megabytes of `project.qde`, and how many times its packed size it may have.
const LARGEST_QDE_MB: u64 = 500;
const QDE_RATIO: u64 = 100;

/// A project as read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadProject {
    /// What it says.
    pub project: Project,
    /// How its positions were understood.
    pub positions: PositionReading,
    /// What is in the file and was not taken over.
    pub losses: Vec<Loss>,
    /// What could not be used or was guessed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a file is no project that can be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The package cannot be opened.
    #[error("this is not a REFI-QDA project: {reason}")]
    Package {
        /// What is wrong with it.
        reason: String,
    },
    /// No `project.qde` in it.
    #[error(
        "this is not a REFI-QDA project: it has no file that ends in .qde (export the project again as REFI-QDA)"
    )]
    NoProject,
    /// No codebook.
    #[error("this is not a REFI-QDA codebook: {reason}")]
    Codebook {
        /// What is wrong with it.
        reason: String,
    },
    /// The XML is broken or made to do harm.
    #[error("the project's description cannot be read: {reason} (export the project again)")]
    Xml {
        /// What is wrong with it.
        reason: String,
    },
}

/// Reads a project whose file is in memory.
///
/// # Errors
/// [`ProjectError`] when the file is no project at all. Anything less is among the diagnostics.
pub fn read_qdpx(bytes: &[u8], decoder: &dyn TextDecoder) -> Result<ReadProject, ProjectError> {
    let mut package =
        Package::open(bytes).map_err(|error| ProjectError::Package { reason: error.to_string() })?;
    let ends_in_qde = |part: &&str| part.to_lowercase().ends_with(".qde");
    let Some(qde) = package.names().find(ends_in_qde).map(str::to_owned) else {
        return Err(ProjectError::NoProject);
    };
    // Identifiers are long and random, so that the list of a few hundred thousand codings is large and packs badly.
    let xml = package
        .part_within(&qde, LARGEST_QDE_MB, QDE_RATIO)
        .map_err(|error| ProjectError::Xml { reason: error.to_string() })?;
    let mut log = Diagnostics::default();
    let xml =
        decoder.decode(&xml, &mut log).map_err(|error| ProjectError::Xml { reason: error.to_string() })?;
    read_parts(&xml, bytes.len(), Texts::in_package(package, decoder), log)
}

/// Reads the project in a file.
///
/// # Errors
/// [`ProjectError`] when the file cannot be read, is too large, or is no project.
pub fn read_qdpx_file(path: &Path, decoder: &dyn TextDecoder) -> Result<ReadProject, ProjectError> {
    let file = |source| ProjectError::File { path: path.to_owned(), source };
    if path.metadata().map_err(file)?.len() > LARGEST_MB * 1024 * 1024 {
        return Err(file(io::Error::other(format!("the project is larger than {LARGEST_MB} MB"))));
    }
    let bytes = std::fs::read(path).map_err(file)?;
    read_qdpx(&bytes, decoder)
}

/// Reads a project from its XML, which was in a file of `length` bytes, and the texts of its sources.
fn read_parts(
    xml: &str,
    length: usize,
    texts: Texts<'_>,
    log: Diagnostics,
) -> Result<ReadProject, ProjectError> {
    let document = parsed(xml, length, "Project").map_err(|reason| ProjectError::Xml { reason })?;
    let reader = TreeReader { texts, log, lost: BTreeMap::new() };
    Ok(reader.project(document.root_element()))
}

#[cfg(test)]
mod tests;
