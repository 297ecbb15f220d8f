//! The arithmetic of the encoder, apart from any model: dense layers, attention, layer norm, pooling.
//!
//! This is where another precision or another instruction set goes. A model hands over rows of f32 and gets rows of
//! f32 back, so that a dense layer may keep its weights as it likes: as f32 (`matrix`) or as bytes (`int8`). Each
//! number of a result depends on its own row (in attention: its own text) alone, and is computed in one fixed order.

#![expect(
    clippy::inline_always,
    reason = "a function compiles to vector instructions only inside its caller"
)]

mod attention;
mod dense;
mod elementwise;
mod feed_forward;
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
pub(super) use layer_norm::LayerNorm;
pub(super) use matrix::Epilogue;
pub(crate) use pool::Pooling;
pub(crate) use pool::pool;
pub use products::Products;
pub use workspace::Workspace;
