//! Text that was encoded twice: a program read UTF-8 as an older encoding and saved what it saw, so that `é` became `Ã©`. What is
//! left of it tells what it was.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252};

/// The encodings that UTF-8 is mistaken for.
const MISTAKEN: [&Encoding; 4] = [WINDOWS_1252, MACINTOSH, WINDOWS_1250, WINDOWS_1251];
/// It may have happened more than once.
const TIMES: usize = 3;
/// Letters shown in a message.
const SHOWN: usize = 4;
/// In encodings other than the commonest: mistaken letters, at least, and as a multiple of correct ones.
const FEWEST: usize = 3;
const TIMES_MORE: usize = 10;

/// A repaired text.
#[derive(Debug)]
pub(super) struct Repair {
    pub(super) text: String,
    /// What UTF-8 was mistaken for.
    pub(super) encoding: &'static Encoding,
    /// Letters that were mended.
    pub(super) letters: usize,
    /// Some of them: as they stood, and as they are now.
    pub(super) shown: Vec<(String, char)>,
    /// Letters that still look mistaken.
    pub(super) left: usize,
    /// Characters that the mended letters took.
    covered: usize,
}

/// The text as it was meant; none when nothing in it was encoded twice.
pub(super) fn mend(text: &str) -> Option<Repair> {
    if text.is_ascii() {
        return None;
    }
    let mut all: Option<Repair> = None;
    for _ in 0..TIMES {
        let current = all.as_ref().map_or(text, |mended| mended.text.as_str());
        // The encoding that explains most: any two signs may look like a letter in one of them. Most texts hold nothing of the kind.
        let found = BYTES
            .iter()
            .filter(|bytes| bytes.may_be_in(current))
            .filter_map(|bytes| mend_once(current, bytes, false).or_else(|| mend_once(current, bytes, true)));
        let Some(next) = found.rev().max_by_key(|mended| mended.covered) else { break };
        all = Some(match all {
            None => next,
            Some(first) => Repair { text: next.text, left: next.left, ..first },
        });
    }
    all
}

/// Reads the text back from one encoding. Where `careful`, for a text that is partly as it should be, what may be meant is kept.
fn mend_once(text: &str, bytes: &Bytes, careful: bool) -> Option<Repair> {
    let encoding = bytes.encoding;
    let mut mended = Repair {
        text: String::with_capacity(text.len()),
        encoding,
        letters: 0,
        shown: Vec::new(),
        left: 0,
        covered: 0,
    };
    let (mut others, mut before) = (0_usize, ' ');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((letter, length)) = bytes.letter_in(rest, before, careful) {
            if mended.shown.len() < SHOWN && !mended.shown.iter().any(|(_, known)| *known == letter) {
                mended.shown.push((rest[..length].to_owned(), letter));
            }
            mended.text.push(letter);
            mended.letters += 1;
            mended.covered += rest[..length].chars().count();
            (rest, before) = (&rest[length..], letter);
            continue;
        }
        if !c.is_ascii() && c.is_alphabetic() {
            others += 1;
        }
        // What a program could not show was lost: `Ã` with a blank for `à`, or with nothing.
        let is_lead = matches!(c, 'Ã' | 'Â') && encoding == WINDOWS_1252 && !before.is_uppercase();
        mended.left += usize::from(is_lead);
        mended.text.push(c);
        before = c;
        rest = &rest[c.len_utf8()..];
    }
    let is_plain = careful && encoding == WINDOWS_1252 && mended.letters > 0;
    let is_whole = mended.letters >= FEWEST && mended.letters > others * TIMES_MORE;
    if !is_plain && !is_whole {
        return None;
    }
    if mended.left > 0 && mended.letters > FEWEST {
        let blanks = mended.text.matches("Ã ").count();
        mended.text = mended.text.replace("Ã ", "à ");
        mended.letters += blanks;
        mended.left = mended.left.saturating_sub(blanks);
    }
    Some(mended)
}

/// From characters back to the bytes that they were made from.
struct Bytes {
    encoding: &'static Encoding,
    of: BTreeMap<char, u8>,
}

/// Those of each encoding that UTF-8 is mistaken for.
static BYTES: LazyLock<[Bytes; 4]> = LazyLock::new(|| MISTAKEN.map(Bytes::of));

impl Bytes {
    fn of(encoding: &'static Encoding) -> Self {
        let mut of = BTreeMap::new();
        for byte in 0x80..=0xFF_u8 {
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte)).clone();
            if let Some(c) = text.chars().next().filter(|c| *c != '\u{FFFD}') {
                of.insert(c, byte);
            }
            if encoding == WINDOWS_1252 {
                // Others pass the bytes through that this encoding has no character for.
                of.entry(char::from(byte)).or_insert(byte);
            }
        }
        Self { encoding, of }
    }

    /// Whether a letter that was encoded twice stands anywhere.
    fn may_be_in(&self, text: &str) -> bool {
        text.char_indices()
            .filter(|(_, c)| !c.is_ascii())
            .any(|(at, _)| self.letter_in(&text[at..], ' ', false).is_some())
    }

    /// The letter that was encoded twice at the start of `text`, and how many bytes stand for it now.
    fn letter_in(&self, text: &str, before: char, careful: bool) -> Option<(char, usize)> {
        let mut characters = text.char_indices();
        let (_, first) = characters.next()?;
        let lead = *self.of.get(&first)?;
        let more = match lead {
            0xC2..=0xDF => 1,
            0xE0..=0xEF => 2,
            0xF0..=0xF4 => 3,
            _ => return None,
        };
        let mut bytes = vec![lead];
        let mut length = first.len_utf8();
        for _ in 0..more {
            let (at, c) = characters.next()?;
            bytes.push(*self.of.get(&c).filter(|byte| (0x80..=0xBF).contains(*byte))?);
            length = at + c.len_utf8();
        }
        let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
        // A capital in a word of capitals, with a quotation mark behind it, is what it looks like: `MAÇÃ”`.
        let second = text.chars().nth(1).unwrap_or(' ');
        let closes = matches!(second, '”' | '“' | '’' | '‘' | '»' | '«' | '…' | '–' | '—' | '\u{A0}');
        let is_capitals = careful && more == 1 && before.is_uppercase() && closes;
        // A letter that is no letter of its own, such as the second half of a pair, was none before.
        (!letter.is_control() && !is_capitals).then_some((letter, length))
    }
}
