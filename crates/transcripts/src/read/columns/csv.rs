//! Tables as text: CSV and TSV with any separator.

use super::headless;
use super::{Cell, Row, Table, has_text_column, known_columns, transcripts_of};
use crate::codes;
use crate::read::decode::decode;
use crate::read::format::{Draft, ReadError, Reader, Source};
use crate::read::problems::ProblemLog;

/// A row of more lines probably has a quotation mark that is never closed.
const MAX_ROW: u64 = 500;
/// Maximum columns of a table.
const MAX_COLUMNS: usize = 10_000;
/// Possible separators, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads `.csv` and `.tsv`.
#[derive(Debug)]
pub(crate) struct Csv;

impl Reader for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn read(&self, source: &Source<'_>, log: &mut ProblemLog) -> Result<Vec<Draft>, ReadError> {
        let text = decode(source.bytes, log)?;
        let table = with_headings(table_of(&text, log)?, log)?;
        transcripts_of(&table, source, log)
    }
}

/// Names the columns of a table without headings, where their contents tell what they are.
fn with_headings(table: Table, log: &mut ProblemLog) -> Result<Table, ReadError> {
    if has_text_column(table.columns.iter().map(String::as_str)) {
        return Ok(table);
    }
    let first = Row { line: 1, cells: table.columns.iter().map(|cell| Cell::Text(cell.clone())).collect() };
    let few: Vec<Row> = std::iter::once(&first).chain(table.rows.iter().take(200)).cloned().collect();
    let Some(columns) = headless::names_of(&few) else { return Ok(table) };
    let named: Vec<&str> = columns.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    log.note(
        codes::COLUMN_GUESSED,
        Some(1),
        format!("the table has no headings; its columns were read as {}", named.join(", ")),
        "write a first row with the names of the columns to be sure",
    );
    let mut headed = Table { columns, ..Table::default() };
    headed.push(first)?;
    for row in table.rows {
        headed.push(row)?;
    }
    Ok(headed)
}

/// The table in a plain text whose lines are all rows, as some programs export `.txt`.
///
/// # Errors
/// As [`table_of`].
pub(crate) fn table_in_text(text: &str, log: &mut ProblemLog) -> Result<Option<Table>, ReadError> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(200).collect();
    let Some(first) = lines.first() else { return Ok(None) };
    let Some(separator) =
        ['\t', ';', ','].into_iter().find(|separator| first.matches(*separator).count() > 1)
    else {
        return Ok(None);
    };
    let cells: Vec<&str> = first.split(separator).map(|cell| cell.trim().trim_matches('"')).collect();
    let is_headed =
        known_columns(&cells) > 2 && cells.iter().all(|cell| cell.split_whitespace().count() <= 5);
    // Without headings only ELAN's columns of times can be told from talk with tabs.
    let times = |is: &dyn Fn(&&&str) -> bool| cells.iter().filter(is).count();
    let clocks = times(&|cell| crate::read::times::clock(cell).is_some());
    let numbers = times(&|cell| super::cell::number_in(cell).is_some());
    let is_tiers = separator == '\t'
        && (cells.len() > 3 && clocks > 1 || cells.len() > 4 && clocks + numbers > 1)
        && lines.iter().filter(|line| line.split('\t').count() == cells.len()).count() * 10
            >= lines.len() * 9;
    if !is_headed && !is_tiers {
        return Ok(None);
    }
    with_headings(table_of(text, log)?, log).map(Some)
}

/// The rows of a table as text; its first row names the columns.
///
/// # Errors
/// When there is no first row.
pub(crate) fn table_of(text: &str, log: &mut ProblemLog) -> Result<Table, ReadError> {
    let (separator, body, skipped) = separator_of(text);
    let mut reader = reader(separator, body);
    let columns: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().take(MAX_COLUMNS).map(str::to_owned).collect(),
        Err(error) => return Err(ReadError::Damaged(error.to_string())),
    };
    if columns.is_empty() {
        return Err(ReadError::NoTurns);
    }
    let mut table = Table { columns, ..Table::default() };
    let mut record = csv::StringRecord::new();
    loop {
        let begins = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                log.error(
                    codes::ROW_LEFT_OUT,
                    Some(begins + skipped),
                    format!("this row could not be read: {error}"),
                    "",
                );
                continue;
            }
        }
        // The reader skips blank lines before the row, so the row's own position is used.
        let line = record.position().map_or(begins, csv::Position::line) + skipped;
        let lines = (reader.position().line() + skipped).saturating_sub(line);
        if lines > MAX_ROW {
            log.warning(
                codes::ROW_DOUBTFUL,
                Some(line),
                format!("this row runs over {lines} lines"),
                "look for a quotation mark that is not closed",
            );
        }
        if record.iter().skip(table.columns.len()).any(|cell| !cell.trim().is_empty()) {
            log.error(
                codes::TEXT_LEFT_OUT,
                Some(line),
                "this row has more cells than there are columns; what is beyond them was left out",
                "put text that contains the separator between quotation marks",
            );
        }
        let cells = record.iter().take(table.columns.len()).map(|cell| match cell {
            "" => Cell::Empty,
            cell => Cell::Text(cell.to_owned()),
        });
        let cells = cells.collect();
        table.push(Row { line, cells })?;
    }
    Ok(table)
}

fn reader(separator: u8, text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes())
}

/// All rows of a table as text, whatever their number of cells and wherever its names stand.
pub(super) fn all_rows(text: &str) -> Vec<Row> {
    /// Rows by which the separator is found.
    const LOOKED_AT: usize = 50;
    let (declared, body, skipped) = match declared_separator(text) {
        Some((separator, rest)) => (Some(separator), rest, 1),
        None => (None, text, 0),
    };
    let records = |separator: u8| {
        let reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(body.as_bytes());
        reader.into_records().filter_map(Result::ok)
    };
    let cells = |separator: &u8| -> usize {
        records(*separator).take(LOOKED_AT).map(|record| record.len() - 1).sum()
    };
    let likeliest = || SEPARATORS.into_iter().rev().max_by_key(cells).unwrap_or(b',');
    records(declared.unwrap_or_else(likeliest))
        .map(|record| Row {
            line: record.position().map_or(0, csv::Position::line) + skipped,
            cells: record.iter().take(MAX_COLUMNS).map(|cell| Cell::Text(cell.to_owned())).collect(),
        })
        .collect()
}

/// The separator in a line such as `sep=;` of Excel, and the text after it.
fn declared_separator(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let &[separator] = first.trim().trim_matches('"').strip_prefix("sep=")?.as_bytes() else {
        // A tab at the end of the line was trimmed.
        return first.trim_end_matches(' ').ends_with("sep=\t").then_some((b'\t', rest));
    };
    separator.is_ascii_punctuation().then_some((separator, rest))
}

/// The separator, the text after a line such as `sep=;` of Excel, and the number of such lines.
fn separator_of(text: &str) -> (u8, &str, u64) {
    if let Some((separator, rest)) = declared_separator(text) {
        return (separator, rest, 1);
    }
    let names = |separator: u8| reader(separator, text).headers().cloned().unwrap_or_default();
    let fits = |separator: &u8| {
        let names = names(*separator);
        names.len() > 1 && has_text_column(&names)
    };
    let separator = SEPARATORS.into_iter().find(fits).unwrap_or_else(|| {
        // Without a known name, the separator with the most columns.
        SEPARATORS.into_iter().rev().max_by_key(|separator| names(*separator).len()).unwrap_or(b',')
    });
    (separator, text, 0)
}
