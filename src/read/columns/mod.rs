//! From the rows of a table to transcripts, for CSV, Excel, JSON lines and Parquet alike: which column is which, what a
//! cell means, and which further columns are attributes.

pub(crate) mod csv;
pub(crate) mod jsonl;
pub(crate) mod parquet;
pub(crate) mod participants;
pub(crate) mod sheets;
pub(crate) mod survey;
pub(crate) mod workbook;
pub(crate) mod xlsx;

use std::collections::BTreeMap;

use crate::read::format::{Draft, DraftTurn, ReadError};
use crate::read::problems::{ProblemLog, counted};
use crate::read::times::{moment, seconds_to_ms};

/// A cell as a table format gives it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Words, or a number as a text format writes it.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A list or an object.
    Nested,
}

impl Cell {
    /// The cell as text; none for lists and objects.
    fn as_text(&self) -> Option<String> {
        match self {
            Self::Empty => Some(String::new()),
            Self::Text(text) => Some(text.trim().to_owned()),
            Self::Integer(number) => Some(number.to_string()),
            Self::Number(number) => Some(number.to_string()),
            Self::Truth(truth) => Some(truth.to_string()),
            Self::Nested => None,
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Number(number) => whole(*number),
            Self::Text(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
            }
            _ => None,
        }
    }
}

/// A number without a fraction that an `f64` holds exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(number as i64)
}

/// A row of a table; cells beyond its end are empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// Line in the file on which the row begins, or the row's number where the format has no lines; from 1.
    pub(crate) line: u64,
    /// The cells, by column.
    pub(crate) cells: Vec<Cell>,
}

impl Row {
    fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// A whole table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table {
    /// Names of the columns as written.
    pub(crate) columns: Vec<String>,
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// Cells in all rows.
    pub(crate) cells: usize,
}

/// Most cells of a table; with more, it is read in parts.
pub(crate) const MOST_CELLS: usize = 50_000_000;

impl Table {
    /// Adds a row.
    ///
    /// # Errors
    /// [`ReadError::TooMany`] when the table grows beyond [`MOST_CELLS`].
    pub(crate) fn push(&mut self, row: Row) -> Result<(), ReadError> {
        self.cells += row.cells.len();
        if self.cells > MOST_CELLS {
            return Err(ReadError::TooMany { what: "cells", limit: MOST_CELLS });
        }
        self.rows.push(row);
        Ok(())
    }
}

/// The column that holds what was said, and its other names in order of preference.
const TEXT: &[&str] = &[
    "text",
    "words",
    "utterance",
    "content",
    "answer",
    "response",
    "transcript",
    "transcription",
    "transcript_text",
    "speech",
    "sentence",
    "dialog",
    "dialogue",
    "dialog_text",
    "sentences",
    "turn_text",
    "message",
    "body",
    "quote",
];
const SPEAKER: &[&str] = &["speaker", "speaker_name", "speaker_label", "speaker_id", "who", "name"];
const START_MS: &[&str] = &["start_ms", "startms", "begin_ms"];
const END_MS: &[&str] = &["end_ms", "endms"];
const START: &[&str] = &[
    "start",
    "timestamp",
    "start_time",
    "starttime",
    "start_(s)",
    "start_seconds",
    "start_sec",
    "start_timestamp",
    "begin",
    "begin_time",
    "timecode",
    "time",
    "in",
];
const END: &[&str] =
    &["end", "end_time", "endtime", "end_(s)", "end_seconds", "end_sec", "end_timestamp", "stop", "out"];

/// Names of columns that may have been meant as `transcript_id`.
const LIKE_AN_ID: &[&str] = &[
    "id",
    "interview",
    "interview_id",
    "participant",
    "participant_id",
    "respondent",
    "file",
    "filename",
    "case",
];

/// A column's name as it is compared: small letters, one `_` for blanks and hyphens.
pub(crate) fn fold_column(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Which columns mean what.
struct Layout {
    transcript: Option<usize>,
    index: Option<usize>,
    speaker: Option<usize>,
    text: usize,
    start_ms: Option<usize>,
    end_ms: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    /// All other columns that have a name.
    further: Vec<usize>,
}

/// Whether a table with these columns holds transcripts, as far as one can tell.
pub(crate) fn has_text_column<'a>(columns: impl IntoIterator<Item = &'a str>) -> bool {
    columns.into_iter().any(|name| TEXT.contains(&fold_column(name).as_str()))
}

/// How many of these columns have a meaning; none without a column of text.
pub(crate) fn known_columns(columns: &[&str]) -> usize {
    if !has_text_column(columns.iter().copied()) {
        return 0;
    }
    let groups = [&["transcript_id", "turn_index"], TEXT, SPEAKER, START_MS, END_MS, START, END, LIKE_AN_ID];
    let is_known = |name: &&&str| groups.iter().any(|group| group.contains(&fold_column(name).as_str()));
    columns.iter().filter(is_known).count()
}

