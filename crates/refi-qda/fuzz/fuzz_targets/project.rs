//! The XML of a project and, behind a zero byte, the text that its sources name as `internal://text.txt`: packed here, because a mutated
//! archive mostly is none. What is read is written, and has to read the same again.

#![no_main]

use std::io::{Cursor, Write as _};

use libfuzzer_sys::fuzz_target;
use refi_qda::{PlainDecoder, Project, read_qdpx, write_qdpx};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fuzz_target!(|bytes: &[u8]| {
    let (xml, text) = match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    let Ok(read) = read_qdpx(&packed(&[("project.qde", xml), ("sources/text.txt", text)]), &PlainDecoder) else {
        return;
    };
    check(&read.project);
    let written = write_qdpx(&read.project).expect("a project in memory can be written");
    let again = read_qdpx(&written, &PlainDecoder).expect("what was written can be read");
    assert_eq!(again.project.sources.len(), read.project.sources.len());
});

/// Indices and spans lead somewhere.
fn check(project: &Project) {
    for (index, code) in project.codes.iter().enumerate() {
        assert!(code.parent.is_none_or(|parent| parent < index));
    }
    for source in &project.sources {
        for selection in &source.selections {
            assert!(source.words(selection.span).is_some_and(|words| !words.is_empty()));
            for coding in &selection.codings {
                assert!(coding.code < project.codes.len());
                assert!(coding.user.is_none_or(|user| user < project.users.len()));
            }
        }
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(*name, SimpleFileOptions::default()).expect("a part begins");
        package.write_all(bytes).expect("a part is written");
    }
    package.finish().expect("the package ends").into_inner()
}
