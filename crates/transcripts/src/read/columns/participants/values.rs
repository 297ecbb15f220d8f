//! Values of attributes that may be mistakes: two spellings of one group, and words for "not known" that form a group. Nothing is
//! changed: `NA` may be Namibia.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::{counted, fold_column};
use crate::codes;
use crate::corpus::{Problem, Severity};

/// Words for unknown values, in lower case.
const UNKNOWN: &[&str] = &[
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "nan",
    "null",
    "none",
    "nil",
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "..",
    "?",
    "??",
    "x",
    "unknown",
    "missing",
    "not known",
    "not available",
    "not applicable",
    "no answer",
    "prefer not to say",
    "k.a.",
    "k. a.",
    "keine angabe",
    "unbekannt",
    "entfällt",
    "nsp",
    "ne sait pas",
    "non renseigné",
    "inconnu",
    "sin datos",
    "no sabe",
    "desconocido",
    "ns/nc",
    "não sabe",
    "non so",
    "sconosciuto",
    "onbekend",
    "нет данных",
    "לא ידוע",
    "不明",
    "未知",
];
/// Numbers for unknown values in files of other programs.
const CODES: &[&str] = &["99", "999", "9999", "-9", "-99", "-999", "-1", "88", "888", "77", "777"];
/// Maximum values of an attribute that no comparison names, for it to be checked.
const MAX_VALUES: usize = 30;
/// Maximum values in a message.
const LISTED: usize = 6;

/// Warnings about the values of the rows.
pub(crate) fn value_warnings(
    source: &str,
    attributes: &[String],
    rows: &[&[String]],
    groups: &[String],
) -> Vec<Problem> {
    let groups: Vec<String> = groups.iter().map(|name| fold_column(name)).collect();
    let mut problems = Vec::new();
    for (at, name) in attributes.iter().enumerate() {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in rows {
            *counts.entry(row.get(at).map_or("", String::as_str)).or_default() += 1;
        }
        let is_group = groups.contains(&fold_column(name));
        if !is_group && counts.len() > MAX_VALUES {
            continue;
        }
        let severity = if is_group { Severity::Warning } else { Severity::Note };
        let add = |severity, message: String, hint: &str| {
            Problem::new(severity, source, message).with_code(codes::ATTRIBUTE_DOUBTFUL).with_hint(hint)
        };
        for values in near_same(&counts) {
            let message = format!("{} in `{name}` are groups of their own", listed(&values, &counts));
            problems.push(add(severity, message, "if they are one, write them in one way"));
        }
        let unknown: Vec<&str> = counts.keys().copied().filter(|value| is_unknown(value, &counts)).collect();
        if !unknown.is_empty() {
            let makes =
                if unknown.len() == 1 { "makes a group of its own" } else { "make groups of their own" };
            let message = format!("{} in `{name}` {makes}", listed(&unknown, &counts));
            let hint = if unknown.iter().any(|value| value.eq_ignore_ascii_case("na")) {
                "if it says that nothing is known, leave the cell empty; it was kept, because NA may be Namibia"
            } else {
                "if it says that nothing is known, leave the cell empty; it was kept, because it may be meant"
            };
            problems.push(add(severity, message, hint));
        }
        if let Some(count) = counts.get("").filter(|count| is_group && **count < rows.len()) {
            let message = format!("{} no `{name}`", counted(*count, "row has", "rows have"));
            problems.push(add(
                Severity::Note,
                message,
                "fill in the cells where it is known; these rows are in none of its groups",
            ));
        }
    }
    problems
}

/// Sets of values that differ only in case, blanks, dashes and accents.
fn near_same<'a>(counts: &BTreeMap<&'a str, usize>) -> Vec<Vec<&'a str>> {
    let mut by_form: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for value in counts.keys().filter(|value| !value.is_empty()) {
        by_form.entry(loose_value(value)).or_default().push(value);
    }
    by_form
        .into_iter()
        .filter(|(form, values)| values.len() > 1 && !form.is_empty())
        .map(|(_, values)| values)
        .collect()
}

fn loose_value(value: &str) -> String {
    let plain = value.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase();
    let dashed: String = plain
        .chars()
        .map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '_') { '-' } else { c })
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '"' | '“' | '”'))
        .collect();
    dashed.trim_end_matches('.').to_owned()
}

fn is_unknown(value: &str, counts: &BTreeMap<&str, usize>) -> bool {
    if UNKNOWN.contains(&value.to_lowercase().as_str()) {
        return true;
    }
    // Among numbers, 99 may be an age.
    let is_number = |value: &str| value.parse::<f64>().is_ok();
    let others = counts.keys().filter(|other| !other.is_empty() && !CODES.contains(other));
    let (numbers, all) =
        others.fold((0, 0), |(numbers, all), other| (numbers + usize::from(is_number(other)), all + 1));
    CODES.contains(&value) && (numbers * 2 < all || value.starts_with('-') || value.len() > 2)
}

/// Values with their counts: "`NA` (2) and `n/a` (1)".
fn listed(values: &[&str], counts: &BTreeMap<&str, usize>) -> String {
    let mut shown: Vec<String> = values
        .iter()
        .take(LISTED)
        .map(|value| format!("`{value}` ({})", counts.get(value).copied().unwrap_or(0)))
        .collect();
    let last = shown.pop().unwrap_or_default();
    if shown.is_empty() { last } else { format!("{} and {last}", shown.join(", ")) }
}
