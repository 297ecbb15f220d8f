//! What is stored of a sample: `sample.json` for its settings, `design.csv` for the probability of every segment of the run.
//!
//! An import needs nothing else of the run, so sheets can come back after the study was run again. The probabilities show where the
//! machine is unsure, so coders get their sheets and not the folder.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use serde::{Deserialize, Serialize};
use transcripts::CharSpan;

use super::super::rows::write_rows;
use crate::record::{FileDigest, Program};
use crate::table::{Digest, unguarded};

pub(in crate::review) const RECORD: &str = "sample.json";
pub(in crate::review) const DESIGN: &str = "design.csv";
/// Columns of `design.csv`.
const COLUMNS: [&str; 10] = [
    "segment_id",
    "transcript_id",
    "char_start",
    "char_end",
    "text_digest",
    "probability",
    "drawn",
    "coders",
    "rows",
    "words_digest",
];
/// Rows of a design at most: more than any run has segments.
const MAX_ROWS: usize = 20_000_000;

/// `sample.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::review) struct SampleRecord {
    /// Number of the sample, from 1.
    pub(in crate::review) sample: u32,
    /// The key in each row of a sheet: the number, and a digest of run and settings.
    pub(in crate::review) key: String,
    /// What drew it.
    pub(in crate::review) program: Program,
    /// Title of the study.
    pub(in crate::review) study: String,
    /// Digest of the run's segments: ids, spans and texts.
    pub(in crate::review) run: String,
    pub(in crate::review) settings: SampleSettings,
    /// Segments drawn.
    pub(in crate::review) segments: u64,
    /// Segments of the run.
    pub(in crate::review) of: u64,
    /// The themes that are asked for.
    pub(in crate::review) themes: Vec<String>,
    pub(in crate::review) coders: Vec<CoderRecord>,
    /// The design and the sheets as they were handed out.
    pub(in crate::review) files: Vec<FileDigest>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::review) struct SampleSettings {
    pub(in crate::review) seed: u64,
    /// The given width of intervals, if the number of segments came from that.
    pub(in crate::review) width: Option<f64>,
    /// The number of whole interviews that were asked for, if segments were not drawn one by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::review) interviews: Option<u64>,
    /// Share of the sample that is drawn by uncertainty.
    pub(in crate::review) uncertain: f64,
    /// Share of the sample that everybody codes.
    pub(in crate::review) both: f64,
    /// Attributes that the sample is spread over.
    pub(in crate::review) groups: Vec<String>,
    /// Whether it follows on what was coded before: that has the probability 1 and is not drawn again.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(in crate::review) next: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A coder of a sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::review) struct CoderRecord {
    pub(in crate::review) name: String,
    /// The form of the name in names of files.
    pub(in crate::review) file: String,
    /// Rows of the coder's sheet.
    pub(in crate::review) segments: u64,
    /// The runs whose pages the coder's answers came from; empty for sheets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::review) pages: Vec<String>,
}

/// A segment of the run that a sample was drawn from.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::review) struct DesignRow {
    pub(in crate::review) segment_id: String,
    pub(in crate::review) transcript_id: String,
    pub(in crate::review) span: CharSpan,
    /// Digest of the text.
    pub(in crate::review) text_digest: String,
    /// Probability with which it was drawn, above 0 to 1.
    pub(in crate::review) probability: f64,
    /// Whether it was.
    pub(in crate::review) drawn: bool,
    /// Its coders, each with the row of the sheet, from 1.
    pub(in crate::review) coders: Vec<(String, u32)>,
    /// For a drawn one the digest of the letters and digits in the sheet, by which a changed text is recognised.
    pub(in crate::review) words_digest: String,
}

/// The first 16 hexadecimal digits of the BLAKE3 of a text's letters and digits: spreadsheets change blanks and line breaks.
pub(in crate::review) fn words_digest(text: &str) -> String {
    let words: String = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    super::super::text_digest(&words)
}

