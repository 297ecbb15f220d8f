//! Finds and compares the themes of large corpora of interview transcripts.

pub mod compare;
pub mod corpus;
pub mod embed;
pub mod table;
pub mod theme;
