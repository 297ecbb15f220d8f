#![doc = include_str!("../README.md")]

pub mod distributions;
pub mod elementary;
mod instructions;
pub mod products;
mod random;
mod row_sums;

pub use instructions::{InstructionSet, Instructions};
pub use random::{RandomStream, random_stream};
pub use row_sums::RowSums;
