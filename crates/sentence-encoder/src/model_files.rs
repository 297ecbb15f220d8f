//! What every inference engine does alike: reading a model's folder, and putting finished vectors in their places.

use std::fs;
use std::path::{Path, PathBuf};

use ndarray::Array2;

use super::EmbedError;
use super::native::config::ModelConfig;
use super::tokens::ModelTokenizer;

/// A model's folder, read and checked; the weights are left to the engine.
pub(super) struct ModelFiles {
    pub(super) config: ModelConfig,
    pub(super) tokenizer: ModelTokenizer,
    /// `model.safetensors`.
    pub(super) weights_file: PathBuf,
    /// What is in it.
    pub(super) weights: Vec<u8>,
    /// Says which files these are.
    pub(super) fingerprint: String,
}

impl ModelFiles {
    /// Reads the folder as sentence-transformers saves it.
    ///
    /// # Errors
    /// When a file is missing or damaged, or asks for what no engine computes.
    pub(super) fn read(folder: &Path) -> Result<Self, EmbedError> {
        let config = ModelConfig::read(folder)?;
        let (tokenizer_file, tokenizer_bytes) = read(folder, "tokenizer.json")?;
        let (weights_file, weights) = read(folder, "model.safetensors")?;
        let tokenizer = ModelTokenizer::new(&tokenizer_file, &tokenizer_bytes, &config)?;
        let fingerprint = fingerprint(&config, &tokenizer_bytes, &weights);
        Ok(Self { config, tokenizer, weights_file, weights, fingerprint })
    }
}

fn read(folder: &Path, name: &str) -> Result<(PathBuf, Vec<u8>), EmbedError> {
    let file = folder.join(name);
    match fs::read(&file) {
        Ok(bytes) => Ok((file, bytes)),
        Err(source) => Err(EmbedError::Read { file, source }),
    }
}

/// The digest of what decides a vector: the tokenizer, the weights, and the numbers of the configuration.
fn fingerprint(config: &ModelConfig, tokenizer: &[u8], weights: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    let ModelConfig { family, layers, heads, padding, epsilon, .. } = config;
    let ModelConfig { pooling, pools_prompt, prompts, normalize, token_limit, lowercase, .. } = config;
    let network = format!("{family:?} {layers} {heads} {padding:?} {epsilon:e}");
    let around = format!("{pooling:?} {pools_prompt} {prompts:?} {normalize} {token_limit} {lowercase}");
    hasher.update(format!("{network} {around}").as_bytes());
    hasher.update(blake3::hash(tokenizer).as_bytes());
    hasher.update(blake3::hash(weights).as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Puts the vectors of a batch, one after the other, into the rows of the texts that they are of.
///
/// # Errors
/// When a vector holds what is no number.
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
