//! REFI-QDA projects: guesses old encodings, and reads sources without plain text from their Word documents.

use refi_qda::package::PackageError;
use refi_qda::{Diagnostic, Diagnostics, TextDecoder, TextError};

use super::decode::decode;
use super::dialogue::docx::word_text;
use super::format::ReadError;
use super::problems::ProblemLog;
use crate::codes;
use crate::corpus::{Problem, Severity};

/// Reads the texts of a project as those of transcript files are read.
#[derive(Debug, Clone, Copy)]
pub struct ProjectDecoder;

impl TextDecoder for ProjectDecoder {
    fn decode(&self, bytes: &[u8], diagnostics: &mut Diagnostics) -> Result<String, TextError> {
        read_with(decode, bytes, diagnostics)
    }

    fn word_text(&self, bytes: &[u8], diagnostics: &mut Diagnostics) -> Result<String, TextError> {
        read_with(word_text, bytes, diagnostics)
    }
}

fn read_with(
    read: fn(&[u8], &mut ProblemLog) -> Result<String, ReadError>,
    bytes: &[u8],
    diagnostics: &mut Diagnostics,
) -> Result<String, TextError> {
    let mut log = ProblemLog::new("");
    let text = read(bytes, &mut log);
    for problem in log.finish() {
        let severity = match problem.severity {
            Severity::Note => refi_qda::Severity::Note,
            Severity::Warning => refi_qda::Severity::Warning,
            Severity::Error => refi_qda::Severity::Error,
        };
        diagnostics.add(severity, problem.line, problem.message, problem.hint);
    }
    text.map_err(|error| TextError { reason: error.to_string(), hint: error.hint().to_owned() })
}

/// The diagnostics of the project called `source` as problems.
pub fn problems_of(diagnostics: Vec<Diagnostic>, source: &str) -> Vec<Problem> {
    let problem = |diagnostic: Diagnostic| {
        let severity = match diagnostic.severity {
            refi_qda::Severity::Note => Severity::Note,
            refi_qda::Severity::Warning => Severity::Warning,
            refi_qda::Severity::Error => Severity::Error,
        };
        let problem = Problem::new(severity, source, diagnostic.message)
            .with_code(codes::PROJECT_DOUBTFUL)
            .with_hint(diagnostic.hint);
        Problem { line: diagnostic.line, ..problem }
    };
    diagnostics.into_iter().map(problem).collect()
}

impl From<PackageError> for ReadError {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::TooManyParts { limit } => Self::TooMany { what: "parts", limit },
            PackageError::Bomb { limit_mb } => Self::Bomb { limit_mb },
            PackageError::Locked => Self::Locked,
            PackageError::Damaged(reason) => Self::Damaged(reason),
            other => Self::Damaged(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use refi_qda::read_qdpx;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            package.start_file(*name, SimpleFileOptions::default()).unwrap();
            package.write_all(bytes).unwrap();
        }
        package.finish().unwrap().into_inner()
    }

    #[test]
    fn a_source_without_plain_text_is_read_from_its_word_document() {
        let word = packed(&[(
        "word/document.xml",
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>I: Why?</w:t></w:r></w:p><w:p><w:r><w:t>P01: No time.</w:t></w:r></w:p></w:body></w:document>"
            .as_bytes(),
    )]);
        let qde = "<Project><Sources><TextSource guid=\"00000000-0000-0000-0000-0000000000C1\" name=\"P01\" richTextPath=\"internal://a.docx\"/></Sources></Project>";
        let read = read_qdpx(
            &packed(&[("project.qde", qde.as_bytes()), ("sources/a.docx", &word)]),
            &ProjectDecoder,
        )
        .unwrap();
        assert_eq!(read.project.sources[0].text, "I: Why?\nP01: No time.");
        insta::assert_snapshot!(problems_of(read.diagnostics, "a.qdpx")[0], @"warning: a.qdpx: `P01` has no plain text in the project; it was read from its Word document (compare a few marked places with the other program, because positions are those of the plain text)");
    }

    #[test]
    fn faults_of_packages_are_told_in_the_same_words() {
        let faults = [
            PackageError::Damaged("its part `a` is missing".to_owned()),
            PackageError::TooManyParts { limit: 20_000 },
            PackageError::Bomb { limit_mb: 64 },
            PackageError::Locked,
        ];
        for fault in faults {
            let read = ReadError::from(fault.clone());
            assert_eq!((read.to_string().as_str(), read.hint()), (fault.to_string().as_str(), fault.hint()));
        }
    }
}
