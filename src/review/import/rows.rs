//! One row of a sheet: which segment it is about, who coded it, and what they said; or why it cannot be used.

use transcripts::tables::Row;

use super::columns::{SheetColumns, sample_cell};
use super::samples::Samples;
use crate::results::codes;
use crate::review::answer_words::{Answer, answer};
use crate::review::sample::design::words_digest;
use crate::review::sample::sheet::{CODER, ID, MEMO, NONE, OTHER, TEXT};
use crate::table::unguarded;

/// A row that somebody coded, or wrote a memo in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CodedRow {
    /// The file as problems show it, and the row in it.
    pub(super) file: String,
    pub(super) number: u64,
    pub(super) sample: u32,
    /// Index of the segment in the sample's design.
    pub(super) segment: usize,
    pub(super) coder: String,
    /// Answers by the name of the theme; none where the coder could not tell. Empty for a row that is not done.
    pub(super) answers: Vec<(String, Option<bool>)>,
    pub(super) other: Vec<String>,
    pub(super) memo: String,
    /// Whether the coder wants the segment quoted in the paper.
    pub(super) paper: bool,
}

/// The result of reading a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    Coded(CodedRow),
    /// Nothing is filled in.
    NotDone,
    Refused(Refusal),
}

/// Why a row cannot be used, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) hint: &'static str,
    pub(super) code: &'static str,
}

impl Refusal {
    fn new(reason: impl Into<String>, hint: &'static str) -> Self {
        Self { reason: reason.into(), hint, code: codes::ANSWER_DOUBTFUL }
    }
}

/// A warning about a row that is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum RowWarning {
    TextChanged,
    FoundByText,
}

/// The sheet of the rows.
pub(super) struct SheetContext<'a> {
    pub(super) file: &'a str,
    pub(super) columns: &'a SheetColumns,
    pub(super) samples: &'a Samples,
    /// The sample of rows that do not name theirs.
    pub(super) sample: u32,
    /// The coder of rows that do not name theirs.
    pub(super) coder: Option<&'a str>,
    /// Names as they are known already.
    pub(super) known_coders: &'a [String],
}

fn refused(reason: impl Into<String>, hint: &'static str) -> Outcome {
    Outcome::Refused(Refusal::new(reason, hint))
}

