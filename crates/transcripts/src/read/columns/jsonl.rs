//! JSON lines: an object a line, a turn an object.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Cell, Row, Table, transcripts_of};
use crate::codes;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

/// Maximum distinct keys in a file; a file with more has data for keys.
const MAX_COLUMNS: usize = 1_000;

/// Reads `.jsonl`.
#[derive(Debug)]
pub(crate) struct Jsonl;

impl Reader for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let mut table = Collector::default();
        if text.trim_start().starts_with('[') {
            match serde_json::from_str::<Vec<Value>>(&text) {
                Ok(values) => {
                    log.note(
                        codes::FORMAT_CHANGED,
                        None,
                        "the file is one JSON list; its objects were read as lines",
                        "",
                    );
                    for (number, value) in (1..).zip(values) {
                        table.add(number, value, log)?;
                    }
                    return transcripts_of(&table.table, source, log);
                }
                Err(error) => return Err(ReadError::Damaged(format!("it is not JSON lines: {error}"))),
            }
        }
        for (number, line) in (1..).zip(text.split('\n')) {
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str(line) {
                Ok(value) => table.add(number, value, log)?,
                Err(error) => log.error(
                    codes::ROW_LEFT_OUT,
                    Some(number),
                    format!("this line is not JSON, so it was left out: {}", reason(&error)),
                    "each line must be one whole object, such as {\"speaker\": \"I\", \"text\": \"…\"}",
                ),
            }
        }
        if table.table.rows.is_empty() {
            return Err(ReadError::NoTurns);
        }
        transcripts_of(&table.table, source, log)
    }
}

/// The parser's message without its line, which is always 1 here.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or(&words).to_owned()
}

/// A table whose columns are found while it is read.
#[derive(Default)]
struct Collector {
    table: Table,
    columns: BTreeMap<String, usize>,
}

impl Collector {
    fn add(&mut self, line: u64, value: Value, log: &mut ProblemLog) -> Result<(), ReadError> {
        let Value::Object(fields) = value else {
            log.error(
                codes::ROW_LEFT_OUT,
                Some(line),
                "this line is not an object, so it was left out",
                "write {\"speaker\": …, \"text\": …}",
            );
            return Ok(());
        };
        let cells = self.cells(line, fields, log);
        self.table.push(Row { line, cells })
    }

    fn cells(&mut self, line: u64, fields: Map<String, Value>, log: &mut ProblemLog) -> Vec<Cell> {
        let mut cells = Vec::new();
        for (name, value) in fields {
            let next = self.columns.len();
            let column = match self.columns.get(&name) {
                Some(column) => *column,
                None if next >= MAX_COLUMNS => {
                    log.error(
                        codes::LIMIT_REACHED,
                        Some(line),
                        format!("only the first {MAX_COLUMNS} keys of the file are read"),
                        "",
                    );
                    continue;
                }
                None => {
                    self.columns.insert(name.clone(), next);
                    self.table.columns.push(name);
                    next
                }
            };
            if cells.len() <= column {
                cells.resize(column + 1, Cell::Empty);
            }
            cells[column] = cell_of(value);
        }
        cells
    }
}

fn cell_of(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Bool(truth) => Cell::Truth(truth),
        Value::String(text) => Cell::Text(text),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Cell::Integer(whole),
            None => number.as_f64().map_or(Cell::Empty, Cell::Number),
        },
        Value::Array(_) | Value::Object(_) => Cell::Nested,
    }
}
