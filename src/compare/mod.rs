//! Comparisons between groups of interviews, between themes, over an interview and over time.
//!
//! Pure functions over the run's lists that join labels, attributes and groups to the statistics of `interview_stats` and make rows and
//! problems; `comparisons` makes all of them. `counts` counts labels by interview, `groups` says who is in which group, `basis` which
//! groups have one for shares of the codebook's themes. A label that points
//! beyond the lists is left out of every count.

mod basis;
mod comparisons;
mod contrast;
mod cooccurrence;
mod corrected;
mod counts;
mod groups;
mod introductions;
mod parameters;
mod positions;
mod prevalence;
mod saturation;
mod trends;

pub use comparisons::{CompareInput, ComparePlan, Comparisons, compare, input_problems};
pub use contrast::{ALL_OTHERS, Contrast, ContrastPlan, StratifiedContrast, contrasts};
pub use cooccurrence::{Cooccurrence, cooccurrence};
pub use corrected::{
    Answer, Corrected, CorrectedContrast, CorrectedPrevalence, DifferenceAnswer, HumanSample, InterviewShare,
    QuestionPlan, corrected,
};
pub use counts::{count_labels, count_likely_labels, measure_name};
pub use interview_stats::corrected::Question;
pub use interview_stats::saturation::{Saturation, SaturationCount, SaturationReached};
pub use interview_stats::{Interval, Measure};
pub use introductions::{ThemeIntroduction, theme_introductions};
pub use parameters::parameters;
pub use positions::{Position, positions};
pub use prevalence::{ALL, Prevalence, prevalence};
pub use saturation::{saturation, saturation_sentence};
pub use trends::{Trend, trends};
