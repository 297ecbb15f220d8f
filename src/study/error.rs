//! Errors of studies, in a researcher's words, with file, line and hint.

use std::path::Path;

use super::mistakes;

/// An error in the study or the codebook that stops the run before it begins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", location(file, *line))]
pub struct StudyError {
    /// The file as it was named; empty where there is none.
    pub file: String,
    /// Line in the file, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What was probably meant, or what to do; may be empty.
    pub hint: String,
}

impl StudyError {
    /// An error about a whole file.
    pub(crate) fn about(file: &Path, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { file: file.display().to_string(), line: None, message: message.into(), hint: hint.into() }
    }

    /// An error at a byte of a file's text.
    pub(crate) fn at(
        file: &Path,
        text: &str,
        byte: usize,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { line: Some(line_of(text, byte)), ..Self::about(file, message, hint) }
    }

    /// The TOML reader's error, with the key or value that was probably meant.
    pub(crate) fn from_toml(file: &Path, text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| line_of(text, span.start));
        let written = line.and_then(|line| text.lines().nth(line - 1)).unwrap_or_default();
        let (message, hint) =
            mistakes::advice(written, error.message()).unwrap_or_else(|| explain(error.message()));
        Self { line, ..Self::about(file, message, hint) }
    }
}

/// `study.toml:12: `; nothing where there is no file.
fn location(file: &str, line: Option<usize>) -> String {
    match line {
        _ if file.is_empty() => String::new(),
        None => format!("{file}: "),
        Some(line) => format!("{file}:{line}: "),
    }
}

/// The line, from 1, of a byte of a text.
pub(super) fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|&letter| letter == b'\n').count() + 1
}

/// Turns "unknown field `sed`, expected one of `title`, `seed`" into a sentence and a hint.
fn explain(message: &str) -> (String, String) {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let expected = quoted.get(1..).unwrap_or_default();
    if let Some(field) = quoted.first().filter(|_| message.starts_with("missing field")) {
        return mistakes::advice_on_missing(field).unwrap_or_else(|| (in_words(message), String::new()));
    }
    let kind = if message.starts_with("unknown field") {
        "key"
    } else if message.starts_with("unknown variant") {
        "value"
    } else {
        return (in_words(message), String::new());
    };
    let Some(written) = quoted.first() else { return (message.to_owned(), String::new()) };
    let hint = match (nearest(written, expected), mistakes::advice_on_unknown(written)) {
        (_, Some(advice)) if !expected.contains(written) && kind == "key" => advice,
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, _) if expected.is_empty() => String::new(),
        (None, _) => format!("known here: {}", expected.join(", ")),
    };
    (format!("unknown {kind} `{written}`"), hint)
}

/// "invalid value: integer `-1`, expected u64" without the names of types.
fn in_words(message: &str) -> String {
    let message = message.trim_end().replace('\n', " ").replace("` as i128", "`");
    let whole = ["u8", "u16", "u32", "u64", "usize"].map(|kind| format!("expected {kind}"));
    match whole.iter().find(|ending| message.ends_with(ending.as_str())) {
        Some(ending) => {
            message.replace(ending.as_str(), "expected a whole number, not below 0 and not that large")
        }
        None => message,
    }
}

/// The candidate that differs from `written` by a typing error.
pub(super) fn nearest<'a>(written: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let lower = written.to_lowercase();
    candidates
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(&lower, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        assert_eq!(nearest("intervewers", &["groups", "interviewers"]), Some("interviewers"));
        assert_eq!(nearest("colour", &["groups", "interviewers"]), None);
    }

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line_of("a\nb\nc", 0), 1);
        assert_eq!(line_of("a\nb\nc", 4), 3);
        assert_eq!(line_of("", 10), 1);
    }
}
