//! Finds attributes among the further columns of a table: those with one value within each transcript.

use super::cell::Row;
use super::headings::Layout;
use crate::codes;
use crate::read::format::Draft;
use crate::read::problems::ProblemLog;

/// Finds the columns that have one value within each transcript.
pub(super) struct Attributes<'a> {
    layout: &'a Layout,
    /// By transcript: the values of its first row; none for columns that turned out to be no attribute.
    first: Vec<Vec<String>>,
    /// By further column: the first line at which a transcript has a second value.
    varies: Vec<Option<u64>>,
    /// By further column: whether it holds lists or objects.
    nested: Vec<bool>,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(layout: &'a Layout) -> Self {
        let columns = layout.further.len();
        Self { layout, first: Vec::new(), varies: vec![None; columns], nested: vec![false; columns] }
    }

    /// Adds a row of the transcript at `index`.
    pub(super) fn see(&mut self, index: usize, row: &Row) {
        let is_new = index == self.first.len();
        if is_new {
            self.first.push(vec![String::new(); self.layout.further.len()]);
        }
        for (at, column) in self.layout.further.iter().enumerate() {
            if self.nested[at] || self.varies[at].is_some() {
                continue;
            }
            let Some(value) = row.cell(*column).as_text() else {
                self.nested[at] = true;
                continue;
            };
            if is_new {
                self.first[index][at] = value;
            } else if self.first[index][at] != value {
                self.varies[at] = Some(row.line);
            }
        }
    }

    /// Writes the attributes into the transcripts and reports which columns were not used.
    pub(super) fn give(self, drafts: &mut [Draft], columns: &[String], log: &mut ProblemLog) {
        for (at, column) in self.layout.further.iter().enumerate() {
            let name = columns[*column].trim();
            if self.nested[at] {
                log.note(
                    codes::COLUMN_LEFT_OUT,
                    None,
                    format!("column `{name}` holds lists or objects and was not used"),
                    "",
                );
            } else if let Some(line) = self.varies[at] {
                log.note(
                    codes::COLUMN_LEFT_OUT,
                    Some(line),
                    format!("column `{name}` was not used: it changes within a transcript, so it is no attribute of one"),
                    "",
                );
            } else if self.first.iter().any(|values| !values[at].is_empty()) {
                for (draft, values) in drafts.iter_mut().zip(&self.first) {
                    draft.attributes.push((name.to_owned(), values[at].clone()));
                }
            }
        }
    }
}
