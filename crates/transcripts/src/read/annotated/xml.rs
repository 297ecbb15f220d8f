//! XML events for the readers of this folder and of captions in XML: encodings as declared, entities resolved but never expanded, depth and
//! counts limited.

use quick_xml::Reader as XmlReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::codes;
use crate::read::decode::decode;
use crate::read::format::ReadError;
use crate::read::problems::ProblemLog;

/// Maximum nesting of elements.
const DEEPEST: usize = 512;
/// Bytes within which a semicolon must follow an ampersand; otherwise it is an ordinary character.
const MAX_ENTITY: usize = 12;
/// Maximum elements.
const MAX_ELEMENTS: usize = 10_000_000;

/// The events of a file in their order. Names of elements have no prefix.
#[derive(Clone, Copy)]
pub(crate) enum Piece<'a> {
    /// An element begins.
    Open(&'a str, &'a Attributes<'a>),
    /// An element ends.
    Close(&'a str),
    /// Text with entities resolved.
    Text(&'a str),
}

/// The attributes of an element.
pub(crate) struct Attributes<'a> {
    tag: &'a BytesStart<'a>,
}

impl Attributes<'_> {
    /// The value of an attribute, whatever its prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let found = self.tag.attributes().with_checks(false).flatten().find(|attribute| {
            let key: &str = attribute.key.as_ref();
            key.rsplit(':').next() == Some(name)
        })?;
        Some(unescaped(&found.value))
    }
}

/// Calls `each` for the events of the file.
///
/// # Errors
/// [`ReadError::Damaged`] when the file is no well-formed XML or nests too deeply. What was told before that stands.
pub(crate) fn walk(
    bytes: &[u8],
    log: &mut ProblemLog,
    mut each: impl FnMut(Piece<'_>),
) -> Result<(), ReadError> {
    let text = decode(bytes, log)?;
    let mut reader = XmlReader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let (mut depth, mut elements) = (0_usize, 0_usize);
    let mut lines = Lines { text: &text, at: 0, line: 1 };
    loop {
        let position = reader.buffer_position();
        let event =
            reader.read_event().map_err(|error| ReadError::Damaged(format!("its XML is broken: {error}")))?;
        let line = lines.at(position as usize);
        match event {
            Event::Start(tag) => {
                depth += 1;
                elements += 1;
                if depth > DEEPEST {
                    return Err(ReadError::Damaged("its XML nests too deeply".to_owned()));
                }
                if elements > MAX_ELEMENTS {
                    return Err(ReadError::TooMany { what: "elements", limit: MAX_ELEMENTS });
                }
                each(Piece::Open(tag.local_name().as_ref(), &Attributes { tag: &tag }));
            }
            Event::Empty(tag) => {
                elements += 1;
                if elements > MAX_ELEMENTS {
                    return Err(ReadError::TooMany { what: "elements", limit: MAX_ELEMENTS });
                }
                each(Piece::Open(tag.local_name().as_ref(), &Attributes { tag: &tag }));
                each(Piece::Close(tag.local_name().as_ref()));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                each(Piece::Close(tag.local_name().as_ref()));
            }
            Event::Text(text) => each(Piece::Text(&text.xml_content(XmlVersion::Implicit1_0))),
            Event::CData(text) => each(Piece::Text(&text.xml_content(XmlVersion::Implicit1_0))),
            Event::GeneralRef(name) => each(Piece::Text(&resolved(&name))),
            Event::Eof => {
                if depth > 0 {
                    log.warning(
                        codes::FILE_DAMAGED,
                        Some(line),
                        "the file breaks off: an element in it is never closed",
                        "copy or export the file again, and compare its end with what was read",
                    );
                }
                return Ok(());
            }
            _ => {}
        }
    }
}

/// The name of the first element; none when the text is no XML.
pub(in crate::read) fn root_of(bytes: &[u8], log: &mut ProblemLog) -> Option<String> {
    let text = decode(bytes, log).ok()?;
    let mut reader = XmlReader::from_str(&text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(tag.local_name().as_ref().to_owned()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// Counts the lines up to a position that only moves forward.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, position: usize) -> u64 {
        let position = position.clamp(self.at, self.text.len());
        let passed = self.text.as_bytes().get(self.at..position).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count().saturating_sub(1) as u64;
        self.at = position;
        self.line
    }
}

/// A character reference or one of XML's five entities; any other is not changed.
fn resolved(name: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = name.as_ref();
    entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

fn entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

/// An attribute's value with its entities resolved.
fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after.bytes().take(MAX_ENTITY).position(|byte| byte == b';');
        let found = end.map(|end| (&after[..end], &after[end + 1..])).and_then(|(name, after)| {
            let number = |digits: &str| match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => digits.parse().ok(),
            };
            let c = name.strip_prefix('#').and_then(number).and_then(char::from_u32);
            c.map(String::from).or_else(|| entity(name).map(str::to_owned)).map(|text| (text, after))
        });
        let (text, after) = found.unwrap_or_else(|| ("&".to_owned(), after));
        plain.push_str(&text);
        rest = after;
    }
    plain.push_str(rest);
    plain
}
