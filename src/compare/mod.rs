//! Comparisons between groups of interviews, and between themes.

mod cooccurrence;
mod prevalence;

pub use cooccurrence::Cooccurrence;
pub use prevalence::Prevalence;
