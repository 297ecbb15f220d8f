//! Rich Text Format: groups, control words and text in one stream of bytes.
//!
//! The end of a group restores all formatting, so a stack of states is enough. Letters beyond ASCII are bytes in the code page of
//! the font, or `\u` with a number and a replacement for old programs, which is skipped. Groups without text of the document
//! (fonts, pictures, headers) are known by their first word.

mod token;

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use self::token::{Token, Tokens};
use super::blocks::{Block, DEEPEST, Document, MAX_BLOCKS, Paragraph, Rows, too_deep, too_many_blocks};
use super::parts::drafts_of;
use crate::codes;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::{ProblemLog, counted};

/// Reads `.rtf`.
#[derive(Debug)]
pub(crate) struct Rtf;

impl Reader for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let mut walk = Walk::default();
        for token in Tokens::new(source.bytes) {
            walk.take(token)?;
        }
        let (broken, unclosed) = (walk.broken, !walk.groups.is_empty());
        let document = walk.finish();
        if broken > 0 {
            let characters = counted(broken, "character", "characters");
            log.warning(
                codes::CHARACTERS_LOST,
                None,
                format!("{characters} could not be read; \u{FFFD} stands for them"),
                "open the file in a word processor, save it as .docx and look at these places",
            );
        }
        if unclosed {
            log.warning(
                codes::FILE_DAMAGED,
                None,
                "the file ends in the middle; what is there was read",
                "export or copy it again",
            );
        }
        document.note_what_is_not_read(log);
        let lines = document.lines(source.roster, log)?;
        Ok(drafts_of(&lines, source, log))
    }
}

/// State that the end of a group restores.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one kind of formatting is on")]
struct State {
    /// Whether the group is none of the document's text.
    skipped: bool,
    /// Whether the group lists fonts.
    fonts: bool,
    bold: bool,
    hidden: bool,
    deleted: bool,
    font: Option<i32>,
    /// Replacement characters after `\u`.
    replacements: usize,
    /// Whether the group is empty so far, so that its first word names it.
    fresh: bool,
    in_table: bool,
}

/// The state of the reader.
struct Walk {
    document: Document,
    state: State,
    groups: Vec<State>,
    /// The document's code page and those of its fonts.
    encoding: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    default_font: Option<i32>,
    /// Bytes to be decoded together, because a character may have two.
    pending: Vec<u8>,
    /// The first half of a character beyond 16 bits.
    half: Option<u16>,
    /// Replacement characters still to skip.
    to_skip: usize,
    /// Characters that could not be decoded.
    broken: usize,
    parts: usize,
    paragraph: Paragraph,
    cell: Vec<Paragraph>,
    row: Vec<Vec<Paragraph>>,
    table: Rows,
}

impl Default for Walk {
    fn default() -> Self {
        let state = State {
            skipped: false,
            fonts: false,
            bold: false,
            hidden: false,
            deleted: false,
            font: None,
            replacements: 1,
            fresh: false,
            in_table: false,
        };
        Self {
            document: Document::default(),
            state,
            groups: Vec::new(),
            encoding: encoding_rs::WINDOWS_1252,
            fonts: BTreeMap::new(),
            default_font: None,
            pending: Vec::new(),
            half: None,
            to_skip: 0,
            broken: 0,
            parts: 0,
            paragraph: Paragraph { number: 1, ..Paragraph::default() },
            cell: Vec::new(),
            row: Vec::new(),
            table: Vec::new(),
        }
    }
}

/// Groups without text of the document.
const NO_TEXT: &[&str] = &[
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "ftnsep",
    "ftnsepc",
    "aftnsep",
    "aftnsepc",
    "fldinst",
    "xmlnstbl",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "pntext",
    "pntxtb",
    "pntxta",
    "listtext",
    "nonshppict",
    "tc",
    "xe",
    "filetbl",
    "revtbl",
    "bkmkstart",
    "bkmkend",
    "private",
    "template",
    "operator",
    "mmath",
    "background",
];

impl Walk {
    fn take(&mut self, token: Token<'_>) -> Result<(), ReadError> {
        // Bytes of one character may be separate tokens; anything else ends it.
        let is_byte = matches!(token, Token::Byte(_) | Token::Text(_));
        if !is_byte {
            self.decode_pending();
        }
        match token {
            Token::Open => {
                if self.groups.len() >= DEEPEST {
                    return Err(too_deep("text"));
                }
                self.groups.push(self.state);
                self.state.fresh = true;
                self.to_skip = 0;
                return Ok(());
            }
            Token::Close => {
                if let Some(state) = self.groups.pop() {
                    self.state = State { fresh: false, ..state };
                }
                self.to_skip = 0;
                return Ok(());
            }
            // By the format an unknown group with this mark may be left out; the known ones hold no text.
            Token::Ignorable => self.state.skipped = true,
            Token::Byte(byte) if !self.passes_replacement() => self.byte(byte),
            Token::Text(text) => self.plain(text),
            Token::Symbol(text) if !self.passes_replacement() => self.put(text),
            Token::Word(word, number) if !self.passes_replacement() || word == "u" => self.word(word, number),
            Token::Byte(_) | Token::Symbol(_) | Token::Word(..) => {}
        }
        self.state.fresh = false;
        if self.parts > MAX_BLOCKS { Err(too_many_blocks()) } else { Ok(()) }
    }

    /// Whether this token replaces the character before it.
    fn passes_replacement(&mut self) -> bool {
        let passes = self.to_skip > 0;
        self.to_skip = self.to_skip.saturating_sub(1);
        passes
    }

    fn is_silent(&self) -> bool {
        self.state.skipped || self.state.fonts || self.state.hidden || self.state.deleted
    }

    fn byte(&mut self, byte: u8) {
        if !self.is_silent() {
            self.pending.push(byte);
        }
    }

