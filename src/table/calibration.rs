//! The table `calibration`: how often people say yes at each confidence of the program.

use polars::prelude::{Column, DataFrame};

use super::frame::frame;
use super::schema::CALIBRATION;
use super::{Findings, TableError};
use crate::results::CalibrationBin;

/// The table `calibration`.
///
/// # Errors
/// When a frame of these columns cannot be made.
pub fn calibration_frame(findings: &Findings) -> Result<DataFrame, TableError> {
    let rows = &findings.calibration;
    let shares = |name: &str, of: fn(&CalibrationBin) -> f64| {
        Column::new(name.into(), rows.iter().map(of).collect::<Vec<_>>())
    };
    frame(
        &CALIBRATION,
        vec![
            shares("confidence_low", |row| row.low),
            shares("confidence_high", |row| row.high),
            Column::new("decisions".into(), rows.iter().map(|row| row.nobs).collect::<Vec<_>>()),
            shares("confidence", |row| row.mean_predicted),
            shares("share_yes", |row| row.share_yes),
            shares("low", |row| row.interval.low),
            shares("high", |row| row.interval.high),
            shares("share_decisions", |row| row.share_decisions),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::fixture::{empty_findings, show, small_findings};

    #[test]
    fn a_row_is_a_bin_with_decisions() {
        insta::assert_snapshot!(show(&calibration_frame(&small_findings()).unwrap()), @r"
        confidence_low f64 | confidence_high f64 | decisions u32 | confidence f64 | share_yes f64 | low f64 | high f64 | share_decisions f64
        0.0 | 0.1 | 3 | 0.05 | 0.333333 | 0.000008 | 0.997137 | 0.5
        0.6 | 0.8 | 3 | 0.7 | 0.833333 | 0.068728 | 0.999999 | 0.5
        ");
        assert_eq!(calibration_frame(&empty_findings()).unwrap().shape(), (0, 8));
    }
}
