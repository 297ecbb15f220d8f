//! REFI-QDA codebooks (`.qdc`), as NVivo, ATLAS.ti, MAXQDA and Taguette export them.
//!
//! Only what becomes a seed theme is read: names, descriptions and the tree of codes. A code that only groups others
//! (`isCodable="false"`) becomes a parent, not a theme.

use quick_xml::events::{BytesStart, Event};

use crate::study::Seed;

/// Deeper trees than this are no codebook.
const DEEPEST: usize = 64;

/// Why a `.qdc` file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QdcError {
    /// The file is not well-formed XML.
    #[error("this is not a REFI-QDA codebook: {0}")]
    Xml(#[from] quick_xml::Error),
    /// The file is XML, but no codebook stands in it.
    #[error("this is not a REFI-QDA codebook: it has no `CodeBook` element")]
    NoCodebook,
    /// Codes stand in codes without end.
    #[error("the codes are nested more than {DEEPEST} deep")]
    TooDeep,
}

/// Reads the codes of a REFI-QDA codebook as seed themes, in the order of the file.
///
/// # Errors
/// [`QdcError`] when the text is not such a codebook.
///
/// ```
/// let text = r#"<CodeBook><Codes><Code guid="1" name="workload" isCodable="true">
///     <Description>Too many cases.</Description></Code></Codes></CodeBook>"#;
/// let seeds = emic::exchange::read_qdc(text)?;
/// assert_eq!((seeds[0].name.as_str(), seeds[0].definition.as_str()), ("workload", "Too many cases."));
/// # Ok::<(), emic::exchange::QdcError>(())
/// ```
pub fn read_qdc(text: &str) -> Result<Vec<Seed>, QdcError> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut seeds: Vec<Seed> = Vec::new();
    // The open `Code` elements: name, and the place of the seed that a description belongs to.
    let mut open: Vec<(String, Option<usize>)> = Vec::new();
    let mut in_codebook = false;
    let mut in_description = false;
    loop {
        match reader.read_event()? {
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "CodeBook" => {
                in_codebook = true;
            }
            Event::Empty(element) if element.local_name().as_ref() == "Code" => {
                add(&element, &open, &mut seeds);
            }
            Event::Start(element) if element.local_name().as_ref() == "Code" => {
                if open.len() == DEEPEST {
                    return Err(QdcError::TooDeep);
                }
                let place = add(&element, &open, &mut seeds);
                open.push((attribute(&element, "name"), place));
            }
            Event::End(element) if element.local_name().as_ref() == "Code" => {
                open.pop();
            }
            Event::Start(element) if element.local_name().as_ref() == "Description" => in_description = true,
            Event::End(element) if element.local_name().as_ref() == "Description" => in_description = false,
            Event::Text(words) if in_description => {
                describe(&open, &mut seeds, &words.xml10_content());
            }
            Event::GeneralRef(reference) if in_description => {
                let whole = format!("&{};", &*reference);
                let words = quick_xml::escape::unescape(&whole)
                    .map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
                describe(&open, &mut seeds, &words);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if in_codebook { Ok(seeds) } else { Err(QdcError::NoCodebook) }
}

fn add(element: &BytesStart<'_>, open: &[(String, Option<usize>)], seeds: &mut Vec<Seed>) -> Option<usize> {
    if attribute(element, "isCodable") == "false" {
        return None;
    }
    let parent = open.last().map(|(name, _)| name.clone()).unwrap_or_default();
    seeds.push(Seed { name: attribute(element, "name"), parent, ..Seed::default() });
    Some(seeds.len() - 1)
}

fn describe(open: &[(String, Option<usize>)], seeds: &mut [Seed], words: &str) {
    if let Some((_, Some(place))) = open.last() {
        seeds[*place].definition.push_str(words);
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .and_then(|attribute| {
            quick_xml::escape::unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned)
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_become_parents_and_entities_are_read() {
        let text = r#"<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
            <Code guid="a" name="barriers" isCodable="false">
              <Code guid="b" name="time &amp; cases" isCodable="true"><Description>too &lt;many&gt;</Description></Code>
              <Code guid="c" name="money" isCodable="true"/>
            </Code></Codes></CodeBook>"#;
        let seeds = read_qdc(text).unwrap();
        let rows: Vec<_> =
            seeds.iter().map(|s| (s.name.as_str(), s.definition.as_str(), s.parent.as_str())).collect();
        assert_eq!(rows, [("time & cases", "too <many>", "barriers"), ("money", "", "barriers")]);
    }

    #[test]
    fn other_files_are_refused() {
        assert!(matches!(read_qdc("<html></html>"), Err(QdcError::NoCodebook)));
        assert!(read_qdc("<CodeBook><Code name='a'></CodeBook>").is_err());
        assert!(matches!(read_qdc(&"<Code>".repeat(100)), Err(QdcError::TooDeep)));
    }
}
