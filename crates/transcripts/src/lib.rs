#![doc = include_str!("../README.md")]

pub mod codes;
mod corpus;
pub mod json;
mod observer;
pub mod phrases;
pub mod projects;
pub mod pseudonym;
mod question;
mod read;
pub mod tables;
pub mod text;

pub use corpus::{CharSpan, Corpus, Problem, Role, Severity, Text, TextStore, Transcript, Turn};
pub use observer::ReadObserver;
pub use pseudonym::{Mask, Pseudonyms, Replacement};
pub use read::{
    Confidence, FileState, InterviewerGuess, ProblemLog, QuestionForm, ReadError, ReadPlan, Reading,
    SourceData, SourceFile, SpeakerShare, focus_groups, formats, guess_interviewers, read_corpus,
    read_file_bytes, readable_endings, speaker_shares,
};
