//! The model's tokenizer (`tokenizer.json`), used for embedding and for counting.

use std::borrow::Cow;
use std::path::Path;

use tokenizers::normalizers::{Lowercase, Sequence};
use tokenizers::utils::truncation::TruncationDirection;
use tokenizers::{PostProcessor, Tokenizer};

use super::native::config::{ModelConfig, Prompts};
use super::{EmbedError, Purpose, TokenCounter};

/// Tokenizes texts, with prompts and within the token limit.
#[derive(Debug)]
pub(super) struct ModelTokenizer {
    tokenizer: Tokenizer,
    limit: usize,
    special: usize,
    prompts: Prompts,
    pools_prompt: bool,
}

impl ModelTokenizer {
    /// Reads the bytes of `file`, for the model that `config` describes. All ids are below the size of the
    /// model's vocabulary.
    ///
    /// # Errors
    /// When it is no tokenizer, has ids beyond the vocabulary, or special tokens or a prompt fill the token
    /// limit.
    pub(super) fn new(file: &Path, bytes: &[u8], config: &ModelConfig) -> Result<Self, EmbedError> {
        let ModelConfig { token_limit: limit, vocabulary, pools_prompt, .. } = *config;
        let malformed = |reason: String| EmbedError::Malformed { file: file.to_path_buf(), reason };
        let mut tokenizer = Tokenizer::from_bytes(bytes)
            .map_err(|error| malformed(format!("this is no tokenizer.json: {error}")))?;
        // Truncation and padding in the file are those of training.
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|error| malformed(error.to_string()))?;
        if config.lowercase {
            let own = tokenizer.get_normalizer().cloned();
            let both = std::iter::once(Lowercase.into()).chain(own).collect();
            tokenizer
                .with_normalizer(Some(Sequence::new(both)))
                .map_err(|error| malformed(error.to_string()))?;
        }
        let special = tokenizer.get_post_processor().map_or(0, |processor| processor.added_tokens(false));
        if special >= limit {
            return Err(malformed(format!("{special} special tokens leave no room in a limit of {limit}")));
        }
        let largest = tokenizer.get_vocab(true).into_values().max().unwrap_or(0);
        if largest as usize >= vocabulary {
            let reason = format!("token {largest} is beyond the model's vocabulary of {vocabulary}");
            return Err(malformed(reason));
        }
        let new = Self { tokenizer, limit, special, prompts: config.prompts.clone(), pools_prompt };
        for prompt in [&new.prompts.query, &new.prompts.passage] {
            let tokens = new.tokens_of(prompt);
            if tokens >= limit {
                let reason =
                    format!("the prompt {prompt:?} is {tokens} tokens long, and the limit is {limit}");
                let file = file.with_file_name("config_sentence_transformers.json");
                return Err(EmbedError::Malformed { file, reason });
            }
        }
        Ok(new)
    }

    /// The ids of a text's tokens, including the prompt's and special tokens, truncated to the limit. `index`
    /// is for errors.
    pub(super) fn ids(&self, text: &str, index: usize, purpose: Purpose) -> Result<Vec<u32>, EmbedError> {
        let prompt = self.prompts.before(purpose);
        self.ids_of(&after(prompt, text))
            .map_err(|error| EmbedError::Tokenize { index, reason: error.to_string() })
    }

    fn ids_of(&self, text: &str) -> tokenizers::Result<Vec<u32>> {
        let mut encoding = self.tokenizer.encode_fast(text, false)?;
        encoding.truncate(self.limit - self.special, 0, TruncationDirection::Right);
        Ok(self.tokenizer.post_process(encoding, None, true)?.get_ids().to_vec())
    }

    /// The number of tokens at the start of each text that pooling ignores: the prompt's with the special
    /// token before it, if the model does not pool the prompt.
    pub(super) fn left_out_of_pooling(&self, purpose: Purpose) -> usize {
        let prompt = self.prompts.before(purpose);
        if self.pools_prompt || prompt.is_empty() {
            return 0;
        }
        let Ok(encoding) = self.tokenizer.encode(prompt, true) else { return 0 };
        let ends_specially = encoding.get_special_tokens_mask().last() == Some(&1);
        encoding.len() - usize::from(ends_specially)
    }

    /// A text that cannot be tokenized counts as one token per byte, so that callers split it rather than
    /// lose its end.
    fn tokens_of(&self, text: &str) -> usize {
        self.special + self.tokenizer.encode_fast(text, false).map_or(text.len(), |encoding| encoding.len())
    }
}

/// The prompt and the text.
fn after<'a>(prompt: &str, text: &'a str) -> Cow<'a, str> {
    if prompt.is_empty() { text.into() } else { format!("{prompt}{text}").into() }
}

impl TokenCounter for ModelTokenizer {
    fn limit(&self) -> usize {
        self.limit
    }

    fn count(&self, text: &str) -> usize {
        self.tokens_of(&after(&self.prompts.passage, text))
    }

    fn token_ends(&self, text: &str) -> Vec<usize> {
        let prompt = self.prompts.passage.as_str();
        let Ok(encoding) = self.tokenizer.encode(after(prompt, text).as_ref(), false) else {
            return text.char_indices().map(|(start, letter)| start + letter.len_utf8()).collect();
        };
        // A token that begins in the prompt and ends in the text counts as one of the text.
        let in_prompt = |end: &usize| !prompt.is_empty() && *end <= prompt.len();
        let ends = encoding.get_offsets().iter().map(|&(_, end)| end).skip_while(in_prompt);
        let mut last = 0;
        let on_border = |end: usize| {
            last = text.ceil_char_boundary(end.saturating_sub(prompt.len()).min(text.len())).max(last);
            last
        };
        ends.map(on_border).collect()
    }
}
