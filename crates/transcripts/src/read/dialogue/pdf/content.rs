//! The letters of a page and their positions, from its drawing operators.
//!
//! Forms within pages may draw each other, so their depth and the number of operators are limited.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::file::{File, Page};
use super::font::Font;
use super::object::{Dictionary, Object, Parser};
use crate::read::format::ReadError;

/// Maximum nesting of forms.
const DEEPEST: usize = 8;
/// Maximum nesting of saved states.
const MAX_STATES: usize = 256;
/// Maximum operands of an operator.
const MAX_OPERANDS: usize = 1_000;
/// Maximum operators in a document.
const MAX_STEPS: usize = 20_000_000;
/// The cost of reading a font or a form again, in operators.
const INLINE_FONT_STEPS: usize = 10_000;
const FORM_STEPS: usize = 1_000;
/// Maximum letters and widths in all fonts: a font of a few bytes may state 65,536 of them.
const MAX_ENTRIES: usize = 2_000_000;
/// Maximum letters on a page; readable ones have a few thousand.
const MAX_LETTERS: usize = 200_000;

/// A letter on a page, in points from the lower left corner.
#[derive(Debug, Clone)]
pub(super) struct PlacedText {
    /// The text, mostly one letter.
    pub(super) text: String,
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
}

/// A change of coordinates, as PDF writes it.
#[derive(Debug, Clone, Copy)]
struct Matrix([f64; 6]);

impl Matrix {
    const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then `next`.
    fn then(self, next: Self) -> Self {
        let turned = |x: f64, y: f64| {
            let Self([across, up, along, over, ..]) = next;
            [x * across + y * along, x * up + y * over]
        };
        let Self([across, up, along, over, right, high]) = self;
        let ([first, second], [third, fourth]) = (turned(across, up), turned(along, over));
        let (x, y) = next.at(right, high);
        Self([first, second, third, fourth, x, y])
    }

    fn at(self, x: f64, y: f64) -> (f64, f64) {
        let Self([across, up, along, over, right, high]) = self;
        (across * x + along * y + right, up * x + over * y + high)
    }
}

#[derive(Clone)]
struct State {
    transform: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Reads pages in order, and keeps the fonts.
pub(super) struct Pages<'f, 'a> {
    file: &'f mut File<'a>,
    fonts: BTreeMap<u32, Rc<Font>>,
    steps: usize,
    /// Letters and widths in the fonts read so far.
    entries: usize,
    /// Letters that a font does not define.
    pub(super) unknown: usize,
    /// Letters that do not run from left to right, as in margins.
    pub(super) turned: usize,
    /// Letters outside the visible part of their page.
    pub(super) outside: usize,
    placed: Vec<PlacedText>,
}

impl<'f, 'a> Pages<'f, 'a> {
    pub(super) fn new(file: &'f mut File<'a>) -> Self {
        Self {
            file,
            fonts: BTreeMap::new(),
            steps: 0,
            entries: 0,
            unknown: 0,
            turned: 0,
            outside: 0,
            placed: Vec::new(),
        }
    }

