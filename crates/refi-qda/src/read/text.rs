//! Texts of sources and notes in the package of a project. They are found in any folder of any case, and kept as written, because
//! positions count all of their characters.

use std::collections::BTreeMap;

use super::decoder::{TextDecoder, TextError, decoded};
use crate::diagnostics::Diagnostics;
use crate::package::Package;

/// Megabytes of a text; a book has one. Converting positions takes eight bytes for each of its characters.
const MAX_MB: usize = 16;

/// A text as in its file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawText {
    /// With its own line breaks, without a byte order mark.
    pub(super) text: String,
    /// Whether the file began with a byte order mark.
    pub(super) has_mark: bool,
}

/// The texts of a package.
pub(super) struct Texts<'a> {
    package: Package<'a>,
    decoder: &'a dyn TextDecoder,
    /// Names of parts by their file names without folders, in small letters.
    by_file: BTreeMap<String, String>,
}

impl<'a> Texts<'a> {
    pub(super) fn in_package(package: Package<'a>, decoder: &'a dyn TextDecoder) -> Self {
        let mut by_file = BTreeMap::new();
        for name in package.names() {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
            by_file.entry(file).or_insert_with(|| name.to_owned());
        }
        Self { package, decoder, by_file }
    }

    /// The text at a path such as `internal://GUID.txt`; none, and a diagnostic, where it cannot be read.
    pub(super) fn at(&mut self, path: &str, log: &mut Diagnostics) -> Option<RawText> {
        self.file(path, log, |bytes, name, log| {
            let (text, has_mark) = decoded(bytes, name, log);
            Ok(RawText { text, has_mark })
        })
    }

    /// The text of the Word document at a path.
    pub(super) fn of_word(&mut self, path: &str, log: &mut Diagnostics) -> Option<RawText> {
        let decoder = self.decoder;
        self.file(path, log, |bytes, _, log| {
            Ok(RawText { text: decoder.word_text(bytes, log)?, has_mark: false })
        })
    }

    fn file(
        &mut self,
        path: &str,
        log: &mut Diagnostics,
        text: impl FnOnce(&[u8], &str, &mut Diagnostics) -> Result<RawText, TextError>,
    ) -> Option<RawText> {
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
        let Some(name) = self.by_file.get(&file).filter(|_| !file.is_empty()).cloned() else {
            log.error(
                None,
                format!("the text {path} is not in the project"),
                "export the project again, with its sources inside",
            );
            return None;
        };
        let cannot = |reason: String, hint: &str, log: &mut Diagnostics| {
            log.error(None, format!("the text {path} cannot be read: {reason}"), hint);
            None
        };
        match self.package.part(&name) {
            Ok(bytes) if is_too_large(bytes.len(), path, log) => None,
            Ok(bytes) => match text(&bytes, &name, log) {
                Ok(text) => Some(text),
                Err(error) => cannot(error.reason, &error.hint, log),
            },
            Err(error) => cannot(error.to_string(), error.hint(), log),
        }
    }
}

/// Whether a text is left out for its size, which is reported.
fn is_too_large(bytes: usize, name: &str, log: &mut Diagnostics) -> bool {
    let is_too_large = bytes > MAX_MB * 1024 * 1024;
    if is_too_large {
        let message = format!("the text {name} is larger than {MAX_MB} MB and was left out");
        log.error(None, message, "split it in the program that it comes from");
    }
    is_too_large
}

/// A text within the project's XML.
pub(super) fn within_xml(text: String, name: &str, log: &mut Diagnostics) -> Option<RawText> {
    if is_too_large(text.len(), name, log) { None } else { Some(RawText { text, has_mark: false }) }
}
