//! The study: what the researcher asks for, read from the study file and the codebook.
//!
//! [`StudyFile`](file) is what was written; [`Study`] is what was checked. Past [`Study::load`] no stage looks at
//! TOML, and no setting can be out of range.

mod check;
mod codebook;

mod embedding;
mod error;
mod file;
mod mistakes;
mod scaffold;

pub use crate::results::{Codebook, Seed};
pub use check::{OutputPlan, SegmentPlan, Study, Unit};
pub(crate) use codebook::theme_toml;
pub use embedding::{EmbedPlan, Engine};
pub use error::StudyError;
pub use scaffold::scaffold;