impl SheetContext<'_> {
    /// The result of reading a row, and a warning about it.
    pub(super) fn read(&self, row: &Row) -> (Outcome, Option<RowWarning>) {
        let themes = match self.themes(row) {
            Ok(themes) => themes,
            Err(refusal) => return (Outcome::Refused(refusal), None),
        };
        let Some(none) = answer(self.columns.cell(row, NONE)) else {
            let cell = shown(self.columns.cell(row, NONE));
            let reason = format!("`{cell}` under `{NONE}` is not understood");
            return (refused(reason, "write x if no theme applies, else leave it empty"), None);
        };
        let other = match answer(self.columns.cell(row, OTHER)) {
            Some(Answer::Empty | Answer::No) => "",
            _ => self.columns.cell(row, OTHER).trim(),
        };
        let is_filled = themes.iter().any(|(_, answer)| *answer != Answer::Empty);
        let memo = self.columns.cell(row, MEMO).trim();
        let is_done = is_filled || none == Answer::Yes || !other.is_empty();
        if !is_done && memo.is_empty() {
            return (Outcome::NotDone, None);
        }
        let themes = if is_done { themes } else { Vec::new() };
        if none == Answer::Yes && themes.iter().any(|(_, answer)| *answer == Answer::Yes) {
            let outcome = refused(
                format!("the row says both `{NONE}` and a theme"),
                "ask the coder which it is, and take the other away",
            );
            return (outcome, None);
        }
        let (number, segment, warning) = match self.segment(row) {
            Ok(found) => found,
            Err(refusal) => return (Outcome::Refused(refusal), None),
        };
        let named = self.columns.cell(row, CODER).trim();
        let Some(coder) = Some(named).filter(|name| !name.is_empty()).or(self.coder) else {
            let hint = "call the file codes-NAME.xlsx as it was";
            let refusal = Refusal {
                code: codes::CODER_UNKNOWN,
                ..Refusal::new("nobody knows whose codes these are", hint)
            };
            return (Outcome::Refused(refusal), None);
        };
        let said = |answer| match answer {
            Answer::Yes => Some(true),
            Answer::Empty | Answer::No => Some(false),
            Answer::Unsure => None,
        };
        let coded = CodedRow {
            file: self.file.to_owned(),
            number: row.number as u64,
            sample: number,
            segment,
            coder: super::coder::as_known(coder, self.known_coders),
            answers: themes.into_iter().map(|(theme, answer)| (theme, said(answer))).collect(),
            other: Some(other.to_owned()).filter(|other| !other.is_empty()).into_iter().collect(),
            memo: memo.to_owned(),
            paper: false,
        };
        (Outcome::Coded(coded), warning)
    }

    fn themes(&self, row: &Row) -> Result<Vec<(String, Answer)>, Refusal> {
        let one = |column: &super::columns::ThemeColumn| {
            let cell = row.cells.get(&column.column).map_or("", |cell| unguarded(cell));
            let answer = answer(cell).ok_or_else(|| {
                Refusal::new(
                    format!("`{}` under `{}` is not understood", shown(cell), column.theme),
                    "write x, no or ?, or leave the cell empty",
                )
            })?;
            Ok((column.theme.clone(), answer))
        };
        self.columns.themes.iter().map(one).collect()
    }

    /// The sample and the segment that a row is about.
    fn segment(&self, row: &Row) -> Result<(u32, usize, Option<RowWarning>), Refusal> {
        let refusal = |reason: String, hint| Err(Refusal::new(reason, hint));
        let key = sample_cell(self.columns, row);
        let by_key = self.samples.iter().find(|(_, sample)| sample.record.key.eq_ignore_ascii_case(key));
        let (number, sample) = match by_key {
            Some((number, sample)) => (*number, sample),
            None if key.is_empty() => match self.samples.get(&self.sample) {
                Some(sample) => (self.sample, sample),
                None => {
                    return refusal(
                        "its sample is not known".to_owned(),
                        "leave the column `sample` as it was",
                    );
                }
            },
            None => {
                let reason =
                    format!("it is of the sample `{}`, which was not drawn from this run", shown(key));
                return refusal(reason, "import the sheet into the output folder that it was drawn from");
            }
        };
        let id = self.columns.cell(row, ID).trim();
        let text = self.columns.cell(row, TEXT);
        let digest = (!text.trim().is_empty()).then(|| words_digest(text));
        let by_text = digest.as_deref().and_then(|digest| sample.with_words(digest));
        let by_id = sample.with_id(id).and_then(|index| sample.rows.get(index).map(|row| (index, row)));
        match (by_id, by_text) {
            (Some((_, row)), None) if !row.drawn => refusal(
                format!(
                    "the segment `{}` was not drawn, so its chance of being coded is not known",
                    shown(id)
                ),
                "only rows that the sheet had can be used",
            ),
            (Some((index, row)), Some(other))
                if other != index && Some(&row.words_digest) != digest.as_ref() =>
            {
                refusal(
                    format!("its id is that of `{}` and its text that of another segment", shown(id)),
                    "a column was sorted or moved without the others; go back to an earlier copy of the sheet",
                )
            }
            (Some((index, row)), _) => {
                let is_changed = digest.is_some_and(|digest| digest != row.words_digest);
                Ok((number, index, is_changed.then_some(RowWarning::TextChanged)))
            }
            (None, Some(index)) => Ok((number, index, Some(RowWarning::FoundByText))),
            (None, None) if id.is_empty() => refusal(
                "it does not say its segment".to_owned(),
                "put back the id and the text of the row as they were",
            ),
            (None, None) => refusal(
                format!("the sample has no segment `{}`", shown(id)),
                "put back the ids as they were; spreadsheets may take some for times",
            ),
        }
    }
}

/// A cell as a message shows it: one line, not long.
fn shown(cell: &str) -> String {
    const LETTERS: usize = 40;
    let line = cell.split_whitespace().collect::<Vec<&str>>().join(" ");
    if line.chars().count() <= LETTERS {
        line
    } else {
        format!("{}…", line.chars().take(LETTERS).collect::<String>())
    }
}
