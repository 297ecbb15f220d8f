//! The model: transcripts, turns, speakers' roles, and the problems met while reading. Plain owned data.

mod in_memory;
mod normal_form;
mod problem;
mod stored_text;
mod transcript;

pub(crate) use normal_form::is_invisible;
pub use normal_form::normal_form;
pub use problem::{Problem, Severity};
pub use refi_qda::CharSpan;
pub use stored_text::{Text, TextStore};
pub use transcript::{Corpus, Role, Transcript, Turn};
