//! participants.csv: a row a transcript, a column an attribute.

use std::collections::BTreeMap;

use crate::corpus::{Problem, Severity};

use super::Cell;
use super::csv::table_of;
use super::fold_column;
use crate::read::SourceFile;
use crate::read::decode::decode;
use crate::read::format::ReadError;
use crate::read::load::{check_content, load};
use crate::read::problems::ProblemLog;

/// What participants.csv says.
#[derive(Debug, Default)]
pub(crate) struct Participants {
    /// Names of the attributes, in the order of the columns.
    pub(crate) attributes: Vec<String>,
    /// By transcript: the line of its row and its values, by attribute; an empty cell is an empty value.
    pub(crate) rows: BTreeMap<String, (u64, Vec<String>)>,
}

/// Reads participants.csv; an unreadable file is an error among the problems and gives no attributes.
pub(crate) fn read_participants(file: &SourceFile) -> (Participants, Vec<Problem>) {
    let mut log = ProblemLog::new(&file.name);
    let read = load(&file.path, "csv")
        .and_then(|bytes| check_content(&bytes, "csv").map(|()| bytes))
        .and_then(|bytes| parse(&bytes, &mut log));
    match read {
        Ok(participants) => (participants, log.finish()),
        Err(error) => {
            let mut problems = log.finish();
            let message = format!("the participants were not read: {error}");
            problems.push(Problem::new(Severity::Error, &file.name, message).with_hint(error.hint()));
            (Participants::default(), problems)
        }
    }
}

fn parse(bytes: &[u8], log: &mut ProblemLog) -> Result<Participants, ReadError> {
    let table = table_of(&decode(bytes, log)?, log)?;
    let id = table.columns.iter().position(|name| fold_column(name) == "transcript_id");
    let id = id.unwrap_or_else(|| {
        let first = table.columns.first().map_or("", |name| name.trim());
        log.note(
            Some(1),
            format!("there is no column `transcript_id`; the first one, `{first}`, was read as such"),
            "call it `transcript_id`",
        );
        0
    });
    let named: Vec<usize> =
        (0..table.columns.len()).filter(|at| *at != id && !table.columns[*at].trim().is_empty()).collect();
    let mut participants = Participants {
        attributes: named.iter().map(|at| table.columns[*at].trim().to_owned()).collect(),
        rows: BTreeMap::new(),
    };
    for row in &table.rows {
        let value = |at: usize| match row.cells.get(at) {
            Some(Cell::Text(text)) => text.trim().to_owned(),
            _ => String::new(),
        };
        let transcript = value(id);
        if transcript.is_empty() {
            if named.iter().any(|at| !value(*at).is_empty()) {
                log.error(
                    Some(row.line),
                    "this row names no transcript and was left out",
                    "fill in its `transcript_id`",
                );
            }
            continue;
        }
        if let Some((line, _)) = participants.rows.get(&transcript) {
            log.error(
                Some(row.line),
                format!("a row for `{transcript}` stands on line {line} already; this one was left out"),
                "keep one row for each transcript",
            );
            continue;
        }
        let values = named.iter().map(|at| value(*at)).collect();
        participants.rows.insert(transcript, (row.line, values));
    }
    Ok(participants)
}
