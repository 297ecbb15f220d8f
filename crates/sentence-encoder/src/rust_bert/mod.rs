//! The rust-bert inference engine: the same models on libtorch, in f32 or bf16, on the processor or a graphics card.
//!
//! Only in a build with the feature `rust-bert` (CONTRIBUTING.md). Files, tokens, pooling and prompts are those of the
//! [`native`](super::native) engine; only the network is rust-bert's. Its vectors agree with the native ones up to
//! rounding, and their last bits depend on the machine, the number of threads and the batch: texts are padded to the
//! longest beside them, and libtorch orders its sums as suits a size. Where the same bits matter, take the native engine.

mod batch;
mod encoder;
mod network;

pub use encoder::RustBertEncoder;
