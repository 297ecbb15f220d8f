//! Comparisons between groups of interviews, between themes, over an interview and over time.
//!
//! Pure functions over the run's lists; `compared` makes all of them. `tally` counts labels an interview, `groups` says who is in which
//! group, `interval` how far a share can be trusted, `adjust` what is left of many p values. A label that points beyond the lists is
//! left out of every count.

mod adjust;
mod compared;
mod contrast;
mod cooccurrence;
mod corrected;
mod drawn;
mod groups;
mod interval;
mod parameters;
mod positions;
mod prevalence;
mod raised;
mod saturation;
#[cfg(test)]
mod simulated;
mod tally;
mod trends;

pub use compared::{Coded, ComparePlan, Compared, compare, input_problems};
pub use contrast::{ALL_OTHERS, Contrast, ContrastPlan, Within, contrasts};
pub use cooccurrence::{Cooccurrence, cooccurrence};
pub use corrected::{Corrected, CorrectedContrast, CorrectedPrevalence, HumanSample, corrected};
pub use interval::Interval;
pub(crate) use interval::{
    TAIL, WeightedInterview, effective, exact, on_logit_scale, student, weighted_ratio,
};
pub use parameters::parameters;
pub use positions::{Position, positions};
pub use prevalence::{Prevalence, overall_prevalence, prevalence};
pub use raised::{Raised, raised};
pub use saturation::{Saturation, SaturationCount, SaturationReached, saturation};
pub use tally::{Measure, Tallies};
pub use trends::{Trend, trends};
