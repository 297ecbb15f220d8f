//! The table `learned`: what people's codes changed in the labels of other segments.

use polars::prelude::{Column, DataFrame};

use super::frame::{at, frame};
use super::schema::LEARNED;
use super::{Findings, TableError};
use crate::results::LearnedTheme;

/// The table `learned`.
///
/// # Errors
/// When a row refers to a theme that is not there.
pub fn learned_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.learned;
    let names = rows
        .iter()
        .map(|row| at(&LEARNED, "theme", &findings.themes, row.theme).map(|theme| theme.name.as_str()));
    let counts = |name: &str, of: fn(&LearnedTheme) -> u32| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let losses = |name: &str, of: fn(&LearnedTheme) -> f64| {
        // Without coded segments there is no mean.
        let of = |row: &LearnedTheme| (row.coded > 0).then(|| of(row));
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &LEARNED,
        vec![
            Column::new("theme".into(), names.collect::<Result<Vec<_>, _>>()?),
            counts("coded", |row| row.coded),
            counts("carrying", |row| row.carrying),
            losses("loss_before", |row| row.loss_before),
            losses("loss_after", |row| row.loss_after),
            Column::new("learned".into(), rows.iter().map(|row| row.used).collect::<Vec<_>>()),
            counts("labels_before", |row| row.labels_before),
            counts("labels_after", |row| row.labels_after),
            counts("labels_kept", |row| row.labels_kept),
            Column::new("own_direction".into(), rows.iter().map(|row| row.own).collect::<Vec<_>>()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn every_seed_theme_is_a_row_where_people_coded() {
        insta::assert_snapshot!(show(&learned_frame(&small_findings()).unwrap()), @r#"
        theme str | coded u32 | carrying u32 | loss_before f64 | loss_after f64 | learned bool | labels_before u32 | labels_after u32 | labels_kept u32 | own_direction f64
        "missing services" | 3 | 1 | 0.5 | 0.25 | true | 4 | 2 | 1 | 0.75
        "#);
        assert_eq!(learned_frame(&empty_findings()).unwrap().shape(), (0, 10));
    }
}
