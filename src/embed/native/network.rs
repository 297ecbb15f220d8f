//! The seam between the encoder and a model family.

use std::path::Path;

use super::batch::Batch;
use super::config::ModelConfig;
use super::kernel::Workspace;
use super::transformer::Transformer;
use super::weights::Weights;
use crate::embed::{EmbedError, Precision};

/// A network that gives each token of a text a row of numbers.
pub(super) trait Network: Send + Sync {
    /// Tokens × width, in the order of the batch. A row depends on its own text alone.
    fn rows(&self, workspace: &mut Workspace, batch: &Batch) -> Vec<f32>;
}

/// The network that `config` describes, with the weights of `file`, whose contents are `bytes`.
pub(super) fn load(
    config: &ModelConfig,
    precision: Precision,
    file: &Path,
    bytes: &[u8],
) -> Result<Box<dyn Network>, EmbedError> {
    let tensors = &config.family.description().tensors;
    Ok(Box::new(Transformer::new(config, tensors, &Weights::new(file, bytes, tensors.prefix, precision)?)?))
}
