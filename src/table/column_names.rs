//! Column names made of attributes (`transcripts`) and themes (`scores`).
//!
//! They must differ from a table's own columns and from each other even where case does not count (Excel, SQL, R on
//! case-insensitive joins).

use crate::results::codes;
use std::collections::BTreeSet;

use super::schema::{TRANSCRIPTS, TableSchema};
use transcripts::{Problem, Severity};

/// Maximum characters of a column name; Excel takes 255, with room for a suffix.
const LONGEST_NAME: usize = 240;

/// A name for each of `wanted`, in order, and a warning for each that was changed.
///
/// Line breaks and control characters become spaces and a name too long is cut. A name that is taken gets `_2`, `_3`, …;
/// names that need no change keep theirs, whatever the order.
pub(super) fn further_names(schema: &TableSchema, wanted: &[String]) -> (Vec<String>, Vec<Problem>) {
    let one_per = schema.further.map_or("column", |further| further.one_per);
    let mut taken: BTreeSet<String> = schema.columns.iter().map(|column| column.name.to_owned()).collect();

    let plain: Vec<String> = wanted.iter().map(|name| plain_name(name, one_per)).collect();
    let keeps: Vec<bool> = plain.iter().map(|name| taken.insert(name.to_lowercase())).collect();

    let mut problems = Vec::new();
    let names = plain
        .into_iter()
        .zip(keeps)
        .zip(wanted)
        .map(|((name, keeps), wanted)| {
            let name = if keeps { name } else { free_name(&name, &mut taken) };
            if name != *wanted {
                let message = format!("The {one_per} `{}` stands in the column `{name}`.", wanted.escape_debug());
                let hint = format!(
                    "Rename the {one_per} if scripts use this table: its name is taken, too long, or not plain text."
                );
                let source = format!("table {}", schema.name);
                problems.push(Problem::new(Severity::Warning, source, message).with_code(codes::COLUMN_RENAMED).with_hint(hint));
            }
            name
        })
        .collect();
    (names, problems)
}

/// The attribute that the table `transcripts` shows in the column with this name, for reading a run back.
pub(crate) fn attribute_in_column<'a>(attributes: &'a [String], column: &str) -> Option<&'a str> {
    let (names, _) = further_names(&TRANSCRIPTS, attributes);
    let is_it = |(name, _): &(String, &'a String)| name == column;
    names.into_iter().zip(attributes).find(is_it).map(|(_, attribute)| attribute.as_str())
}

/// The name as one line of plain text that Excel accepts as a heading.
fn plain_name(name: &str, one_per: &str) -> String {
    let is_odd = |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}');
    let spaced: String = name.chars().map(|c| if is_odd(c) { ' ' } else { c }).collect();
    let cut: String = spaced.trim().chars().take(LONGEST_NAME).collect();
    if cut.is_empty() { one_per.to_owned() } else { cut }
}

/// `name` with the first free suffix, which is then taken.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut suffix = 2_u64;
    loop {
        let candidate = format!("{name}_{suffix}");
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
        suffix += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::schema::SCORES;
    use super::*;

    fn names(schema: &TableSchema, wanted: &[&str]) -> (String, String) {
        let wanted: Vec<String> = wanted.iter().map(|&name| name.to_owned()).collect();
        let (names, problems) = further_names(schema, &wanted);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        (names.join(" | "), problems.join("\n"))
    }

    #[test]
    fn plain_names_are_kept_without_a_word() {
        let (kept, problems) = names(&TRANSCRIPTS, &["country", "years in service", "גיל"]);
        assert_eq!((kept.as_str(), problems.as_str()), ("country | years in service | גיל", ""));
    }

    #[test]
    fn taken_names_get_a_suffix_and_a_warning() {
        let (shown, problems) =
            names(&TRANSCRIPTS, &["Turns", "Country", "country", "country_2", "", "a\nb"]);
        insta::assert_snapshot!(shown, @"Turns_2 | Country | country_3 | country_2 | attribute | a b");
        insta::assert_snapshot!(problems, @r"
        warning: table transcripts: The attribute `Turns` stands in the column `Turns_2`. (Rename the attribute if scripts use this table: its name is taken, too long, or not plain text.)
        warning: table transcripts: The attribute `country` stands in the column `country_3`. (Rename the attribute if scripts use this table: its name is taken, too long, or not plain text.)
        warning: table transcripts: The attribute `` stands in the column `attribute`. (Rename the attribute if scripts use this table: its name is taken, too long, or not plain text.)
        warning: table transcripts: The attribute `a\nb` stands in the column `a b`. (Rename the attribute if scripts use this table: its name is taken, too long, or not plain text.)
        ");
    }

    #[test]
    fn an_attribute_is_known_by_its_column() {
        let attributes = ["Turns".to_owned(), "country".to_owned()];
        assert_eq!(attribute_in_column(&attributes, "Turns_2"), Some("Turns"));
        assert_eq!(attribute_in_column(&attributes, "country"), Some("country"));
        assert_eq!(attribute_in_column(&attributes, "Turns"), None);
    }

    #[test]
    fn a_theme_may_be_called_segment_id() {
        assert_eq!(names(&SCORES, &["segment_id", "workload"]).0, "segment_id_2 | workload");
    }

    proptest! {
        #[test]
        fn names_are_unique_whatever_is_wanted(wanted in prop::collection::vec("[aAbB_2\n é]{0,4}", 0..12)) {
            let (names, problems) = further_names(&TRANSCRIPTS, &wanted);
            let folded: BTreeSet<String> = names
                .iter()
                .map(|name| name.to_lowercase())
                .chain(TRANSCRIPTS.columns.iter().map(|column| column.name.to_owned()))
                .collect();
            prop_assert_eq!(folded.len(), wanted.len() + TRANSCRIPTS.columns.len());
            let changed = names.iter().zip(&wanted).filter(|(name, wanted)| name != wanted).count();
            prop_assert_eq!(problems.len(), changed);
        }
    }
}
