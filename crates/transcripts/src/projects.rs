//! For the crate `refi-qda`: a decoder that knows old encodings and Word documents, and its diagnostics as problems.

pub use crate::read::{ProjectDecoder, problems_of};
