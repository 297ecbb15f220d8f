//! The table `saturation`: themes found by number of interviews.

use polars::prelude::{Column, DataFrame};

use super::frame::frame;
use super::schema::SATURATION;
use super::{Findings, TableError};
use crate::compare::SaturationCount;

/// The table `saturation`.
///
/// # Errors
/// When a frame of these columns cannot be made.
pub fn saturation_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.comparisons.saturation.counts;
    let counts = |name: &str, of: fn(&SaturationCount) -> u32| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    let numbers = |name: &str, of: fn(&SaturationCount) -> Option<f64>| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &SATURATION,
        vec![
            counts("transcripts", |row| row.interviews),
            numbers("new_themes", |row| Some(row.new_themes)),
            numbers("share_new", |row| row.share_new.map(|share| share.value)),
            numbers("low", |row| row.share_new.map(|share| share.interval.low)),
            numbers("high", |row| row.share_new.map(|share| share.interval.high)),
            numbers("themes", |row| Some(row.themes)),
            numbers("themes_low", |row| Some(row.themes_interval.low)),
            numbers("themes_high", |row| Some(row.themes_interval.high)),
            numbers("share_saturated", |row| Some(row.reached[0])),
            numbers("share_without_new", |row| Some(row.reached[1])),
            counts("themes_listed", |row| row.themes_listed),
            numbers("share_new_listed", |row| row.share_new_listed),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn a_number_of_interviews_is_a_row() {
        insta::assert_snapshot!(show(&saturation_frame(&small_findings()).unwrap()), @r"
        transcripts u32 | new_themes f64 | share_new f64 | low f64 | high f64 | themes f64 | themes_low f64 | themes_high f64 | share_saturated f64 | share_without_new f64 | themes_listed u32 | share_new_listed f64
        1 | 1.5 | null | null | null | 1.5 | 1.0 | 2.0 | 0.0 | 0.0 | 1 | null
        2 | 0.5 | null | null | null | 2.0 | 2.0 | 2.0 | 0.0 | 0.0 | 2 | null
        ");
        assert_eq!(saturation_frame(&empty_findings()).unwrap().height(), 0);
    }
}