    /// The letters of a page in the order in which they are drawn.
    ///
    /// # Errors
    /// When the page unpacks to or draws too much.
    pub(super) fn letters(&mut self, page: &Page) -> Result<Vec<PlacedText>, ReadError> {
        let contents = match page.get("Contents") {
            Object::List(parts) => parts.clone(),
            other => match self.file.resolve(other) {
                Object::List(parts) => parts.clone(),
                _ => vec![other.clone()],
            },
        };
        let mut bytes = Vec::new();
        for part in contents.iter().take(MAX_OPERANDS) {
            bytes.extend(self.file.stream(part)?);
            bytes.push(b'\n');
        }
        let rotation = self.file.resolve(page.get("Rotate")).number().unwrap_or(0.0) as i64;
        let transform = match rotation.rem_euclid(360) {
            90 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            180 => Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            270 => Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            _ => Matrix::SAME,
        };
        let state = State {
            transform,
            font: None,
            size: 0.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.placed.clear();
        let resources = self.file.dictionary(page.get("Resources")).cloned().unwrap_or_default();
        self.draw(&bytes, &resources, state, 0)?;
        let mut placed = std::mem::take(&mut self.placed);
        if let Some((low, high)) = self.shown(page, transform) {
            let before = placed.len();
            placed.retain(|letter| {
                (low.0..=high.0).contains(&letter.start) && (low.1..=high.1).contains(&letter.base)
            });
            self.outside += before - placed.len();
        }
        Ok(placed)
    }

    /// The corners of the visible part of a page; some programs draw a whole text on each page and show a part of it.
    fn shown(&self, page: &Page, transform: Matrix) -> Option<((f64, f64), (f64, f64))> {
        let corners = |key: &str| {
            let all: Vec<f64> = self
                .file
                .resolve(page.get(key))
                .list()
                .iter()
                .filter_map(|side| self.file.resolve(side).number())
                .collect();
            <[f64; 4]>::try_from(all).ok()
        };
        let [left, bottom, right, top] = corners("CropBox").or_else(|| corners("MediaBox"))?;
        let ((a, b), (c, d)) = (transform.at(left, bottom), transform.at(right, top));
        let (low, high) = ((a.min(c), b.min(d)), (a.max(c), b.max(d)));
        (high.0 - low.0 > 1.0 && high.1 - low.1 > 1.0).then_some((low, high))
    }

    fn draw(
        &mut self,
        bytes: &[u8],
        resources: &Dictionary,
        state: State,
        depth: usize,
    ) -> Result<(), ReadError> {
        let mut parser = Parser::new(bytes, 0);
        let mut state = state;
        let mut saved: Vec<State> = Vec::new();
        let (mut line, mut text) = (Matrix::SAME, Matrix::SAME);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(object) = parser.next() {
            let Object::Word(operator) = object else {
                if operands.len() < MAX_OPERANDS {
                    operands.push(object);
                }
                continue;
            };
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(ReadError::TooMany { what: "drawing steps", limit: MAX_STEPS });
            }
            let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
            let six = || Matrix([0, 1, 2, 3, 4, 5].map(number));
            match operator.as_str() {
                "q" if saved.len() < MAX_STATES => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.transform = six().then(state.transform),
                "BT" => (line, text) = (Matrix::SAME, Matrix::SAME),
                "Tf" => {
                    state.size = number(1);
                    state.font = match operands.first().and_then(Object::name) {
                        Some(name) => self.font(name, resources)?,
                        None => None,
                    };
                }
                "Tc" => state.between_letters = number(0),
                "Tw" => state.between_words = number(0),
                "Tz" => state.stretch = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Td" | "TD" => {
                    if operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = Matrix([1.0, 0.0, 0.0, 1.0, number(0), number(1)]).then(line);
                    text = line;
                }
                "Tm" => {
                    line = six();
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    line = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading]).then(line);
                    text = line;
                    if operator == "\"" {
                        (state.between_words, state.between_letters) = (number(0), number(1));
                    }
                    if let Some(Object::Text(shown)) = operands.last() {
                        self.show(shown, &state, &mut text);
                    }
                }
                "Tj" => {
                    if let Some(Object::Text(shown)) = operands.first() {
                        self.show(shown, &state, &mut text);
                    }
                }
                "TJ" => {
                    for piece in operands.first().map(Object::list).unwrap_or_default() {
                        match piece {
                            Object::Text(shown) => self.show(shown, &state, &mut text),
                            Object::Number(back) => {
                                let step = -back / 1000.0 * state.size * state.stretch;
                                text = Matrix([1.0, 0.0, 0.0, 1.0, step, 0.0]).then(text);
                            }
                            _ => {}
                        }
                    }
                }
                "Do" if depth < DEEPEST => {
                    if let Some(name) = operands.first().and_then(Object::name) {
                        self.form(name, resources, &state, depth)?;
                    }
                }
                // A picture within the page: bytes that are no objects.
                "ID" => parser.at = after_picture(bytes, parser.at),
                _ => {}
            }
            operands.clear();
            parser.made = 0;
            if self.placed.len() > MAX_LETTERS {
                return Err(ReadError::TooMany { what: "letters on a page", limit: MAX_LETTERS });
            }
        }
        Ok(())
    }

    fn font(&mut self, name: &str, resources: &Dictionary) -> Result<Option<Rc<Font>>, ReadError> {
        let fonts = self.file.get(resources, "Font");
        let Some(object) = self.file.dictionary(fonts).and_then(|fonts| fonts.get(name)).cloned() else {
            return Ok(None);
        };
        let number = if let Object::Reference(number) = object { Some(number) } else { None };
        if let Some(font) = number.and_then(|number| self.fonts.get(&number)) {
            return Ok(Some(Rc::clone(font)));
        }
        let Some(about) = self.file.dictionary(&object).cloned() else { return Ok(None) };
        let font = Rc::new(Font::read(self.file, &about)?);
        match number {
            Some(number) => {
                self.entries += font.entries();
                if self.entries > MAX_ENTRIES {
                    return Err(ReadError::TooMany { what: "letters in its fonts", limit: MAX_ENTRIES });
                }
                self.fonts.insert(number, Rc::clone(&font));
            }
            // Without a key to cache it by, it is read each time.
            None => self.steps += INLINE_FONT_STEPS,
        }
        Ok(Some(font))
    }

    fn form(
        &mut self,
        name: &str,
        resources: &Dictionary,
        state: &State,
        depth: usize,
    ) -> Result<(), ReadError> {
        let forms = self.file.get(resources, "XObject");
        let Some(object) = self.file.dictionary(forms).and_then(|forms| forms.get(name)).cloned() else {
            return Ok(());
        };
        let Some(about) = self.file.dictionary(&object) else { return Ok(()) };
        if self.file.get(about, "Subtype").name() != Some("Form") {
            return Ok(());
        }
        self.steps += FORM_STEPS;
        let matrix = self.file.get(about, "Matrix").list();
        let mut state = state.clone();
        if matrix.len() == 6 {
            let parts =
                [0, 1, 2, 3, 4, 5].map(|at: usize| matrix.get(at).and_then(Object::number).unwrap_or(0.0));
            state.transform = Matrix(parts).then(state.transform);
        }
        let own = about.get("Resources").and_then(|own| self.file.dictionary(own));
        let own = own.unwrap_or(resources).clone();
        let bytes = self.file.stream(&object)?;
        self.draw(&bytes, &own, state, depth + 1)
    }

    fn show(&mut self, shown: &[u8], state: &State, text: &mut Matrix) {
        let Some(font) = state.font.clone() else {
            self.unknown += shown.len();
            return;
        };
        for letter in font.letters(shown) {
            // One string may hold as many letters as a stream; `draw` refuses the page after it.
            if self.placed.len() > MAX_LETTERS {
                return;
            }
            let transform = text.then(state.transform);
            let width = letter.width / 1000.0 * state.size;
            let (start, base) = transform.at(0.0, state.rise);
            let (end, slant) = transform.at(width * state.stretch, state.rise);
            let (_, top) = transform.at(0.0, state.rise + state.size);
            let spacing = state.between_letters + if letter.is_blank { state.between_words } else { 0.0 };
            *text = Matrix([1.0, 0.0, 0.0, 1.0, (width + spacing) * state.stretch, 0.0]).then(*text);
            let size = (top - base).abs();
            match letter.text {
                _ if ![start, end, base, size].iter().all(|number| number.is_finite()) => self.unknown += 1,
                None => {
                    self.unknown += 1;
                    self.placed.push(PlacedText {
                        text: "\u{FFFD}".to_owned(),
                        start,
                        end,
                        base,
                        size,
                        bold: font.bold,
                    });
                }
                Some(shown) if shown.trim().is_empty() && shown != " " && shown != "\u{A0}" => {}
                Some(_) if (slant - base).abs() > 0.2 * (end - start).abs() || size <= 0.0 => {
                    self.turned += 1;
                }
                Some(shown) => {
                    let (start, end) = (start.min(end), start.max(end));
                    self.placed.push(PlacedText { text: shown, start, end, base, size, bold: font.bold });
                }
            }
        }
    }
}

/// The end of an inline picture's bytes: after `EI` between blanks.
fn after_picture(bytes: &[u8], from: usize) -> usize {
    let is_end = |window: &[u8]| matches!(window, [before, b'E', b'I', after] if before.is_ascii_whitespace() && after.is_ascii_whitespace());
    let rest = bytes.get(from..).unwrap_or_default();
    rest.windows(4).position(is_end).map_or(bytes.len(), |at| from + at + 3)
}
