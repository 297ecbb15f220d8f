//! The tables `corrected_prevalence` and `corrected_contrasts`: labels corrected by human codes.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame, known};
use super::schema::{CORRECTED_CONTRASTS, CORRECTED_PREVALENCE};
use super::{Findings, TableError};
use crate::compare::{CorrectedContrast, CorrectedPrevalence};

/// The table `corrected_prevalence`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn corrected_prevalence_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.corrected_prevalence;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&CORRECTED_PREVALENCE, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let numbers = |name: &str, of: fn(&CorrectedPrevalence) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let more: Vec<Option<u32>> = rows.iter().map(|row| row.additional_sample_size).collect();
    let coded: [Vec<u32>; 2] =
        [rows.iter().map(|row| row.coded).collect(), rows.iter().map(|row| row.interviews_coded).collect()];
    let [segments, transcripts] = coded;
    frame(
        &CORRECTED_PREVALENCE,
        vec![
            Column::new("theme".into(), themes),
            Column::new("attribute".into(), rows.iter().map(|row| known(&row.attribute)).collect::<Vec<_>>()),
            Column::new("group".into(), rows.iter().map(|row| row.group.as_str()).collect::<Vec<_>>()),
            Column::new("coded".into(), segments),
            Column::new("transcripts_coded".into(), transcripts),
            numbers("share_machine", |row| Some(row.machine)),
            numbers("share_corrected", |row| row.corrected),
            numbers("low", |row| row.interval.map(|one| one.low)),
            numbers("high", |row| row.interval.map(|one| one.high)),
            numbers("lambda", |row| Some(row.lambda)),
            numbers("bias", |row| row.bias),
            Column::new("more_to_halve".into(), more),
        ],
    )
}

/// The table `corrected_contrasts`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn corrected_contrasts_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.corrected_contrasts;
    let mut themes = Vec::with_capacity(rows.len());
    for row in rows {
        themes.push(at(&CORRECTED_CONTRASTS, "theme", &findings.themes, row.theme)?.name.as_str());
    }
    let texts = |name: &str, of: fn(&CorrectedContrast) -> &str| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: fn(&CorrectedContrast) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let more: Vec<Option<u32>> = rows.iter().map(|row| row.additional_sample_size).collect();
    frame(
        &CORRECTED_CONTRASTS,
        vec![
            Column::new("theme".into(), themes),
            texts("attribute", |row| &row.attribute),
            texts("group_a", |row| &row.group_a),
            texts("group_b", |row| &row.group_b),
            Column::new("coded_a".into(), rows.iter().map(|row| row.coded_a).collect::<Vec<_>>()),
            Column::new("coded_b".into(), rows.iter().map(|row| row.coded_b).collect::<Vec<_>>()),
            numbers("difference_machine", |row| Some(row.machine)),
            numbers("difference_corrected", |row| row.corrected),
            numbers("low", |row| row.interval.map(|one| one.low)),
            numbers("high", |row| row.interval.map(|one| one.high)),
            numbers("p_value", |row| row.p_value),
            numbers("p_adjusted", |row| row.p_adjusted),
            numbers("p_fdr", |row| row.p_fdr),
            numbers("bias", |row| row.bias),
            Column::new("more_to_halve".into(), more),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn shares_stand_beside_what_the_machine_says() {
        insta::assert_snapshot!(show(&corrected_prevalence_frame(&small_findings()).unwrap()), @r#"
        theme str | attribute str | group str | coded u32 | transcripts_coded u32 | share_machine f64 | share_corrected f64 | low f64 | high f64 | lambda f64 | bias f64 | more_to_halve u32
        "workload" | null | "(all)" | 3 | 2 | 0.5 | 0.833333 | 0.133219 | 0.999962 | 0.0 | -0.333333 | null
        "workload" | "country" | "Chile" | 2 | 1 | 0.5 | 1.0 | 0.025 | 1.0 | 0.0 | -0.5 | null
        "workload" | "country" | "Israel" | 1 | 1 | 0.5 | 0.5 | 0.000386 | 0.999614 | 0.0 | 0.0 | null
        "missing services" | null | "(all)" | 3 | 2 | 0.5 | 0.5 | 0.024767 | 0.975233 | 1.0 | 0.0 | null
        "missing services" | "country" | "Chile" | 2 | 1 | 0.0 | 0.0 | 0.0 | 0.975 | 1.0 | 0.0 | null
        "missing services" | "country" | "Israel" | 1 | 1 | 1.0 | 1.0 | 0.025 | 1.0 | 1.0 | 0.0 | null
        "#);
        assert_eq!(corrected_prevalence_frame(&empty_findings()).unwrap().shape(), (0, 12));
    }

    #[test]
    fn differences_stand_beside_what_the_machine_says() {
        insta::assert_snapshot!(show(&corrected_contrasts_frame(&small_findings()).unwrap()), @r#"
        theme str | attribute str | group_a str | group_b str | coded_a u32 | coded_b u32 | difference_machine f64 | difference_corrected f64 | low f64 | high f64 | p_value f64 | p_adjusted f64 | p_fdr f64 | bias f64 | more_to_halve u32
        "workload" | "country" | "Chile" | "Israel" | 2 | 1 | 0.0 | 0.5 | -0.595554 | 0.999614 | 1.0 | 1.0 | 1.0 | -0.5 | null
        "missing services" | "country" | "Chile" | "Israel" | 2 | 1 | -1.0 | -1.0 | -1.0 | 0.378858 | 0.585786 | 1.0 | 1.0 | 0.0 | null
        "#);
        assert_eq!(corrected_contrasts_frame(&empty_findings()).unwrap().shape(), (0, 15));
    }
}
