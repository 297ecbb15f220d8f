//! A PDF as numbered objects and streams.
//!
//! All objects are found in one pass over the file, so that damaged or false cross-references do no harm; `revisions` decides which
//! of them are the newest. Each stream and all together unpack within limits.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::ops::Range;
use std::rc::Rc;

use flate2::read::ZlibDecoder;

use super::object::{Dictionary, Object, Parser};
use super::revisions::{self, FoundObject, Location, References};
use crate::read::format::ReadError;

/// Maximum objects of a file.
const MAX_OBJECTS: usize = 500_000;
/// Maximum objects together with those within them.
const MAX_MADE: usize = 3_000_000;
/// Bytes of text that count as one object.
const LONG_TEXT: usize = 64;
/// Maximum unpacked megabytes of a stream, and of all streams.
const STREAM_LIMIT_MB: usize = 32;
const TOTAL_LIMIT_MB: usize = 256;
/// Maximum filters on a stream; programs use at most two.
const MAX_FILTERS: usize = 3;
/// Maximum digits of an object's number.
const MAX_DIGITS: usize = 10;
/// Maximum length of a chain of references.
const MAX_STEPS: usize = 16;

/// Maximum pages.
pub(super) const MAX_PAGES: usize = 10_000;

/// Values that a page inherits from the nodes above it.
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];
/// Shared, because thousands of pages may inherit the same.
type Inherited = BTreeMap<&'static str, Rc<Object>>;

/// A page.
pub(super) struct Page {
    own: Dictionary,
    inherited: Inherited,
}

impl Page {
    /// The page's value for this key, its own or inherited from a node above it.
    pub(super) fn get(&self, key: &str) -> &Object {
        let inherited = || self.inherited.get(key).map_or(&Object::Null, Rc::as_ref);
        self.own.get(key).unwrap_or_else(inherited)
    }
}

struct Entry {
    object: Object,
    /// Where the bytes of its stream begin.
    stream: Option<Range<usize>>,
}

/// A PDF's objects.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    entries: BTreeMap<u32, Entry>,
    /// The dictionaries that point to the beginning of the document, newest first.
    trailers: Vec<Dictionary>,
    /// Bytes that may still be unpacked.
    room: usize,
    /// Objects made so far.
    made: usize,
}

fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = *wanted.first()?;
    let mut at = 0;
    while let Some(step) = rest.get(at..)?.iter().position(|byte| *byte == first) {
        at += step;
        if rest[at..].starts_with(wanted) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}

