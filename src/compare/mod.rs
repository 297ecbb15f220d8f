//! Comparisons between groups of interviews, and between themes.
//!
//! Pure functions over the run's lists. `tally` counts labels an interview, `groups` says who is in which group, `interval` how far
//! a share can be trusted. A label that points beyond the lists is left out of every count.

mod contrast;
mod cooccurrence;
mod corrected;
mod groups;
mod interval;
mod prevalence;
#[cfg(test)]
mod simulated;
mod tally;

pub use contrast::{ALL_OTHERS, Contrast, contrasts};
pub use cooccurrence::{Cooccurrence, cooccurrence};
pub use corrected::{Corrected, CorrectedContrast, CorrectedPrevalence, HumanSample, corrected};
pub use interval::Interval;
pub(crate) use interval::{TAIL, effective, exact, on_logit_scale, student};
pub use prevalence::{Prevalence, prevalence};
pub use tally::{Measure, Tallies};
