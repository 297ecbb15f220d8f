//! What a reader reports about a file, as values. A broken file may have the same fault in each of its elements, so diagnostics that
//! differ only in their line are listed up to a limit and counted from there on.

use std::collections::BTreeMap;
use std::fmt;

/// Diagnostics with the same words that are listed; further ones are counted.
const MAX_LISTED: usize = 20;

/// How much was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was read differently than written, or guessed; nothing is lost.
    Note,
    /// The result is doubtful and a person should look.
    Warning,
    /// Something was left out.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Something in a file that could not be used, is doubtful or was guessed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// How much was lost.
    pub severity: Severity,
    /// Line of the project's XML, from 1, where there is one.
    pub line: Option<u64>,
    /// What happened, in one sentence.
    pub message: String,
    /// What to do about it, in one sentence; may be empty.
    pub hint: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.severity)?;
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)?;
        if !self.hint.is_empty() {
            write!(f, " ({})", self.hint)?;
        }
        Ok(())
    }
}

/// Collects the diagnostics of one file.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    listed: Vec<Diagnostic>,
    counts: BTreeMap<(Severity, String), usize>,
}

impl Diagnostics {
    /// Adds a diagnostic, of a line (from 1) or of the whole file.
    pub fn add(
        &mut self,
        severity: Severity,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let message = message.into();
        let count = self.counts.entry((severity, message.clone())).or_insert(0);
        *count += 1;
        if *count <= MAX_LISTED {
            self.listed.push(Diagnostic { severity, line, message, hint: hint.into() });
        }
    }

    /// Whether a further diagnostic with these words would be listed and not only counted.
    pub(crate) fn would_list(&self, severity: Severity, message: &str) -> bool {
        self.counts.get(&(severity, message.to_owned())).is_none_or(|count| *count < MAX_LISTED)
    }

    /// Something was read differently than written.
    pub(crate) fn note(&mut self, line: Option<u64>, message: impl Into<String>, hint: impl Into<String>) {
        self.add(Severity::Note, line, message, hint);
    }

    /// Something is doubtful.
    pub(crate) fn warning(&mut self, line: Option<u64>, message: impl Into<String>, hint: impl Into<String>) {
        self.add(Severity::Warning, line, message, hint);
    }

    /// Something was left out.
    pub(crate) fn error(&mut self, line: Option<u64>, message: impl Into<String>, hint: impl Into<String>) {
        self.add(Severity::Error, line, message, hint);
    }

    /// The diagnostics in the order in which they were added, then one for each message that was added too often to be listed.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        for ((severity, message), count) in &self.counts {
            if *count > MAX_LISTED {
                self.listed.push(Diagnostic {
                    severity: *severity,
                    line: None,
                    message: format!("{} more lines with the same problem: {message}", count - MAX_LISTED),
                    hint: String::new(),
                });
            }
        }
        self.listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_messages_are_listed_up_to_a_limit_and_then_counted() {
        let mut diagnostics = Diagnostics::default();
        for line in 1..=1_000 {
            diagnostics.error(Some(line), "no text", "");
        }
        diagnostics.error(Some(7), "another thing", "look at it");
        let listed = diagnostics.finish();
        assert_eq!(listed.len(), MAX_LISTED + 2);
        assert_eq!(listed[MAX_LISTED].to_string(), "error: line 7: another thing (look at it)");
        assert_eq!(
            listed[MAX_LISTED + 1].to_string(),
            "error: 980 more lines with the same problem: no text"
        );
    }
}
