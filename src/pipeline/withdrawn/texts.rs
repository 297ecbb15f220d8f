//! The texts in a file of any kind, for finding words in it: text in any encoding, packages with their contents, tables.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::table::parquet_texts;
use refi_qda::package::Package;

/// Maximum size of a file that is searched, in megabytes.
const MAX_MB: u64 = 512;
/// A package in a package is opened, one within that is not.
const MAX_DEPTH: usize = 2;

/// Whether `is_it` holds for any text in the file at `path`; false for unknown formats.
///
/// # Errors
/// When the file cannot be read, or is too large.
pub(super) fn any_text(path: &Path, is_it: &dyn Fn(&str) -> bool) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_MB * 1024 * 1024 + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_MB * 1024 * 1024 {
        return Err(io::Error::other(format!("it is larger than {MAX_MB} MB")));
    }
    Ok(any_in(&bytes, 0, is_it))
}

fn any_in(bytes: &[u8], depth: usize, is_it: &dyn Fn(&str) -> bool) -> bool {
    if bytes.starts_with(b"PK") && depth < MAX_DEPTH {
        let Ok(mut package) = Package::open(bytes) else { return false };
        let names: Vec<String> = package.names().map(str::to_owned).collect();
        return names
            .iter()
            .any(|name| is_it(name) || package.part(name).is_ok_and(|part| any_in(&part, depth + 1, is_it)));
    }
    if bytes.starts_with(b"PAR1")
        && let Some(texts) = parquet_texts(bytes, None)
    {
        return texts.iter().any(|text| is_it(text));
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => is_it(&encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0),
        [0xFE, 0xFF, rest @ ..] => is_it(&encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0),
        // Old workbooks and documents hold text in this encoding between other data.
        _ if bytes.contains(&0) => {
            is_it(&String::from_utf8_lossy(bytes))
                || is_it(&encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0)
        }
        _ => is_it(&readable(&String::from_utf8_lossy(bytes))),
    }
}

/// The text as shown to people: for XML and HTML what is between the tags.
fn readable(text: &str) -> String {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return text.to_owned();
    }
    let mut readable = String::with_capacity(text.len());
    // Programs also store text in attributes, such as a description.
    let mut attributes = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        readable.push_str(before);
        rest = match behind.split_once('>') {
            Some((tag, behind)) => {
                if tag.contains('=') {
                    attributes.push('\n');
                    attributes.push_str(tag);
                }
                behind
            }
            None => "",
        };
    }
    readable.push_str(rest);
    readable.push_str(&attributes);
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#10;", "\n"),
        ("&amp;", "&"),
    ] {
        readable = readable.replace(entity, letter);
    }
    readable
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::table::fixture::small_findings;
    use crate::table::{Format, write_tables};

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            package.start_file(*name, SimpleFileOptions::default()).unwrap();
            package.write_all(bytes).unwrap();
        }
        package.finish().unwrap().into_inner()
    }

    fn is_found(bytes: &[u8]) -> bool {
        any_in(bytes, 0, &|text| text.contains("past the mill"))
    }

    #[test]
    fn words_are_read_in_files_of_all_kinds() {
        let text = "I drove past the mill.";
        let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let xml = "<si><r><t>I drove past</t></r><r><t xml:space=\"preserve\"> the mill</t></r></si>";
        let sheet = packed(&[("[Content_Types].xml", b"<x/>"), ("xl/sharedStrings.xml", text.as_bytes())]);
        assert!(is_found(text.as_bytes()));
        assert!(is_found(&[&[0xFF, 0xFE][..], &utf_16].concat()));
        assert!(is_found(&[&[0xD0, 0xCF, 0, 0][..], &utf_16].concat()));
        assert!(is_found(b"<html><p>I drove <b>past</b> the mill"));
        assert!(is_found(b"<Description text=\"I drove past the mill.\"/>"));
        assert!(is_found(&sheet) && is_found(&packed(&[("all/sheet.xlsx", &sheet)])));
        assert!(is_found(xml.as_bytes()), "in runs of one cell");
        assert!(!is_found(b"") && !is_found(b"PK no package") && !is_found(b"PAR1"));
    }

    #[test]
    fn tables_are_read_too() {
        let findings = small_findings();
        let folder = tempfile::tempdir().unwrap();
        write_tables(&findings, folder.path(), &Format::ALL, &crate::results::NoProgress).unwrap();
        let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
        let words = plain(&findings.corpus.transcripts[0].turns[1].text);
        for format in Format::ALL {
            let path = folder.path().join(format!("tables/turns.{}", format.as_str()));
            assert!(any_text(&path, &|text| plain(text).contains(&words)).unwrap(), "{}", path.display());
            assert!(!any_text(&path, &|text| text.contains("nobody says this")).unwrap());
        }
    }
}
