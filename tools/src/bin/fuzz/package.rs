//! A seed: a file as it is, or the parts of a packed one, which are changed before they are packed.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What to begin from.
#[derive(Debug, Clone)]
pub(crate) struct Seed {
    pub(crate) ending: &'static str,
    pub(crate) body: Body,
}

/// The contents of a seed.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    Whole(Vec<u8>),
    /// Names and contents.
    Package(Vec<(String, Vec<u8>)>),
    /// A PDF's objects from number 1: the dictionary and the stream, empty for none.
    Pdf(Vec<(Vec<u8>, Vec<u8>)>),
}

impl Seed {
    pub(crate) fn whole(ending: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { ending, body: Body::Whole(bytes.into()) }
    }

    pub(crate) fn package(ending: &'static str, parts: &[(&str, &str)]) -> Self {
        let parts = parts.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        Self { ending, body: Body::Package(parts.collect()) }
    }

    /// Takes a package apart; without the parts that no reader looks at.
    pub(crate) fn unpacked(ending: &'static str, bytes: &[u8]) -> Self {
        let mut parts = Vec::new();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a seed is a package");
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).expect("a seed is whole");
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
    /// The file. Each part is packed where `is_packed` says so and stored as it is elsewhere.
    pub(crate) fn bytes(&self, is_packed: impl FnMut() -> bool) -> Vec<u8> {
        match self {
            Self::Whole(bytes) => bytes.clone(),
            Self::Package(parts) => zipped(parts, is_packed),
            Self::Pdf(objects) => pdf(objects, is_packed),
        }
    }
}

fn zipped(parts: &[(String, Vec<u8>)], mut is_packed: impl FnMut() -> bool) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        let method = if is_packed() { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default().compression_method(method);
        // A name may come twice after a change; such a part is left out.
        if package.start_file(name.as_str(), options).is_ok() {
            let _ = package.write_all(contents);
        }
    }
    package.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn pdf(objects: &[(Vec<u8>, Vec<u8>)], mut is_packed: impl FnMut() -> bool) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n".to_vec();
    for (number, (about, stream)) in (1..).zip(objects) {
        pdf.extend(format!("{number} 0 obj <<").bytes());
        pdf.extend(about);
        if stream.is_empty() {
            pdf.extend(b">> endobj\n");
            continue;
        }
        let mut stream = stream.clone();
        if is_packed() {
            let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            let _ = packed.write_all(&stream);
            stream = packed.finish().unwrap_or_default();
            pdf.extend(b"/Filter/FlateDecode");
        }
        pdf.extend(format!("/Length {}>> stream\n", stream.len()).bytes());
        pdf.extend(&stream);
        pdf.extend(b"\nendstream endobj\n");
    }
    pdf.extend(b"trailer <</Root 1 0 R>>\n%%EOF");
    pdf
}
