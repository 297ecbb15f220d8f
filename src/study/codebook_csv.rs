//! A codebook in CSV, as people keep it in a spreadsheet: one theme a row, the columns named as the TOML keys.

use std::path::Path;

use super::codebook::{Seed, SeedAsWritten};
use super::error::{StudyError, nearest};

const COLUMNS: [&str; 7] = ["name", "definition", "include", "exclude", "examples", "keywords", "parent"];

/// Several examples or keywords stand in one cell, parted by `|` or a line break; keywords also by `;`.
pub(super) fn read(path: &Path, text: &str) -> Result<Vec<SeedAsWritten>, StudyError> {
    let first_line = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|delimiter| first_line.bytes().filter(|byte| byte == delimiter).count())
        .unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let broken = |error: csv::Error| StudyError {
        line: error.position().map(|position| position.line() as usize),
        ..StudyError::about(path, "this row of the codebook cannot be read", "check its quotation marks")
    };
    let headers: Vec<String> =
        reader.headers().map_err(broken)?.iter().map(|name| name.trim().to_lowercase()).collect();
    for header in headers.iter().filter(|header| !header.is_empty()) {
        if !COLUMNS.contains(&header.as_str()) {
            let hint = match nearest(header, &COLUMNS) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known here: {}", COLUMNS.join(", ")),
            };
            let mistake = StudyError::about(path, format!("unknown column `{header}`"), hint);
            return Err(StudyError { line: Some(1), ..mistake });
        }
    }
    if !headers.iter().any(|header| header == "name") {
        return Err(StudyError::about(
            path,
            "the codebook has no column `name`",
            "its first row names the columns",
        ));
    }
    let mut seeds = Vec::new();
    for row in reader.records() {
        let row = row.map_err(broken)?;
        let cell = |column: &str| {
            let place = headers.iter().position(|header| header == column);
            place.and_then(|place| row.get(place)).unwrap_or_default()
        };
        let list = |column: &str, marks: &[char]| {
            cell(column).split(marks).map(str::to_owned).collect::<Vec<String>>()
        };
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let seed = Seed {
            name: cell("name").to_owned(),
            definition: cell("definition").to_owned(),
            include: cell("include").to_owned(),
            exclude: cell("exclude").to_owned(),
            examples: list("examples", &['|', '\n']),
            keywords: list("keywords", &['|', '\n', ';']),
            parent: cell("parent").to_owned(),
        };
        seeds.push(SeedAsWritten { seed, line: row.position().map(|position| position.line() as usize) });
    }
    Ok(seeds)
}
