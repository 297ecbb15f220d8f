//! Word documents: unpacks the main part, lets [`body`] read its paragraphs and tables, and turns tables of
//! speakers and everything else into turns.

mod body;
mod speakers;

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

use self::body::{Block, Body, Paragraph, body_of};
use super::{Line, turns_of};
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::package::Package;
use crate::read::problems::{ProblemLog, counted};

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
        note_what_is_not_read(&body, log);
        let lines = lines_of(body.blocks, source.roster, log);
        Ok(vec![Draft { turns: turns_of(&lines, source.roster, log), ..Draft::default() }])
    }
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
        ("an Excel file", "save the sheet as .csv (UTF-8)")
    } else if package.has("content.xml") {
        ("an OpenDocument file", "open it in Word or LibreOffice and save it as .docx")
    } else if package.has("ppt/presentation.xml") {
        ("a PowerPoint file", "save the text as .docx")
    } else {
        ("a packed file without a Word document in it", "unpack it, or save the transcript as .docx again")
    };
    Err(ReadError::WrongContent { ending: ending.to_owned(), found, hint })
}

/// The main part's name from the package's relationships; some programs write `word/document2.xml`.
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

fn note_what_is_not_read(body: &Body, log: &mut ProblemLog) {
    if body.deletions > 0 {
        log.note(
            None,
            format!(
                "the document has tracked changes: insertions were read, {} not",
                counted(body.deletions, "deletion was", "deletions were")
            ),
            "accept or reject the changes in Word if the text should read otherwise",
        );
    }
    if body.remarks > 0 {
        log.note(
            None,
            format!("{} not read", counted(body.remarks, "comment or note was", "comments and notes were")),
            "",
        );
    }
    if body.inserted_files > 0 {
        log.error(
            None,
            "the document contains other documents that were not read",
            "open it in Word and save it again as .docx",
        );
    }
}

/// The document as lines for [`turns_of`]: a table of speakers is written as labelled lines, any other table
/// cell after cell.
fn lines_of(blocks: Vec<Block>, roster: &[String], log: &mut ProblemLog) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut left_out = 0;
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => push_paragraph(&mut lines, &paragraph),
            Block::Table(rows) => match speakers::layout_of(&rows, roster) {
                Some(layout) => left_out += speakers::push_rows(&mut lines, &rows, &layout),
                None => {
                    for paragraph in rows.iter().flatten().flatten() {
                        push_paragraph(&mut lines, paragraph);
                    }
                }
            },
        }
    }
    if left_out > 0 {
        log.note(
            None,
            format!(
                "{} of further columns in a table of speakers left out",
                counted(left_out, "cell", "cells")
            ),
            "move them into the column with the text if somebody says them",
        );
    }
    lines
}

fn push_paragraph(lines: &mut Vec<Line>, paragraph: &Paragraph) {
    let mut bold = paragraph.bold;
    let mut starts_paragraph = true;
    for text in paragraph.text.split('\n') {
        lines.push(Line {
            number: paragraph.number,
            text: text.to_owned(),
            starts_paragraph,
            bold: bold.min(text.len()),
            ..Line::default()
        });
        bold = bold.saturating_sub(text.len() + 1);
        starts_paragraph = false;
    }
}
