//! Word documents: unpacks the main part, whose paragraphs and tables [`body`] reads.

pub(crate) mod body;

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

use self::body::body_of;
use super::blocks::Block;
use super::parts::drafts_of;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;
use refi_qda::package::Package;

/// Reads `.docx` and `.docm`.
#[derive(Debug)]
pub(crate) struct Docx;

impl Reader for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let mut package = Package::open(source.bytes)?;
        let xml = main_part(&mut package, source.ending, log)?;
        let body = body_of(&xml)?;
        body.note_what_is_not_read(log);
        let lines = body.lines(source.roster, log)?;
        Ok(drafts_of(&lines, source, log))
    }
}

/// The text of a Word document, a paragraph a line, as programs show it that treat it as one text.
///
/// # Errors
/// As the reader.
pub(crate) fn word_text(bytes: &[u8], log: &mut ProblemLog) -> Result<String, ReadError> {
    let mut package = Package::open(bytes)?;
    let body = body_of(&main_part(&mut package, "docx", log)?)?;
    let mut lines: Vec<String> = Vec::new();
    for block in body.blocks {
        match block {
            Block::Paragraph(paragraph) => lines.push(paragraph.text),
            Block::Table(rows) => {
                lines.extend(rows.into_iter().flatten().flatten().map(|paragraph| paragraph.text));
            }
        }
    }
    Ok(lines.join("\n"))
}

/// The text of the part that holds the document's body.
fn main_part(package: &mut Package<'_>, ending: &str, log: &mut ProblemLog) -> Result<String, ReadError> {
    let named = package.part("_rels/.rels").ok().and_then(|bytes| main_part_name(&bytes, log));
    for name in named.as_deref().into_iter().chain(["word/document.xml"]) {
        if package.has(name) {
            return decode(&package.part(name)?, log);
        }
    }
    let (found, hint) = if package.has("xl/workbook.xml") {
        ("an Excel file", "rename it to .xlsx")
    } else if package.has("content.xml") {
        ("an OpenDocument file", "rename it to .odt")
    } else if package.has("ppt/presentation.xml") {
        ("a PowerPoint file", "save the text as .docx")
    } else if package
        .names()
        .any(|name| [".docx", ".odt", ".txt"].iter().any(|ending| name.ends_with(ending)))
    {
        ("a packed file with documents in it", "unpack it and list what is in it")
    } else {
        ("a packed file without a Word document in it", "unpack it, or save the transcript as .docx again")
    };
    Err(ReadError::WrongContent { ending: ending.to_owned(), found, hint })
}

/// The main part's name from the package's relationships; some programs use `word/document2.xml`.
fn main_part_name(relationships: &[u8], log: &mut ProblemLog) -> Option<String> {
    let text = decode(relationships, log).ok()?;
    let mut reader = XmlReader::from_str(&text);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return None,
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "Relationship" => {
                let attribute = |name: &str| {
                    let value = tag.try_get_attribute(name).ok().flatten()?;
                    Some(value.value.to_string())
                };
                if attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                    return Some(attribute("Target")?.trim_start_matches('/').to_owned());
                }
            }
            _ => {}
        }
    }
}
