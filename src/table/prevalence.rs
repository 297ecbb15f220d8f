//! The tables `prevalence` and `cooccurrence`: comparisons between groups, and between themes.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame, known};
use super::schema::{COOCCURRENCE, PREVALENCE};
use super::{Findings, TableError};
use crate::compare::{Cooccurrence, Prevalence};

/// The table `prevalence`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn prevalence_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.comparisons.prevalence;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&PREVALENCE, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let numbers = |name: &str, of: fn(&Prevalence) -> f64| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &PREVALENCE,
        vec![
            Column::new("theme".into(), themes),
            Column::new("attribute".into(), rows.iter().map(|row| known(&row.attribute)).collect::<Vec<_>>()),
            Column::new("group".into(), rows.iter().map(|row| row.group.as_str()).collect::<Vec<_>>()),
            Column::new("segments".into(), rows.iter().map(|row| row.segments).collect::<Vec<_>>()),
            Column::new("transcripts".into(), rows.iter().map(|row| row.transcripts).collect::<Vec<_>>()),
            numbers("share_segments", |row| row.share_segments),
            numbers("share_segments_low", |row| row.interval_segments.low),
            numbers("share_segments_high", |row| row.interval_segments.high),
            numbers("share_transcripts", |row| row.share_transcripts),
            numbers("share_transcripts_low", |row| row.interval_transcripts.low),
            numbers("share_transcripts_high", |row| row.interval_transcripts.high),
            numbers("mean_share", |row| row.mean_share),
            numbers("mean_share_low", |row| row.interval_mean.low),
            numbers("mean_share_high", |row| row.interval_mean.high),
            Column::new(
                "likely_segments".into(),
                rows.iter().map(|row| row.likely_segments).collect::<Vec<_>>(),
            ),
            Column::new(
                "likely_transcripts".into(),
                rows.iter().map(|row| row.likely_transcripts).collect::<Vec<_>>(),
            ),
            numbers("share_likely", |row| row.share_likely),
            numbers("share_likely_low", |row| row.interval_likely.low),
            numbers("share_likely_high", |row| row.interval_likely.high),
            Column::new("has_basis".into(), rows.iter().map(|row| row.has_basis).collect::<Vec<_>>()),
        ],
    )
}

