//! Reads projects and codebooks that any program wrote. The standard leaves much open and programs deviate from it, so names of any
//! version of the standard, folders in any case, identifiers in any form and elements in any order are accepted. What cannot be used
//! becomes a diagnostic, and what [`Project`] has no field for is counted as lost.

mod codebook;
mod codes;
mod decoder;
mod edges;
mod limits;
mod nodes;
mod positions;
mod ruler;
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

/// Megabytes of a project.
const MAX_MB: u64 = 1024;
/// Unpacked megabytes of `project.qde`.
const MAX_QDE_MB: u64 = 500;
/// How many times its packed size `project.qde` may have.
const MAX_QDE_RATIO: u64 = 100;

/// A project as read, with what was lost and what is doubtful.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadProject {
    /// The project.
    pub project: Project,
    /// How its positions were counted.
    pub positions: PositionReading,
    /// What is in the file and has no counterpart in [`Project`], or refers to something that is not there.
    pub losses: Vec<Loss>,
    /// What could not be used or was guessed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a project or a codebook cannot be read.
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

/// Reads a project (`.qdpx`) from the bytes of its file. Every text is kept as written but for its line breaks, which become `\n`, and all
/// positions are converted to code points of that text, however the program that wrote them counts.
///
/// Texts beyond 16 MB, codes nested more than 64 deep, and whatever unpacks to more than is allowed (see [`package`](crate::package))
/// are left out or refused. [`PlainDecoder`] is the decoder for callers without needs of their own.
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
    // Identifiers are long and random, so the list of a few hundred thousand codings is large and packs badly.
    let xml = package
        .part_within(&qde, MAX_QDE_MB, MAX_QDE_RATIO)
        .map_err(|error| ProjectError::Xml { reason: error.to_string() })?;
    let mut log = Diagnostics::default();
    let xml =
        decoder.decode(&xml, &mut log).map_err(|error| ProjectError::Xml { reason: error.to_string() })?;
    read_parts(&xml, bytes.len(), Texts::in_package(package, decoder), log)
}

/// Reads the project in a file of at most 1 GB. See [`read_qdpx`].
///
/// # Errors
/// [`ProjectError`] when the file cannot be read, is too large, or is no project.
pub fn read_qdpx_file(path: &Path, decoder: &dyn TextDecoder) -> Result<ReadProject, ProjectError> {
    let file = |source| ProjectError::File { path: path.to_owned(), source };
    if path.metadata().map_err(file)?.len() > MAX_MB * 1024 * 1024 {
        return Err(file(io::Error::other(format!("the project is larger than {MAX_MB} MB"))));
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