/// Whether a column of this folded name holds what was said, or when: what belongs to its row alone.
pub(crate) fn stays_in_its_row(name: &str) -> bool {
    [&["turn_index"], TEXT, START_MS, END_MS, START, END].iter().any(|group| group.contains(&name))
}

fn layout_of(columns: &[String], log: &mut ProblemLog) -> Result<Layout, ReadError> {
    let folded: Vec<String> = columns.iter().map(|name| fold_column(name)).collect();
    let find = |names: &[&str]| names.iter().find_map(|name| folded.iter().position(|column| column == name));
    let Some(text) = find(TEXT) else {
        let mut names: Vec<String> = columns.iter().take(20).map(|name| format!("`{name}`")).collect();
        if columns.len() > 20 {
            names.push("…".to_owned());
        }
        return Err(ReadError::NoTextColumn { columns: names.join(", ") });
    };
    if folded[text] != "text" {
        log.note(
            None,
            format!("column `{}` was read as the text", columns[text].trim()),
            "call it `text` to be sure",
        );
    }
    let transcript = find(&["transcript_id"]);
    if transcript.is_none()
        && let Some(like) = find(LIKE_AN_ID)
    {
        log.note(
            None,
            "there is no column `transcript_id`, so the whole file is one transcript",
            format!(
                "if `{}` says which interview a row belongs to, call it `transcript_id`",
                columns[like].trim()
            ),
        );
    }
    if let Some(speaker) = find(SPEAKER).filter(|at| matches!(folded[*at].as_str(), "name" | "who")) {
        log.note(
            None,
            format!("column `{}` was read as the speaker", columns[speaker].trim()),
            "call it `speaker` to be sure",
        );
    }
    let mut layout = Layout {
        transcript,
        index: find(&["turn_index"]),
        speaker: find(SPEAKER),
        text,
        start_ms: find(START_MS),
        end_ms: find(END_MS),
        start: find(START),
        end: find(END),
        further: Vec::new(),
    };
    let used = [
        layout.transcript,
        layout.index,
        layout.speaker,
        Some(text),
        layout.start_ms,
        layout.end_ms,
        layout.start,
        layout.end,
    ];
    layout.further =
        (0..columns.len()).filter(|at| !used.contains(&Some(*at)) && !folded[*at].is_empty()).collect();
    Ok(layout)
}

/// The transcripts in a table, in the order in which they first come.
///
/// # Errors
/// When there is no column with the text.
pub(crate) fn transcripts_of(table: &Table, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
    if survey::is_survey(&table.columns) {
        return Ok(survey::respondents_of(table, log));
    }
    let layout = layout_of(&table.columns, log).map_err(|error| wide(table).unwrap_or(error))?;
    let mut drafts: Vec<Draft> = Vec::new();
    let mut place_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut attributes = Attributes::new(&layout);
    let mut empty: Option<(u64, usize)> = None;
    for row in &table.rows {
        let Some((id, turn)) = turn_of(row, &layout, log) else { continue };
        if turn.text.trim().is_empty() {
            empty = Some(empty.map_or((row.line, 1), |(line, count)| (line, count + 1)));
            continue;
        }
        let key = id.clone().unwrap_or_default();
        let place = *place_of.entry(key).or_insert_with(|| {
            drafts.push(Draft { id, ..Draft::default() });
            drafts.len() - 1
        });
        attributes.see(place, row);
        drafts[place].turns.push(turn);
    }
    if let Some((line, count)) = empty {
        log.note(
            Some(line),
            format!("{} left out", counted(count, "row without text was", "rows without text were")),
            "",
        );
    }
    attributes.give(&mut drafts, &table.columns, log);
    if layout.index.is_some() {
        check_order(&drafts, log);
    }
    Ok(drafts)
}

/// What a table without a column of text is when several of its columns hold long answers.
fn wide(table: &Table) -> Option<ReadError> {
    let open = survey::open_answers(&table.rows, table.columns.len());
    let named = |at: &usize| table.columns.get(*at).map(|name| format!("`{}`", name.trim()));
    let mut columns: Vec<String> = open.iter().take(20).filter_map(named).collect();
    if open.len() > 20 {
        columns.push("…".to_owned());
    }
    (columns.len() > 1).then(|| ReadError::Wide { columns: columns.join(", ") })
}

