//! What comes after pooling: dense layers, normalization, and the first numbers only (Matryoshka).
//!
//! All in f32, in each precision: there is one vector a text, so that these steps cost nothing beside the network.

use std::fs;
use std::path::Path;

use same_bits::elementary::tanh;
use same_bits::products::dot_of_slices;

use super::weights::Weights;
use crate::{EmbedError, Precision};

/// The steps after pooling. The `Debug` form is part of the fingerprint, unless there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AfterPooling {
    /// In their order; without the normalization right after pooling.
    steps: Vec<Step>,
    /// Only so many numbers are kept of a vector.
    kept: Option<usize>,
    /// Whether the last of all steps is a normalization; then what is kept is normalized again.
    ends_normalized: bool,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Dense(DenseConfig),
    /// Vectors are scaled to unit length, unless they are zero.
    Normalize,
}

/// A dense layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DenseConfig {
    /// Its folder, relative to the model's.
    pub(super) folder: String,
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) biased: bool,
    pub(super) activation: OutputActivation,
}

/// What a dense layer's sums go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutputActivation {
    Identity,
    Tanh,
}

impl AfterPooling {
    /// `normalized`: whether pooled vectors are of unit length before the first of `steps`.
    pub(super) fn new(steps: Vec<Step>, normalized: bool) -> Self {
        let ends_normalized = steps.last().map_or(normalized, |last| *last == Step::Normalize);
        Self { steps, kept: None, ends_normalized }
    }

    /// Keeps the first `kept` numbers, if there are more. `width` is the length of a pooled vector.
    pub(super) fn keep(&mut self, kept: Option<usize>, width: usize) {
        let length = self.length(width);
        self.kept = kept.filter(|&kept| kept < length);
    }

    /// Length of a vector in the end, if a pooled one has `width` numbers.
    pub(crate) fn length(&self, width: usize) -> usize {
        let last = self.dense().last().map_or(width, |dense| dense.outputs);
        self.kept.unwrap_or(last)
    }

    /// Whether vectors are those of pooling.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.kept.is_none()
    }

    /// The files that these steps need, relative to the model's folder.
    pub(crate) fn files(&self) -> impl Iterator<Item = String> {
        let of =
            |dense: &DenseConfig| ["config.json", WEIGHTS].map(|name| format!("{}/{name}", dense.folder));
        self.dense().flat_map(of)
    }

    fn dense(&self) -> impl Iterator<Item = &DenseConfig> {
        self.steps.iter().filter_map(|step| match step {
            Step::Dense(dense) => Some(dense),
            Step::Normalize => None,
        })
    }
}

/// The steps with the weights of their dense layers.
pub(crate) struct OutputLayers {
    config: AfterPooling,
    /// Weights (outputs × inputs) and bias of each dense layer.
    layers: Vec<(Vec<f32>, Vec<f32>)>,
    /// Of the files of these weights; for the fingerprint.
    pub(crate) digests: Vec<blake3::Hash>,
}

/// Name of the file with the weights of a dense layer.
const WEIGHTS: &str = "model.safetensors";

impl OutputLayers {
    /// Reads the weights of the dense layers.
    ///
    /// # Errors
    /// When a file is missing or damaged.
    pub(crate) fn read(folder: &Path, config: &AfterPooling) -> Result<Self, EmbedError> {
        let (mut layers, mut digests) = (Vec::new(), Vec::new());
        for dense in config.dense() {
            let file = folder.join(&dense.folder).join(WEIGHTS);
            let pickled = file.with_file_name("pytorch_model.bin");
            if pickled.is_file() && !file.is_file() {
                let reason = "only weights in safetensors are supported; load the model once with sentence-transformers in Python and save it again (SentenceTransformer(\"OLD\").save_pretrained(\"NEW\"))";
                return Err(EmbedError::Unsupported { file: pickled, reason: reason.to_owned() });
            }
            let bytes = fs::read(&file).map_err(|source| EmbedError::Read { file: file.clone(), source })?;
            let weights = Weights::new(&file, &bytes, "", Precision::F32)?;
            layers.push(weights.linear("linear", dense.inputs, dense.outputs, dense.biased)?);
            digests.push(blake3::hash(&bytes));
        }
        Ok(Self { config: config.clone(), layers, digests })
    }

    /// The vectors of texts, from pooled ones of `width` numbers, both concatenated. Each number depends on its own
    /// text only.
    pub(crate) fn apply(&self, pooled: Vec<f32>, width: usize) -> Vec<f32> {
        if self.config.is_empty() {
            return pooled;
        }
        pooled.chunks_exact(width.max(1)).flat_map(|vector| self.apply_to_one(vector)).collect()
    }

    fn apply_to_one(&self, pooled: &[f32]) -> Vec<f32> {
        let mut vector = pooled.to_vec();
        let mut layers = self.layers.iter();
        for step in &self.config.steps {
            match step {
                Step::Normalize => normalize(&mut vector),
                Step::Dense(dense) => {
                    let Some((weights, bias)) = layers.next() else { continue };
                    let rows = weights.chunks_exact(dense.inputs).zip(bias);
                    let sums = rows.map(|(row, bias)| dot_of_slices(row, &vector) + bias);
                    vector = match dense.activation {
                        OutputActivation::Identity => sums.collect(),
                        OutputActivation::Tanh => sums.map(|sum| tanh(f64::from(sum)) as f32).collect(),
                    };
                }
            }
        }
        if let Some(kept) = self.config.kept {
            vector.truncate(kept);
            if self.config.ends_normalized {
                normalize(&mut vector);
            }
        }
        vector
    }
}

fn normalize(vector: &mut [f32]) {
    let length = dot_of_slices(vector, vector).sqrt().max(1e-12);
    for x in vector {
        *x /= length;
    }
}
