//! Exchange with the programs that researchers code by hand in: projects (`.qdpx`) and codebooks (`.qdc`) of REFI-QDA 1.5, the
//! standard that NVivo, ATLAS.ti, MAXQDA and others read and write.
//!
//! `project` is what such a file says; `write` and `read` go between it and bytes; `export` makes it of a finished run.

mod changes;
mod changes_file;
mod coded;
mod codes;
mod colors;
mod export;
mod guid;
mod highlights;
mod kept;
mod lines;
mod losses;
mod matched;
pub mod parts;
mod places;
pub mod project;
mod read;
mod seeds;
mod taken_back;
mod values;
mod withdrawn;
mod write;

pub use changes::{Change, ChangeKind, changes};
pub use changes_file::ChangesError;
pub use coded::{Run, human_answers, read_human_answers};
pub use export::{About, MACHINE_USER, project_of};
pub use guid::Guid;
pub use highlights::is_list_of_highlights;
pub use kept::keep_export;
pub use losses::Loss;
pub use places::{Places, shown_text};
pub use read::{PositionReading, ProjectError, ReadProject, read_qdc, read_qdpx};
pub use seeds::seeds_of;
pub use taken_back::{TakeBackError, TakenBack, take_back, take_highlights};
pub(crate) use withdrawn::export_without;
pub use write::{write_qdc, write_qdpx};

#[cfg(test)]
mod tests;