    fn plain(&mut self, text: &[u8]) {
        let skipped = self.to_skip.min(text.len());
        self.to_skip -= skipped;
        if !self.is_silent() {
            self.pending.extend_from_slice(&text[skipped..]);
        }
    }

    fn decode_pending(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let font = self.state.font.or(self.default_font);
        let encoding = font.and_then(|font| self.fonts.get(&font)).copied().unwrap_or(self.encoding);
        let (text, broken) = encoding.decode_without_bom_handling(&bytes);
        if broken {
            self.broken += text.matches('\u{FFFD}').count();
        }
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        if self.half.take().is_some() {
            self.broken += 1;
            self.write("\u{FFFD}");
        }
        self.write(text);
    }

    fn write(&mut self, text: &str) {
        if !self.is_silent() {
            self.paragraph.push(text, self.state.bold);
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        if self.state.fresh {
            match word {
                "fonttbl" => self.state.fonts = true,
                "footnote" | "annotation" if !self.state.skipped => {
                    self.document.remarks += 1;
                    self.state.skipped = true;
                }
                word if NO_TEXT.contains(&word) => self.state.skipped = true,
                _ => {}
            }
        }
        match word {
            "ansicpg" => self.encoding = number.and_then(token::code_page).unwrap_or(self.encoding),
            "mac" => self.encoding = encoding_rs::MACINTOSH,
            "deff" => self.default_font = number,
            "f" => self.state.font = number,
            "fcharset" | "cpg" if self.state.fonts => self.see_font(word, number),
            "uc" => {
                self.state.replacements =
                    number.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).min(16);
            }
            "u" => self.unicode(number),
            "plain" => {
                let font = self.default_font;
                self.state = State { bold: false, hidden: false, deleted: false, font, ..self.state };
            }
            "b" => self.state.bold = on,
            "v" => {
                self.document.hidden += usize::from(on && !self.state.hidden && !self.state.skipped);
                self.state.hidden = on;
            }
            "deleted" => {
                self.document.deletions += usize::from(on && !self.state.deleted && !self.state.skipped);
                self.state.deleted = on;
            }
            "pard" => self.state.in_table = false,
            "intbl" => self.state.in_table = true,
            "par" | "sect" => self.end_paragraph(),
            "line" | "softline" | "lbr" => self.put("\n"),
            "tab" => self.put("\t"),
            "cell" | "nestcell" => self.end_cell(word == "cell"),
            "row" => self.end_row(),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            "emspace" | "enspace" | "qmspace" => self.put(" "),
            "zwj" => self.put("\u{200D}"),
            "zwnj" => self.put("\u{200C}"),
            "ltrmark" => self.put("\u{200E}"),
            "rtlmark" => self.put("\u{200F}"),
            _ => {}
        }
    }

    fn see_font(&mut self, word: &str, number: Option<i32>) {
        let encoding = match word {
            "cpg" => number.and_then(token::code_page),
            _ => number.and_then(token::character_set),
        };
        if let (Some(font), Some(encoding)) = (self.state.font, encoding)
            && self.fonts.len() < MAX_BLOCKS
        {
            self.fonts.insert(font, encoding);
        }
    }

    /// A character by its number in UTF-16; negative numbers are those above 32767.
    fn unicode(&mut self, number: Option<i32>) {
        self.to_skip = self.state.replacements;
        let Some(unit) = number.map(|number| number as u16) else { return };
        if let Some(half) = self.half.take() {
            let whole = char::decode_utf16([half, unit]).next().and_then(Result::ok);
            if let Some(c) = whole.filter(|c| u32::from(*c) > 0xFFFF) {
                return self.write(c.encode_utf8(&mut [0; 4]));
            }
            self.broken += 1;
            self.write("\u{FFFD}");
        }
        match char::from_u32(u32::from(unit)) {
            Some(c) => self.write(c.encode_utf8(&mut [0; 4])),
            None => self.half = Some(unit),
        }
    }

    fn taken_paragraph(&mut self) -> Paragraph {
        self.parts += 1;
        let next = Paragraph { number: self.paragraph.number + 1, ..Paragraph::default() };
        std::mem::replace(&mut self.paragraph, next)
    }

    fn end_paragraph(&mut self) {
        if self.is_silent() && self.paragraph.text.is_empty() {
            return;
        }
        let paragraph = self.taken_paragraph();
        if self.state.in_table {
            self.cell.push(paragraph);
            return;
        }
        self.end_table();
        self.document.blocks.push(Block::Paragraph(paragraph));
    }

    /// Ends a cell; one of a table within a cell is flattened.
    fn end_cell(&mut self, is_outer: bool) {
        if self.state.skipped {
            return;
        }
        let paragraph = self.taken_paragraph();
        self.cell.push(paragraph);
        if is_outer {
            self.row.push(std::mem::take(&mut self.cell));
        }
    }

    fn end_row(&mut self) {
        if !self.row.is_empty() {
            self.parts += 1;
            self.table.push(std::mem::take(&mut self.row));
        }
    }

    fn end_table(&mut self) {
        // A truncated table: its last cells are a row.
        if !self.cell.is_empty() {
            self.row.push(std::mem::take(&mut self.cell));
        }
        self.end_row();
        if !self.table.is_empty() {
            self.document.blocks.push(Block::Table(std::mem::take(&mut self.table)));
        }
    }

    fn finish(mut self) -> Document {
        self.decode_pending();
        if !self.paragraph.text.is_empty() {
            let paragraph = self.taken_paragraph();
            if self.state.in_table {
                self.cell.push(paragraph);
            } else {
                self.end_table();
                self.document.blocks.push(Block::Paragraph(paragraph));
            }
        }
        self.end_table();
        self.document
    }
}
