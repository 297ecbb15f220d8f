//! Which of a PDF's objects are the newest: a file that was saved again holds old and deleted ones too.
//!
//! Cross-references tell, from the last back to the first. They are used where most of them lead to the objects that they name;
//! otherwise later objects in the file are newer.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::object::{Dictionary, Object, Parser};

/// Maximum revisions.
const MAX_REVISIONS: usize = 1_000;
/// Maximum entries of all tables.
const MAX_ENTRIES: usize = 2_000_000;
/// Share of the objects named by the tables that must exist for the tables to be used.
const MIN_FOUND: f64 = 0.5;
/// Maximum bytes before the header, for example of a mail program or a printer; offsets count from the header.
const MAX_BEFORE_HEADER: usize = 1024;

/// An object found in the pass over the file.
#[derive(Debug)]
pub(super) struct FoundObject {
    /// Where its number stands.
    pub(super) start: usize,
    /// Its number.
    pub(super) number: u32,
    /// The object.
    pub(super) object: Object,
    /// Where the bytes of its stream begin.
    pub(super) stream: Option<Range<usize>>,
}

/// The position of the newest object with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    /// It was deleted.
    Deleted,
    /// At this offset in the file.
    At(usize),
    /// In the stream with this number.
    Packed(u32),
}

/// The cross-references of all revisions, combined.
#[derive(Debug, Default)]
pub(super) struct References {
    /// By number.
    pub(super) locations: BTreeMap<u32, Location>,
    /// The dictionaries that point to the beginning of the document, newest first.
    pub(super) trailers: Vec<Dictionary>,
    entries: usize,
}

/// The cross-references of a file, if they can be used. `unpack` gives the bytes of a stream.
pub(super) fn references(
    bytes: &[u8],
    found: &[FoundObject],
    mut unpack: impl FnMut(&FoundObject) -> Option<Vec<u8>>,
) -> Option<References> {
    let by_start: BTreeMap<usize, &FoundObject> = found.iter().map(|found| (found.start, found)).collect();
    let base = bytes.windows(5).take(MAX_BEFORE_HEADER).position(|bytes| bytes == b"%PDF-").unwrap_or(0);
    let mut references = References::default();
    let mut seen = BTreeSet::new();
    let (position, newest) = last_startxref(bytes)?;
    // The end of the file is missing, with its newest cross-references.
    if found.last().is_some_and(|found| found.start > position) {
        return None;
    }
    let mut next = Some(newest);
    while let Some(offset) = next {
        if !seen.insert(offset) || seen.len() > MAX_REVISIONS {
            break;
        }
        let trailer = references.take_section(bytes, base + offset, &by_start, &mut unpack)?;
        next = offset_in(&trailer, "Prev");
        references.trailers.push(trailer);
    }
    for location in references.locations.values_mut() {
        if let Location::At(offset) = location {
            *offset = after_blanks(bytes, base + *offset);
        }
    }
    let named = references.locations.iter().filter(|(_, location)| matches!(location, Location::At(_)));
    let is_there = |number: u32, location: &Location| matches!(location, Location::At(offset) if by_start.get(offset).is_some_and(|found| found.number == number));
    let (all, there) = named.fold((0_usize, 0_usize), |(all, there), (number, location)| {
        (all + 1, there + usize::from(is_there(*number, location)))
    });
    (all > 0 && there as f64 >= MIN_FOUND * all as f64).then_some(references)
}

impl References {
    /// Adds the entries of a table or stream that no newer one has. Returns its trailer.
    fn take_section(
        &mut self,
        bytes: &[u8],
        at: usize,
        by_start: &BTreeMap<usize, &FoundObject>,
        unpack: &mut impl FnMut(&FoundObject) -> Option<Vec<u8>>,
    ) -> Option<Dictionary> {
        let at = after_blanks(bytes, at);
        if bytes.get(at..)?.starts_with(b"xref") {
            self.take_table(bytes, at + 4, by_start, unpack)
        } else {
            self.take_stream(by_start.get(&at)?, unpack)
        }
    }