impl<'a> File<'a> {
    /// Finds the newest objects.
    ///
    /// # Errors
    /// [`ReadError::Locked`] for a PDF with a password, and when there are too many objects.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let room = TOTAL_LIMIT_MB * 1024 * 1024;
        let mut file = Self { bytes, entries: BTreeMap::new(), trailers: Vec::new(), room, made: 0 };
        let found = file.walk()?;
        // A stream of cross-references that cannot be unpacked within the limits is not used.
        let references = revisions::references(bytes, &found, |found| match &found.object {
            Object::Dictionary(about) => file.unpacked(about, found.stream.clone()?).ok(),
            _ => None,
        });
        match references {
            Some(references) => file.take_newest(found, references)?,
            None => file.take_in_order(found)?,
        }
        if file.trailers.iter().any(|trailer| trailer.contains_key("Encrypt")) {
            return Err(ReadError::Locked);
        }
        Ok(file)
    }

    /// All top-level objects of the file, in its order, also those that were replaced later.
    fn walk(&mut self) -> Result<Vec<FoundObject>, ReadError> {
        let bytes = self.bytes;
        let mut all = Vec::new();
        let mut at = 0;
        while let Some(position) = find(bytes, b"obj", at) {
            at = position + 3;
            let Some((number, start)) = number_before(bytes, position) else { continue };
            let mut parser = Parser::new(bytes, at);
            let Some(object) = parser.next() else { break };
            at = parser.at;
            self.count(parser.made)?;
            let stream = match &object {
                Object::Dictionary(about) => stream_after(bytes, parser, about),
                _ => None,
            };
            if let Some(range) = &stream {
                at = range.end;
            }
            all.push(FoundObject { start, number, object, stream });
            if all.len() > MAX_OBJECTS {
                return Err(ReadError::TooMany { what: "objects", limit: MAX_OBJECTS });
            }
        }
        Ok(all)
    }

    /// The objects that the cross-references name. One with a wrong position is the last of its number in the file.
    fn take_newest(&mut self, found: Vec<FoundObject>, references: References) -> Result<(), ReadError> {
        let References { locations, trailers, .. } = references;
        self.trailers = trailers;
        let starts: BTreeMap<usize, u32> = found.iter().map(|found| (found.start, found.number)).collect();
        let is_misplaced = |number: u32, at: usize| starts.get(&at) != Some(&number);
        for FoundObject { start, number, object, stream } in found {
            match locations.get(&number) {
                Some(Location::At(at)) if *at == start || is_misplaced(number, *at) => {
                    self.entries.insert(number, Entry { object, stream });
                }
                _ => {}
            }
        }
        let packs: BTreeSet<u32> = locations
            .values()
            .filter_map(|location| if let Location::Packed(pack) = location { Some(*pack) } else { None })
            .collect();
        for pack in packs {
            self.unpack_objects(pack, |number| locations.get(&number) == Some(&Location::Packed(pack)))?;
        }
        Ok(())
    }

    /// All objects, later ones replacing earlier ones.
    fn take_in_order(&mut self, found: Vec<FoundObject>) -> Result<(), ReadError> {
        for FoundObject { number, object, stream, .. } in found {
            let is_pack = stream.is_some() && is_type(&object, "ObjStm");
            if stream.is_some()
                && is_type(&object, "XRef")
                && let Object::Dictionary(about) = &object
            {
                self.trailers.push(about.clone());
            }
            self.entries.insert(number, Entry { object, stream });
            if is_pack {
                self.unpack_objects(number, |_| true)?;
            }
        }
        self.trailers.extend(self.written_trailers());
        self.trailers.reverse();
        Ok(())
    }

    fn count(&mut self, made: usize) -> Result<(), ReadError> {
        self.made += made;
        if self.made > MAX_MADE {
            Err(ReadError::TooMany { what: "objects", limit: MAX_MADE })
        } else {
            Ok(())
        }
    }

    /// Objects packed into a stream, those that are `wanted`.
    fn unpack_objects(&mut self, pack: u32, wanted: impl Fn(u32) -> bool) -> Result<(), ReadError> {
        let Some(about) = self.dictionary(&Object::Reference(pack)).cloned() else { return Ok(()) };
        let count =
            about.get("N").and_then(Object::number).unwrap_or(0.0).clamp(0.0, MAX_OBJECTS as f64) as usize;
        let first = about.get("First").and_then(Object::number).unwrap_or(0.0).max(0.0) as usize;
        let bytes = self.stream(&Object::Reference(pack))?;
        let mut heads = Parser::new(&bytes, 0);
        for _ in 0..count {
            let (Some(Object::Number(number)), Some(Object::Number(position))) = (heads.next(), heads.next())
            else {
                break;
            };
            let start = first.saturating_add(position.max(0.0) as usize);
            let mut parser = Parser::new(&bytes, start);
            let Some(object) = parser.next() else { continue };
            // Many numbers may lead to one long text.
            self.count(parser.made + parser.at.saturating_sub(start) / LONG_TEXT)?;
            let number = number.max(0.0) as u32;
            if wanted(number) {
                self.entries.insert(number, Entry { object, stream: None });
            }
            if self.entries.len() > MAX_OBJECTS {
                return Err(ReadError::TooMany { what: "objects", limit: MAX_OBJECTS });
            }
        }
        Ok(())
    }

    /// The dictionaries after the word `trailer`, in the order of the file.
    fn written_trailers(&self) -> Vec<Dictionary> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(position) = find(self.bytes, b"trailer", at).filter(|_| found.len() < 1_000) {
            let mut parser = Parser::new(self.bytes, position + 7);
            if let Some(Object::Dictionary(about)) = parser.next() {
                found.push(about);
            }
            // Not looked at again: the word alone, many times over, would take hours.
            at = parser.at;
        }
        found
    }

    /// The object that this one is or refers to.
    pub(super) fn resolve<'o>(&'o self, object: &'o Object) -> &'o Object {
        let mut object = object;
        for _ in 0..MAX_STEPS {
            match object {
                Object::Reference(number) => match self.entries.get(number) {
                    Some(entry) => object = &entry.object,
                    None => return &Object::Null,
                },
                object => return object,
            }
        }
        &Object::Null
    }

    pub(super) fn dictionary<'o>(&'o self, object: &'o Object) -> Option<&'o Dictionary> {
        if let Object::Dictionary(about) = self.resolve(object) { Some(about) } else { None }
    }

    /// The value of a dictionary's key, resolved.
    pub(super) fn get<'o>(&'o self, about: &'o Dictionary, key: &str) -> &'o Object {
        about.get(key).map_or(&Object::Null, |value| self.resolve(value))
    }

    /// The unpacked bytes of the stream that a reference leads to; nothing when they cannot be unpacked.
    ///
    /// # Errors
    /// [`ReadError::Bomb`] when it unpacks to more than is read.
    pub(super) fn stream(&mut self, object: &Object) -> Result<Vec<u8>, ReadError> {
        let Object::Reference(number) = object else { return Ok(Vec::new()) };
        let Some(Entry { object: Object::Dictionary(about), stream: Some(range) }) = self.entries.get(number)
        else {
            return Ok(Vec::new());
        };
        let bytes = self.unpacked(about, range.clone())?;
        self.room = self.room.saturating_sub(bytes.len());
        Ok(bytes)
    }

    /// The bytes of a stream with all filters undone.
    fn unpacked(&self, about: &Dictionary, range: Range<usize>) -> Result<Vec<u8>, ReadError> {
        let filters: Vec<&str> = match self.get(about, "Filter") {
            Object::Name(name) => vec![name.as_str()],
            Object::List(list) => list.iter().filter_map(|filter| self.resolve(filter).name()).collect(),
            _ => Vec::new(),
        };
        let parameters = self.resolve(about.get("DecodeParms").unwrap_or(&Object::Null));
        let predicted =
            self.dictionary(parameters).filter(|about| self.get(about, "Predictor").number() > Some(1.0));
        let columns = predicted
            .map(|about| self.get(about, "Columns").number().unwrap_or(1.0).clamp(1.0, 65_536.0) as usize);
        if filters.len() > MAX_FILTERS {
            return Ok(Vec::new());
        }
        let limit = (STREAM_LIMIT_MB * 1024 * 1024).min(self.room);
        let mut bytes = self.bytes.get(range).unwrap_or_default().to_vec();
        for filter in filters {
            bytes = match filter {
                "FlateDecode" | "Fl" => inflated(&bytes, limit),
                "LZWDecode" | "LZW" => super::filter::lzw(&bytes, limit),
                "ASCIIHexDecode" | "AHx" => super::filter::hexadecimal(&bytes),
                "ASCII85Decode" | "A85" => super::filter::base85(&bytes),
                // Pictures.
                _ => return Ok(Vec::new()),
            };
            if bytes.len() > limit {
                return Err(ReadError::Bomb {
                    limit_mb: if self.room == limit { TOTAL_LIMIT_MB } else { STREAM_LIMIT_MB } as u64,
                });
            }
        }
        Ok(columns.map_or_else(|| bytes.clone(), |columns| super::filter::unpredicted(&bytes, columns)))
    }

    /// The pages in order.
    ///
    /// # Errors
    /// [`ReadError::TooMany`] pages.
    pub(super) fn pages(&self) -> Result<Vec<Page>, ReadError> {
        let roots = self.trailers.iter().filter_map(|trailer| trailer.get("Root").cloned());
        let catalogs = self.entries.values().filter(|entry| is_type(&entry.object, "Catalog"));
        let catalogs = catalogs.map(|entry| entry.object.clone());
        for root in roots.chain(catalogs) {
            if let Some(pages) = self.dictionary(&root).and_then(|catalog| catalog.get("Pages")) {
                let found = self.pages_below(pages)?;
                if !found.is_empty() {
                    return Ok(found);
                }
            }
        }
        let pages = self.entries.values().filter(|entry| is_type(&entry.object, "Page")).take(MAX_PAGES);
        let own = pages.filter_map(|entry| self.dictionary(&entry.object).cloned());
        Ok(own.map(|own| Page { own, inherited: Inherited::new() }).collect())
    }

    fn pages_below(&self, root: &Object) -> Result<Vec<Page>, ReadError> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![(root.clone(), Inherited::new())];
        while let Some((object, inherited)) = open.pop() {
            if let Object::Reference(number) = object
                && !seen.insert(number)
            {
                continue;
            }
            let Some(node) = self.dictionary(&object) else { continue };
            let kids = self.get(node, "Kids").list();
            if kids.is_empty() && self.get(node, "Type").name() != Some("Pages") {
                found.push(Page { own: node.clone(), inherited });
                if found.len() > MAX_PAGES {
                    return Err(ReadError::TooMany { what: "pages", limit: MAX_PAGES });
                }
                continue;
            }
            let mut inherited = inherited;
            for key in INHERITED {
                if let Some(value) = node.get(key) {
                    inherited.insert(key, Rc::new(value.clone()));
                }
            }
            // A node without a number could contain itself many times.
            let kids = kids
                .iter()
                .rev()
                .filter(|kid| matches!(kid, Object::Reference(number) if !seen.contains(number)));
            open.extend(kids.map(|kid| (kid.clone(), inherited.clone())));
            if open.len() > 2 * MAX_PAGES {
                return Err(ReadError::TooMany { what: "pages", limit: MAX_PAGES });
            }
        }
        Ok(found)
    }
}

