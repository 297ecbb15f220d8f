//! Exchange with the programs that researchers code by hand in: projects (`.qdpx`) and codebooks (`.qdc`) of REFI-QDA 1.5, the
//! standard that NVivo, ATLAS.ti, MAXQDA and others read and write.
//!
//! `project` is what such a file says; `write` and `read` go between it and bytes; `export` makes it of a finished run.

mod changes;
mod changes_file;
mod coded;
mod codes;
mod export;
mod highlights;
mod kept;
mod lines;
mod matched;
mod places;
mod taken_back;
mod withdrawn;

pub use changes::{Change, ChangeKind, changes};
pub use changes_file::ChangesError;
pub use coded::{Run, human_answers, read_human_answers};
pub use export::{About, MACHINE_USER, project_of};
pub use highlights::is_list_of_highlights;
pub use kept::keep_export;
pub use places::{Places, shown_text};
pub use taken_back::{TakeBackError, TakenBack, take_back, take_highlights};
pub(crate) use withdrawn::export_without;

#[cfg(test)]
mod tests;
