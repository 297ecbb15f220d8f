//! The native inference engine: sentence-transformer models from their own files, on the CPU, without Python.
//!
//! [`config`] checks what a model folder says, `weights` reads its numbers, `transformer` is the network, `family` knows
//! what each family calls its parts and does otherwise, and [`kernel`] does the arithmetic. Texts are laid end to end
//! without padding: a batch of any texts costs what its tokens cost, and a text does not notice its neighbours.

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
mod transformer;
pub(crate) mod weights;

pub use encoder::NativeEncoder;
pub use random_model::{RandomModel, write_random_model};
