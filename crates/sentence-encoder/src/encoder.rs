//! What the pipeline asks of an encoder.

use ndarray::Array2;

use super::EmbedError;
use crate::Observer;

/// What a text is for. Models that were trained to find passages for a question put different words before the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It says what is looked for: a theme's name, definition or example.
    Query,
    /// It is looked through: a passage of a transcript.
    Passage,
}

/// Turns texts into vectors whose cosine says how near the texts are in meaning.
///
/// A text's vector depends on the text, its purpose and the encoder alone: not on the other texts, their order or the
/// number of threads. (The rust-bert engine keeps this but for the last bits.) Work is spread over as many threads as
/// the rayon pool of the caller has.
pub trait Encoder: Sync {
    /// Numbers in a vector.
    fn dimension(&self) -> usize;

    /// Tokens that are read of a text, special ones included; what comes after does not count.
    fn token_limit(&self) -> usize;

    /// Says which model this is: two encoders with the same fingerprint have the same files and engine.
    fn fingerprint(&self) -> &str;

    /// Says what computes with the model: the engine, the precision, and a number that the engine raises whenever the bits of
    /// a vector may change, for example `native int8 2`. Two encoders with the same fingerprint and arithmetic give the same
    /// bits.
    fn arithmetic(&self) -> &str;

    /// The vectors of `texts`, texts × [`dimension`](Self::dimension), in their order; of unit length where the model
    /// normalises. Tells `observer` each text that is done.
    ///
    /// # Errors
    /// When a text cannot be cut into tokens, the model's numbers overflow, or `observer` asks to stop.
    fn encode(
        &self,
        texts: &[&str],
        purpose: Purpose,
        observer: &dyn Observer,
    ) -> Result<Array2<f32>, EmbedError>;
}

/// Counts tokens as the encoder does for passages, so that no segment is cut off.
pub trait TokenCounter: Sync {
    /// Tokens that the encoder reads of a text, special ones included.
    fn limit(&self) -> usize;

    /// Tokens of the whole text, special ones and those of the model's prompt included.
    fn count(&self, text: &str) -> usize;

    /// Where each token of the text ends, in bytes, in order; special tokens and the prompt's do not count. Every place is on the
    /// border of a character, and several tokens of one character share a place.
    fn token_ends(&self, text: &str) -> Vec<usize>;
}

/// What a study needs of a model: vectors, and the lengths of texts.
pub trait SentenceEncoder: Encoder + TokenCounter {}

impl<E: Encoder + TokenCounter> SentenceEncoder for E {}
