#![doc = include_str!("../README.md")]

pub mod distributions;
pub mod elementary;
mod instructions;
pub mod products;
mod random;

pub use instructions::{InstructionSet, Instructions};
pub use random::{RandomStream, random_stream};
