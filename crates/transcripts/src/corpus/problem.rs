//! Problems: everything that was skipped, guessed or doubtful, as values that end in the `problems` table.
//!
//! A stage that meets something odd goes on and returns one of these; nothing is printed here.

use std::fmt;

/// How much a problem cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was read differently than written, or guessed; nothing is lost.
    Note,
    /// The result is doubtful and a person should look.
    Warning,
    /// A file, a row or a piece of text was skipped: the run ends with exit status 2.
    Error,
}

impl Severity {
    /// The word used in the `problems` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that a researcher should know about their input or their result.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file as the study names it (relative to the study file), or the part of the study concerned.
    pub source: String,
    /// Line in that file, from 1, where there is one.
    pub line: Option<u64>,
    /// How much it cost.
    pub severity: Severity,
    /// What happened, one sentence without the text of the transcript.
    pub message: String,
    /// What to do about it, one sentence; may be empty.
    pub hint: String,
}

impl Problem {
    /// A problem with a whole source.
    pub fn new(severity: Severity, source: impl Into<String>, message: impl Into<String>) -> Self {
        Self { source: source.into(), line: None, severity, message: message.into(), hint: String::new() }
    }

    /// The same problem, at a line (from 1).
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same problem, with advice.
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
