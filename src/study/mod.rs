//! The study: what the researcher asks for, read from the study file and the codebook.
//!
//! [`StudyFile`](file) is what was written; [`Study`] is what was checked. Past [`Study::load`] no stage looks at
//! TOML, and no setting can be out of range. A program makes a study with [`Study::builder`], which checks the same (`ranges`).

mod builder;
mod check;
mod codebook;
mod error;
mod file;
mod mistakes;
mod plan;
mod ranges;
mod review_folder;
mod scaffold;

pub use builder::StudyBuilder;
pub use codebook::description;
pub(crate) use codebook::theme_toml;
pub use error::StudyError;
pub use plan::{NoOutputFolder, OutputPlan, Study};
pub use review_folder::codes_file;
pub(crate) use review_folder::{CODES, NOTES, REVIEW};
pub use scaffold::scaffold;
