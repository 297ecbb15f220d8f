//! The tables `positions` and `raised`: where in an interview a theme occurs, and who introduces it.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame};
use super::schema::{POSITIONS, RAISED};
use super::{Findings, TableError};
use crate::compare::{Position, ThemeIntroduction};

/// The table `positions`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn positions_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.comparisons.positions;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&POSITIONS, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let counts = |name: &str, of: fn(&Position) -> u32| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: fn(&Position) -> f64| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &POSITIONS,
        vec![
            Column::new("theme".into(), themes),
            counts("tenth", |row| row.tenth),
            counts("segments", |row| row.segments),
            counts("transcripts", |row| row.transcripts),
            numbers("share", |row| row.share),
            numbers("low", |row| row.interval.low),
            numbers("high", |row| row.interval.high),
        ],
    )
}

/// The table `raised`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn raised_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.comparisons.introductions;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&RAISED, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let counts = |name: &str, of: fn(&ThemeIntroduction) -> u32| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: fn(&ThemeIntroduction) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &RAISED,
        vec![
            Column::new("theme".into(), themes),
            counts("transcripts", |row| row.transcripts),
            counts("by_participant", |row| row.by_participant),
            counts("by_interviewer", |row| row.by_interviewer),
            numbers("share_interviewer", |row| row.share_interviewer.map(|share| share.value)),
            numbers("low", |row| row.share_interviewer.map(|share| share.interval.low)),
            numbers("high", |row| row.share_interviewer.map(|share| share.interval.high)),
            counts("not_known", |row| row.not_known),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn a_theme_has_a_row_for_every_tenth() {
        let frame = positions_frame(&small_findings()).unwrap();
        assert_eq!(frame.height(), 30);
        insta::assert_snapshot!(show(&frame.head(Some(10))), @r#"
        theme str | tenth u32 | segments u32 | transcripts u32 | share f64 | low f64 | high f64
        "workload" | 1 | 0 | 0 | 0.0 | 0.0 | 1.0
        "workload" | 2 | 0 | 0 | 0.0 | 0.0 | 1.0
        "workload" | 3 | 0 | 0 | 0.0 | 0.0 | 1.0
        "workload" | 4 | 0 | 0 | 0.0 | 0.0 | 1.0
        "workload" | 5 | 0 | 0 | 0.0 | 0.0 | 1.0
        "workload" | 6 | 2 | 2 | 1.0 | 0.158114 | 1.0
        "workload" | 7 | 0 | 0 | 0.0 | 0.0 | 1.0
        "workload" | 8 | 0 | 0 | 0.0 | 0.0 | 0.975
        "workload" | 9 | 0 | 0 | 0.0 | 0.0 | 1.0
        "workload" | 10 | 0 | 0 | 0.0 | 0.0 | 0.975
        "#);
    }

    #[test]
    fn who_raised_a_theme_is_a_row() {
        insta::assert_snapshot!(show(&raised_frame(&small_findings()).unwrap()), @r#"
        theme str | transcripts u32 | by_participant u32 | by_interviewer u32 | share_interviewer f64 | low f64 | high f64 | not_known u32
        "workload" | 2 | 0 | 1 | 1.0 | 0.025 | 1.0 | 1
        "missing services" | 1 | 0 | 0 | null | null | null | 1
        "fear, minister" | 0 | 0 | 0 | null | null | null | 0
        "#);
    }

    #[test]
    fn empty_tables_keep_their_columns() {
        assert_eq!(positions_frame(&empty_findings()).unwrap().shape(), (0, 7));
        assert_eq!(raised_frame(&empty_findings()).unwrap().shape(), (0, 8));
    }
}
