//! Changes to bytes: small ones everywhere, whole elements and lines moved about, and a word or two repeated without end.

use std::ops::Range;

use rand::Rng;
use rand::seq::SliceRandom;
use same_bits::RandomStream;

use crate::words::{NUMBERS, ODD};

/// What one input may grow to. Most stay small, so that many can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    /// 64 KB.
    Large,
    /// 1 MB.
    Huge,
    /// A part of 24 MB, which packs to a few dozen KB.
    Bomb,
}

impl Size {
    pub(crate) fn drawn(random: &mut RandomStream, is_packed: bool) -> Self {
        match random.gen_range(0..50_000) {
            0..2 if is_packed => Self::Bomb,
            0..20 => Self::Huge,
            20..270 => Self::Large,
            _ => Self::Small,
        }
    }

    fn bytes(self) -> usize {
        match self {
            Self::Small => 8 << 10,
            Self::Large => 64 << 10,
            Self::Huge => 1 << 20,
            Self::Bomb => 24 << 20,
        }
    }
}

/// Changes contents of one format.
pub(crate) struct Mutator<'a> {
    pub(crate) random: &'a mut RandomStream,
    /// The format's own words.
    pub(crate) words: &'static [&'static str],
    pub(crate) size: Size,
}

impl Mutator<'_> {
    /// Changes `bytes`, with another input to take pieces from.
    pub(crate) fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        if self.size != Size::Small {
            self.grow(bytes);
        }
        let mut changes = 1;
        while changes < 24 && self.random.gen_bool(0.6) {
            changes += 1;
        }
        for _ in 0..changes {
            self.change_once(bytes, other);
        }
        bytes.truncate(self.size.bytes());
    }

    fn change_once(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.place(bytes);
        match self.random.gen_range(0..20) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << self.random.gen_range(0..8);
                }
            }
            1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = *b"\0\x01\x7f\x80\xff\n\r\t \"'<>&/\\{}[]():;,.-0a\x15"
                        .choose(self.random)
                        .unwrap_or(&0);
                }
            }
            2 => drop(bytes.drain(self.stretch(bytes))),
            3 => {
                let copied = bytes[self.stretch(bytes)].to_vec();
                insert(bytes, at, &copied);
            }
            4 => {
                let cut = self.place(other);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[cut..]);
            }
            5 => {
                let piece = other[self.stretch(other)].to_vec();
                insert(bytes, at, &piece);
            }
            6..=8 => {
                let word = self.word();
                insert(bytes, at, word.as_bytes());
            }
            9 => {
                let (word, stretch) = (self.word(), self.stretch(bytes));
                bytes.splice(stretch, word.bytes());
            }
            10 | 11 => self.change_number(bytes),
            12 => {
                if self.random.gen_bool(0.2) {
                    bytes.truncate(at);
                }
            }
            13 => {
                let most = 2_048_usize;
                let piece = bytes[self.stretch(bytes)].to_vec();
                let times =
                    self.random.gen_range(2..=most.checked_div(piece.len()).unwrap_or(2).clamp(2, 40));
                insert(bytes, at, &piece.repeat(times));
            }
            14 | 15 => self.move_unit(bytes),
            16 => self.move_line(bytes),
            17 => {
                let word = *ODD.choose(self.random).unwrap_or(&"");
                insert(bytes, at, word.as_bytes());
            }
            18 => {
                let noise: Vec<u8> = (0..self.random.gen_range(1..9)).map(|_| self.random.r#gen()).collect();
                insert(bytes, at, &noise);
            }
            _ => {
                // Between two elements, where XML may hold anything.
                let word = self.word();
                let place = bytes
                    .iter()
                    .skip(at)
                    .position(|byte| matches!(byte, b'<' | b'\n' | b'\\'))
                    .map_or(at, |step| at + step);
                insert(bytes, place, word.as_bytes());
            }
        }
    }

    fn place(&mut self, bytes: &[u8]) -> usize {
        self.random.gen_range(0..=bytes.len())
    }

    /// A stretch of bytes, mostly short.
    fn stretch(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.place(bytes);
        let most = if self.random.gen_bool(0.8) { 16 } else { bytes.len().max(1) };
        start..(start + self.random.gen_range(0..=most)).min(bytes.len())
    }

    fn word(&mut self) -> &'static str {
        self.words.choose(self.random).or_else(|| ODD.choose(self.random)).unwrap_or(&"")
    }

    /// Fills up to the size: one to three words, or a piece of the input, again and again.
    fn grow(&mut self, bytes: &mut Vec<u8>) {
        let piece = if self.random.gen_bool(0.6) {
            (0..self.random.gen_range(1..=3)).flat_map(|_| self.word().bytes()).collect()
        } else {
            match unit_at(bytes, self.place(bytes)) {
                Some(unit) if self.random.gen_bool(0.7) => bytes[unit].to_vec(),
                _ => bytes[self.stretch(bytes)].to_vec(),
            }
        };
        let room = self.size.bytes().saturating_sub(bytes.len());
        let times = room.checked_div(piece.len()).unwrap_or(0);
        let at = self.place(bytes);
        insert(bytes, at, &piece.repeat(times));
    }

    fn change_number(&mut self, bytes: &mut Vec<u8>) {
        let start = self.place(bytes);
        let Some(first) = bytes[start..].iter().position(u8::is_ascii_digit).map(|step| start + step) else {
            return;
        };
        let digits = bytes[first..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = *NUMBERS.choose(self.random).unwrap_or(&"0");
        bytes.splice(first..first + digits, number.bytes());
    }

    /// Takes an element, a bracketed stretch or a quoted text out, doubles it, wraps it in itself or puts it elsewhere.
    fn move_unit(&mut self, bytes: &mut Vec<u8>) {
        let Some(unit) = unit_at(bytes, self.place(bytes)) else { return };
        let piece = bytes[unit.clone()].to_vec();
        match self.random.gen_range(0..4) {
            0 => drop(bytes.drain(unit)),
            1 => insert(bytes, unit.end, &piece.repeat(self.random.gen_range(1..4))),
            2 => {
                let opening =
                    piece.iter().position(|byte| *byte == b'>').map_or(1, |end| end + 1).min(piece.len());
                let nested = piece[..opening].repeat(self.random.gen_range(1..20));
                insert(bytes, unit.start, &nested);
            }
            _ => {
                bytes.drain(unit);
                let at = self.place(bytes);
                let at = unit_at(bytes, at).map_or(at, |other| other.start);
                insert(bytes, at, &piece);
            }
        }
    }

    fn move_line(&mut self, bytes: &mut Vec<u8>) {
        let start = self.place(bytes);
        let end = bytes[start..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(bytes.len(), |step| start + step + 1);
        let line = bytes[start..end].to_vec();
        if self.random.gen_bool(0.5) {
            bytes.drain(start..end);
        }
        let at = self.place(bytes);
        insert(bytes, at, &line);
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    let at = at.min(bytes.len());
    bytes.splice(at..at, piece.iter().copied());
}

/// The next whole element, bracketed stretch or quoted text after a place.
fn unit_at(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let opens = |byte: &u8| matches!(byte, b'<' | b'{' | b'[' | b'(' | b'"');
    let start = from + bytes.get(from..)?.iter().position(opens)?;
    let rest = &bytes[start..];
    let length = match rest[0] {
        b'<' => element(rest),
        b'{' => bracketed(rest, b'{', b'}'),
        b'[' => bracketed(rest, b'[', b']'),
        b'(' => bracketed(rest, b'(', b')'),
        _ => rest.iter().skip(1).position(|byte| *byte == b'"').map(|end| end + 2),
    }?;
    Some(start..start + length)
}

fn bracketed(bytes: &[u8], open: u8, close: u8) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(4_096) {
        if *byte == open {
            depth += 1;
        } else if *byte == close {
            depth = depth.checked_sub(1)?;
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Length of the element that begins here; names are not compared.
fn element(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let tag = bytes.get(at..)?;
        let length = tag.iter().take(4_096).position(|byte| *byte == b'>')? + 1;
        at += length;
        match (tag.get(1), tag.get(length.checked_sub(2)?)) {
            (Some(b'/'), _) => depth = depth.checked_sub(1)?,
            (Some(b'!' | b'?'), _) | (_, Some(b'/')) => {}
            _ => depth += 1,
        }
        if depth == 0 {
            return Some(at);
        }
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'<')?;
    }
}
