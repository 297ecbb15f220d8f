//! Projects of other programs (REFI-QDA), with old encodings guessed and sources without plain text read from Word documents.

pub use crate::read::{ProjectDecoder, problems_of};
