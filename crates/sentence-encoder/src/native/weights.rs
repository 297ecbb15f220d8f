//! The tensors of `model.safetensors`, each checked against the shape that the network expects.

use std::path::{Path, PathBuf};

use safetensors::{Dtype, SafeTensors};

use super::kernel::{Dense, FeedForward, LayerNorm, Linear};
use crate::{EmbedError, Precision};

/// Most inputs of an int8 layer: sums of more products could overflow 32 bits.
const MAX_INPUTS: usize = 1 << 16;

/// The tensors of a file by name.
pub(crate) struct Weights<'a> {
    file: PathBuf,
    tensors: SafeTensors<'a>,
    prefix: &'static str,
    precision: Precision,
}

impl<'a> Weights<'a> {
    /// Reads the directory of the file. `prefix` is what some writers put before every name (`bert.`).
    pub(crate) fn new(
        file: &Path,
        bytes: &'a [u8],
        prefix: &'static str,
        precision: Precision,
    ) -> Result<Self, EmbedError> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| EmbedError::Malformed {
            file: file.to_path_buf(),
            reason: format!("this is no safetensors file: {error}"),
        })?;
        let prefix = if tensors.names().iter().any(|name| name.starts_with(prefix)) { prefix } else { "" };
        Ok(Self { file: file.to_path_buf(), tensors, prefix, precision })
    }

    /// The tensor `name`, which must have this shape, in row-major order.
    pub(crate) fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EmbedError> {
        let name = format!("{}{name}", self.prefix);
        let malformed = |reason: String| EmbedError::Malformed { file: self.file.clone(), reason };
        let tensor =
            self.tensors.tensor(&name).map_err(|_| malformed(format!("there is no tensor {name}")))?;
        if tensor.shape() != shape {
            let found = tensor.shape();
            return Err(malformed(format!("tensor {name} has shape {found:?}, and {shape:?} is expected")));
        }
        let halves = || tensor.data().as_chunks::<2>().0.iter().map(|&bytes| u16::from_le_bytes(bytes));
        let numbers: Vec<f32> = match tensor.dtype() {
            Dtype::F32 => {
                let numbers = tensor.data().as_chunks::<4>().0;
                numbers.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
            }
            Dtype::F16 => halves().map(from_half).collect(),
            Dtype::BF16 => halves().map(|bits| f32::from_bits(u32::from(bits) << 16)).collect(),
            other => {
                let reason =
                    format!("tensor {name} is of type {other}, and only F32, F16 and BF16 are supported");
                return Err(EmbedError::Unsupported { file: self.file.clone(), reason });
            }
        };
        // Quantization would turn such a number into zero without notice.
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(malformed(format!("tensor {name} holds what is no number; the file is damaged")));
        }
        Ok(numbers)
    }

    /// The dense layer `name`. `norm` is the normalization that its input comes from.
    pub(super) fn dense(
        &self,
        name: &str,
        inputs: usize,
        outputs: usize,
        norm: Option<&LayerNorm>,
    ) -> Result<Dense, EmbedError> {
        let (weights, bias) = self.linear(name, inputs, outputs, true)?;
        Ok(Dense::new(self.precision, Linear { weights: &weights, bias: &bias }, norm))
    }

    /// The dense layers `widen` and `narrow`, with rows of `between` numbers between them. `norm` is the
    /// normalization before them.
    pub(super) fn feed_forward(
        &self,
        widen: &str,
        narrow: &str,
        between: usize,
        norm: &LayerNorm,
    ) -> Result<FeedForward, EmbedError> {
        let width = norm.gain.len();
        let (widen, widen_bias) = self.linear(widen, width, between, true)?;
        let (narrow, narrow_bias) = self.linear(narrow, between, width, true)?;
        let widen = Linear { weights: &widen, bias: &widen_bias };
        let narrow = Linear { weights: &narrow, bias: &narrow_bias };
        Ok(FeedForward::new(self.precision, widen, narrow, norm))
    }

    /// How weights are kept.
    pub(super) fn precision(&self) -> Precision {
        self.precision
    }

    /// Weights (outputs × inputs) and bias of the dense layer `name`; zeros where it is not `biased`.
    pub(super) fn linear(
        &self,
        name: &str,
        inputs: usize,
        outputs: usize,
        biased: bool,
    ) -> Result<(Vec<f32>, Vec<f32>), EmbedError> {
        let weights = self.tensor(&format!("{name}.weight"), &[outputs, inputs])?;
        if self.precision == Precision::Int8 && inputs > MAX_INPUTS {
            let reason =
                format!("{name} has {inputs} inputs, and int8 takes up to {MAX_INPUTS}; f32 takes more");
            return Err(EmbedError::Unsupported { file: self.file.clone(), reason });
        }
        Ok((weights, self.bias(name, outputs, biased)?))
    }

    /// The layer normalization `name`; its bias is zero where it is not `biased`.
    pub(super) fn layer_norm(
        &self,
        name: &str,
        width: usize,
        epsilon: f32,
        biased: bool,
    ) -> Result<LayerNorm, EmbedError> {
        let gain = self.tensor(&format!("{name}.weight"), &[width])?;
        Ok(LayerNorm { gain, bias: self.bias(name, width, biased)?, epsilon })
    }

    fn bias(&self, name: &str, length: usize, biased: bool) -> Result<Vec<f32>, EmbedError> {
        if biased { self.tensor(&format!("{name}.bias"), &[length]) } else { Ok(vec![0.0; length]) }
    }
}

/// The value of an IEEE 754 binary16 number, which f32 represents exactly.
fn from_half(bits: u16) -> f32 {
    let (exponent, fraction) = (bits >> 10 & 0x1f, bits & 0x3ff);
    let size = match exponent {
        // Multiples of 2^-24.
        0 => f32::from(fraction) / 16_777_216.0,
        0x1f => f32::from_bits(0x7f80_0000 | u32::from(fraction) << 13),
        _ => f32::from_bits((u32::from(exponent) + 112) << 23 | u32::from(fraction) << 13),
    };
    size.copysign(if bits >> 15 == 1 { -1.0 } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::from_half;

    #[test]
    fn half_numbers_are_read_as_they_are() {
        let some = [
            (0x0000, 0.0),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x0400, 6.103_515_6e-5),
            (0x3555, 0.333_251_95),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ];
        for (bits, number) in some {
            assert_eq!(from_half(bits).to_bits(), f32::to_bits(number), "{bits:#06x}");
        }
        assert_eq!(from_half(0x8000).to_bits(), f32::to_bits(-0.0));
        assert!(from_half(0x7e00).is_nan());
        // Ascending, so all values between those above are right too.
        assert!((0..0x7c00).map(from_half).is_sorted_by(|a, b| a < b));
    }
}
