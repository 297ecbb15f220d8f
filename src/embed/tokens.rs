//! The model's tokenizer: one `tokenizer.json`, used for embedding and for counting.

use std::path::Path;

use rayon::prelude::*;
use tokenizers::utils::truncation::TruncationDirection;
use tokenizers::{PostProcessor, Tokenizer};

use super::native::config::ModelConfig;
use super::{EmbedError, TokenCounter};

/// Cuts texts into the model's tokens.
#[derive(Debug)]
pub(super) struct ModelTokenizer {
    tokenizer: Tokenizer,
    limit: usize,
    special: usize,
    lowercase: bool,
}

impl ModelTokenizer {
    /// Reads the bytes of `file`, for the model that `config` describes. Every id is below the model's vocabulary.
    ///
    /// # Errors
    /// When it is no tokenizer, or one whose ids go beyond the vocabulary or whose special tokens fill the limit.
    pub(super) fn new(file: &Path, bytes: &[u8], config: &ModelConfig) -> Result<Self, EmbedError> {
        let ModelConfig { token_limit: limit, lowercase, vocabulary, .. } = *config;
        let malformed = |reason: String| EmbedError::Malformed { file: file.to_path_buf(), reason };
        let mut tokenizer = Tokenizer::from_bytes(bytes)
            .map_err(|error| malformed(format!("this is no tokenizer.json: {error}")))?;
        // The file's own truncation and padding are those of its training, not of its use.
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|error| malformed(error.to_string()))?;
        let special = tokenizer.get_post_processor().map_or(0, |processor| processor.added_tokens(false));
        if special >= limit {
            return Err(malformed(format!("{special} special tokens leave no room in a limit of {limit}")));
        }
        let largest = tokenizer.get_vocab(true).into_values().max().unwrap_or(0);
        if largest as usize >= vocabulary {
            let reason = format!("token {largest} is beyond the model's vocabulary of {vocabulary}");
            return Err(malformed(reason));
        }
        Ok(Self { tokenizer, limit, special, lowercase })
    }

    /// The ids of each text's tokens, special ones included, cut at the limit.
    pub(super) fn ids(&self, texts: &[&str]) -> Result<Vec<Vec<u32>>, EmbedError> {
        let one = |(place, text): (usize, &&str)| {
            self.ids_of(text).map_err(|error| EmbedError::Tokenize { place, reason: error.to_string() })
        };
        texts.par_iter().enumerate().map(one).collect()
    }

    fn ids_of(&self, text: &str) -> tokenizers::Result<Vec<u32>> {
        let mut encoding = self.tokenizer.encode_fast(self.prepared(text).as_ref(), false)?;
        encoding.truncate(self.limit - self.special, 0, TruncationDirection::Right);
        Ok(self.tokenizer.post_process(encoding, None, true)?.get_ids().to_vec())
    }

    fn prepared<'a>(&self, text: &'a str) -> std::borrow::Cow<'a, str> {
        if self.lowercase { text.to_lowercase().into() } else { text.into() }
    }
}

impl TokenCounter for ModelTokenizer {
    fn limit(&self) -> usize {
        self.limit
    }

    /// A text that the tokenizer gives up on counts as one token a byte, so that it is rather split than cut off.
    fn count(&self, text: &str) -> usize {
        let counted = self.tokenizer.encode_fast(self.prepared(text).as_ref(), false);
        self.special + counted.map_or(text.len(), |encoding| encoding.len())
    }

    fn token_ends(&self, text: &str) -> Vec<usize> {
        // Lower case can be longer than the text, so offsets are those of the text as it is.
        let Ok(encoding) = self.tokenizer.encode(text, false) else {
            return text.char_indices().map(|(start, letter)| start + letter.len_utf8()).collect();
        };
        let mut last = 0;
        let on_border = |&(_, end): &(usize, usize)| {
            last = text.ceil_char_boundary(end.min(text.len())).max(last);
            last
        };
        encoding.get_offsets().iter().map(on_border).collect()
    }
}
