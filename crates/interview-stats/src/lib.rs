#![doc = include_str!("../README.md")]

pub mod adjust;
pub mod agreement;
mod calibration;
mod cooccurrence;
pub mod corrected;
mod count;
pub mod groups;
mod hypergeometric;
mod interval;
mod monte_carlo;
mod proportion;
pub mod sampling;
pub mod saturation;
pub mod settings;
#[cfg(test)]
mod simulated;
mod trend;
mod warning;

pub use calibration::{CalibrationBin, CheckedPrediction, calibration_curve};
pub use cooccurrence::{Cooccurrence, PairCounts};
pub use count::{Count, CountTable, Measure};
pub use interval::{Estimate, Interval, binomial_interval};
pub use proportion::{
    difference_interval, interview_proportion, mean_proportion, pooled_proportion, proportion,
};
pub use trend::{Trend, trend};
pub use warning::{Warning, small_group};
