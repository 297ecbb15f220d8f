//! A seed: a file as it is, or the parts of a packed one.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What to begin from.
#[derive(Debug, Clone)]
pub struct Seed {
    /// Without a dot.
    pub ending: &'static str,
    /// The contents.
    pub body: Body,
}

/// The contents of a seed.
#[derive(Debug, Clone)]
pub enum Body {
    /// A file as it is.
    Whole(Vec<u8>),
    /// Names and contents.
    Package(Vec<(String, Vec<u8>)>),
    /// A PDF's objects from number 1: the dictionary and the stream, empty for none.
    Pdf(Vec<(Vec<u8>, Vec<u8>)>),
}

impl Seed {
    /// A file as it is.
    pub fn whole(ending: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { ending, body: Body::Whole(bytes.into()) }
    }

    /// A package of parts.
    pub fn package(ending: &'static str, parts: &[(&str, &str)]) -> Self {
        let parts = parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Self { ending, body: Body::Package(parts.collect()) }
    }

    /// Takes a package apart; without the parts that no reader looks at.
    pub fn unpacked(ending: &'static str, bytes: &[u8]) -> Self {
        let mut parts = Vec::new();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a seed is a package");
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).expect("a seed is whole");
            let name = part.name().to_owned();
            if name.contains("docProps") || name.contains("theme") {
                continue;
            }
            let mut contents = Vec::new();
            part.read_to_end(&mut contents).expect("a seed unpacks");
            parts.push((name, contents));
        }
        Self { ending, body: Body::Package(parts) }
    }
}

impl Body {
    /// The file. Parts and streams are stored and not packed, so that a change of a byte changes what is read.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Whole(bytes) => bytes.clone(),
            Self::Package(parts) => zipped(parts),
            Self::Pdf(objects) => pdf(objects),
        }
    }
}

/// A package of these parts.
pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        // A name may come twice after a change; such a part is left out.
        if package.start_file(name.as_str(), options).is_ok() {
            let _ = package.write_all(contents);
        }
    }
    package.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn pdf(objects: &[(Vec<u8>, Vec<u8>)]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n".to_vec();
    for (number, (about, stream)) in (1..).zip(objects) {
        pdf.extend(format!("{number} 0 obj <<").bytes());
        pdf.extend(about);
        if stream.is_empty() {
            pdf.extend(b">> endobj\n");
            continue;
        }
        pdf.extend(format!("/Length {}>> stream\n", stream.len()).bytes());
        pdf.extend(stream);
        pdf.extend(b"\nendstream endobj\n");
    }
    pdf.extend(b"trailer <</Root 1 0 R>>\n%%EOF");
    pdf
}
