//! `.qdpx`: `project.qde` and the texts in one package. The entries stand in one order with one date, so that the same project is
//! the same file.

use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::project::write_qde;
use crate::exchange::guid::Guid;
use crate::exchange::project::{Project, TextSource};

/// A project as `.qdpx`.
///
/// # Errors
/// Only where memory runs out or a text is larger than a package can hold.
pub fn write_qdpx(project: &Project) -> io::Result<Vec<u8>> {
    let qde = write_qde(project, text_file)?;
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    package.start_file("project.qde", options)?;
    package.write_all(&qde)?;
    for source in &project.sources {
        // Small letters: ATLAS.ti refuses `Sources`.
        package.start_file(format!("sources/{}", text_file(source)), options)?;
        package.write_all(source.text.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}

/// A text has an identifier of its own: some programs refuse two things with one.
fn text_file(source: &TextSource) -> String {
    format!("{}.txt", Guid::derived("", "text", &source.guid.to_string()))
}
