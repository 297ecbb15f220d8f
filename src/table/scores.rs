//! The tables `scores` and `labels`: how much each segment is about each theme, and the decisions.

use std::ops::Range;

use ndarray::s;
use polars::prelude::{Column, DataFrame};
use transcripts::Problem;

use super::column_names::further_names;
use super::frame::{at, frame, same_length};
use super::schema::{LABELS, SCORES};
use super::{Findings, TableError};

/// The value of `source` for the machine's labels.
pub(super) const MACHINE: &str = "machine";

/// The table `scores`: one column a theme, named as the theme.
///
/// # Errors
/// When there is not one row of scores a segment and one column a theme.
pub fn scores_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    scores_of(findings, 0..findings.segments.len())
}

/// The table `scores` for some of the segments.
pub(super) fn scores_of(findings: &Findings, rows: Range<usize>) -> Result<DataFrame, TableError> {
    let (height, width) = findings.scores.dim();
    same_length(&SCORES, "rows of scores", height, findings.segments.len())?;
    let ids: Vec<&str> = findings.segments[rows.clone()].iter().map(|segment| segment.id.as_str()).collect();
    let mut columns = vec![Column::new("segment_id".into(), ids)];
    let (names, _) = further_names(&SCORES, &theme_names(findings));
    for (index, name) in names.into_iter().enumerate() {
        if index >= width {
            return Err(TableError::Index { table: SCORES.name, list: "column", index, length: width });
        }
        columns.push(Column::new(name.into(), findings.scores.slice(s![rows.clone(), index]).to_vec()));
    }
    frame(&SCORES, columns)
}

/// Themes whose names were changed in the columns of `scores`.
pub(super) fn theme_name_problems(findings: &Findings) -> Vec<Problem> {
    further_names(&SCORES, &theme_names(findings)).1
}

fn theme_names(findings: &Findings) -> Vec<String> {
    findings.themes.iter().map(|theme| theme.name.clone()).collect()
}

/// The table `labels`.
///
/// # Errors
/// When a label refers to a segment or a theme that does not exist.
pub fn labels_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    labels_of(findings, 0..findings.labels.len())
}

/// The table `labels` for some of the labels, of which each is a row, or one for each coder.
pub(super) fn labels_of(findings: &Findings, labels: Range<usize>) -> Result<DataFrame, TableError> {
    let labels = &findings.labels[labels];
    let mut ids = Vec::with_capacity(labels.len());
    let mut themes = Vec::with_capacity(labels.len());
    let mut sources = Vec::with_capacity(labels.len());
    let mut rows = Vec::with_capacity(labels.len());
    for label in labels {
        let coders = label.coders.iter().map(|&coder| at(&LABELS, "coder", &findings.codings.coders, coder));
        let given = if label.coders.is_empty() {
            vec![MACHINE]
        } else {
            coders.map(|name| name.map(String::as_str)).collect::<Result<_, _>>()?
        };
        for source in given {
            ids.push(at(&LABELS, "segment", &findings.segments, label.segment)?.id.as_str());
            themes.push(at(&LABELS, "theme", &findings.themes, label.theme)?.name.as_str());
            sources.push(source);
            rows.push(label);
        }
    }
    frame(
        &LABELS,
        vec![
            Column::new("segment_id".into(), ids),
            Column::new("theme".into(), themes),
            Column::new("score".into(), rows.iter().map(|label| label.score).collect::<Vec<_>>()),
            Column::new("confidence".into(), rows.iter().map(|label| label.confidence).collect::<Vec<_>>()),
            Column::new("rank".into(), rows.iter().map(|label| label.rank).collect::<Vec<_>>()),
            Column::new("source".into(), sources),
            Column::new("tier".into(), rows.iter().map(|label| label.tier().as_str()).collect::<Vec<_>>()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn scores_have_a_column_a_theme() {
        insta::assert_snapshot!(show(&scores_frame(&small_findings()).unwrap()), @r#"
        segment_id str | workload f32 | missing services f32 | fear, minister f32
        "P01:1" | 0.9 | 0.1 | 0.0
        "P01:2" | 0.2 | 0.3 | 0.1
        "P02:1" | 0.5 | 0.8 | 0.2
        "P02:2" | 0.1 | 0.7 | 0.25
        "#);
    }

    #[test]
    fn a_theme_named_as_a_column_is_warned_of() {
        let mut findings = small_findings();
        assert_eq!(theme_name_problems(&findings), []);
        findings.themes[0].name = "segment_id".to_owned();
        insta::assert_snapshot!(theme_name_problems(&findings)[0], @"warning: table scores: The theme `segment_id` stands in the column `segment_id_2`. (Rename the theme if scripts use this table: its name is taken, too long, or not plain text.)");
    }

    #[test]
    fn labels_are_the_machines() {
        insta::assert_snapshot!(show(&labels_frame(&small_findings()).unwrap()), @r#"
        segment_id str | theme str | score f32 | confidence f32 | rank u32 | source str | tier str
        "P01:1" | "workload" | 0.5 | 0.875 | 1 | "machine" | "likely"
        "P02:1" | "missing services" | 0.5 | 0.875 | 1 | "machine" | "likely"
        "P02:1" | "workload" | 0.5 | 0.875 | 2 | "machine" | "likely"
        "P02:2" | "missing services" | 0.5 | 0.875 | 1 | "machine" | "likely"
        "#);
    }

    #[test]
    fn empty_tables_keep_their_columns() {
        insta::assert_snapshot!(show(&scores_frame(&empty_findings()).unwrap()), @"segment_id str");
        insta::assert_snapshot!(show(&labels_frame(&empty_findings()).unwrap()), @"segment_id str | theme str | score f32 | confidence f32 | rank u32 | source str | tier str");
    }

    #[test]
    fn labels_for_themes_that_are_not_there_are_refused() {
        let mut findings = small_findings();
        findings.labels[1].theme = 7.into();
        insta::assert_snapshot!(labels_frame(&findings).unwrap_err(), @"the table `labels` refers to theme 7 (counted from 0) of 3");
        findings.themes.push(findings.themes[0].clone());
        insta::assert_snapshot!(scores_frame(&findings).unwrap_err(), @"the table `scores` refers to column 3 (counted from 0) of 3");
    }
}
