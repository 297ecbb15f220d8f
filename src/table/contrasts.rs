//! The table `contrasts`: differences between groups.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame};
use super::schema::CONTRASTS;
use super::{Findings, TableError};
use crate::compare::{Contrast, measure_name};

/// The table `contrasts`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn contrasts_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.comparisons.contrasts;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&CONTRASTS, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let texts = |name: &str, of: fn(&Contrast) -> &str| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: fn(&Contrast) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let counts = |name: &str, of: fn(&Contrast) -> u32| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let confounded: Vec<bool> = rows.iter().map(|row| row.language_confounded).collect();
    frame(
        &CONTRASTS,
        vec![
            Column::new("theme".into(), themes),
            texts("attribute", |row| &row.attribute),
            texts("group_a", |row| &row.group_a),
            texts("group_b", |row| &row.group_b),
            texts("measure", |row| measure_name(row.measure)),
            numbers("difference", |row| Some(row.difference)),
            numbers("low", |row| Some(row.interval.low)),
            numbers("high", |row| Some(row.interval.high)),
            numbers("p_value", |row| row.p_value),
            numbers("p_adjusted", |row| row.p_adjusted),
            Column::new("language_confounded".into(), confounded),
            numbers("p_fdr", |row| row.p_fdr),
            numbers("smallest_detectable", |row| row.smallest_detectable),
            counts("transcripts_a", |row| row.transcripts_a),
            counts("transcripts_b", |row| row.transcripts_b),
            numbers("difference_within", |row| row.within.as_ref().map(|within| within.difference)),
            numbers("low_within", |row| row.within.as_ref().map(|within| within.interval.low)),
            numbers("high_within", |row| row.within.as_ref().map(|within| within.interval.high)),
            numbers("p_within", |row| row.within.as_ref().and_then(|within| within.p_value)),
            numbers("p_within_adjusted", |row| row.within.as_ref().and_then(|within| within.p_adjusted)),
            numbers("leave_language_out_low", |row| row.leave_language_out.map(|range| range.low)),
            numbers("leave_language_out_high", |row| row.leave_language_out.map(|range| range.high)),
            Column::new(
                "segments_compared".into(),
                rows.iter().map(|row| row.segments_compared).collect::<Vec<_>>(),
            ),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn a_contrast_is_a_row_for_each_measure() {
        insta::assert_snapshot!(show(&contrasts_frame(&small_findings()).unwrap()), @r#"
        theme str | attribute str | group_a str | group_b str | measure str | difference f64 | low f64 | high f64 | p_value f64 | p_adjusted f64 | language_confounded bool | p_fdr f64 | smallest_detectable f64 | transcripts_a u32 | transcripts_b u32 | difference_within f64 | low_within f64 | high_within f64 | p_within f64 | p_within_adjusted f64 | leave_language_out_low f64 | leave_language_out_high f64 | segments_compared u32
        "workload" | "country" | "Chile" | "Israel" | "share_segments" | 0.0 | -0.706561 | 0.706561 | null | null | true | null | null | 1 | 1 | null | null | null | null | null | null | null | null
        "workload" | "country" | "Chile" | "Israel" | "share_transcripts" | 0.0 | -0.975 | 0.975 | null | null | true | null | null | 1 | 1 | null | null | null | null | null | null | null | 2
        "missing services" | "country" | "Chile" | "Israel" | "share_segments" | -1.0 | -1.0 | 0.378858 | null | null | true | null | 0.985474 | 1 | 1 | null | null | null | null | null | null | null | null
        "missing services" | "country" | "Chile" | "Israel" | "share_transcripts" | -1.0 | -1.0 | 0.378858 | null | null | true | null | 0.985474 | 1 | 1 | null | null | null | null | null | null | null | 2
        "fear, minister" | "country" | "Chile" | "Israel" | "share_segments" | 0.0 | -0.975 | 0.975 | null | null | true | null | null | 1 | 1 | null | null | null | null | null | null | null | null
        "fear, minister" | "country" | "Chile" | "Israel" | "share_transcripts" | 0.0 | -0.975 | 0.975 | null | null | true | null | null | 1 | 1 | null | null | null | null | null | null | null | 2
        "#);
    }

    #[test]
    fn an_empty_table_keeps_its_columns() {
        insta::assert_snapshot!(show(&contrasts_frame(&empty_findings()).unwrap()), @"theme str | attribute str | group_a str | group_b str | measure str | difference f64 | low f64 | high f64 | p_value f64 | p_adjusted f64 | language_confounded bool | p_fdr f64 | smallest_detectable f64 | transcripts_a u32 | transcripts_b u32 | difference_within f64 | low_within f64 | high_within f64 | p_within f64 | p_within_adjusted f64 | leave_language_out_low f64 | leave_language_out_high f64 | segments_compared u32");
    }
}
