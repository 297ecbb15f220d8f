//! The rust-bert inference engine (feature `rust-bert`): the same models on libtorch, in f32 or bf16, on the
//! CPU or a graphics card.
//!
//! Files, tokens, pooling and prompts are those of the [`native`](super::native) engine; the network is that
//! of rust-bert. Its vectors agree with the native ones up to rounding. Their last bits depend on the
//! machine, the number of threads and the batch, because texts are padded to the longest of the batch and
//! libtorch chooses the order of sums by size.

mod batch;
mod encoder;
mod network;

pub use encoder::RustBertEncoder;
