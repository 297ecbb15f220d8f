//! Errors of models and of texts.

use std::io;
use std::path::PathBuf;

use super::Device;

/// Why a model could not be loaded or a text not embedded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbedError {
    /// A file of the model's folder cannot be read.
    #[error("cannot read {}: {source} (a model is a folder with model.safetensors, tokenizer.json, config.json, modules.json and what modules.json names)", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the model's folder is damaged or says something impossible.
    #[error("{}: {reason}", file.display())]
    Malformed {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The model is valid, but this engine does not support it.
    #[error("{}: {reason}", file.display())]
    Unsupported {
        /// The file that says so.
        file: PathBuf,
        /// What is asked for and what there is.
        reason: String,
    },
    /// A text cannot be tokenized.
    #[error("text {index} cannot be cut into tokens: {reason}")]
    Tokenize {
        /// Index of the text among those given, from 0.
        index: usize,
        /// What the tokenizer says.
        reason: String,
    },
    /// A vector has an infinite or undefined number: the weights are damaged.
    #[error("the vector of text {index} is not a number: the model's weights are damaged")]
    NotFinite {
        /// Index of the text among those given, from 0.
        index: usize,
    },
    /// This machine does not have the device.
    #[error(
        "there is no device {device} here: {found} graphics cards with CUDA were found; the device cpu is on every machine"
    )]
    NoDevice {
        /// The device that was asked for.
        device: Device,
        /// Graphics cards that libtorch can use.
        found: u64,
    },
    /// The [`EncodeObserver`](crate::EncodeObserver) asked to stop.
    #[error("embedding was stopped")]
    Cancelled,
    /// The inference engine failed, for example because memory ran out.
    #[error("the inference engine failed: {reason}")]
    Engine {
        /// What the engine says.
        reason: String,
    },
}

impl EmbedError {
    /// The same error for a caller that passed some of its texts: `indices` are those of the texts that were
    /// passed.
    #[must_use]
    pub fn with_text_indices(self, indices: &[usize]) -> Self {
        let among = |index: usize| indices.get(index).copied().unwrap_or(index);
        match self {
            Self::Tokenize { index, reason } => Self::Tokenize { index: among(index), reason },
            Self::NotFinite { index } => Self::NotFinite { index: among(index) },
            other => other,
        }
    }
}
