//! The arithmetic in which vectors are computed.

use serde::Deserialize;

/// How numbers are kept while a vector is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Weights of 8 and inputs of 7 bits, sums exact: several times as fast as f32, and the same bits on every machine.
    Int8,
    /// 16 bits, of which 8 are the fraction; of the engine rust-bert only.
    Bf16,
    /// 32 bits: the reference.
    F32,
}

impl Precision {
    /// The name that people write.
    pub fn name(self) -> &'static str {
        match self {
            Self::Int8 => "int8",
            Self::Bf16 => "bf16",
            Self::F32 => "f32",
        }
    }
}