fn is_type(object: &Object, name: &str) -> bool {
    matches!(object, Object::Dictionary(about) if about.get("Type").and_then(Object::name) == Some(name))
}

/// The object's number before `obj`, and its position: `12 0 obj`.
fn number_before(bytes: &[u8], position: usize) -> Option<(u32, usize)> {
    let digits_before = |mut at: usize| {
        while at > 0 && bytes[at - 1].is_ascii_whitespace() {
            at -= 1;
        }
        let end = at;
        while at > 0 && end - at < MAX_DIGITS && bytes[at - 1].is_ascii_digit() {
            at -= 1;
        }
        (at < end).then_some((at, end))
    };
    let (generation, _) = digits_before(position)?;
    let (start, end) = digits_before(generation).filter(|(_, end)| *end < generation)?;
    let number = std::str::from_utf8(bytes.get(start..end)?).ok()?.parse().ok()?;
    Some((number, start))
}

/// The position of the stream after a dictionary. Its length is used only when `endstream` follows.
fn stream_after(bytes: &[u8], mut parser: Parser<'_>, about: &Dictionary) -> Option<Range<usize>> {
    parser.skip_blanks();
    let mut start = parser.at;
    if !bytes.get(start..)?.starts_with(b"stream") {
        return None;
    }
    start += 6;
    if bytes.get(start) == Some(&b'\r') {
        start += 1;
    }
    if bytes.get(start) == Some(&b'\n') {
        start += 1;
    }
    if let Some(length) = about.get("Length").and_then(Object::number) {
        let end = start.saturating_add(length.max(0.0) as usize);
        let after = bytes.get(end..end.saturating_add(20).min(bytes.len()));
        if after.is_some_and(|after| find(after, b"endstream", 0).is_some()) {
            return Some(start..end);
        }
    }
    let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
    Some(start..end)
}

/// Unpacks as far as possible, up to one byte beyond the limit.
fn inflated(bytes: &[u8], limit: usize) -> Vec<u8> {
    let mut unpacked = Vec::new();
    // A truncated stream gives the part before.
    let _ = ZlibDecoder::new(bytes).take(limit as u64 + 1).read_to_end(&mut unpacked);
    unpacked
}
