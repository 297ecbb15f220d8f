//! Confidentiality: names that the researcher lists are replaced by pseudonyms, addresses and telephone numbers are masked.
//!
//! This happens while transcripts are read, before there are character spans, so everything later sees only the replaced text. `names` finds
//! listed names, `fold` compares spellings, `mask` finds addresses and numbers, `tally` counts replacements, `mapping` reads the table of
//! names. Nothing here shows a name that it replaces.

mod fold;
mod mapping;
mod mask;
mod names;
mod shape;
mod tally;
#[cfg(test)]
mod tests;

pub use mask::Mask;
pub use tally::{Replacement, TranscriptPart};

pub use mapping::{Mapping, MappingError, read_mapping};
pub use names::NamesToReplace;
pub(crate) use tally::Tally;

use std::borrow::Cow;
use std::fmt;

use crate::corpus::Problem;
use names::Match;

/// Names to replace and kinds of text to mask; by default none.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pseudonyms {
    names: NamesToReplace,
    masks: Vec<Mask>,
}

/// Where a text stands, which decides how strictly names are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// Speech, a label or a value: whole words.
    Text,
    /// A file's name or an id: `_`, `-` and `.` stand for blanks, and names of four letters or more are found within words.
    Path,
    /// A message: names in small letters are replaced only within what it quotes.
    Message,
}

/// A part of a text that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    start: usize,
    end: usize,
    cause: Cause,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Cause {
    /// Index in the list of names.
    Name(usize),
    Masked(Mask),
}

impl Pseudonyms {
    /// Pseudonyms from a table of names and the kinds of text to mask.
    pub fn new(names: NamesToReplace, masks: Vec<Mask>) -> Self {
        Self { names, masks }
    }

    /// Number of listed names.
    pub fn names(&self) -> usize {
        self.names.entries().len()
    }

    /// The kinds of text that are masked.
    pub fn masks(&self) -> &[Mask] {
        &self.masks
    }

    /// Whether nothing is replaced or masked.
    pub fn is_empty(&self) -> bool {
        self.names.entries().is_empty() && self.masks.is_empty()
    }

    /// Names whose replacement is `shown`, for readers that need labels as the files write them.
    pub(crate) fn names_shown_as(&self, shown: &str) -> Vec<String> {
        let same = |written: &str| written.to_lowercase() == shown.to_lowercase();
        let entries = self.names.entries().iter().filter(|entry| same(&entry.replacement));
        entries.map(|entry| entry.name.clone()).collect()
    }

    /// The text as shown; what was replaced is counted.
    pub(crate) fn replace<'a>(&self, text: &'a str, within: TextKind, tally: &mut Tally) -> Cow<'a, str> {
        if self.is_empty() || text.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut parts: Vec<Part> = Vec::new();
        let masked = match within {
            TextKind::Text => mask::masked(text, &self.masks),
            // Messages may contain web addresses, and file names look like them.
            TextKind::Path | TextKind::Message => {
                let masks: Vec<Mask> =
                    self.masks.iter().copied().filter(|mask| *mask == Mask::Email).collect();
                mask::masked(text, &masks)
            }
        };
        let mut from = 0;
        for (start, end, mask) in masked {
            self.names_between(text, from, start, within, tally, &mut parts);
            parts.push(Part { start, end, cause: Cause::Masked(mask) });
            from = end;
        }
        self.names_between(text, from, text.len(), within, tally, &mut parts);
        if parts.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut shown = String::with_capacity(text.len());
        let mut from = 0;
        for Part { start, end, cause } in &parts {
            shown.push_str(text.get(from..*start).unwrap_or_default());
            let original = text.get(*start..*end).unwrap_or_default();
            match cause {
                Cause::Masked(mask) => {
                    shown.push_str(mask.shown());
                    tally.masked(*mask);
                }
                Cause::Name(index) => {
                    if let Some(entry) = self.names.entries().get(*index) {
                        shown.push_str(&shape::in_the_case_of(original, &entry.name, &entry.replacement));
                        tally.name(*index, entry, original);
                    }
                }
            }
            from = *end;
        }
        shown.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(shown)
    }

    /// The names in a stretch of text that is not masked.
    fn names_between(
        &self,
        text: &str,
        start: usize,
        end: usize,
        within: TextKind,
        tally: &mut Tally,
        parts: &mut Vec<Part>,
    ) {
        let Some(stretch) = text.get(start..end) else { return };
        for found in self.names.find(stretch, within) {
            match found {
                Match::Name { start: from, end: to, name } => {
                    parts.push(Part { start: start + from, end: start + to, cause: Cause::Name(name) });
                }
                Match::Inside { name } => tally.inside(name),
                Match::Replacement { of } => tally.replacement_seen(of),
            }
        }
    }

    /// A file name, an id or a path with names replaced. Nothing is counted.
    pub fn path(&self, path: &str) -> String {
        self.replace(path, TextKind::Path, &mut Tally::default()).into_owned()
    }

    /// A title, a value or a label with names replaced. Nothing is counted.
    pub fn text(&self, text: &str) -> String {
        self.replace(text, TextKind::Text, &mut Tally::default()).into_owned()
    }

    /// Whether a text contains a listed name.
    pub fn names_in(&self, text: &str) -> bool {
        self.names.find(text, TextKind::Text).any(|found| matches!(found, Match::Name { .. }))
    }

    /// A problem with names replaced in its sentences.
    pub fn problem(&self, problem: Problem) -> Problem {
        if self.is_empty() {
            return problem;
        }
        let mut uncounted = Tally::default();
        let mut shown = |text: &str, within| self.replace(text, within, &mut uncounted).into_owned();
        Problem {
            source: shown(&problem.source, TextKind::Path),
            message: shown(&problem.message, TextKind::Message),
            hint: shown(&problem.hint, TextKind::Message),
            ..problem
        }
    }

    /// Warnings about the table of names after everything was read. No message contains a name.
    pub(crate) fn warnings(&self, tally: &Tally) -> Vec<Problem> {
        tally.warnings(self.names.entries(), self.names.source())
    }
}

/// Shows the number of names but not the names, because this may end in a log.
impl fmt::Debug for Pseudonyms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pseudonyms").field("names", &self.names()).field("masks", &self.masks).finish()
    }
}
