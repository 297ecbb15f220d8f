//! The tags and the text of a web page. Pages are seldom well-formed; what is no tag is text, and nothing fails.

use crate::read::captions::markup::unescape;

/// Maximum bytes of a tag; longer ones are text.
const MAX_TAG: usize = 4_096;

/// An event of a page.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// An element begins.
    Open(Tag<'a>),
    /// An element ends.
    Close(&'a str),
    /// Text with its references resolved.
    Text(&'a str),
}

/// The tag that an element begins with.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its name in small letters.
    pub(super) name: &'a str,
    /// The line that it stands on, from 1.
    pub(super) line: u64,
    attributes: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, its references resolved.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))?;
            let (key, after) = rest.split_at(end);
            let Some(after) = after.trim_start().strip_prefix('=') else {
                // An attribute without a value, or a stray sign.
                rest = if key.is_empty() { after.get(1..)? } else { after };
                continue;
            };
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => after[1..].split_once(quote)?,
                None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(unescape(value));
            }
            rest = after;
        }
    }
}

/// Calls `each` for the events of the page, without scripts, styles, the title and comments.
pub(super) fn walk(page: &str, mut each: impl FnMut(Piece<'_>)) {
    let mut rest = page;
    let (mut line, mut counted) = (1_u64, page);
    // After the last sign that closes a tag no search is needed.
    let last_close = page.rfind('>').unwrap_or(0);
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            each(Piece::Text(&unescape(rest)));
            return;
        };
        if at > 0 {
            each(Piece::Text(&unescape(&rest[..at])));
        }
        rest = &rest[at..];
        if let Some(remark) = rest.strip_prefix("<!--") {
            rest = remark.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let inside = &rest[1..];
        let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let can_close = page.len() - inside.len() <= last_close;
        let Some(end) = (is_tag && can_close).then(|| tag_end(inside)).flatten() else {
            each(Piece::Text("<"));
            rest = inside;
            continue;
        };
        let (tag, after) = (&inside[..end], &inside[end + 1..]);
        rest = after;
        let passed = counted.len().saturating_sub(after.len());
        line += counted.as_bytes().get(..passed).unwrap_or_default().split(|byte| *byte == b'\n').count()
            as u64
            - 1;
        counted = after;
        if tag.starts_with(['!', '?']) {
            continue;
        }
        let closes = tag.strip_prefix('/');
        let tag = closes.unwrap_or(tag);
        let length = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let name = tag[..length].to_ascii_lowercase();
        if closes.is_some() {
            each(Piece::Close(&name));
            continue;
        }
        if matches!(name.as_str(), "script" | "style" | "title" | "noscript" | "template")
            && !tag.ends_with('/')
        {
            rest = after_element(rest, &name);
            continue;
        }
        each(Piece::Open(Tag { name: &name, line, attributes: &tag[length..] }));
    }
}

/// The end of a tag, with quoted values skipped.
fn tag_end(inside: &str) -> Option<usize> {
    let (mut quote, mut first) = (None, None);
    for (at, byte) in inside.bytes().enumerate().take(MAX_TAG) {
        if byte == b'>' {
            first = first.or(Some(at));
        }
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quote that is not closed.
    first
}

/// The text after an element whose contents are no text.
fn after_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let close = from + at + 2;
        if rest
            .as_bytes()
            .get(close..close + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        {
            return &rest[close - 2..];
        }
        from = close;
    }
    ""
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn shown(page: &str) -> String {
        let mut all = String::new();
        walk(page, |piece| match piece {
            Piece::Open(tag) => {
                let _ = write!(all, "({} {} {:?})", tag.name, tag.line, tag.attribute("a"));
            }
            Piece::Close(name) => {
                let _ = write!(all, "(/{name})");
            }
            Piece::Text(text) => all.push_str(text),
        });
        all
    }

    #[test]
    fn broken_pages_are_read_as_far_as_they_go() {
        assert_eq!(
            shown("x <P b a='1 > 2'>y</p>\n<br/><i a=3 b>&lt;"),
            "x (p 1 Some(\"1 > 2\"))y(/p)\n(br 2 None)(i 2 Some(\"3\"))<"
        );
        assert_eq!(
            shown("3 < 4 <laughs <!-- x --> <script>if (a<b) \"</p>\"</SCRIPT>z"),
            "3 < 4 (laughs 1 None) (/script)z"
        );
        assert_eq!(shown("<!-- never closed"), "");
        assert_eq!(shown("<p a=\"x>y"), "(p 1 None)y");
        assert_eq!(shown("<"), "<");
    }
}
