//! XML within limits. roxmltree compares every attribute of an element with every other one, and an element that declares a namespace
//! keeps all namespaces in scope. Both are quadratic in what a hostile file holds, so attributes and namespaces are counted first.

use roxmltree::{Document, ParsingOptions};

/// Attributes of an element; the standard has a dozen.
const MAX_ATTRIBUTES: usize = 200;
/// Namespaces kept: those in scope, summed over all elements that declare one.
const MAX_NAMESPACES: usize = 1_000_000;
/// Elements, texts and attributes for each byte of the file, within the limits below. A project packs to a tenth or a twentieth, and
/// each of them takes 5 bytes and more.
const NODES_PER_BYTE: usize = 2;
/// Elements, texts and attributes that every file is allowed.
const MIN_NODES: usize = 1_000_000;
/// Elements, texts and attributes that no file may exceed.
const MAX_NODES: usize = 8_000_000;

/// The tree of XML whose root element must be `root`, from a file of `length` bytes.
///
/// # Errors
/// What is wrong with it, as part of a sentence.
pub(super) fn parsed<'x>(xml: &'x str, length: usize, root: &str) -> Result<Document<'x>, String> {
    let most = length.saturating_mul(NODES_PER_BYTE).clamp(MIN_NODES, MAX_NODES);
    check(xml.as_bytes(), most)?;
    // A document type could define entities that expand without end; projects have none.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: most as u32, ..Default::default() };
    let document = Document::parse_with_options(xml, options).map_err(|error| error.to_string())?;
    match document.root_element().tag_name().name() {
        found if found == root => Ok(document),
        other => Err(format!("it begins with `{other}` instead of `{root}`")),
    }
}

fn check(xml: &[u8], most: usize) -> Result<(), String> {
    // Namespaces declared by each element that is open.
    let mut open: Vec<u16> = Vec::new();
    let (mut in_reach, mut kept, mut attributes) = (0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while let Some(step) = xml[at..].iter().position(|byte| *byte == b'<') {
        at += step;
        let tag = &xml[at..];
        if let Some(end) =
            [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>"), (b"<!", b">"), (b"<?", b"?>")]
                .iter()
                .find(|(start, _)| tag.starts_with(start))
                .map(|(_, end)| end)
        {
            let length = tag.windows(end.len()).position(|window| window == *end);
            at += length.map_or(tag.len(), |length| length + end.len());
            continue;
        }
        let Tag { length, attributes: own, namespaces, is_closed } = tag_at(tag);
        at += length;
        attributes += own;
        if own > MAX_ATTRIBUTES {
            return Err(format!("an element has more than {MAX_ATTRIBUTES} attributes"));
        }
        if attributes > most {
            return Err("it has more attributes than a project of its size".to_owned());
        }
        if tag.starts_with(b"</") {
            in_reach -= usize::from(open.pop().unwrap_or(0));
            continue;
        }
        if namespaces > 0 {
            kept += in_reach + namespaces;
        }
        if kept > MAX_NAMESPACES {
            return Err("its namespaces nest too deeply".to_owned());
        }
        if !is_closed {
            in_reach += namespaces;
            open.push(namespaces as u16);
        }
    }
    Ok(())
}

struct Tag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    is_closed: bool,
}

/// The tag at the beginning of these bytes, up to its `>` outside of quotes.
fn tag_at(bytes: &[u8]) -> Tag {
    let (mut at, mut attributes, mut namespaces, mut name) = (1, 0, 0, 1);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => {
                let is_closed = bytes.get(at - 1) == Some(&b'/');
                return Tag { length: at + 1, attributes, namespaces, is_closed };
            }
            b'"' | b'\'' => {
                attributes += 1;
                namespaces += usize::from(bytes[name..at].starts_with(b"xmlns"));
                let rest = &bytes[at + 1..];
                at += rest.iter().position(|other| other == byte).map_or(rest.len(), |end| end + 1);
            }
            b' ' | b'\t' | b'\n' | b'\r' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) => {
                name = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    Tag { length: bytes.len(), attributes, namespaces, is_closed: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_grows_with_the_square_is_refused() {
        let attributes = (0..150_000).map(|at| format!(" a{at}=''")).collect::<Vec<String>>().concat();
        assert!(parsed(&format!("<a{attributes}/>"), 1 << 20, "a").is_err());
        let nested = (0..20_000).map(|at| format!("<a xmlns:b{at}='c'>")).collect::<Vec<String>>().concat();
        assert_eq!(parsed(&nested, 1 << 20, "a").unwrap_err(), "its namespaces nest too deeply");
        let many = "<a b=''/>".repeat(1_200_000);
        assert!(parsed(&format!("<a>{many}</a>"), 10_000, "a").is_err());
        assert!(parsed(&format!("<a>{many}</a>"), 1 << 20, "a").is_ok());
    }

    #[test]
    fn what_programs_write_is_not() {
        let each =
            (0..5_000).map(|at| format!("<Code xmlns='x' a='{at} > 1'/>")).collect::<Vec<String>>().concat();
        let xml = format!("<?xml version='1.0'?><!-- <a --><a xmlns:x=\"y\">{each}<![CDATA[ < \" ]]></a>");
        assert!(parsed(&xml, 1_000, "a").is_ok());
    }
}
