#![doc = include_str!("../README.md")]

mod cell;
mod column;
mod error;
mod frame;
mod plausible;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use cell::Cell;
pub use column::{Column, Kind, Values};
pub use error::FrameError;
pub use frame::Frame;
pub use read::read_frame;
pub use write::FrameWriter;
