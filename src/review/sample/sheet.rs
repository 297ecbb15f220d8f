//! The coding sheet: its columns and rows, the same for the workbook and for CSV.
//!
//! A coder must not know what the machine said of a segment, so nothing here comes from scores or labels: only the segments of a coder, in
//! random order, with the talk around them and an empty cell for each theme.

use transcripts::Transcript;

use super::surroundings::surroundings;
use crate::results::Segment;
use crate::table::locator;

/// Columns before the themes.
pub(in crate::review) const ID: &str = "segment_id";
pub(in crate::review) const INTERVIEW: &str = "interview";
pub(in crate::review) const WHERE: &str = "where";
pub(in crate::review) const BEFORE: &str = "said before";
pub(in crate::review) const TEXT: &str = "text";
pub(in crate::review) const AFTER: &str = "said after";
/// Columns after the themes.
pub(in crate::review) const NONE: &str = "none of these";
pub(in crate::review) const OTHER: &str = "other theme";
pub(in crate::review) const MEMO: &str = "memo";
pub(in crate::review) const SAMPLE: &str = "sample";
/// A column that a coding sheet may have: who coded the row.
pub(in crate::review) const CODER: &str = "coder";
/// All that are not themes.
pub(in crate::review) const FIXED: [&str; 11] =
    [ID, INTERVIEW, WHERE, BEFORE, TEXT, AFTER, NONE, OTHER, MEMO, SAMPLE, CODER];

/// The heading of a theme: its name, with a word in front where another column has this name.
pub(in crate::review) fn theme_heading(theme: &str) -> String {
    let is_taken = FIXED.iter().any(|fixed| *fixed == theme.trim().to_lowercase());
    if is_taken { format!("theme: {theme}") } else { theme.to_owned() }
}

/// A row before anybody codes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetRow {
    pub(super) segment_id: String,
    pub(super) interview: String,
    pub(super) location: String,
    pub(super) before: String,
    pub(super) text: String,
    pub(super) after: String,
}

impl SheetRow {
    pub(super) fn of(transcript: &Transcript, segment: &Segment) -> Self {
        let (before, after) = surroundings(transcript, segment);
        Self {
            segment_id: segment.id.to_string(),
            interview: transcript.id.clone(),
            location: locator(transcript, segment),
            before,
            text: segment.passage.text.to_string(),
            after,
        }
    }

    /// The cells before the themes.
    pub(super) fn cells(&self) -> [&str; 6] {
        [&self.segment_id, &self.interview, &self.location, &self.before, &self.text, &self.after]
    }
}

/// The sheet of one coder.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CodingSheet {
    pub(super) study: String,
    pub(super) coder: String,
    /// Key of the sample, for the last column.
    pub(super) key: String,
    pub(super) themes: Vec<ThemeEntry>,
    pub(super) rows: Vec<SheetRow>,
    /// Whether the rows are whole interviews, to be read until every theme has come up.
    pub(super) is_of_interviews: bool,
}

/// A theme as the coder sees it; all but the name may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ThemeEntry {
    pub(super) name: String,
    pub(super) definition: String,
    pub(super) include: String,
    pub(super) exclude: String,
    pub(super) examples: String,
}

impl CodingSheet {
    /// The headings, in order.
    pub(super) fn headings(&self) -> Vec<String> {
        let before = [ID, INTERVIEW, WHERE, BEFORE, TEXT, AFTER].map(str::to_owned);
        let themes = self.themes.iter().map(|theme| theme_heading(&theme.name));
        let after = [NONE, OTHER, MEMO, SAMPLE].map(str::to_owned);
        before.into_iter().chain(themes).chain(after).collect()
    }

    /// The rows as text, a cell a heading.
    pub(super) fn cells(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let empty = self.themes.len() + 3;
        self.rows.iter().map(move |row| {
            let mut cells: Vec<String> = row.cells().map(str::to_owned).into();
            cells.extend(std::iter::repeat_n(String::new(), empty));
            cells.push(self.key.clone());
            cells
        })
    }
}
