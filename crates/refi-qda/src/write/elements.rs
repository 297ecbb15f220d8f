//! XML elements. Empty attributes are left out, because the schemas refuse them. Characters that XML cannot hold are replaced, and
//! attributes stay on one line, because a reader turns a line break in an attribute into a space.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Writes elements into memory, indented.
pub(super) struct Elements {
    writer: Writer<Vec<u8>>,
}

impl Elements {
    /// A document without anything in it yet.
    pub(super) fn new() -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        Ok(Self { writer })
    }

    /// An element with what `inside` writes.
    pub(super) fn open(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.begin(name, attributes)?;
        inside(self)?;
        self.end(name)
    }

    /// The beginning of an element.
    pub(super) fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))
    }

    /// The end of the element that was begun last.
    pub(super) fn end(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without anything inside.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds a text; nothing when the text is empty.
    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        self.writer.write_event(Event::Start(BytesStart::new(name)))?;
        self.writer.write_event(Event::Text(BytesText::new(&possible(text))))?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with one element for each item of a list; nothing when the list is empty.
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        all: &[T],
        mut each: impl FnMut(&mut Self, &T) -> io::Result<()>,
    ) -> io::Result<()> {
        if all.is_empty() {
            return Ok(());
        }
        self.open(name, &[], |elements| all.iter().try_for_each(|one| each(elements, one)))
    }

    /// The document.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn start<'a>(name: &'a str, attributes: &[(&'a str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        start.push_attribute((*key, one_line(&possible(value)).as_str()));
    }
    start
}

/// A text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// A text of characters that XML 1.0 can hold.
fn possible(text: &str) -> Cow<'_, str> {
    let can = |c: char| matches!(c, '\t' | '\n' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    if text.chars().all(can) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if can(c) { c } else { '\u{FFFD}' }).collect())
}
