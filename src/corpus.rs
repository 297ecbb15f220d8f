//! Transcripts, turns and problems: the model of the crate `transcripts`.

pub use crate::results::{Origin, Parameter, Passage, Progress, Segment, Silent, Stage};
pub use transcripts::text::normal_form;
pub use transcripts::{CharSpan, Corpus, Problem, Role, Severity, Transcript, Turn};
