//! Tables as columns for the page: the names and values of the files, without what the page has from elsewhere.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::{AnyValue, Column, DataFrame};
use serde::Serialize;

use super::schema::TableSchema;
use super::{
    Findings, TableError, agreement_frame, calibration_frame, clusters_frame, contrasts_frame,
    cooccurrence_frame, corrected_contrasts_frame, corrected_prevalence_frame, disagreements_frame,
    learned_frame, parameters_frame, positions_frame, prevalence_frame, problems_frame, quotes_frame,
    raised_frame, saturation_frame, schema, seeds_frame, themes_frame, trends_frame,
};

/// Significant digits of a number on the page.
const DIGITS: usize = 6;
/// Maximum rows of a table on the page.
const MAX_ROWS: usize = 20_000;
/// Maximum rows of tables that are lists to read.
const MAX_LISTED: usize = 2_000;

/// Columns that the page has from elsewhere: people's words and their positions.
const WORDS: [&str; 3] = ["text", "speaker", "locator"];

/// A table of the page: the frame, the columns that are left out, and the most rows.
type PageTableSource =
    (&'static TableSchema, fn(&Findings) -> Result<DataFrame, TableError>, &'static [&'static str], usize);

const TABLES: [PageTableSource; 19] = [
    (&schema::THEMES, themes_frame, &[], MAX_ROWS),
    (&schema::CLUSTERS, clusters_frame, &[], MAX_LISTED),
    (&schema::QUOTES, quotes_frame, &WORDS, MAX_ROWS),
    (&schema::SEEDS, seeds_frame, &[], MAX_LISTED),
    (&schema::PREVALENCE, prevalence_frame, &[], MAX_ROWS),
    (&schema::CONTRASTS, contrasts_frame, &[], MAX_ROWS),
    (&schema::COOCCURRENCE, cooccurrence_frame, &[], MAX_ROWS),
    (&schema::SATURATION, saturation_frame, &[], MAX_ROWS),
    (&schema::POSITIONS, positions_frame, &[], MAX_ROWS),
    (&schema::RAISED, raised_frame, &[], MAX_ROWS),
    (&schema::TRENDS, trends_frame, &[], MAX_ROWS),
    (&schema::AGREEMENT, agreement_frame, &[], MAX_ROWS),
    (&schema::DISAGREEMENTS, disagreements_frame, &WORDS, MAX_LISTED),
    (&schema::CORRECTED_PREVALENCE, corrected_prevalence_frame, &[], MAX_ROWS),
    (&schema::CORRECTED_CONTRASTS, corrected_contrasts_frame, &[], MAX_ROWS),
    (&schema::LEARNED, learned_frame, &[], MAX_ROWS),
    (&schema::CALIBRATION, calibration_frame, &[], MAX_ROWS),
    (&schema::PARAMETERS, parameters_frame, &[], MAX_LISTED),
    (&schema::PROBLEMS, |findings| problems_frame(&findings.problems), &[], 500),
];

/// The tables that the page shows, by name.
#[derive(Debug, Default, Serialize)]
pub struct PageTables {
    /// Columns by table.
    pub tables: BTreeMap<&'static str, PageTable>,
    /// Rows of a table that are left out.
    pub left_out: BTreeMap<&'static str, usize>,
}

/// A table column by column.
#[derive(Debug, Serialize)]
pub struct PageTable {
    /// Number of rows here.
    pub rows: usize,
    /// Values by column.
    pub columns: BTreeMap<String, Values>,
}

/// The values of a column.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Values {
    /// As they are.
    Plain(Vec<serde_json::Value>),
    /// Texts that repeat: each once, and the index of each row's.
    Words {
        /// The distinct texts, in the order of their first occurrence.
        words: Vec<String>,
        /// Indices into `words`; none for null.
        at: Vec<Option<usize>>,
    },
}

/// The tables for the page.
///
/// # Errors
/// When the findings refer to what they do not contain.
pub fn page_tables(findings: &Findings) -> Result<PageTables, TableError> {
    let mut page = PageTables::default();
    for (table, frame_of, left_out, most) in TABLES {
        let frame = frame_of(findings)?;
        if frame.height() > most {
            page.left_out.insert(table.name, frame.height() - most);
        }
        page.tables.insert(table.name, columns(&frame.head(Some(most)), left_out));
    }
    Ok(page)
}

fn columns(frame: &DataFrame, left_out: &[&str]) -> PageTable {
    let kept = frame.columns().iter().filter(|column| !left_out.contains(&column.name().as_str()));
    PageTable {
        rows: frame.height(),
        columns: kept.map(|column| (column.name().to_string(), values(column))).collect(),
    }
}

fn values(column: &Column) -> Values {
    let plain: Vec<serde_json::Value> = (0..column.len())
        .map(|row| column.get(row).map_or(serde_json::Value::Null, |value| plain(&value)))
        .collect();
    let mut indices: HashMap<&str, usize> = HashMap::new();
    let mut words = Vec::new();
    let mut at = Vec::with_capacity(plain.len());
    for value in &plain {
        at.push(value.as_str().map(|text| {
            *indices.entry(text).or_insert_with(|| {
                words.push(text.to_owned());
                words.len() - 1
            })
        }));
    }
    if words.is_empty() || words.len() * 2 >= plain.len() {
        Values::Plain(plain)
    } else {
        Values::Words { words, at }
    }
}

fn plain(value: &AnyValue<'_>) -> serde_json::Value {
    match value {
        AnyValue::Null => serde_json::Value::Null,
        AnyValue::Boolean(value) => (*value).into(),
        AnyValue::UInt32(value) => (*value).into(),
        AnyValue::Int64(value) => (*value).into(),
        AnyValue::Float32(value) => rounded(f64::from(*value)),
        AnyValue::Float64(value) => rounded(*value),
        AnyValue::String(text) => (*text).into(),
        AnyValue::StringOwned(text) => text.as_str().into(),
        other => other.to_string().into(),
    }
}

/// The number rounded to the digits of the page; null when it is none.
fn rounded(value: f64) -> serde_json::Value {
    format!("{value:.*e}", DIGITS - 1).parse::<f64>().ok().filter(|value| value.is_finite()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, small_findings};

    #[test]
    fn a_table_has_the_columns_of_its_file_without_peoples_words() {
        let page = page_tables(&small_findings()).unwrap();
        insta::assert_snapshot!(serde_json::to_string(&page.tables["quotes"]).unwrap(), @r#"{"rows":5,"columns":{"kind":["central","borderline","central","central","dissenting"],"rank":[1,1,1,2,1],"segment_id":["P01:1","P02:1","P02:1","P02:2","P01:2"],"theme":{"words":["workload","missing services"],"at":[0,0,1,1,1]},"transcript_id":{"words":["P01","P02"],"at":[0,1,1,1,0]}}}"#);
        insta::assert_snapshot!(serde_json::to_string(&page.tables["positions"].columns["theme"]).unwrap(), @r#"{"words":["workload","missing services","fear, minister"],"at":[0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,1,2,2,2,2,2,2,2,2,2,2]}"#);
        assert_eq!(page.left_out, BTreeMap::new());
        assert!(page_tables(&empty_findings()).unwrap().tables.values().all(|table| table.rows == 0));
    }

    #[test]
    fn numbers_have_six_digits_and_what_is_none_is_null() {
        assert_eq!(rounded(1.0 / 3.0).to_string(), "0.333333");
        assert_eq!(rounded(1_234_567.0).to_string(), "1234570.0");
        assert_eq!(rounded(f64::NAN), serde_json::Value::Null);
    }
}
