//! Finds and compares the themes of large corpora of interview transcripts.

pub mod cluster;
pub mod compare;
pub mod corpus;
pub mod read;
pub mod table;
pub mod theme;
