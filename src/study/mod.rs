//! The study: what the researcher asks for, read from the study file and the codebook.
//!
//! [`StudyFile`](file) is what was written; [`Study`] is what was checked. Past [`Study::load`] no stage looks at
//! TOML, and no setting can be out of range.

mod check;
mod codebook;
mod codebook_csv;
mod codebook_toml;
mod codebook_xlsx;
mod embedding;
mod error;
mod file;
mod scaffold;

pub use check::{OutputPlan, SegmentPlan, Study, Unit};
pub use codebook::{Codebook, Seed};
pub(crate) use codebook_toml::theme_toml;
pub use embedding::{EmbedPlan, Engine};
pub use error::StudyError;
pub use scaffold::scaffold;
