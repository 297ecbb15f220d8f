//! `OpenDocument` texts (`LibreOffice`, Google Docs): `content.xml` in a package, or the same XML as a flat file.
//!
//! White space in the XML is collapsed; blanks that count are elements with a number, which is capped, because a few bytes
//! may ask for a billion of them. The same holds for repeated cells, whose contents are read once.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader as XmlReader, XmlVersion};

use super::blocks::{Block, DEEPEST, Document, MAX_BLOCKS, Paragraph, Rows, too_deep, too_many_blocks};
use super::docx::body::resolved;
use super::parts::drafts_of;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;
use refi_qda::package::Package;

/// Maximum blanks of one element.
const MAX_BLANKS: usize = 64;
/// Maximum such blanks in a document.
const MAX_BLANKS_IN_ALL: usize = 1_000_000;
/// Maximum cells of one element.
const MAX_REPEATS: usize = 64;

/// Reads `.odt` and `.fodt`.
#[derive(Debug)]
pub(crate) struct Odt;

impl Reader for Odt {
    fn name(&self) -> &'static str {
        "odt"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["odt", "fodt"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let mut styles = Styles::new();
        let xml = if source.bytes.starts_with(b"PK") {
            let mut package = Package::open(source.bytes)?;
            check_kind(&mut package, source.ending)?;
            if let Ok(named) =
                package.part("styles.xml").map_err(ReadError::from).and_then(|bytes| decode(&bytes, log))
            {
                // A broken style sheet costs only the bold of named styles.
                styles = document_of(&named, styles).map(|(_, styles)| styles).unwrap_or_default();
            }
            decode(&package.part("content.xml")?, log)?
        } else {
            decode(source.bytes, log)?
        };
        let (document, _) = document_of(&xml, styles)?;
        document.note_what_is_not_read(log);
        let lines = document.lines(source.roster, log)?;
        Ok(drafts_of(&lines, source, log))
    }
}

fn check_kind(package: &mut Package<'_>, ending: &str) -> Result<(), ReadError> {
    let wrong = |found, hint| Err(ReadError::WrongContent { ending: ending.to_owned(), found, hint });
    if !package.has("content.xml") {
        return if package.has("word/document.xml") {
            wrong("a Word file", "rename it to .docx")
        } else {
            wrong(
                "a packed file without a text document in it",
                "unpack it, or save the transcript as .odt again",
            )
        };
    }
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let kind = package.part("mimetype").map(text).unwrap_or_default();
    if kind.contains("spreadsheet") {
        return wrong("an OpenDocument spreadsheet", "give it the ending .ods");
    }
    let manifest = package.part("META-INF/manifest.xml").map(text).unwrap_or_default();
    if manifest.contains("encryption-data") { Err(ReadError::Locked) } else { Ok(()) }
}

/// The properties of a style.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    bold: Option<bool>,
    hidden: Option<bool>,
}

type Styles = BTreeMap<String, Look>;

/// Reads a flat file or a part. Returns its text, and the styles known before with its own.
fn document_of(xml: &str, styles: Styles) -> Result<(Document, Styles), ReadError> {
    let mut reader = XmlReader::from_str(xml);
    let mut walk = Walk { styles, ..Walk::default() };
    let mut depth = 0_usize;
    loop {
        let broken = |error: quick_xml::Error| ReadError::Damaged(format!("its XML is broken: {error}"));
        match reader.read_event().map_err(broken)? {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(too_deep("XML"));
                }
                walk.open(&tag);
            }
            Event::Empty(tag) => {
                walk.open(&tag);
                walk.close(tag.name().as_ref());
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                walk.close(tag.name().as_ref());
            }
            Event::Text(text) => walk.text(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) => walk.text(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) => walk.text(&resolved(&name)),
            Event::Eof => return Ok(walk.finish()),
            _ => {}
        }
        if walk.parts > MAX_BLOCKS {
            return Err(too_many_blocks());
        }
    }
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    /// Text boxes within, which follow it.
    within: Vec<Paragraph>,
    /// The paragraph's formatting, then that of each span within.
    looks: Vec<Look>,
    /// Whether white space is skipped here, because some precedes it.
    after_blank: bool,
}

/// The state of the reader.
#[derive(Default)]
struct Walk {
    document: Document,
    styles: Styles,
    /// The style being defined.
    style: Option<String>,
    parts: usize,
    paragraphs: u64,
    blanks: usize,
    /// Paragraphs within paragraphs (text boxes), the innermost last.
    open: Vec<Open>,
    table: Rows,
    tables: usize,
    /// Whether the document's text has begun, after headers and style sheets.
    in_body: bool,
    /// Depth within a skipped element; 0 outside.
    skipped: usize,
}

