//! The arithmetic of the encoder: dense layers, attention, layer normalization, pooling.
//!
//! A new precision or instruction set is added here. Inputs and outputs are rows of f32; how weights are kept
//! is up to the precision: as f32 (`matrix`) or as bytes (`int8`). Each number of a result depends on its own
//! row only (in attention: on its own text) and is computed in a fixed order.

#![expect(
    clippy::inline_always,
    reason = "a function is compiled to vector instructions only when it is inlined into its caller"
)]

mod attention;
mod dense;
mod elementwise;
mod feed_forward;
mod gated;
mod int8;
mod layer_norm;
mod matrix;
mod pool;
mod products;
mod sum;
mod workspace;

pub(super) use attention::{Attention, Distances, Projected};
pub(super) use dense::{Dense, Linear};
pub(super) use feed_forward::FeedForward;
pub(crate) use gated::Activation;
pub(super) use gated::GatedFeedForward;
pub(super) use layer_norm::LayerNorm;
pub(super) use matrix::Epilogue;
pub(crate) use pool::Pooling;
pub(crate) use pool::pool;
pub use products::Products;
pub use workspace::Workspace;
