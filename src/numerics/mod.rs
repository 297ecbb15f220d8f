//! Floating-point arithmetic that gives the same bits on every processor, for everything that a table, a page or a decision comes from.
//!
//! Sums, products, quotients and square roots are rounded alike everywhere (IEEE 754). What differs between processors is what picks
//! its instructions at run time: the elementary functions of the system's mathematical library (glibc has variants with fused
//! multiply-add) and general matrix products. So both are here, and `clippy.toml` refuses the others: [`elementary`] functions in
//! pure Rust, [`products`] in one fixed order, and the quantiles of [`distributions`] that intervals need. Products of f32 rows with a
//! few others are the encoder's own ([`Products`](crate::embed::native::kernel::Products)).

pub(crate) mod distributions;
pub(crate) mod elementary;
pub(crate) mod products;
