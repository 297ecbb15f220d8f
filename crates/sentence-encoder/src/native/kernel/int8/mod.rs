//! Products of bytes: the default precision.
//!
//! A row of input `x` becomes whole numbers of 7 bits, `x ≈ scale · q + low` with a range of its own, so that a row does
//! not notice its neighbours. Weights become whole numbers of 8 bits with a scale for each output. The product of
//! the two is a sum of integers, which is exact, so every instruction set gives the same bits; what is float stands in
//! `rows` and `finish`, once for all sets. Seven bits rather than eight because AVX2 multiplies unsigned by signed bytes
//! and adds pairs of products in 16 bits, which then cannot overflow; `balance` wins the lost bit back.

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
mod plain;
mod product;
mod rows;
mod step;

pub(crate) use balance::balance;
pub(crate) use dense::{QuantizedDense, ROWS_AT_ONCE};
pub(crate) use feed_forward::QuantizedFeedForward;
pub(crate) use rows::QuantizedRows;

/// Rows that are taken together, and columns.
const TILE: usize = 32;

/// Depth of a step: numbers in a cache line.
const DEPTH: usize = 64;

/// Largest whole number that a number of a row becomes.
const MAX_QUANTIZED: f32 = 127.0;

/// Sums of products: a tile of rows × columns.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
struct Sums([[i32; TILE]; TILE]);
