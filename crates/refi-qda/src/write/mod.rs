//! Writes exchange files: `.qdpx` (a project) and `.qdc` (a codebook alone), valid against the standard's schemas.
//!
//! The schemas ask for an order of elements and forbid empty lists and empty attributes, and programs differ in what they take
//! beyond that. So texts have `\n` for every line break, no byte order mark, and lie in `sources/` as plain text.

mod codebook;
mod elements;
mod package;
mod project;

pub use self::codebook::write_qdc;
pub use self::package::write_qdpx;
