//! Problems: everything that was skipped, guessed or doubtful.
//!
//! Reading never stops at a faulty file and never prints. It returns problems as values.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::codes;

/// An alias, because serde would borrow from its input for a field that it sees to be a reference.
type Word = &'static str;

/// How serious a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was guessed or read in another form than written. Nothing is lost.
    Note,
    /// The result may be wrong; a person should look.
    Warning,
    /// A file, a row or a piece of text was skipped.
    Error,
}

impl Severity {
    /// The severity as a word: `note`, `warning` or `error`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that a researcher should know about the input or the result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The file's name as the plan gives it, or the part of the plan concerned.
    pub source: String,
    /// Line in that file, from 1, if it is about one.
    pub line: Option<u64>,
    /// How serious it is.
    pub severity: Severity,
    /// What happened, in one sentence.
    pub message: String,
    /// What to do about it, in one sentence; may be empty.
    pub hint: String,
    /// The kind of problem as a stable word; see [`codes`](crate::codes).
    #[serde(deserialize_with = "known_code")]
    pub code: Word,
}

impl Problem {
    /// A problem of a whole source, with the code [`codes::OTHER`].
    pub fn new(severity: Severity, source: impl Into<String>, message: impl Into<String>) -> Self {
        let (source, message) = (source.into(), message.into());
        Self { source, line: None, severity, message, hint: String::new(), code: codes::OTHER }
    }

    /// Sets the line, from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Sets the code.
    #[must_use]
    pub fn with_code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// Sets the advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.severity.as_str(), self.source)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, " ({})", self.hint)?;
        }
        Ok(())
    }
}

/// The code of this name; [`codes::OTHER`] for one that this crate does not have.
fn known_code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let name = String::deserialize(deserializer)?;
    Ok(codes::ALL.iter().copied().find(|known| *known == name).unwrap_or(codes::OTHER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_the_same_after_json() {
        let problem = Problem::new(Severity::Warning, "P01.txt", "times run backwards")
            .at_line(7)
            .with_code(codes::TIME_DOUBTFUL);
        let json = serde_json::to_string(&problem).unwrap();
        insta::assert_snapshot!(json, @r#"{"source":"P01.txt","line":7,"severity":"warning","message":"times run backwards","hint":"","code":"time-doubtful"}"#);
        assert_eq!(serde_json::from_str::<Problem>(&json).unwrap(), problem);
    }
}
