//! The participants file: a row a transcript, a column an attribute, as people keep it. Text in any encoding with any separator, or a
//! workbook; a title may stand above the names of the columns. `ids` says which row is which transcript's, `values` what looks
//! like a slip in the groups that they make.

mod heading;
mod ids;
mod values;

use crate::codes;
use crate::corpus::{Problem, Severity};

use self::heading::{Heading, heading_of};
pub(crate) use self::ids::{JoinedRows, join};
pub(crate) use self::values::value_warnings;
use super::csv::all_rows;
use super::workbook::{Workbook, is_flat_document};
use crate::read::SourceFile;
use crate::read::decode::decode;
use crate::read::format::ReadError;
use crate::read::load::{bytes_of, check_content, ending_of};
use crate::read::problems::ProblemLog;

/// What the participants file says.
#[derive(Debug, Default)]
pub(crate) struct Participants {
    /// Names of the attributes, in the order of the columns.
    pub(crate) attributes: Vec<String>,
    /// The rows, from the top.
    pub(crate) rows: Vec<Participant>,
}

/// A row of the file.
#[derive(Debug)]
pub(crate) struct Participant {
    /// The transcript as the file calls it.
    pub(crate) transcript: String,
    pub(crate) line: u64,
    /// By attribute; an empty cell is an empty value.
    pub(crate) values: Vec<String>,
}

/// A row before it is known what its cells are: its line and its cells.
type PlainRow = (u64, Vec<String>);

/// Why a participants file is of no use.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("the table is turned on its side: the transcripts are its columns")]
    Turned,
    #[error("its first row is a transcript's, so nothing says what the columns are")]
    NoHeadings,
}

impl Refusal {
    fn hint(&self) -> &'static str {
        match self {
            Self::Read(error) => error.hint(),
            Self::Turned => {
                "copy the table, paste it with Paste Special, Transpose, and call the first column `transcript_id`"
            }
            Self::NoHeadings => "write a first row with `transcript_id` and the names of the attributes",
        }
    }
}

/// Reads the participants file; an unreadable one is an error among the problems and gives no attributes. The ids of the
/// transcripts help to find the column that names them.
pub(crate) fn read_participants(file: &SourceFile, transcripts: &[&str]) -> (Participants, Vec<Problem>) {
    let mut log = ProblemLog::new(&file.name);
    match try_read(file, transcripts, &mut log) {
        Ok(participants) => (participants, log.finish()),
        Err(error) => {
            let mut problems = log.finish();
            let message = format!("the participants were not read: {error}");
            problems.push(
                Problem::new(Severity::Error, &file.name, message)
                    .with_code(codes::FILE_UNREADABLE)
                    .with_hint(error.hint()),
            );
            (Participants::default(), problems)
        }
    }
}

fn try_read(file: &SourceFile, transcripts: &[&str], log: &mut ProblemLog) -> Result<Participants, Refusal> {
    let bytes = bytes_of(file, "csv")?;
    let is_package = bytes.starts_with(b"PK") || is_flat_document(&bytes);
    let mut sheets: Vec<(String, Vec<PlainRow>)> = if is_package {
        sheets_of(&bytes)?
    } else {
        let ending = ending_of(&file.name);
        check_content(&bytes, if ending == "xlsx" { "xlsx" } else { "csv" })?;
        let rows = all_rows(&decode(&bytes, log)?);
        vec![(String::new(), rows.into_iter().map(|row| (row.line, texts(&row))).collect())]
    };
    sheets.retain(|(_, rows)| rows.iter().any(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())));
    // With several sheets the one that names transcripts is meant.
    let best = (0..sheets.len()).max_by_key(|at| {
        (heading_of(&sheets[*at].1, transcripts).map_or(0, |heading| heading.matches), sheets.len() - at)
    });
    let Some(best) = best else { return Err(ReadError::NoTurns.into()) };
    if sheets.len() > 1 {
        log.note(
            codes::SHEET_LEFT_OUT,
            None,
            format!("read from the sheet `{}`; the others were passed over", sheets[best].0),
            "",
        );
    }
    let (_, rows) = sheets.swap_remove(best);
    parse(&rows, transcripts, log)
}

fn texts(row: &super::Row) -> Vec<String> {
    (0..row.cells.len()).map(|column| row.text(column)).collect()
}

fn sheets_of(bytes: &[u8]) -> Result<Vec<(String, Vec<PlainRow>)>, ReadError> {
    /// Most columns, as in other tables.
    const MAX_COLUMNS: usize = 10_000;
    let mut workbook = Workbook::open(bytes).map_err(ReadError::Workbook)?;
    let mut sheets = Vec::new();
    for name in workbook.sheets() {
        let rows = workbook.rows(&name).map_err(ReadError::Workbook)?;
        let plain = rows.into_iter().map(|row| {
            let mut cells = Vec::new();
            for (at, text) in row.cells {
                let at = at as usize;
                if at < MAX_COLUMNS {
                    cells.resize(at + 1, String::new());
                    text.trim().clone_into(&mut cells[at]);
                }
            }
            (row.number as u64, cells)
        });
        let plain = plain.collect();
        sheets.push((name, plain));
    }
    Ok(sheets)
}

fn parse(rows: &[PlainRow], transcripts: &[&str], log: &mut ProblemLog) -> Result<Participants, Refusal> {
    let Some(heading) = heading_of(rows, transcripts) else { return Err(ReadError::NoTurns.into()) };
    if heading.is_turned {
        return Err(Refusal::Turned);
    }
    if heading.is_row {
        return Err(Refusal::NoHeadings);
    }
    let Heading { at, id, .. } = heading;
    let (line, names) = &rows[at];
    if at > 0 {
        let above = super::counted(
            at,
            "row above the names of the columns was",
            "rows above the names of the columns were",
        );
        log.note(codes::ROW_LEFT_OUT, rows.first().map(|(line, _)| *line), format!("{above} left out"), "");
    }
    if super::fold_column(&names[id]) != "transcript_id" {
        let which = if id == 0 { "the first one, " } else { "" };
        log.note(
            codes::COLUMN_GUESSED,
            Some(*line),
            format!("there is no column `transcript_id`; {which}`{}`, was read as such", names[id].trim()),
            "call it `transcript_id`",
        );
    }
    let named: Vec<usize> =
        (0..names.len()).filter(|at| *at != id && !names[*at].trim().is_empty()).collect();
    let mut participants = Participants {
        attributes: named.iter().map(|at| names[*at].trim().to_owned()).collect(),
        rows: Vec::new(),
    };
    for (line, cells) in &rows[at + 1..] {
        let value = |at: usize| cells.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        let transcript = value(id);
        if transcript.is_empty() {
            if named.iter().any(|at| !value(*at).is_empty()) {
                log.error(
                    codes::ROW_LEFT_OUT,
                    Some(*line),
                    "this row names no transcript and was left out",
                    "fill in its `transcript_id`",
                );
            }
            continue;
        }
        if cells.iter().skip(names.len()).any(|cell| !cell.trim().is_empty()) {
            log.error(
                codes::TEXT_LEFT_OUT,
                Some(*line),
                "this row has more cells than there are columns; what is beyond them was left out",
                "put text that contains the separator between quotation marks",
            );
        }
        let values = named.iter().map(|at| value(*at)).collect();
        participants.rows.push(Participant { transcript, line: *line, values });
    }
    Ok(participants)
}
