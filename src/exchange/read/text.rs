//! The texts of a project's sources, out of its package: found in any folder of any case, kept as written, because positions count
//! every character of them.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::read::{Package, ProblemLog, ReadError, word_text};

/// Most megabytes of a text; a book has one. Each of its characters takes eight bytes while positions are looked up.
const LARGEST_MB: usize = 16;

/// A text as its file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawText {
    /// With its own line breaks, without a byte order mark.
    pub(super) text: String,
    /// Whether the file began with a byte order mark.
    pub(super) has_mark: bool,
}

/// Where texts come from.
pub(super) struct Texts<'a> {
    package: Package<'a>,
    /// Names of parts by their file names in small letters.
    by_file: BTreeMap<String, String>,
}

impl<'a> Texts<'a> {
    pub(super) fn in_package(package: Package<'a>) -> Self {
        let mut by_file = BTreeMap::new();
        for name in package.names() {
            let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
            by_file.entry(file).or_insert_with(|| name.to_owned());
        }
        Self { package, by_file }
    }

    /// The text that a path such as `internal://GUID.txt` names; none where it is not in the package.
    pub(super) fn at(&mut self, path: &str, log: &mut ProblemLog) -> Option<RawText> {
        self.file(path, log, |bytes, name, log| Ok(raw(bytes, name, log)))
    }

    /// The text of the Word document that a path names.
    pub(super) fn of_word(&mut self, path: &str, log: &mut ProblemLog) -> Option<RawText> {
        self.file(path, log, |bytes, _, log| Ok(RawText { text: word_text(bytes, log)?, has_mark: false }))
    }

    fn file(
        &mut self,
        path: &str,
        log: &mut ProblemLog,
        text: impl FnOnce(&[u8], &str, &mut ProblemLog) -> Result<RawText, ReadError>,
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
        let cannot = |error: &ReadError, log: &mut ProblemLog| {
            log.error(None, format!("the text {path} cannot be read: {error}"), error.hint());
            None
        };
        match self.package.part(&name) {
            Ok(bytes) if is_too_large(bytes.len(), path, log) => None,
            Ok(bytes) => match text(&bytes, &name, log) {
                Ok(text) => Some(text),
                Err(error) => cannot(&error, log),
            },
            Err(error) => cannot(&error, log),
        }
    }
}

/// Says so where a text is left out for its size.
fn is_too_large(bytes: usize, name: &str, log: &mut ProblemLog) -> bool {
    let is_too_large = bytes > LARGEST_MB * 1024 * 1024;
    if is_too_large {
        let message = format!("the text {name} is larger than {LARGEST_MB} MB and was left out");
        log.error(None, message, "split it in the program that it comes from");
    }
    is_too_large
}

/// A text that stands within the project's XML.
pub(super) fn within_xml(text: String, name: &str, log: &mut ProblemLog) -> Option<RawText> {
    if is_too_large(text.len(), name, log) { None } else { Some(RawText { text, has_mark: false }) }
}

/// A text from its bytes.
fn raw(bytes: &[u8], name: &str, log: &mut ProblemLog) -> RawText {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(length..).unwrap_or_default());
        return RawText { text: text.into_owned(), has_mark: true };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return RawText { text: text.to_owned(), has_mark: false };
    }
    log.warning(
        None,
        format!("{name} is not UTF-8; it was read as windows-1252"),
        "look at its accents and quotation marks",
    );
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    RawText { text: text.into_owned(), has_mark: false }
}
