//! `.qdpx`: a package of `project.qde` and the texts. Order and dates of its parts are fixed, so that the same project is the same
//! file.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::project::write_qde;
use crate::guid::Guid;
use crate::project::Project;

/// Writes a project as `.qdpx`; the same project gives the same bytes.
///
/// Codes that do not come after their parent, and references to what is not in the project, are left out.
///
/// # Errors
/// Only where memory runs out or a text is larger than a package can hold.
pub fn write_qdpx(project: &Project) -> io::Result<Vec<u8>> {
    let files = TextFiles::of(project);
    let qde = write_qde(project, &files)?;
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    package.start_file("project.qde", options)?;
    package.write_all(&qde)?;
    let sources = files.sources.iter().zip(project.sources.iter().map(|source| &source.text));
    let notes = files.notes.iter().zip(project.notes.iter().map(|note| &note.text));
    for (file, text) in sources.chain(notes) {
        // In small letters, because ATLAS.ti refuses `Sources`.
        package.start_file(format!("sources/{file}"), options)?;
        package.write_all(text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// Names of the files of texts.
pub(super) struct TextFiles {
    /// For each source.
    pub(super) sources: Vec<String>,
    /// For each note.
    pub(super) notes: Vec<String>,
}

impl TextFiles {
    /// A text's file is named by the identifier of its source or note, as NVivo and MAXQDA do it; some readers look for no other name.
    /// Only where two have the same identifier, which the standard forbids, a number follows.
    fn of(project: &Project) -> Self {
        let mut counts: BTreeMap<Guid, usize> = BTreeMap::new();
        let mut name = |guid: Guid| {
            let count = counts.entry(guid).or_default();
            *count += 1;
            if *count == 1 { format!("{guid}.txt") } else { format!("{guid}-{count}.txt") }
        };
        Self {
            sources: project.sources.iter().map(|source| name(source.guid)).collect(),
            notes: project.notes.iter().map(|note| name(note.guid)).collect(),
        }
    }
}
