//! The traits that other code needs of an encoder.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use super::EmbedError;
use crate::EncodeObserver;

/// What a text is for. Models that were trained for retrieval put a different prompt before queries and
/// passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// It describes what is looked for, such as the definition of a theme.
    Query,
    /// It is what is searched, such as a passage of a transcript.
    Passage,
}

/// Turns texts into vectors whose cosine measures how similar the texts are in meaning.
///
/// A text's vector depends on the text, its purpose and the encoder only: not on the other texts, their order
/// or the number of threads. (With the rust-bert engine, the last bits may depend on them.) Work is spread
/// over the rayon pool of the caller.
pub trait Encoder: Sync {
    /// Length of a vector.
    fn dimension(&self) -> usize;

    /// Most tokens that are read of a text, special tokens included; the rest of the text is ignored.
    fn token_limit(&self) -> usize;

    /// Identifies the model: a digest of the files and settings that determine its vectors, in hexadecimal.
    fn fingerprint(&self) -> &str;

    /// Identifies what computes: the engine, the precision, and a version that is raised whenever the bits of
    /// a vector may change, for example `native int8 2`. Encoders with the same fingerprint and arithmetic
    /// give the same bits.
    fn arithmetic(&self) -> &str;

    /// The vectors of `texts` in their order, a matrix of texts × [`dimension`](Self::dimension). They have
    /// unit length if the model normalizes them. `observer` is told of every text.
    ///
    /// # Errors
    /// When a text cannot be tokenized, a vector is not finite, or `observer` asks to stop.
    fn encode(
        &self,
        texts: &[&str],
        purpose: Purpose,
        observer: &dyn EncodeObserver,
    ) -> Result<Array2<f32>, EmbedError>;
}

/// Counts tokens as the encoder does for passages, so that texts can be cut to what it reads.
pub trait TokenCounter: Sync {
    /// Most tokens that the encoder reads of a text, special tokens included.
    fn limit(&self) -> usize;

    /// Tokens of the whole text, including special tokens and those of the model's prompt.
    fn count(&self, text: &str) -> usize;

    /// The byte offset in `text` at which each of its tokens ends, in ascending order, without special tokens
    /// and those of the prompt. Offsets are on character boundaries; tokens that split one character have the
    /// same offset.
    fn token_ends(&self, text: &str) -> Vec<usize>;
}

/// Vectors and token counts of one model.
pub trait SentenceEncoder: Encoder + TokenCounter {}

impl<E: Encoder + TokenCounter> SentenceEncoder for E {}