impl Walk {
    fn open(&mut self, tag: &BytesStart<'_>) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let name = tag.name();
        let name: &str = name.as_ref();
        match name {
            "style:style" => self.open_style(tag),
            "style:text-properties" => self.see_look(tag),
            "office:text" => self.in_body = true,
            _ if !self.in_body => {}
            "text:deletion" => {
                self.document.deletions += 1;
                self.skipped = 1;
            }
            "office:annotation" | "text:note" => {
                self.document.remarks += 1;
                self.skipped = 1;
            }
            // Shown beside or behind the text, not in it.
            "text:ruby-text"
            | "svg:title"
            | "svg:desc"
            | "office:binary-data"
            | "text:sequence-decls"
            | "office:forms"
            | "text:list-style"
            | "text:number" => self.skipped = 1,
            "text:p" | "text:h" => self.open_paragraph(tag),
            "text:span" => self.open_span(tag),
            "text:tab" => self.put("\t"),
            "text:line-break" => self.put("\n"),
            "text:s" => self.put_blanks(number(tag, "text:c")),
            "table:table" => self.tables += 1,
            "table:table-row" if self.tables == 1 => {
                self.parts += 1;
                self.table.push(Vec::new());
            }
            "table:table-cell" | "table:covered-table-cell" if self.tables == 1 => {
                let cells = number(tag, "table:number-columns-repeated").min(MAX_REPEATS);
                self.parts += cells;
                if let Some(row) = self.table.last_mut() {
                    row.resize(row.len() + cells, Vec::new());
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "style:style" => self.style = None,
            "office:text" => self.in_body = false,
            _ if !self.in_body => {}
            "text:p" | "text:h" => self.close_paragraph(),
            "text:span" => {
                // The paragraph's own formatting stays.
                if let Some(open) = self.open.last_mut().filter(|open| open.looks.len() > 1) {
                    open.looks.pop();
                }
            }
            "table:table" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.document.blocks.push(Block::Table(std::mem::take(&mut self.table)));
                }
            }
            _ => {}
        }
    }

    fn open_style(&mut self, tag: &BytesStart<'_>) {
        let name = value(tag, "style:name");
        if let Some(name) = &name {
            let parent = value(tag, "style:parent-style-name");
            let inherited = parent.and_then(|parent| self.styles.get(&parent)).copied().unwrap_or_default();
            self.styles.insert(name.clone(), inherited);
        }
        self.style = name;
    }

    fn see_look(&mut self, tag: &BytesStart<'_>) {
        let Some(look) = self.style.as_ref().and_then(|name| self.styles.get_mut(name)) else { return };
        if let Some(weight) = value(tag, "fo:font-weight") {
            look.bold = Some(weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600));
        }
        if let Some(display) = value(tag, "text:display") {
            look.hidden = Some(display == "none");
        }
    }

    fn look_of(&self, tag: &BytesStart<'_>) -> Look {
        value(tag, "text:style-name").and_then(|name| self.styles.get(&name)).copied().unwrap_or_default()
    }

    fn open_paragraph(&mut self, tag: &BytesStart<'_>) {
        self.parts += 1;
        self.paragraphs += 1;
        let look = self.look_of(tag);
        self.document.hidden += usize::from(look.hidden == Some(true));
        self.open.push(Open {
            paragraph: Paragraph { number: self.paragraphs, ..Paragraph::default() },
            looks: vec![look],
            after_blank: true,
            ..Open::default()
        });
    }

    fn close_paragraph(&mut self) {
        let Some(Open { paragraph, within, .. }) = self.open.pop() else { return };
        if let Some(around) = self.open.last_mut() {
            around.within.push(paragraph);
            around.within.extend(within);
            return;
        }
        for paragraph in std::iter::once(paragraph).chain(within) {
            self.give(paragraph);
        }
    }

    fn give(&mut self, paragraph: Paragraph) {
        if self.tables == 0 {
            self.document.blocks.push(Block::Paragraph(paragraph));
            return;
        }
        // A paragraph outside any cell is an error; it gets a cell of its own.
        if self.table.is_empty() {
            self.table.push(Vec::new());
        }
        if let Some(row) = self.table.last_mut() {
            if row.is_empty() {
                row.push(Vec::new());
            }
            if let Some(cell) = row.last_mut() {
                cell.push(paragraph);
            }
        }
    }

    fn open_span(&mut self, tag: &BytesStart<'_>) {
        let look = self.look_of(tag);
        let Some(open) = self.open.last_mut() else { return };
        let around = open.looks.last().copied().unwrap_or_default();
        let bold = look.bold.or(around.bold);
        let hidden = look.hidden.or(around.hidden);
        self.document.hidden += usize::from(look.hidden == Some(true) && around.hidden != Some(true));
        open.looks.push(Look { bold, hidden });
    }

    /// Adds text from the XML, in which any white space is one blank, and none at the start of a paragraph.
    fn text(&mut self, text: &str) {
        if self.skipped > 0 || !self.in_body {
            return;
        }
        let Some(open) = self.open.last_mut() else { return };
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            if !matches!(c, ' ' | '\t' | '\r' | '\n') {
                open.after_blank = false;
                kept.push(c);
            } else if !open.after_blank {
                open.after_blank = true;
                kept.push(' ');
            }
        }
        let after_blank = open.after_blank;
        self.put(&kept);
        if let Some(open) = self.open.last_mut() {
            open.after_blank = after_blank;
        }
    }

    /// Adds text unchanged.
    fn put(&mut self, text: &str) {
        let Some(open) = self.open.last_mut() else { return };
        let Look { bold, hidden } = open.looks.last().copied().unwrap_or_default();
        if hidden != Some(true) {
            open.paragraph.push(text, bold == Some(true));
        }
        open.after_blank = text == "\n";
    }

    fn put_blanks(&mut self, count: usize) {
        let count = count.min(MAX_BLANKS);
        self.blanks = self.blanks.saturating_add(count);
        let count = if self.blanks > MAX_BLANKS_IN_ALL { 1 } else { count };
        self.put(&" ".repeat(count));
    }

    fn finish(mut self) -> (Document, Styles) {
        // A truncated document: keep what was read.
        while !self.open.is_empty() {
            self.close_paragraph();
        }
        if !self.table.is_empty() {
            self.document.blocks.push(Block::Table(self.table));
        }
        (self.document, self.styles)
    }
}

/// An attribute with its prefix as written; every program writes those of the standard.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.try_get_attribute(name).ok().flatten().map(|attribute| attribute.value.to_string())
}

/// A count that is 1 where none is given.
fn number(tag: &BytesStart<'_>, name: &str) -> usize {
    value(tag, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}
