//! Finds and compares the themes of large corpora of interview transcripts.

pub mod cli;
pub mod cluster;
pub mod compare;
pub mod corpus;
pub mod embed;
pub mod exchange;
pub mod pipeline;
pub mod read;
pub mod report;
pub mod review;
pub mod segment;
pub mod study;
pub mod table;
pub mod theme;
