//! Collects the problems of one file. A table with a broken column would report every row, so problems that differ only in their line are
//! listed up to a limit and counted beyond it.

use std::collections::BTreeMap;

use crate::corpus::{Problem, Severity};

/// Problems with the same words that are listed for one file; further ones are counted.
const MAX_LISTED: usize = 20;

/// A number with its noun: `1 row`, `3 rows`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Collects the problems of one file.
#[derive(Debug)]
pub struct ProblemLog {
    source: String,
    problems: Vec<Problem>,
    repeats: BTreeMap<(Severity, String), (usize, &'static str)>,
}

impl ProblemLog {
    /// An empty log for the file called `source`.
    pub fn new(source: &str) -> Self {
        Self { source: source.to_owned(), problems: Vec::new(), repeats: BTreeMap::new() }
    }

    /// Adds a problem of a line (from 1) or of the whole file. `code` is one of [`codes`](crate::codes) or of the caller.
    pub fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let message = message.into();
        let (seen, _) = self.repeats.entry((severity, message.clone())).or_insert((0, code));
        *seen += 1;
        if *seen > MAX_LISTED {
            return;
        }
        let mut problem =
            Problem::new(severity, self.source.clone(), message).with_code(code).with_hint(hint);
        problem.line = line;
        self.problems.push(problem);
    }

    /// The file's name.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Adds problems that were collected elsewhere.
    pub fn extend(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    /// Adds a note: something was guessed or read in another form than written.
    pub fn note(
        &mut self,
        code: &'static str,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Note, code, line, message, hint);
    }

    /// Adds a warning: something is doubtful.
    pub fn warning(
        &mut self,
        code: &'static str,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Warning, code, line, message, hint);
    }

    /// Adds an error: something was skipped.
    pub fn error(
        &mut self,
        code: &'static str,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Error, code, line, message, hint);
    }

    /// The problems in the order in which they were added, then one for each message that was added too often to be listed.
    pub fn finish(mut self) -> Vec<Problem> {
        for ((severity, message), (seen, code)) in &self.repeats {
            if *seen > MAX_LISTED {
                let more = seen - MAX_LISTED;
                let problem = Problem::new(
                    *severity,
                    self.source.clone(),
                    format!("{more} more lines with the same problem: {message}"),
                );
                self.problems.push(problem.with_code(code));
            }
        }
        self.problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    #[test]
    fn repeated_problems_are_listed_up_to_a_limit_and_then_counted() {
        let mut log = ProblemLog::new("a.csv");
        for line in 1..=1_000 {
            log.error(codes::ROW_LEFT_OUT, Some(line), "no text", "");
        }
        log.error(codes::ROW_LEFT_OUT, Some(7), "another thing", "");
        let problems = log.finish();
        assert_eq!(problems.len(), MAX_LISTED + 2);
        assert_eq!(problems[MAX_LISTED + 1].message, "980 more lines with the same problem: no text");
    }
}
