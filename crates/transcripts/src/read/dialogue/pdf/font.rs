//! A PDF's fonts: the letters of its codes, and their widths.
//!
//! Good programs write a table from codes to letters (`ToUnicode`). Without one, fonts of single bytes use glyph names and an
//! encoding; in fonts of two bytes the letters are lost.

use std::collections::BTreeMap;

use super::file::File;
use super::glyph_names::letter_named;
use super::object::{Dictionary, Object, Parser};
use crate::read::format::ReadError;

/// Maximum codes of a font.
const MAX_CODES: usize = 70_000;
/// The width of a letter without one in the font, in thousandths of its size.
const USUAL_WIDTH: f64 = 500.0;

/// A font, for reading text.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Whether a code takes two bytes.
    wide: bool,
    /// Whether the codes are UTF-16 themselves.
    is_utf16: bool,
    letters: BTreeMap<u32, String>,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
    /// Whether its name says that it is bold.
    pub(super) bold: bool,
}

/// A letter in a font.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// The text; none when the font does not define it.
    pub(super) text: Option<String>,
    /// Thousandths of the font's size.
    pub(super) width: f64,
    /// Whether it is the blank that word spacing widens.
    pub(super) is_blank: bool,
}

impl Font {
    /// Reads a font's dictionary.
    ///
    /// # Errors
    /// When its table of letters unpacks to too much.
    pub(super) fn read(file: &mut File<'_>, about: &Dictionary) -> Result<Self, ReadError> {
        let mut font = Self { default_width: USUAL_WIDTH, ..Self::default() };
        let kind = file.get(about, "Subtype").name().unwrap_or_default().to_owned();
        let base = file.get(about, "BaseFont").name().unwrap_or_default().to_lowercase();
        font.bold = ["bold", "black", "heavy"].iter().any(|word| base.contains(word));
        if kind == "Type0" {
            font.wide = true;
            let encoding = file.get(about, "Encoding").name().unwrap_or_default();
            font.is_utf16 = encoding.contains("UCS2") || encoding.contains("UTF16");
            font.read_wide_widths(file, about);
        } else {
            font.read_simple(file, about, kind == "Type3");
        }
        if let Some(table) = about.get("ToUnicode") {
            let bytes = file.stream(&table.clone())?;
            font.read_letters(&bytes);
        }
        Ok(font)
    }

    fn read_simple(&mut self, file: &File<'_>, about: &Dictionary, is_drawn: bool) {
        let encoding = file.get(about, "Encoding");
        let named = encoding.name().or_else(|| {
            let about = file.dictionary(encoding)?;
            file.get(about, "BaseEncoding").name()
        });
        let decoder = match named {
            Some("MacRomanEncoding") => encoding_rs::MACINTOSH,
            _ => encoding_rs::WINDOWS_1252,
        };
        if !is_drawn {
            for code in 32..=255_u8 {
                let bytes = [code];
                let (text, _) = decoder.decode_without_bom_handling(&bytes);
                if !text.chars().any(char::is_control) {
                    self.letters.insert(u32::from(code), text.into_owned());
                }
            }
        }
        let mut code = 0_u32;
        let differences = file.dictionary(encoding).map(|about| file.get(about, "Differences").list());
        for difference in differences.unwrap_or_default() {
            match file.resolve(difference) {
                Object::Number(number) => code = number.clamp(0.0, 255.0) as u32,
                Object::Name(name) => {
                    match letter_named(name) {
                        Some(letter) => self.letters.insert(code, letter),
                        None => self.letters.remove(&code),
                    };
                    code = (code + 1).min(255);
                }
                _ => {}
            }
        }
        let first = file.get(about, "FirstChar").number().unwrap_or(0.0).clamp(0.0, 255.0) as u32;
        // A font drawn by the document measures in units of its own.
        let matrix = file.get(about, "FontMatrix").list().first().and_then(Object::number);
        let scale = matrix.filter(|_| is_drawn).map_or(1.0, |unit| (unit * 1000.0).clamp(-1e4, 1e4));
        for (code, width) in (first..=255).zip(file.get(about, "Widths").list()) {
            if let Some(width) = file.resolve(width).number() {
                self.widths.insert(code, width * scale);
            }
        }
        let missing = file.get(about, "FontDescriptor");
        let missing = file.dictionary(missing).and_then(|about| file.get(about, "MissingWidth").number());
        self.default_width = missing.filter(|width| *width > 0.0).unwrap_or(USUAL_WIDTH);
    }

