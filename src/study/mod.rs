//! The study: the researcher's settings, read from the study file and the codebook.
//!
//! [`StudyFile`](file) is unchecked; [`Study`] is checked: after [`Study::load`] no stage reads TOML, and no setting is out of
//! range. A program makes a study with [`Study::builder`], with the same checks (`ranges`).

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
pub use check::InMemory;
pub use codebook::description;
pub(crate) use codebook::theme_toml;
pub use error::StudyError;
pub use plan::{NoOutputFolder, OutputPlan, Study};
pub use review_folder::codes_file;
pub(crate) use review_folder::{CODES, NOTES, REVIEW};
pub use scaffold::scaffold;
