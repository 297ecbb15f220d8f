//! The table `trends`: themes over time.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame};
use super::schema::TRENDS;
use super::{Findings, TableError};
use crate::compare::{Trend, measure_name};

/// The table `trends`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn trends_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.comparisons.trends;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&TRENDS, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let texts = |name: &str, of: fn(&Trend) -> &str| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: fn(&Trend) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let transcripts: Vec<u32> = rows.iter().map(|row| row.transcripts).collect();
    frame(
        &TRENDS,
        vec![
            Column::new("theme".into(), themes),
            texts("attribute", |row| &row.attribute),
            texts("waves", |row| &row.waves),
            texts("measure", |row| measure_name(row.measure)),
            numbers("change", |row| Some(row.change)),
            numbers("low", |row| Some(row.interval.low)),
            numbers("high", |row| Some(row.interval.high)),
            numbers("p_value", |row| row.p_value),
            numbers("p_adjusted", |row| row.p_adjusted),
            numbers("p_fdr", |row| row.p_fdr),
            Column::new("transcripts".into(), transcripts),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn a_theme_has_a_row_for_each_measure() {
        insta::assert_snapshot!(show(&trends_frame(&small_findings()).unwrap()), @r#"
        theme str | attribute str | waves str | measure str | change f64 | low f64 | high f64 | p_value f64 | p_adjusted f64 | p_fdr f64 | transcripts u32
        "workload" | "country" | "Chile; Israel" | "share_segments" | 0.0 | -1.0 | 1.0 | null | null | null | 2
        "workload" | "country" | "Chile; Israel" | "share_transcripts" | 0.0 | -1.0 | 1.0 | null | null | null | 2
        "missing services" | "country" | "Chile; Israel" | "share_segments" | 1.0 | -1.0 | 1.0 | null | null | null | 2
        "missing services" | "country" | "Chile; Israel" | "share_transcripts" | 1.0 | -1.0 | 1.0 | null | null | null | 2
        "fear, minister" | "country" | "Chile; Israel" | "share_segments" | 0.0 | -1.0 | 1.0 | null | null | null | 2
        "fear, minister" | "country" | "Chile; Israel" | "share_transcripts" | 0.0 | -1.0 | 1.0 | null | null | null | 2
        "#);
        assert_eq!(trends_frame(&empty_findings()).unwrap().height(), 0);
    }
}
