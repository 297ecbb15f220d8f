//! The study: what the researcher asks for, read from the study file and the codebook.
//!
//! [`StudyFile`](file) is what was written; [`Study`] is what was checked. Past [`Study::load`] no stage looks at
//! TOML, and no setting can be out of range.

mod check;
mod codebook;
mod codebook_csv;
mod codebook_toml;
mod error;
mod file;
mod scaffold;

pub(crate) use check::{HOW_TO_BUILD, NOT_BUILT_IN};
pub use check::{EmbedPlan, Engine, OutputPlan, SegmentPlan, Study, Unit};
pub use codebook::{Codebook, Seed};
pub use error::StudyError;
pub use scaffold::scaffold;
