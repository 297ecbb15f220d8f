//! Exchange with the programs that researchers code by hand in: REFI-QDA codebooks, for now.

mod qdc;

pub use qdc::{QdcError, read_qdc};
