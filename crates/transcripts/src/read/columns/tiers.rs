//! Tables exported by ELAN and Praat: a tier a row, or times and a column for each tier.
//!
//! Which tiers hold speech, and how they become turns, is decided as for `.eaf` and `.TextGrid`.

use std::collections::BTreeMap;

use super::cell::{Cell, Row, Table};
use super::headings::{Layout, fold_column, has_text_column, layout_of, tiers_of, without_times};
use super::times::Times;
use crate::codes;
use crate::read::annotated::{Annotation, Tier, turns_on};
use crate::read::format::{Draft, Source};
use crate::read::problems::ProblemLog;

/// Maximum tiers of a table.
const MAX_TIERS: usize = 200;

/// The transcript in a table of tiers; none for any other table.
pub(super) fn transcript_of(table: &Table, source: &Source<'_>, log: &mut ProblemLog) -> Option<Draft> {
    let (tiers, what) = match tier_a_row(table, log) {
        Some(tiers) => (tiers, "a row an annotation"),
        None => (tier_a_column(table, log)?, "a column a tier"),
    };
    log.note(codes::COLUMN_GUESSED, None, format!("the table was read as one of tiers, {what}"), "");
    Some(Draft { turns: turns_on(tiers, source.tiers, log), ..Draft::default() })
}

fn tier_a_row(table: &Table, log: &mut ProblemLog) -> Option<Vec<Tier>> {
    let columns = tiers_of(&table.columns)?;
    let layout = layout_of(&table.columns, &mut ProblemLog::new("")).ok()?;
    let times = Times::of(table, &layout, log);
    let mut tiers: Vec<Tier> = Vec::new();
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let Some(annotation) = annotation(row, layout.text, &times, log) else { continue };
        let name = row.text(columns.tier);
        let participant = columns.participant.map(|column| row.text(column)).filter(|name| !name.is_empty());
        let index = match index_of.get(&name) {
            Some(index) => *index,
            None if tiers.len() >= MAX_TIERS => return None,
            None => {
                let speaker = participant.unwrap_or_else(|| name.clone());
                tiers.push(Tier { name: name.clone(), speaker, is_candidate: true, ..Tier::default() });
                index_of.insert(name, tiers.len() - 1);
                tiers.len() - 1
            }
        };
        tiers[index].annotations.push(annotation);
    }
    Some(tiers)
}

/// ELAN's columns, `Begin Time - hh:mm:ss.ms` and the like, distinguish such a table from a study's own.
fn tier_a_column(table: &Table, log: &mut ProblemLog) -> Option<Vec<Tier>> {
    const BEGIN: &[&str] = &["begin_time_", "temps_de_départ_"];
    const END: &[&str] = &["end_time_", "temps_de_fin_"];
    const FORMS: &[&str] = &["hh:mm:ss.ms", "ss.msec"];
    let folded: Vec<String> = table.columns.iter().map(|name| fold_column(name)).collect();
    let at = |begins: &[&str], ends: &[&str]| {
        let is_meant = |name: &String| {
            begins.iter().any(|begin| name.starts_with(begin)) && ends.iter().any(|end| name.ends_with(end))
        };
        folded.iter().position(is_meant)
    };
    if has_text_column(table.columns.iter().map(String::as_str)) {
        return None;
    }
    let layout = Layout {
        transcript: None,
        index: None,
        speaker: None,
        text: 0,
        start_ms: None,
        end_ms: None,
        start: Some(at(BEGIN, FORMS)?),
        end: at(END, FORMS),
        duration: None,
        further: Vec::new(),
    };
    let times = Times::of(table, &layout, log);
    let columns: Vec<usize> = without_times(&table.columns)
        .into_iter()
        .filter(|column| !folded[*column].contains("_hh:mm:ss") && !folded[*column].ends_with("msec"))
        .take(MAX_TIERS)
        .collect();
    let tiers = columns.into_iter().map(|column| {
        let name = table.columns[column].trim().to_owned();
        let annotations = table.rows.iter().filter_map(|row| annotation(row, column, &times, log)).collect();
        Tier { speaker: name.clone(), name, annotations, is_candidate: true }
    });
    Some(tiers.collect())
}

fn annotation(row: &Row, column: usize, times: &Times<'_>, log: &mut ProblemLog) -> Option<Annotation> {
    let Cell::Text(text) = row.cell(column) else { return None };
    if text.trim().is_empty() {
        return None;
    }
    let (start_ms, end_ms) = times.of_row(row, log);
    Some(Annotation { start_ms, end_ms, text: text.clone() })
}