/// The table `cooccurrence`.
///
/// # Errors
/// When a pair refers to a theme that is not there.
pub fn cooccurrence_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let pairs = &findings.comparisons.cooccurrence;
    let mut firsts = Vec::with_capacity(pairs.len());
    let mut seconds = Vec::with_capacity(pairs.len());
    for pair in pairs {
        firsts.push(at(&COOCCURRENCE, "theme", &findings.themes, pair.theme_a)?.name.as_str());
        seconds.push(at(&COOCCURRENCE, "theme", &findings.themes, pair.theme_b)?.name.as_str());
    }
    let numbers = |name: &str, of: fn(&Cooccurrence) -> Option<f64>| {
        Column::new(name.into(), pairs.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &COOCCURRENCE,
        vec![
            Column::new("theme_a".into(), firsts),
            Column::new("theme_b".into(), seconds),
            Column::new("segments".into(), pairs.iter().map(|pair| pair.segments).collect::<Vec<_>>()),
            Column::new("transcripts".into(), pairs.iter().map(|pair| pair.transcripts).collect::<Vec<_>>()),
            Column::new("jaccard".into(), pairs.iter().map(|pair| pair.jaccard).collect::<Vec<_>>()),
            numbers("lift", |pair| pair.lift),
            numbers("lift_low", |pair| pair.lift_interval.map(|interval| interval.low)),
            numbers("lift_high", |pair| pair.lift_interval.map(|interval| interval.high)),
            numbers("jaccard_transcripts", |pair| Some(pair.jaccard_transcripts)),
            numbers("lift_transcripts", |pair| pair.lift_transcripts),
            numbers("lift_transcripts_low", |pair| {
                pair.lift_transcripts_interval.map(|interval| interval.low)
            }),
            numbers("lift_transcripts_high", |pair| {
                pair.lift_transcripts_interval.map(|interval| interval.high)
            }),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn prevalence_has_both_denominators_and_their_intervals() {
        insta::assert_snapshot!(show(&prevalence_frame(&small_findings()).unwrap()), @r#"
        theme str | attribute str | group str | segments u32 | transcripts u32 | share_segments f64 | share_segments_low f64 | share_segments_high f64 | share_transcripts f64 | share_transcripts_low f64 | share_transcripts_high f64 | mean_share f64 | mean_share_low f64 | mean_share_high f64 | likely_segments u32 | likely_transcripts u32 | share_likely f64 | share_likely_low f64 | share_likely_high f64 | has_basis bool
        "workload" | null | "(all)" | 2 | 2 | 0.5 | 0.012579 | 0.987421 | 1.0 | 0.158114 | 1.0 | 0.5 | 0.012579 | 0.987421 | 2 | 2 | 0.5 | 0.012579 | 0.987421 | true
        "workload" | "country" | "Chile" | 1 | 1 | 0.5 | 0.000386 | 0.999614 | 1.0 | 0.025 | 1.0 | 0.5 | 0.000386 | 0.999614 | 1 | 1 | 0.5 | 0.000386 | 0.999614 | true
        "workload" | "country" | "Israel" | 1 | 1 | 0.5 | 0.000386 | 0.999614 | 1.0 | 0.025 | 1.0 | 0.5 | 0.000386 | 0.999614 | 1 | 1 | 0.5 | 0.000386 | 0.999614 | true
        "workload" | "Turns" | "many" | 1 | 1 | 0.5 | 0.000386 | 0.999614 | 1.0 | 0.025 | 1.0 | 0.5 | 0.000386 | 0.999614 | 1 | 1 | 0.5 | 0.000386 | 0.999614 | true
        "missing services" | null | "(all)" | 2 | 1 | 0.5 | 0.012579 | 0.987421 | 0.5 | 0.012579 | 0.987421 | 0.5 | 0.012579 | 0.987421 | 2 | 1 | 0.5 | 0.012579 | 0.987421 | true
        "missing services" | "country" | "Chile" | 0 | 0 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0 | 0 | 0.0 | 0.0 | 0.975 | true
        "missing services" | "country" | "Israel" | 2 | 1 | 1.0 | 0.025 | 1.0 | 1.0 | 0.025 | 1.0 | 1.0 | 0.025 | 1.0 | 2 | 1 | 1.0 | 0.025 | 1.0 | true
        "missing services" | "Turns" | "many" | 0 | 0 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0 | 0 | 0.0 | 0.0 | 0.975 | true
        "fear, minister" | null | "(all)" | 0 | 0 | 0.0 | 0.0 | 0.841886 | 0.0 | 0.0 | 0.841886 | 0.0 | 0.0 | 0.841886 | 0 | 0 | 0.0 | 0.0 | 0.841886 | true
        "fear, minister" | "country" | "Chile" | 0 | 0 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0 | 0 | 0.0 | 0.0 | 0.975 | true
        "fear, minister" | "country" | "Israel" | 0 | 0 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0 | 0 | 0.0 | 0.0 | 0.975 | true
        "fear, minister" | "Turns" | "many" | 0 | 0 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0.0 | 0.0 | 0.975 | 0 | 0 | 0.0 | 0.0 | 0.975 | true
        "#);
    }

    #[test]
    fn cooccurrence_has_a_row_a_pair() {
        insta::assert_snapshot!(show(&cooccurrence_frame(&small_findings()).unwrap()), @r#"
        theme_a str | theme_b str | segments u32 | transcripts u32 | jaccard f64 | lift f64 | lift_low f64 | lift_high f64 | jaccard_transcripts f64 | lift_transcripts f64 | lift_transcripts_low f64 | lift_transcripts_high f64
        "workload" | "missing services" | 1 | 1 | 0.333333 | 1.0 | 0.001741 | 574.27155 | 0.5 | 1.0 | 0.025528 | 39.172124
        "workload" | "fear, minister" | 0 | 0 | 0.0 | null | null | null | 0.0 | null | null | null
        "missing services" | "fear, minister" | 0 | 0 | 0.0 | null | null | null | 0.0 | null | null | null
        "#);
    }

    #[test]
    fn empty_tables_keep_their_columns() {
        insta::assert_snapshot!(show(&prevalence_frame(&empty_findings()).unwrap()), @"theme str | attribute str | group str | segments u32 | transcripts u32 | share_segments f64 | share_segments_low f64 | share_segments_high f64 | share_transcripts f64 | share_transcripts_low f64 | share_transcripts_high f64 | mean_share f64 | mean_share_low f64 | mean_share_high f64 | likely_segments u32 | likely_transcripts u32 | share_likely f64 | share_likely_low f64 | share_likely_high f64 | has_basis bool");
        insta::assert_snapshot!(show(&cooccurrence_frame(&empty_findings()).unwrap()), @"theme_a str | theme_b str | segments u32 | transcripts u32 | jaccard f64 | lift f64 | lift_low f64 | lift_high f64 | jaccard_transcripts f64 | lift_transcripts f64 | lift_transcripts_low f64 | lift_transcripts_high f64");
    }
}
