//! The tables that a run ends in.

mod findings;

pub use findings::Findings;
