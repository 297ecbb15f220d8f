//! The objects of a PDF, from bytes: numbers, names, texts, lists, dictionaries, and the words between them.

use std::collections::BTreeMap;

/// Maximum nesting of lists and dictionaries.
const DEEPEST: usize = 64;
/// Maximum members of a list; others are skipped.
const MAX_MEMBERS: usize = 100_000;

/// Maximum objects in one; others are skipped.
const MAX_MADE: usize = 1_000_000;

/// A dictionary.
pub(super) type Dictionary = BTreeMap<String, Object>;

/// A piece of a PDF.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    List(Vec<Object>),
    Dictionary(Dictionary),
    /// Another object, by its number.
    Reference(u32),
    /// Any other word: an operator, `obj`, `stream`, `true`.
    Word(String),
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn list(&self) -> &[Object] {
        if let Self::List(list) = self { list } else { &[] }
    }
}

/// Reads objects from bytes in order.
#[derive(Debug, Clone)]
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    /// Where the next object begins.
    pub(super) at: usize,
    /// Objects made so far, with nested ones: two bytes of a PDF may become a hundred here.
    pub(super) made: usize,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Parser<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, made: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// The next object; none at the end.
    pub(super) fn next(&mut self) -> Option<Object> {
        self.object(0)
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.skip_blanks();
        self.made += 1;
        let first = self.peek()?;
        match first {
            b'/' => {
                self.at += 1;
                Some(Object::Name(self.name()))
            }
            b'(' => Some(Object::Text(self.literal())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Some(Object::Dictionary(self.dictionary(depth)))
            }
            b'<' => Some(Object::Text(self.hexadecimal())),
            b'[' => {
                self.at += 1;
                let mut list = Vec::new();
                loop {
                    self.skip_blanks();
                    match self.peek() {
                        Some(b']') => {
                            self.at += 1;
                            break;
                        }
                        None => break,
                        Some(_) if depth >= DEEPEST => self.at += 1,
                        Some(_) => {
                            let Some(member) = self.object(depth + 1) else { break };
                            if list.len() < MAX_MEMBERS && self.made < MAX_MADE {
                                list.push(member);
                            }
                        }
                    }
                }
                Some(Object::List(list))
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => Some(self.number_or_reference()),
            byte if is_delimiter(byte) => {
                self.at += 1;
                Some(Object::Null)
            }
            _ => {
                let word = self.word();
                Some(if word == "null" { Object::Null } else { Object::Word(word) })
            }
        }
    }

    fn word(&mut self) -> String {
        let start = self.at;
        while self.peek().is_some_and(|byte| !is_blank(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        String::from_utf8_lossy(&self.bytes[start..self.at.min(start + 127)]).into_owned()
    }

    fn name(&mut self) -> String {
        let written = self.word();
        if !written.contains('#') {
            return written;
        }
        let mut bytes = Vec::new();
        let mut rest = written.as_bytes();
        while let [first, after @ ..] = rest {
            let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
            let code = code.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'#');
            bytes.push(code.unwrap_or(*first));
            rest = after.get(2..).filter(|_| code.is_some()).unwrap_or(after);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn dictionary(&mut self, depth: usize) -> Dictionary {
        let mut dictionary = Dictionary::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b'>') => {
                    self.at += 1;
                    if self.peek() == Some(b'>') {
                        self.at += 1;
                    }
                    return dictionary;
                }
                Some(b'/') if depth < DEEPEST => {
                    self.at += 1;
                    let name = self.name();
                    self.skip_blanks();
                    // A name without a value before the end.
                    if self.peek() == Some(b'>') && self.bytes.get(self.at + 1) == Some(&b'>') {
                        continue;
                    }
                    let Some(value) = self.object(depth + 1) else { return dictionary };
                    if dictionary.len() < MAX_MEMBERS && self.made < MAX_MADE {
                        dictionary.insert(name, value);
                    }
                }
                Some(_) => self.at += 1,
                None => return dictionary,
            }
        }
    }

    fn number(&mut self) -> f64 {
        let start = self.at;
        while self.peek().is_some_and(|byte| matches!(byte, b'+' | b'-' | b'.' | b'0'..=b'9')) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        // `12.-5` and `--3` occur.
        let number =
            text.parse().ok().or_else(|| text.trim_start_matches(['+', '-']).split('-').next()?.parse().ok());
        number.filter(|number: &f64| number.is_finite()).unwrap_or(0.0).clamp(-1e9, 1e9)
    }

    fn number_or_reference(&mut self) -> Object {
        let number = self.number();
        if number.fract() != 0.0 || number < 0.0 {
            return Object::Number(number);
        }
        let mut ahead = self.clone();
        let blanks = ahead.at;
        ahead.skip_blanks();
        let generation = ahead.at;
        while ahead.peek().is_some_and(|byte| byte.is_ascii_digit()) && ahead.at - generation < 6 {
            ahead.at += 1;
        }
        let digits = ahead.at - generation;
        let gap = ahead.at;
        ahead.skip_blanks();
        if generation > blanks && digits > 0 && ahead.at > gap && ahead.peek() == Some(b'R') {
            let after = ahead.bytes.get(ahead.at + 1).copied();
            if after.is_none_or(|byte| is_blank(byte) || is_delimiter(byte)) {
                self.at = ahead.at + 1;
                return Object::Reference(number as u32);
            }
        }
        Object::Number(number)
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            code = code * 8 + u32::from(digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push(code as u8);
            }
            byte => text.push(byte),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if let Some(digit) = (byte as char).to_digit(16) {
                digits.push(digit as u8);
            }
        }
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
    }
}
