//! What both inference engines share: reading a model folder, and copying vectors into the result.

use std::fs;
use std::path::{Path, PathBuf};

use ndarray::Array2;

use super::EmbedError;
use super::native::after_pooling::OutputLayers;
use super::native::config::ModelConfig;
use super::tokens::ModelTokenizer;

/// A model folder, read and checked. The engine parses the weights.
pub(super) struct ModelFiles {
    pub(super) config: ModelConfig,
    pub(super) tokenizer: ModelTokenizer,
    /// `model.safetensors`.
    pub(super) weights_file: PathBuf,
    /// Its content.
    pub(super) weights: Vec<u8>,
    /// What comes after pooling.
    pub(super) output_layers: OutputLayers,
    /// Identifies the model.
    pub(super) fingerprint: String,
}

impl ModelFiles {
    /// Reads a folder that sentence-transformers saved.
    ///
    /// # Errors
    /// When a file is missing or damaged, or names something that no engine supports.
    pub(super) fn read(folder: &Path) -> Result<Self, EmbedError> {
        let config = ModelConfig::read(folder)?;
        let (tokenizer_file, tokenizer_bytes) = read(folder, "tokenizer.json")?;
        let (weights_file, weights) = read(folder, "model.safetensors")?;
        let tokenizer = ModelTokenizer::new(&tokenizer_file, &tokenizer_bytes, &config)?;
        let output_layers = OutputLayers::read(folder, &config.after_pooling)?;
        let fingerprint = fingerprint(&config, &tokenizer_bytes, &weights, &output_layers);
        Ok(Self { config, tokenizer, weights_file, weights, output_layers, fingerprint })
    }
}

fn read(folder: &Path, name: &str) -> Result<(PathBuf, Vec<u8>), EmbedError> {
    let file = folder.join(name);
    match fs::read(&file) {
        Ok(bytes) => Ok((file, bytes)),
        Err(source) => Err(EmbedError::Read { file, source }),
    }
}

/// A digest of everything that determines a vector: tokenizer, weights and configuration. The `Debug` forms
/// below are part of it: other names there would make every cached vector useless.
fn fingerprint(
    config: &ModelConfig,
    tokenizer: &[u8],
    weights: &[u8],
    output_layers: &OutputLayers,
) -> String {
    let mut hasher = blake3::Hasher::new();
    let ModelConfig { family, layers, heads, padding, epsilon, pre_norm, .. } = config;
    let ModelConfig { pooling, pools_prompt, prompts, normalize, token_limit, lowercase, .. } = config;
    let network = format!("{family:?} {layers} {heads} {padding:?} {epsilon:e}");
    let around = format!("{pooling:?} {pools_prompt} {prompts:?} {normalize} {token_limit} {lowercase}");
    hasher.update(format!("{network} {around}").as_bytes());
    if !pre_norm.layers.is_empty() {
        hasher.update(format!("{pre_norm:?}").as_bytes());
    }
    if !config.after_pooling.is_empty() {
        hasher.update(format!("{:?}", config.after_pooling).as_bytes());
        output_layers.digests.iter().for_each(|digest| _ = hasher.update(digest.as_bytes()));
    }
    hasher.update(blake3::hash(tokenizer).as_bytes());
    hasher.update(blake3::hash(weights).as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Copies the vectors of a batch into the rows `indices` of `vectors`.
///
/// # Errors
/// When a vector has an infinite or undefined number.
pub(super) fn put_in_place(
    vectors: &mut Array2<f32>,
    indices: &[usize],
    batch: &[f32],
) -> Result<(), EmbedError> {
    for (&index, row) in indices.iter().zip(batch.chunks_exact(vectors.ncols().max(1))) {
        if !row.iter().all(|x| x.is_finite()) {
            return Err(EmbedError::NotFinite { index });
        }
        vectors.row_mut(index).iter_mut().zip(row).for_each(|(x, &y)| *x = y);
    }
    Ok(())
}
