//! What every stage shares: transcripts and their turns, segments, problems, progress.
//!
//! Plain owned data. A reader makes transcripts, `segment` cuts them, and from there on every stage refers to a
//! transcript or a segment by its place in these lists.

mod normal_form;
mod parameter;
mod problem;
mod progress;
mod segment;
mod transcript;

pub use normal_form::normal_form;
pub use parameter::{Origin, Parameter};
pub use problem::{Problem, Severity};
pub use progress::{Progress, Silent, Stage};
pub use segment::{Passage, Segment};
pub use transcript::{CharSpan, Corpus, Role, Transcript, Turn};
