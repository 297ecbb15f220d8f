//! The two kinds of transformers: normalization after each block (BERT and its kin), or before it (ModernBERT).

mod post_norm;
mod pre_norm;

use std::path::Path;

use self::post_norm::PostNorm;
use self::pre_norm::PreNorm;
use super::batch::Batch;
use super::config::ModelConfig;
use super::family::Network;
use super::kernel::Workspace;
use crate::{EmbedError, Precision};

/// The network of a model.
pub(super) enum Transformer {
    PostNorm(PostNorm),
    PreNorm(PreNorm),
}

impl Transformer {
    /// The network that `config` describes, with the weights in `bytes`, the content of `file`.
    pub(super) fn new(
        config: &ModelConfig,
        precision: Precision,
        file: &Path,
        bytes: &[u8],
    ) -> Result<Self, EmbedError> {
        match &config.family.description().network {
            Network::PostNorm(names) => {
                PostNorm::new(config, names, precision, file, bytes).map(Self::PostNorm)
            }
            Network::PreNorm(names) => PreNorm::new(config, names, precision, file, bytes).map(Self::PreNorm),
        }
    }

    /// The output row of each token: tokens × width, in the order of the batch. A row depends on its own text
    /// only.
    pub(super) fn rows(&self, workspace: &mut Workspace, batch: &Batch) -> Vec<f32> {
        match self {
            Self::PostNorm(network) => network.rows(workspace, batch),
            Self::PreNorm(network) => network.rows(workspace, batch),
        }
    }
}

/// Adds other rows, number by number.
fn add(rows: &mut [f32], other: &[f32]) {
    rows.iter_mut().zip(other).for_each(|(x, &y)| *x += y);
}
