//! The data dictionary, printed from the definitions of the tables.
//!
//! `data/dictionary.md` is this text; a test fails when the two differ.

use super::schema::{SCHEMA_VERSION, TABLES, TableSchema};

/// Properties of the files of every table.
const ABOUT: &str = "\
<!-- Made by `cargo run -p emic-tools --bin dictionary > data/dictionary.md`; edit src/table/schema.rs instead. -->
# Data dictionary

The tables that a run writes into `tables/` of its output folder: what a row is, and what stands in each column.
Names, order and types are the same for every study; a later version may add columns at the end.

## Files

**Parquet** (`NAME.parquet`) holds every table verbatim and with its types, compressed with zstd. The metadata of
each file say the version of this dictionary (`emic.schema`), the table (`emic.table`) and the version of the program
(`emic.version`). CSV and XLSX have no place for them; `run.json` beside the tables lists every file with its digest
and the same versions.

**CSV** (`NAME.csv`) is UTF-8 with a byte-order mark, so that Excel shows every alphabet; commas between cells, quotes
where a cell needs them, line breaks inside cells kept. In R: `read.csv(\"NAME.csv\", fileEncoding = \"UTF-8-BOM\")` or
`readr::read_csv(\"NAME.csv\")`. An unknown value is an empty cell. A text that a spreadsheet program would take for a
formula (it starts with `=`, `+`, `-`, `@`, one of their full-width forms, a tab or a line break) has an apostrophe in
front, and so has a heading; a text that starts with apostrophes and then such a character has one more than it was
written with. To have the text as it was, drop one apostrophe there, or read the Parquet file.

**XLSX** (`NAME.xlsx`) is one workbook a table. Texts are texts and numbers are numbers; nothing becomes a formula, a
date or a link. Excel's limits apply: a table of more than 1,048,575 rows goes on to further sheets, and a cell of
more than 32,767 characters is cut, ends with `[…]`, and is told of in `problems`.

Rows are in a fixed order, and the same study gives the same bytes. An unknown value is null, never an empty text, a
zero or −1. Lists in a cell (`keywords`) are one text joined with `; `, because every program opens that.

## Columns that depend on the study

`transcripts` has one column an attribute and `scores` one column a theme, named as the study names them. A name that
is taken (by a column below, or by another that differs only in upper and lower case) gets `_2`, `_3`, …; line breaks
in a name become spaces, and a name of more than 240 characters is cut. `problems` tells of each that was changed.
";

/// The data dictionary as Markdown.
///
/// ```
/// assert!(emic::table::data_dictionary().contains("## `labels`"));
/// ```
pub fn data_dictionary() -> String {
    let contents = TABLES.map(|table| format!("| [{0}](#{0}) | {1} |\n", table.name, table.row)).concat();
    let sections = TABLES.map(section).concat();
    format!(
        "{ABOUT}\n## Tables\n\nVersion {SCHEMA_VERSION} of the tables.\n\n| table | a row is |\n|---|---|\n\
         {contents}{sections}"
    )
}

/// The chapter of one table.
fn section(table: &TableSchema) -> String {
    let mut text = format!("\n## `{}`\n\nA row is {}.", table.name, table.row);
    if !table.about.is_empty() {
        text.push(' ');
        text.push_str(table.about);
    }
    if !table.spreadsheets {
        text.push_str(" Parquet only: hundreds of numbers a row are of no use in a spreadsheet.");
    }
    text.push_str(
        "\n\n| column | type | unit, range or words | may be null | what it says |\n|---|---|---|---|---|\n",
    );
    for column in table.columns {
        let name = format!("`{}`", column.name);
        text.push_str(&line(&name, column.kind.as_str(), column.range, column.nullable, column.description));
    }
    if let Some(further) = table.further {
        let name = format!("*one column a {}*", further.one_per);
        text.push_str(&line(
            &name,
            further.kind.as_str(),
            further.range,
            further.nullable,
            further.description,
        ));
    }
    text
}

fn line(name: &str, kind: &str, range: &str, nullable: bool, description: &str) -> String {
    format!("| {name} | {kind} | {range} | {} | {description} |\n", if nullable { "yes" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_dictionary_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/dictionary.md");
        let committed = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            committed == data_dictionary(),
            "data/dictionary.md is not what src/table/schema.rs says; run \
             `cargo run -p emic-tools --bin dictionary > data/dictionary.md` and commit it"
        );
    }

    #[test]
    fn a_table_reads_like_this() {
        insta::assert_snapshot!(section(&crate::table::schema::EMBEDDINGS), @r"
        ## `embeddings`

        A row is a segment. Parquet only: hundreds of numbers a row are of no use in a spreadsheet.

        | column | type | unit, range or words | may be null | what it says |
        |---|---|---|---|---|
        | `segment_id` | text |  |  | The segment; see `segments`. |
        | `embedding` | array of numbers (f32) | −1 to 1 |  | The segment's vector, of unit length. The array is as wide as the model's dimension. |
        ");
    }

    #[test]
    fn no_cell_breaks_its_table() {
        for row in data_dictionary().lines().filter(|line| line.starts_with('|')) {
            assert!(matches!(row.matches('|').count(), 3 | 6), "{row}");
        }
    }
}
