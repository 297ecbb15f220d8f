//! What every stage shares: transcripts and their turns, segments, problems, progress.
//!
//! Plain owned data. A reader makes transcripts, `segment` cuts them, and from there on every stage refers to a
//! transcript or a segment by its place in these lists.

mod normal_form;
mod problem;
mod transcript;

pub use crate::results::{Origin, Parameter, Passage, Progress, Segment, Silent, Stage};
pub use normal_form::normal_form;
pub use problem::{Problem, Severity};
pub use refi_qda::CharSpan;
pub use transcript::{Corpus, Role, Transcript, Turn};
