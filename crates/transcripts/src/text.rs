//! Text as readers see it: bytes decoded, line breaks made one kind, times cut out of the words, the form in which words are
//! compared.

pub use crate::corpus::normal_form;
pub use crate::question::{QUESTION_MARKS, ends_in_question, holds_question};
pub use crate::read::{TimeMarks, clean, counted, decode};