    fn take_table(
        &mut self,
        bytes: &[u8],
        at: usize,
        by_start: &BTreeMap<usize, &FoundObject>,
        unpack: &mut impl FnMut(&FoundObject) -> Option<Vec<u8>>,
    ) -> Option<Dictionary> {
        let mut parser = Parser::new(bytes, at);
        let mut deleted = Vec::new();
        let trailer = loop {
            match parser.next()? {
                Object::Word(word) if word == "trailer" => match parser.next()? {
                    Object::Dictionary(trailer) => break trailer,
                    _ => return None,
                },
                Object::Number(first) => {
                    let count = parser.next()?.number()?;
                    for number in 0..count.max(0.0) as u32 {
                        let (offset, _) = (parser.next()?.number()?, parser.next()?.number()?);
                        let number = (first.max(0.0) as u32).checked_add(number)?;
                        match parser.next()? {
                            Object::Word(word) if word == "n" => {
                                self.add(number, Location::At(offset.max(0.0) as usize))?;
                            }
                            Object::Word(word) if word == "f" => deleted.push(number),
                            _ => return None,
                        }
                        if deleted.len() > MAX_ENTRIES {
                            return None;
                        }
                    }
                }
                _ => return None,
            }
        };
        // In a file for old and new programs the table marks as deleted what a stream beside it has for new ones.
        if let Some(found) = offset_in(&trailer, "XRefStm").and_then(|offset| by_start.get(&offset)) {
            self.take_stream(found, unpack)?;
        }
        for number in deleted {
            self.add(number, Location::Deleted)?;
        }
        Some(trailer)
    }

    fn take_stream(
        &mut self,
        found: &FoundObject,
        unpack: &mut impl FnMut(&FoundObject) -> Option<Vec<u8>>,
    ) -> Option<Dictionary> {
        let Object::Dictionary(about) = &found.object else { return None };
        if about.get("Type").and_then(Object::name) != Some("XRef") {
            return None;
        }
        let size = |object: &Object| object.number().map(|number| number.clamp(0.0, 8.0) as usize);
        let widths: Vec<usize> = about.get("W")?.list().iter().filter_map(size).collect();
        let [kind, second, third] = widths[..] else { return None };
        let row = kind + second + third;
        if row == 0 {
            return None;
        }
        let rows = unpack(found)?;
        let mut rows = rows.chunks_exact(row);
        let whole = |object: &Object| object.number().map(|number| number.max(0.0) as u32);
        let index: Vec<u32> = match about.get("Index") {
            Some(index) => index.list().iter().filter_map(whole).collect(),
            None => vec![0, about.get("Size").and_then(whole)?],
        };
        for range in index.chunks_exact(2) {
            for number in range[0]..range[0].checked_add(range[1])? {
                let Some(row) = rows.next() else { break };
                let (first, rest) = row.split_at(kind);
                let value = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
                let value_of_second = value(&rest[..second]);
                match if kind == 0 { 1 } else { value(first) } {
                    0 => self.add(number, Location::Deleted)?,
                    1 => self.add(number, Location::At(usize::try_from(value_of_second).ok()?))?,
                    2 => self.add(number, Location::Packed(u32::try_from(value_of_second).ok()?))?,
                    _ => {}
                }
            }
        }
        Some(about.clone())
    }

    /// None when there are too many entries.
    fn add(&mut self, number: u32, location: Location) -> Option<()> {
        self.entries += 1;
        self.locations.entry(number).or_insert(location);
        (self.entries <= MAX_ENTRIES).then_some(())
    }
}

/// The last position of the newest cross-references, and where it is stated.
fn last_startxref(bytes: &[u8]) -> Option<(usize, usize)> {
    const WORD: &[u8] = b"startxref";
    let position = bytes.windows(WORD.len()).rposition(|bytes| bytes == WORD)?;
    let offset = Parser::new(bytes, position + WORD.len()).next()?.number()?;
    (offset > 0.0).then_some((position, offset as usize))
}

fn offset_in(trailer: &Dictionary, key: &str) -> Option<usize> {
    trailer.get(key).and_then(Object::number).filter(|offset| *offset > 0.0).map(|offset| offset as usize)
}

fn after_blanks(bytes: &[u8], at: usize) -> usize {
    let blanks =
        bytes.get(at..).unwrap_or_default().iter().take(8).take_while(|byte| byte.is_ascii_whitespace());
    at + blanks.count()
}
