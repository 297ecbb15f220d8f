//! JSON that people or programs may have changed: a value of another type counts as absent, and does not spoil the file.

pub use crate::read::{Plain, PlainValues};
