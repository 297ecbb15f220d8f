//! Functions on text that readers use: decoding, line breaks, times within the words, the form in which words are compared.

pub use crate::corpus::normal_form;
pub use crate::question::{QUESTION_MARKS, ends_in_question, holds_question};
pub use crate::read::{TimeMarks, clean, counted, decode};
