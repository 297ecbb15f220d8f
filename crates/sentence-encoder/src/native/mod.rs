//! The native inference engine: sentence-transformers models on the CPU.
//!
//! [`config`] reads and checks the settings of a model folder, `weights` reads the tensors, `transformer` is
//! the network, `family` has the names and differences of each family, and [`kernel`] has the arithmetic.
//! Texts are concatenated without padding, so the cost of a batch is that of its tokens, and a text's vector
//! does not depend on the other texts.

pub(crate) mod after_pooling;
mod arithmetic;
mod batch;
pub(crate) mod config;
mod encoder;
mod family;
mod folder;
pub(crate) mod kernel;
mod modules;
mod prompts;
mod random_model;
#[cfg(test)]
mod refusals;
mod rotary;
mod transformer;
pub(crate) mod weights;

pub use encoder::NativeEncoder;
pub use random_model::{RandomModel, write_random_model};
