//! The body of a Word document as paragraphs and tables, from XML events: without a tree, deep nesting needs no memory.
//!
//! Insertions are read and deletions are not; of the branches of `mc:AlternateContent` only the first is read, or text boxes would
//! occur twice; text boxes follow the paragraph that holds them.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use crate::read::dialogue::blocks::{
    Block, DEEPEST, Document, MAX_BLOCKS, Paragraph, Rows, too_deep, too_many_blocks,
};
use crate::read::format::ReadError;
use crate::read::times::When;

/// The namespace of Word's elements, as Word and as the strict standard write it.
const WORD: [&[u8]; 2] = [
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Reads the main part of a document.
///
/// # Errors
/// [`ReadError::Damaged`] when it is no well-formed XML or nests too deeply.
pub(crate) fn body_of(xml: &str) -> Result<Document, ReadError> {
    let mut reader = NsReader::from_str(xml);
    let mut walk = Walk::default();
    let mut depth = 0_usize;
    loop {
        let broken = |error: quick_xml::Error| ReadError::Damaged(format!("its XML is broken: {error}"));
        let (namespace, event) = reader.read_resolved_event().map_err(broken)?;
        let is_word =
            matches!(namespace, ResolveResult::Bound(name) if WORD.contains(&name.as_ref().as_bytes()));
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(too_deep("XML"));
                }
                walk.open(&tag, is_word);
                if walk.parts > MAX_BLOCKS {
                    return Err(too_many_blocks());
                }
            }
            Event::Empty(tag) => {
                walk.open(&tag, is_word);
                if walk.parts > MAX_BLOCKS {
                    return Err(too_many_blocks());
                }
                walk.close(tag.local_name().as_ref(), is_word);
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                walk.close(tag.local_name().as_ref(), is_word);
            }
            Event::Text(text) if walk.in_text() => walk.push(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) if walk.in_text() => walk.push(&text.xml_content(XmlVersion::Implicit1_0)),
            Event::GeneralRef(name) if walk.in_text() => walk.push(&resolved(&name)),
            Event::Eof => return Ok(walk.finish()),
            _ => {}
        }
    }
}

/// A character reference or one of XML's five entities; any other is not changed.
pub(crate) fn resolved(name: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    match name.as_ref() as &str {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        other => format!("&{other};"),
    }
}

/// A paragraph that is being read.
#[derive(Default)]
struct Open {
    paragraph: Paragraph,
    /// Text boxes within, which follow it.
    within: Vec<Paragraph>,
    /// Whether its end is deleted, so that the next paragraph continues it.
    end_deleted: bool,
}

/// The state of the reader.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one kind of element is open")]
struct Walk {
    body: Document,
    /// Paragraphs, rows and cells so far.
    parts: usize,
    paragraphs: u64,
    /// Paragraphs within paragraphs (text boxes), the innermost last.
    open: Vec<Open>,
    /// The table being read, and its depth.
    table: Rows,
    tables: usize,
    /// Depth within a skipped element; 0 outside.
    skipped: usize,
    /// Branches seen in each open `AlternateContent`.
    branches: Vec<usize>,
    in_run: bool,
    in_text: bool,
    in_run_properties: bool,
    in_paragraph_properties: bool,
    in_row_properties: bool,
    bold: bool,
    italic: bool,
    hidden: bool,
    row_deleted: bool,
    /// A paragraph whose end was deleted, before the next.
    unfinished: Option<Paragraph>,
}

impl Walk {
    fn in_text(&self) -> bool {
        self.in_text && self.skipped == 0
    }

