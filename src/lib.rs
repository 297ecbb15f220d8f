//! Finds and compares the themes of large corpora of interview transcripts.

pub mod compare;
pub mod corpus;
pub mod report;
pub mod review;
pub mod table;
pub mod theme;
