//! How bytes become text. A caller that recognises more encodings than the decoder that is built in, or that can read Word documents,
//! brings its own.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::diagnostics::Diagnostics;

/// Reads the texts of a project.
pub trait TextDecoder {
    /// The text of the project's XML. What was guessed goes to `diagnostics`.
    ///
    /// As provided: UTF-8 or UTF-16 by a byte order mark, UTF-8 without one, otherwise windows-1252.
    ///
    /// # Errors
    /// When the bytes are no text.
    fn decode(&self, bytes: &[u8], diagnostics: &mut Diagnostics) -> Result<String, TextError> {
        Ok(decoded(bytes, "the project's description", diagnostics).0)
    }

    /// The text of a Word document (`.docx`), a paragraph a line. It is asked for only where a source has no plain text.
    ///
    /// As provided: an error, because this crate does not read Word documents.
    ///
    /// # Errors
    /// When the document cannot be read.
    fn word_text(&self, bytes: &[u8], diagnostics: &mut Diagnostics) -> Result<String, TextError> {
        let _ = (bytes, diagnostics);
        Err(TextError {
            reason: "it is a Word document".to_owned(),
            hint: "export the project again with plain text".to_owned(),
        })
    }
}

/// The decoder that is built in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlainDecoder;

impl TextDecoder for PlainDecoder {}

/// Why a text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct TextError {
    /// What is wrong with it.
    pub reason: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

/// The text of bytes called `name`, without a byte order mark, and whether there was one.
pub(super) fn decoded(bytes: &[u8], name: &str, diagnostics: &mut Diagnostics) -> (String, bool) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
        return (text.into_owned(), true);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), false);
    }
    diagnostics.warning(
        None,
        format!("{name} is not UTF-8; it was read as windows-1252"),
        "look at its accents and quotation marks",
    );
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    (text.into_owned(), false)
}
