//! The arithmetic in which vectors are computed.

use serde::{Deserialize, Serialize};

/// The number format inside the network. Vectors are f32 in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 8-bit weights and 7-bit inputs, summed exactly in 32-bit integers: several times as fast as f32.
    Int8,
    /// bfloat16, only with the rust-bert engine.
    Bf16,
    /// 32-bit floats: the reference.
    F32,
}

impl Precision {
    /// Its name in files and options: `int8`, `bf16` or `f32`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Int8 => "int8",
            Self::Bf16 => "bf16",
            Self::F32 => "f32",
        }
    }
}
