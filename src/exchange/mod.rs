//! Exchange with the programs that researchers code by hand in: projects (`.qdpx`) and codebooks (`.qdc`) of REFI-QDA 1.5, the
//! standard that NVivo, ATLAS.ti, MAXQDA and others read and write.
//!
//! `project` is what such a file says; `write` and `read` go between it and bytes; `export` makes it of a finished run.

mod codes;
mod export;
mod guid;
mod kept;
mod losses;
pub mod parts;
mod places;
pub mod project;
mod qdc;
mod values;
mod write;

pub use export::{About, MACHINE_USER, project_of};
pub use guid::Guid;
pub use kept::keep_export;
pub use losses::Loss;
pub use places::{Places, shown_text};
pub use qdc::{QdcError, read_qdc};
pub use write::{write_qdc, write_qdpx};
