//! Samples of segments for human coding: with which probability each is drawn, the draw, and how large a sample must be.

mod probability;
mod width;

pub use self::probability::{inclusion_probabilities, mixed_sizes, systematic_sample};
pub use self::width::{ThemeVariation, expected_width, intraclass_correlation, sample_size};
