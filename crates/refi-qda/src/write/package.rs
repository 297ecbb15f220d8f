//! `.qdpx`: `project.qde` and the texts in one package. The entries stand in one order with one date, so that the same project is
//! the same file.

use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::project::write_qde;
use crate::guid::Guid;
use crate::project::Project;

/// A project as `.qdpx`.
///
/// # Errors
/// Only where memory runs out or a text is larger than a package can hold.
pub fn write_qdpx(project: &Project) -> io::Result<Vec<u8>> {
    let qde = write_qde(project, &text_file)?;
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    package.start_file("project.qde", options)?;
    package.write_all(&qde)?;
    let sources = project.sources.iter().map(|source| (source.guid, &source.text));
    let notes = project.notes.iter().map(|note| (note.guid, &note.text));
    for (guid, text) in sources.chain(notes) {
        // Small letters: ATLAS.ti refuses `Sources`.
        package.start_file(format!("sources/{}", text_file(guid)), options)?;
        package.write_all(text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// A text's file has the identifier of what it belongs to, as in the projects of NVivo and MAXQDA: some readers look for nothing else.
fn text_file(guid: Guid) -> String {
    format!("{guid}.txt")
}
