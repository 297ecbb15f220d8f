//! What the arithmetic of this engine is called. Vectors are kept between runs under this name, so that a vector of another
//! arithmetic is never taken for one of this.

use crate::embed::Precision;

/// Engine, precision, and a number that **has to be raised whenever the bits of any vector may change**: a kernel that sums
/// in another order, another rounding of weights, another release of the tokenizers crate. The test below notices most such
/// changes. The model's files are not meant here: the fingerprint follows them.
pub(super) fn name(precision: Precision) -> &'static str {
    match precision {
        Precision::Int8 => "native int8 1",
        Precision::F32 => "native f32 1",
        // Refused when a model is loaded.
        Precision::Bf16 => "native bf16 1",
    }
}
