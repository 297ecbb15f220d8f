//! The problems of one file while it is read. A table with a broken column would report every row, so
//! problems that differ only in their line are listed up to a limit and counted from there on.

use std::collections::BTreeMap;

use crate::corpus::{Problem, Severity};

/// So many problems with the same words are listed for one file; the rest is counted.
const LISTED: usize = 20;

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

    /// Adds a problem at a line (from 1), or of the whole file.
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
        if *seen > LISTED {
            return;
        }
        let mut problem =
            Problem::new(severity, self.source.clone(), message).with_code(code).with_hint(hint);
        problem.line = line;
        self.problems.push(problem);
    }

    /// The file that the problems are of.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Takes over problems that were found by another way.
    pub fn extend(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    /// Something was read differently than written.
    pub fn note(
        &mut self,
        code: &'static str,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Note, code, line, message, hint);
    }

    /// Something is doubtful.
    pub fn warning(
        &mut self,
        code: &'static str,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Warning, code, line, message, hint);
    }

    /// Something was skipped.
    pub fn error(
        &mut self,
        code: &'static str,
        line: Option<u64>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.add(Severity::Error, code, line, message, hint);
    }

    /// The problems in the order in which they were met, then one for each kind that was cut short.
    pub fn finish(mut self) -> Vec<Problem> {
        for ((severity, message), (seen, code)) in &self.repeats {
            if *seen > LISTED {
                let more = seen - LISTED;
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
        assert_eq!(problems.len(), LISTED + 2);
        assert_eq!(problems[LISTED + 1].message, "980 more lines with the same problem: no text");
    }
}
