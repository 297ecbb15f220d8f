//! Word files that python-docx wrote and read: the paragraphs are the same here, but for what it does not read.

use std::collections::BTreeMap;
use std::path::Path;

use crate::read::dialogue::blocks::{Block, Paragraph};
use crate::read::dialogue::docx::body::body_of;
use refi_qda::package::Package;

/// The paragraphs of a Word file, tables cell after cell.
fn paragraphs_of(bytes: &[u8]) -> Vec<String> {
    let xml = Package::open(bytes).unwrap().part("word/document.xml").unwrap();
    let mut found: Vec<Paragraph> = Vec::new();
    for block in body_of(&String::from_utf8(xml).unwrap()).unwrap().blocks {
        match block {
            Block::Paragraph(paragraph) => found.push(paragraph),
            Block::Table(rows) => found.extend(rows.into_iter().flatten().flatten()),
        }
    }
    found.into_iter().map(|paragraph| paragraph.text).collect()
}

#[test]
fn paragraphs_are_those_of_python_docx() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/read");
    let expected = std::fs::read_to_string(folder.join("oracle_docx.json")).unwrap();
    let expected: BTreeMap<String, Vec<String>> = serde_json::from_str(&expected).unwrap();
    assert_eq!(expected.len(), 5);
    for (name, paragraphs) in expected {
        let mut here = paragraphs_of(&std::fs::read(folder.join("oracle_docx").join(&name)).unwrap());
        for text in &mut here {
            // It writes a hyphen that does not break as one that does, and leaves out what was inserted while changes were
            // tracked.
            *text = text.replace('\u{2011}', "-").replace("We had sixty families", "We had  families");
        }
        assert_eq!(here, paragraphs, "{name}");
    }
}
