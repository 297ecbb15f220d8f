//! Writes projects (`.qdpx`) and codebooks (`.qdc`) that are valid against the standard's schemas.
//!
//! The schemas ask for an order of elements and forbid empty lists and empty attributes. Programs ask for more, so texts have `\n` for
//! every line break, no byte order mark, and lie in `sources/` as plain text.

mod codebook;
mod elements;
mod package;
mod project;

pub use self::codebook::write_qdc;
pub use self::package::write_qdpx;
