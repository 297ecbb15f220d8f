//! What a reader makes: transcripts and their turns, and the problems that it met. Plain owned data.

mod normal_form;
mod problem;
mod transcript;

pub use normal_form::normal_form;
pub use problem::{Problem, Severity};
pub use refi_qda::CharSpan;
pub use transcript::{Corpus, Role, Transcript, Turn};
