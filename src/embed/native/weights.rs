//! The numbers of a model, from `model.safetensors`, each tensor checked against the shape that the network expects.

use std::path::{Path, PathBuf};

use safetensors::{Dtype, SafeTensors};

use super::kernel::{Dense, LayerNorm};
use crate::embed::EmbedError;

/// The tensors of a file, by name.
pub(in crate::embed) struct Weights<'a> {
    file: PathBuf,
    tensors: SafeTensors<'a>,
    prefix: &'static str,
}

impl<'a> Weights<'a> {
    /// Reads the file's table. `prefix` is what some writers put before every name (`bert.`) and others leave out.
    pub(in crate::embed) fn new(file: &Path, bytes: &'a [u8], prefix: &'static str) -> Result<Self, EmbedError> {
        let tensors = SafeTensors::deserialize(bytes).map_err(|error| EmbedError::Malformed {
            file: file.to_path_buf(),
            reason: format!("this is no safetensors file: {error}"),
        })?;
        let prefix = if tensors.names().iter().any(|name| name.starts_with(prefix)) { prefix } else { "" };
        Ok(Self { file: file.to_path_buf(), tensors, prefix })
    }

    /// The tensor called `name`, which must have this shape, rows one after the other.
    pub(in crate::embed) fn tensor(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, EmbedError> {
        let name = format!("{}{name}", self.prefix);
        let malformed = |reason: String| EmbedError::Malformed { file: self.file.clone(), reason };
        let tensor =
            self.tensors.tensor(&name).map_err(|_| malformed(format!("there is no tensor {name}")))?;
        if tensor.shape() != shape {
            let found = tensor.shape();
            return Err(malformed(format!("tensor {name} has shape {found:?}, and {shape:?} is expected")));
        }
        if tensor.dtype() != Dtype::F32 {
            let reason = format!("tensor {name} is of type {}, and only F32 is supported", tensor.dtype());
            return Err(EmbedError::Unsupported { file: self.file.clone(), reason });
        }
        let numbers = tensor.data().as_chunks::<4>().0;
        Ok(numbers.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect())
    }

    /// The dense layers called `names`, of the same input, side by side as one.
    pub(super) fn dense(&self, names: &[String], inputs: usize, outputs: usize) -> Result<Dense, EmbedError> {
        let mut weights = Vec::with_capacity(names.len() * inputs * outputs);
        let mut bias = Vec::with_capacity(names.len() * outputs);
        for name in names {
            weights.extend(self.tensor(&format!("{name}.weight"), &[outputs, inputs])?);
            bias.extend(self.tensor(&format!("{name}.bias"), &[outputs])?);
        }
        Ok(Dense::new(&weights, bias))
    }

    /// The layer normalisation called `name`.
    pub(super) fn layer_norm(&self, name: &str, width: usize, epsilon: f32) -> Result<LayerNorm, EmbedError> {
        let gain = self.tensor(&format!("{name}.weight"), &[width])?;
        let bias = self.tensor(&format!("{name}.bias"), &[width])?;
        Ok(LayerNorm { gain, bias, epsilon })
    }
}