pub(super) fn write_design(path: &Path, rows: &[DesignRow]) -> io::Result<Digest> {
    let row = |row: &DesignRow| {
        let names: Vec<&str> = row.coders.iter().map(|(name, _)| name.as_str()).collect();
        let numbers: Vec<String> = row.coders.iter().map(|(_, number)| number.to_string()).collect();
        vec![
            row.segment_id.clone(),
            row.transcript_id.clone(),
            row.span.start.to_string(),
            row.span.end.to_string(),
            row.text_digest.clone(),
            row.probability.to_string(),
            u8::from(row.drawn).to_string(),
            names.join("; "),
            numbers.join("; "),
            row.words_digest.clone(),
        ]
    };
    write_rows(path, &COLUMNS, rows.iter().map(row))
}

/// Reads a design as it was written; people do not edit it.
///
/// # Errors
/// A sentence when the file is missing or changed.
pub(in crate::review) fn read_design(path: &Path) -> Result<Vec<DesignRow>, String> {
    let file = File::open(path).map_err(|error| format!("it cannot be read: {error}"))?;
    let mut reader = csv::Reader::from_reader(BufReader::new(file));
    let broken = |error: csv::Error| format!("it is damaged: {error}");
    let heading = reader.headers().map_err(broken)?;
    if !heading.iter().map(|name| name.trim_start_matches('\u{feff}')).eq(COLUMNS) {
        return Err("its columns were changed".to_owned());
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(row_of(&record).ok_or_else(|| format!("its line {line} is damaged"))?);
        if rows.len() > MAX_ROWS {
            return Err("it has more rows than a run has segments".to_owned());
        }
    }
    Ok(rows)
}

fn row_of(record: &csv::StringRecord) -> Option<DesignRow> {
    let text = |column: usize| record.get(column).map(|cell| unguarded(cell).to_owned());
    let number = |column: usize| record.get(column)?.parse().ok();
    let names = text(7)?;
    let numbers = text(8)?;
    let names = names.split("; ").filter(|name| !name.is_empty());
    let numbers = numbers.split("; ").filter(|number| !number.is_empty());
    let coders: Option<Vec<(String, u32)>> =
        names.zip(numbers).map(|(name, number)| Some((name.to_owned(), number.parse().ok()?))).collect();
    Some(DesignRow {
        segment_id: text(0)?,
        transcript_id: text(1)?,
        span: CharSpan { start: number(2)?, end: number(3)? },
        text_digest: text(4)?,
        probability: record.get(5)?.parse().ok().filter(|chance| *chance > 0.0 && *chance <= 1.0)?,
        drawn: match record.get(6)? {
            "1" => true,
            "0" => false,
            _ => return None,
        },
        coders: coders?,
        words_digest: text(9)?,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(id: &str, probability: f64, coders: &[(&str, u32)]) -> DesignRow {
        DesignRow {
            segment_id: id.to_owned(),
            transcript_id: "=P,01".to_owned(),
            span: CharSpan { start: 3, end: 14 },
            text_digest: "00ff".to_owned(),
            probability,
            drawn: !coders.is_empty(),
            coders: coders.iter().map(|&(name, number)| (name.to_owned(), number)).collect(),
            words_digest: words_digest("Sixty families, and one."),
        }
    }

    #[test]
    fn a_design_comes_back_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(DESIGN);
        let rows = [
            row("P01:1", 1.0 / 3.0, &[("Ana", 3), ("Ben, B.", 1)]),
            row("P01:2", 1e-9, &[]),
            row("-", 1.0, &[]),
        ];
        write_design(&path, &rows).unwrap();
        assert_eq!(read_design(&path).unwrap(), rows);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("0.3333333333333333", "7")).unwrap();
        assert_eq!(read_design(&path).unwrap_err(), "its line 2 is damaged");
        std::fs::write(&path, text.replace("words_digest", "mine")).unwrap();
        assert_eq!(read_design(&path).unwrap_err(), "its columns were changed");
        assert!(read_design(&folder.path().join("none.csv")).is_err());
    }

    #[test]
    fn blanks_and_marks_do_not_change_what_was_said() {
        assert_eq!(words_digest("Sixty families,\r\nand one."), words_digest("'Sixty families, and  one"));
        assert_ne!(words_digest("Sixty families"), words_digest("Sixteen families"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_design_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(DESIGN);
            std::fs::write(&path, bytes).unwrap();
            let _ = read_design(&path);
        }
    }
}
