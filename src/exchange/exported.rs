//! A copy of each exported project in the folder `review`. REFI-QDA has no record of deletions, so what a reviewer changed can only be
//! told by comparing with the project that they were given.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use refi_qda::{Guid, Project};

use crate::storage::private::make_folder_within;
use crate::study::REVIEW;
use crate::table::replace_file;

/// The folder within `review`.
const FOLDER: &str = "exported";
/// In front of an export's identifier in the project's description.
const IDENTITY: &str = "Emic export:";

/// An identifier from everything in a project that people can change.
pub(super) fn identity_of(project: &Project) -> Guid {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
    };
    for code in &project.codes {
        add(&code.guid.to_string());
        add(&code.name);
        add(&code.description);
    }
    for source in &project.sources {
        add(&source.name);
        add(&source.text);
        for selection in &source.selections {
            add(&format!("{}-{}", selection.span.start, selection.span.end));
            selection.codings.iter().for_each(|coding| add(&coding.guid.to_string()));
        }
    }
    Guid::derived("", "export", &hasher.finalize().to_hex())
}

/// A description that names the export.
pub(super) fn with_identity(description: &str, guid: Guid) -> String {
    format!("{description}\n{IDENTITY} {guid}")
}

/// The identifier of the export that a project comes from, if its description still has it.
fn identity_in(description: &str) -> Option<Guid> {
    description.lines().find_map(|line| Guid::parse(line.trim().strip_prefix(IDENTITY)?))
}

/// Stores an exported project and its bytes in the output folder `out`. The same project is stored once.
///
/// # Errors
/// When the folder cannot be written to.
pub fn store_export(out: &Path, project: &Project, bytes: &[u8]) -> io::Result<()> {
    let folder = out.join(REVIEW).join(FOLDER);
    make_folder_within(out, &folder)?;
    let name = identity_in(&project.description).unwrap_or_else(|| identity_of(project));
    replace_file(&folder.join(format!("{name}.qdpx")), |file| file.write_all(bytes)).map(|_| ())
}

/// The files of the exports that a returned project may come from: the one that it names, or else all of them.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn stored_exports(out: &Path, returned: &Project) -> io::Result<Vec<PathBuf>> {
    let folder = out.join(REVIEW).join(FOLDER);
    if let Some(guid) = identity_in(&returned.description) {
        let path = folder.join(format!("{guid}.qdpx"));
        if path.is_file() {
            return Ok(vec![path]);
        }
    }
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "qdpx"));
    paths.sort();
    Ok(paths)
}