    fn read_wide_widths(&mut self, file: &File<'_>, about: &Dictionary) {
        self.default_width = 1000.0;
        let Some(below) = file.get(about, "DescendantFonts").list().first() else { return };
        let Some(below) = file.dictionary(below) else { return };
        if let Some(width) = file.get(below, "DW").number() {
            self.default_width = width;
        }
        let list = file.get(below, "W").list();
        let (mut at, mut written) = (0, 0);
        while let Some(first) = list.get(at).and_then(|first| file.resolve(first).number()) {
            let first = first.clamp(0.0, 65_535.0) as u32;
            match list.get(at + 1).map(|next| file.resolve(next)) {
                Some(Object::List(widths)) => {
                    for (code, width) in (first..).zip(widths).take(MAX_CODES) {
                        self.widths.insert(code, file.resolve(width).number().unwrap_or(0.0));
                    }
                    at += 2;
                }
                Some(Object::Number(last)) => {
                    let last = last.clamp(0.0, 65_535.0) as u32;
                    let width =
                        list.get(at + 2).and_then(|width| file.resolve(width).number()).unwrap_or(0.0);
                    // Overlapping ranges could be written many times.
                    written += last.saturating_sub(first) as usize;
                    if written < MAX_CODES {
                        self.widths.extend((first..=last).map(|code| (code, width)));
                    }
                    at += 3;
                }
                _ => return,
            }
            if at > MAX_CODES {
                return;
            }
        }
    }

    /// Reads a table from codes to letters.
    fn read_letters(&mut self, bytes: &[u8]) {
        let mut parser = Parser::new(bytes, 0);
        let mut operands: Vec<Object> = Vec::new();
        let mut steps = 0;
        while let Some(object) = parser.next() {
            let Object::Word(word) = object else {
                if operands.len() < MAX_CODES {
                    operands.push(object);
                }
                continue;
            };
            match word.as_str() {
                "endbfchar" => {
                    for pair in operands.chunks(2) {
                        if let [Object::Text(code), Object::Text(letter)] = pair {
                            self.learn(number_of(code), utf16(letter), &mut steps);
                        }
                    }
                }
                "endbfrange" => {
                    for range in operands.chunks(3) {
                        self.learn_range(range, &mut steps);
                    }
                }
                _ => {}
            }
            operands.clear();
        }
    }

    fn learn_range(&mut self, range: &[Object], steps: &mut usize) {
        let [Object::Text(first), Object::Text(last), letters] = range else { return };
        let (first, last) = (number_of(first), number_of(last));
        if last < first || last - first > 0xFFFF {
            return;
        }
        match letters {
            Object::List(letters) => {
                for (code, letter) in (first..=last).zip(letters) {
                    if let Object::Text(letter) = letter {
                        self.learn(code, utf16(letter), steps);
                    }
                }
            }
            Object::Text(letter) => {
                let text = utf16(letter);
                let Some(base) = text.chars().next_back() else { return };
                let before = &text[..text.len() - base.len_utf8()];
                for code in first..=last {
                    let Some(c) = char::from_u32(u32::from(base).wrapping_add(code - first)) else {
                        continue;
                    };
                    self.learn(code, format!("{before}{c}"), steps);
                }
            }
            _ => {}
        }
    }

    fn learn(&mut self, code: u32, letter: String, steps: &mut usize) {
        *steps += 1;
        if *steps <= 4 * MAX_CODES && !letter.is_empty() && letter.len() < 64 {
            self.letters.insert(code, letter);
        }
    }

    /// Letters and widths that it holds in memory.
    pub(super) fn entries(&self) -> usize {
        self.letters.len() + self.widths.len()
    }

    /// The letters of a text in this font.
    pub(super) fn letters<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = Letter> + 't {
        text.chunks(if self.wide { 2 } else { 1 }).map(|code| {
            let number = number_of(code);
            let known = self.letters.get(&number).cloned();
            let own = || if self.is_utf16 { Some(utf16(code)) } else { None };
            Letter {
                text: known.or_else(own),
                width: self.widths.get(&number).copied().unwrap_or(self.default_width),
                is_blank: !self.wide && number == 32,
            }
        })
    }
}

fn number_of(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).filter(|c| *c != '\0').collect()
}