/// A row's transcript and turn; none, with an error in the log, when it cannot be used.
fn turn_of(row: &Row, layout: &Layout, log: &mut ProblemLog) -> Option<(Option<String>, DraftTurn)> {
    let line = Some(row.line);
    let text = match row.cell(layout.text) {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        _ => {
            log.error(
                line,
                "the text of this row is not words, so the row was left out",
                "write what was said as text",
            );
            return None;
        }
    };
    let id = match layout.transcript.map(|column| row.cell(column)) {
        None => None,
        Some(cell) => match cell.as_text().filter(|id| !id.is_empty()) {
            Some(id) => Some(id),
            None if text.trim().is_empty() => return None,
            None => {
                log.error(
                    line,
                    "this row has no `transcript_id`, so it was left out",
                    "say which interview it belongs to",
                );
                return None;
            }
        },
    };
    let index = match layout.index.map(|column| row.cell(column)).filter(|cell| !cell.is_blank()) {
        None => None,
        Some(cell) => {
            let Some(index) = cell.as_integer() else {
                log.error(
                    line,
                    "the `turn_index` of this row is not a whole number, so the row was left out",
                    "number the turns 1, 2, 3, …",
                );
                return None;
            };
            Some(index)
        }
    };
    let speaker = layout.speaker.and_then(|column| row.cell(column).as_text()).unwrap_or_default();
    let speaker = speaker.trim_end_matches([':', '：']).trim_end().to_owned();
    let start_ms = time_of(row, layout.start_ms, layout.start, log);
    let end_ms = time_of(row, layout.end_ms, layout.end, log);
    Some((
        id,
        DraftTurn {
            index,
            speaker,
            start_ms,
            end_ms: end_ms.map(|end| end.max(start_ms.unwrap_or(0))),
            text,
        },
    ))
}

/// A time from a column in milliseconds or, failing that, from one with a clock time or seconds.
fn time_of(row: &Row, in_ms: Option<usize>, in_any: Option<usize>, log: &mut ProblemLog) -> Option<u64> {
    let filled =
        |column: Option<usize>| column.map(|column| row.cell(column)).filter(|cell| !cell.is_blank());
    let time = match (filled(in_ms), filled(in_any)) {
        (Some(cell), _) => cell.as_integer().and_then(|ms| u64::try_from(ms).ok()),
        (None, Some(Cell::Text(text))) => moment(text),
        (None, Some(Cell::Integer(number))) => seconds_to_ms(*number as f64),
        (None, Some(Cell::Number(number))) => seconds_to_ms(*number),
        (None, Some(_)) => None,
        (None, None) => return None,
    };
    if time.is_none() {
        log.warning(
            Some(row.line),
            "a time in this row was not understood; the row was kept without it",
            "write times as 00:01:02 or in seconds, or in `start_ms` and `end_ms` in milliseconds",
        );
    }
    time
}

/// Finds the columns that have one value within each transcript.
struct Attributes<'a> {
    layout: &'a Layout,
    /// By transcript: the values of its first row; none for columns that turned out to be no attribute.
    first: Vec<Vec<String>>,
    /// By further column: the first line at which a transcript has a second value.
    varies: Vec<Option<u64>>,
    /// By further column: whether it holds lists or objects.
    nested: Vec<bool>,
}

impl<'a> Attributes<'a> {
    fn new(layout: &'a Layout) -> Self {
        let columns = layout.further.len();
        Self { layout, first: Vec::new(), varies: vec![None; columns], nested: vec![false; columns] }
    }

    /// Takes note of a row of the transcript at `place`.
    fn see(&mut self, place: usize, row: &Row) {
        let is_new = place == self.first.len();
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
                self.first[place][at] = value;
            } else if self.first[place][at] != value {
                self.varies[at] = Some(row.line);
            }
        }
    }

    /// Writes the attributes into the transcripts and says which columns were not used.
    fn give(self, drafts: &mut [Draft], columns: &[String], log: &mut ProblemLog) {
        for (at, column) in self.layout.further.iter().enumerate() {
            let name = columns[*column].trim();
            if self.nested[at] {
                log.note(None, format!("column `{name}` holds lists or objects and was not used"), "");
            } else if let Some(line) = self.varies[at] {
                log.note(
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

/// Warns of turn numbers that repeat or run backwards.
fn check_order(drafts: &[Draft], log: &mut ProblemLog) {
    let steps = |draft: &Draft| {
        let indices: Vec<i64> = draft.turns.iter().filter_map(|turn| turn.index).collect();
        indices.windows(2).filter(|pair| pair[1] <= pair[0]).count()
    };
    let odd = drafts.iter().filter(|draft| steps(draft) > 0).count();
    if odd > 0 {
        log.warning(
            None,
            format!(
                "`turn_index` repeats or runs backwards in {}; the order of the rows was kept",
                counted(odd, "transcript", "transcripts")
            ),
            "sort the rows and number the turns of each transcript once",
        );
    }
}