    fn open(&mut self, tag: &BytesStart<'_>, is_word: bool) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let name = tag.local_name();
        let name: &str = name.as_ref();
        match name {
            "AlternateContent" => return self.branches.push(0),
            "Choice" | "Fallback" if !self.branches.is_empty() => {
                if let Some(seen) = self.branches.last_mut() {
                    *seen += 1;
                    if *seen > 1 {
                        self.skipped = 1;
                    }
                }
                return;
            }
            _ if !is_word => return,
            _ => {}
        }
        self.parts += usize::from(matches!(name, "p" | "tr" | "tc"));
        match name {
            "p" => self.open_paragraph(),
            "r" => (self.in_run, self.bold, self.italic, self.hidden) = (true, false, false, false),
            "t" => self.in_text = self.in_run,
            "tab" | "ptab" if self.in_run && !self.in_paragraph_properties => self.push("\t"),
            "br" | "cr" if self.in_run => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{AD}"),
            "sym" => self.push_symbol(tag),
            "rPr" => self.in_run_properties = true,
            "pPr" => self.in_paragraph_properties = true,
            "trPr" => self.in_row_properties = true,
            "b" if self.in_run_properties && self.in_run => self.bold = is_on(tag),
            "i" if self.in_run_properties && self.in_run => self.italic = is_on(tag),
            "pStyle" if value_of(tag).is_some_and(|style| style.starts_with("ListNumber")) => {
                if let Some(open) = self.open.last_mut() {
                    open.paragraph.is_numbered = true;
                }
            }
            "numId" if self.in_paragraph_properties && value_of(tag).is_none_or(|id| id != "0") => {
                if let Some(open) = self.open.last_mut() {
                    open.paragraph.is_numbered = true;
                }
            }
            // A run that is formatted as hidden, which Word does not show.
            "vanish" if self.in_run_properties && self.in_run && is_on(tag) => {
                self.hidden = true;
                self.body.hidden += 1;
            }
            "bookmarkStart" => self.see_bookmark(tag),
            "rStyle" if self.in_run => self.bold |= value_of(tag).is_some_and(|style| style == "Strong"),
            "tbl" => self.tables += 1,
            "tr" if self.tables == 1 => {
                self.row_deleted = false;
                self.table.push(Vec::new());
            }
            "tc" if self.tables == 1 => {
                if let Some(row) = self.table.last_mut() {
                    row.push(Vec::new());
                }
            }
            "footnoteReference" | "endnoteReference" | "commentReference" => self.body.remarks += 1,
            "altChunk" | "subDoc" => self.body.inserted_files += 1,
            "del" | "moveFrom" => self.open_deletion(),
            // Earlier formatting, field codes, and placeholders.
            "rPrChange" | "pPrChange" | "trPrChange" | "instrText" | "delText" | "delInstrText" | "sdtPr"
            | "rt" => {
                self.skipped = 1;
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, is_word: bool) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if name == "AlternateContent" {
            self.branches.pop();
            return;
        }
        if !is_word {
            return;
        }
        match name {
            "p" => self.close_paragraph(),
            "r" => self.in_run = false,
            "t" => self.in_text = false,
            "rPr" => self.in_run_properties = false,
            "pPr" => self.in_paragraph_properties = false,
            "trPr" => self.in_row_properties = false,
            "tr" if self.tables == 1 && self.row_deleted => {
                self.table.pop();
            }
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.body.blocks.push(Block::Table(std::mem::take(&mut self.table)));
                }
            }
            _ => {}
        }
    }

    /// Within properties the mark says that the paragraph's end or the row is deleted; elsewhere it holds the
    /// deleted runs.
    fn open_deletion(&mut self) {
        if self.in_paragraph_properties {
            if let Some(open) = self.open.last_mut() {
                open.end_deleted = true;
            }
        } else if self.in_row_properties {
            self.row_deleted = true;
            self.body.deletions += 1;
        } else if !self.in_run_properties {
            self.body.deletions += 1;
            self.skipped = 1;
        }
    }

    fn open_paragraph(&mut self) {
        self.paragraphs += 1;
        let paragraph = match self.unfinished.take().filter(|_| self.open.is_empty()) {
            Some(unfinished) => unfinished,
            None => Paragraph { number: self.paragraphs, ..Paragraph::default() },
        };
        self.open.push(Open { paragraph, ..Open::default() });
        // A text box is within a run of the paragraph around it.
        (self.in_run, self.in_text) = (false, false);
    }

    fn close_paragraph(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        let Open { paragraph, within, end_deleted, .. } = closed;
        (self.in_run, self.in_text) = (!self.open.is_empty(), false);
        if let Some(around) = self.open.last_mut() {
            around.within.push(paragraph);
            around.within.extend(within);
            return;
        }
        if end_deleted && within.is_empty() && self.tables == 0 {
            self.unfinished = Some(paragraph);
            return;
        }
        for paragraph in std::iter::once(paragraph).chain(within) {
            self.give(paragraph);
        }
    }

    fn give(&mut self, paragraph: Paragraph) {
        if self.tables == 0 {
            self.body.blocks.push(Block::Paragraph(paragraph));
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

    fn push(&mut self, text: &str) {
        let (bold, italic, hidden) = (self.bold, self.italic, self.hidden);
        if let Some(open) = self.open.last_mut().filter(|_| !hidden) {
            open.paragraph.push_slanted(text, bold, italic);
        }
    }

    /// noScribe marks what it heard from when to when, in milliseconds: `ts_12340_15660_S00`.
    fn see_bookmark(&mut self, tag: &BytesStart<'_>) {
        let Some(name) = attribute(tag, "name") else { return };
        let mut parts = name.strip_prefix("ts_").unwrap_or_default().split('_').map(str::parse::<u64>);
        if let (Some(Ok(start)), Some(Ok(end))) = (parts.next(), parts.next())
            && start <= end
            && let Some(open) = self.open.last_mut()
        {
            let When { start: first, end: last } = open.paragraph.when;
            open.paragraph.when = When { start: first.or(Some(start)), end: last.max(Some(end)) };
        }
    }

    /// A character given by its number in a symbol font; those in the private area have no meaning elsewhere.
    fn push_symbol(&mut self, tag: &BytesStart<'_>) {
        let code = attribute(tag, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let known = code.and_then(char::from_u32).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c));
        self.push(known.unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]));
    }

    fn finish(mut self) -> Document {
        if let Some(paragraph) = self.unfinished.take() {
            self.give(paragraph);
        }
        // A truncated document: keep what was read.
        while !self.open.is_empty() {
            self.close_paragraph();
        }
        if !self.table.is_empty() {
            self.body.blocks.push(Block::Table(self.table));
        }
        self.body
    }
}

fn is_on(tag: &BytesStart<'_>) -> bool {
    !value_of(tag).is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

fn value_of(tag: &BytesStart<'_>) -> Option<String> {
    attribute(tag, "val")
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| {
        let local = attribute.key.local_name();
        let local: &str = local.as_ref();
        local == name
    })?;
    Some(found.value.to_string())
}
