//! Comparisons between groups of interviews, and between themes.
//!
//! Pure functions over the run's lists. A label that points beyond them is left out of every count.

mod cooccurrence;
mod prevalence;
mod tally;

pub use cooccurrence::{Cooccurrence, cooccurrence};
pub use prevalence::{Prevalence, prevalence};
