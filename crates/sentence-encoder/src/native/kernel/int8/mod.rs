//! The int8 precision.
//!
//! Each row of input is quantized to 7 bits with its own parameters, `x ≈ scale · q + low`, so it does not
//! depend on other rows. Weights are quantized to 8 bits with a scale for each output. Their products are
//! exact sums of integers, so every instruction set gives the same bits; the float arithmetic is in `rows`
//! and `dequantize`, written once for all sets. Inputs have 7 bits rather than 8 because AVX2 multiplies
//! unsigned by signed bytes and adds pairs of products in 16 bits, which would overflow; `balance` recovers
//! the precision.

#[cfg(target_arch = "x86_64")]
pub(super) mod amx;
pub(super) mod attention;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512_vnni;
#[cfg(target_arch = "x86_64")]
mod avx_vnni;
mod balance;
mod dense;
mod dequantize;
mod feed_forward;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "aarch64")]
mod neon_dot;
mod plain;
mod product;
mod rows;
mod step;

pub(crate) use balance::balance;
pub(crate) use dense::{QuantizedDense, ROWS_AT_ONCE};
pub(crate) use feed_forward::QuantizedFeedForward;
pub(crate) use rows::QuantizedRows;

/// Rows and columns of a tile.
const TILE: usize = 32;

/// Depth of a step: the bytes of a cache line.
const DEPTH: usize = 64;

/// Largest quantized value of an input.
const MAX_QUANTIZED: f32 = 127.0;

/// Sums of products for a tile of rows × columns.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
struct Sums([[i32; TILE]; TILE]);
