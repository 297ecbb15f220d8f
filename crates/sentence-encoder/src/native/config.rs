//! The settings of a sentence-transformers folder, checked once into [`ModelConfig`].
//!
//! Everything that the engine does not support is refused here with the file and the reason, because a vector
//! that is nearly right is worse than none.

use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::after_pooling::AfterPooling;
pub(crate) use super::family::Family;
use super::family::{BUCKETS, Keys, Padding, modernbert};
use super::folder::{read_json, read_json_if_there, refuse_other_weights};
pub(crate) use super::kernel::{Activation, Pooling};
use super::modules::Modules;
pub(crate) use super::prompts::Prompts;
use super::prompts::Saved;
use crate::EmbedError;

/// The sizes of a network, and the steps before and after it. The `Debug` form of some fields is part of the
/// fingerprint.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ModelConfig {
    /// Its architecture.
    pub family: Family,
    /// Length of a token's row and of a pooled vector.
    pub width: usize,
    /// Layers.
    pub layers: usize,
    /// Attention heads of a layer; the width is a multiple of it.
    pub heads: usize,
    /// Length of a row between the two dense layers of a feed-forward block.
    pub inner_width: usize,
    /// Size of the vocabulary.
    pub vocabulary: usize,
    /// Rows of the position embeddings.
    pub positions: usize,
    /// The padding token, if positions are counted from the one after its id (RoBERTa, MPNet). None if they
    /// are counted from 0.
    pub padding: Option<u32>,
    /// Token types (BERT's first and second text); all tokens have type 0. 0 in families without token types.
    pub kinds: usize,
    /// Added to the variance in layer normalization.
    pub epsilon: f32,
    /// Of networks with normalization before each block.
    pub pre_norm: PreNormConfig,
    /// How the rows of the tokens become one vector.
    pub pooling: Pooling,
    /// Whether the prompt's tokens take part in pooling.
    pub pools_prompt: bool,
    /// Put before the texts.
    pub prompts: Prompts,
    /// Whether pooled vectors are scaled to unit length.
    pub normalize: bool,
    /// What follows.
    pub after_pooling: AfterPooling,
    /// Most tokens that are read of a text, special tokens included.
    pub token_limit: usize,
    /// Whether texts are lowercased before tokenization.
    pub lowercase: bool,
    /// Folder of the pooling module, relative to the model's folder.
    pub pooling_folder: String,
}

/// What networks with normalization before each block have besides; without layers in others. The `Debug` form is part of the
/// fingerprint.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PreNormConfig {
    /// Positions in each layer.
    pub layers: Vec<LayerPositions>,
    /// Of the gated half of the feed-forward blocks.
    pub activation: Activation,
    /// Whether the dense layers around attention have biases.
    pub attention_bias: bool,
    /// Whether those of feed-forward blocks have.
    pub feed_forward_bias: bool,
    /// Whether layer normalizations have.
    pub norm_bias: bool,
}

/// Rotary positions of a layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LayerPositions {
    /// Base of the angles.
    pub theta: f64,
    /// How far a token sees on either side; all tokens if there is no such limit.
    pub window: Option<usize>,
}

/// Upper bound of the sizes in config.json: far above any sentence encoder, far below any memory.
pub(super) const MAX_SIZE: usize = 1 << 20;

/// Files with the token limit; older releases of sentence-transformers named them after the family.
pub(crate) const SENTENCE_FILES: [&str; 7] = [
    "sentence_bert_config.json",
    "sentence_roberta_config.json",
    "sentence_distilbert_config.json",
    "sentence_camembert_config.json",
    "sentence_albert_config.json",
    "sentence_xlm-roberta_config.json",
    "sentence_xlnet_config.json",
];

impl ModelConfig {
    /// Length of a vector.
    pub(crate) fn dimension(&self) -> usize {
        self.after_pooling.length(self.width)
    }

    /// Reads `config.json`, `modules.json` and the configurations of the modules in `folder`.
    ///
    /// # Errors
    /// When a file is missing or damaged, or names something that the engine does not support.
    pub(crate) fn read(folder: &Path) -> Result<Self, EmbedError> {
        refuse_other_weights(folder)?;
        let file = folder.join("config.json");
        let network: Network = read_json(&file)?;
        let unsupported = |reason: String| EmbedError::Unsupported { file: file.clone(), reason };
        let malformed = |reason: String| EmbedError::Malformed { file: file.clone(), reason };
        let family = Family::from_model_type(&network.model_type).ok_or_else(|| {
            let (found, known) = (&network.model_type, Family::model_types());
            unsupported(format!("models of type {found:?} are not supported (supported: {known})"))
        })?;
        network.refusal(family).map_or(Ok(()), |reason| Err(unsupported(reason)))?;
        let keys = &family.description().keys;
        let size = |key: &str| network.size(key).map_err(malformed);
        let (width, heads, positions) =
            (size(keys.width)?, size(keys.heads)?, size("max_position_embeddings")?);
        if !width.is_multiple_of(heads) {
            return Err(malformed(format!("{} is not a multiple of {}", keys.width, keys.heads)));
        }
        let padding = match family.description().padding {
            Padding::Apart => None,
            Padding::Configured => network.padding().map_err(malformed)?.or(Some(1)),
            Padding::One => Some(1),
        };
        let first_position = padding.map_or(0, |id| id as usize + 1);
        if positions <= first_position {
            let reason = format!("positions begin at {first_position}, and there are only {positions}");
            return Err(malformed(reason));
        }
        let layers = size(keys.layers)?;
        let pre_norm = match family {
            Family::ModernBert => modernbert::settings(&network.rest, layers).map_err(unsupported)?,
            _ => PreNormConfig::default(),
        };
        if !pre_norm.layers.is_empty() && !(width / heads).is_multiple_of(2) {
            let reason = "a head has an odd number of numbers, which cannot be turned in pairs".to_owned();
            return Err(malformed(reason));
        }
        let kinds = keys.kinds.map_or(Ok(0), |key| network.size_or(key, 2).map_err(malformed))?;
        let epsilon = network.epsilon(keys).map_err(malformed)?;
        let cutting = Cutting::read(folder)?;
        let mut modules = Modules::read(folder, width)?;
        let saved = Saved::read(folder)?;
        modules.after.keep(saved.kept, width);
        Ok(Self {
            family,
            width,
            layers,
            heads,
            inner_width: size(keys.inner_width)?,
            vocabulary: size("vocab_size")?,
            positions,
            padding,
            kinds,
            epsilon,
            pre_norm,
            pooling: modules.pooling,
            pools_prompt: modules.pools_prompt,
            prompts: saved.prompts,
            normalize: modules.normalize,
            after_pooling: modules.after,
            token_limit: cutting.max_seq_length.unwrap_or(MAX_SIZE).min(positions - first_position),
            lowercase: cutting.do_lower_case,
            pooling_folder: modules.folder,
        })
    }
}

/// `config.json`.
#[derive(Deserialize)]
struct Network {
    model_type: String,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Network {
    /// Why the engine does not support this network, if it does not.
    fn refusal(&self, family: Family) -> Option<String> {
        let said = |key: &str, usual: &str| match self.rest.get(key) {
            None | Some(Value::Null) => None,
            Some(value) if *value == usual => None,
            Some(value) => Some(value.to_string()),
        };
        let is_modern = family == Family::ModernBert;
        let activation = said(family.description().keys.activation, "gelu");
        if let Some(activation) = activation.filter(|name| !(is_modern && name == "\"silu\"")) {
            return Some(format!("the activation {activation} is not supported (supported: gelu)"));
        }
        if !is_modern && said("position_embedding_type", "absolute").is_some() {
            return Some("only absolute positions are supported".to_owned());
        }
        if self.rest.get("is_decoder").is_some_and(|flag| *flag == true) {
            return Some(
                "a decoder, whose tokens do not see what comes after them, is not supported".to_owned(),
            );
        }
        let buckets = self.rest.get("relative_attention_num_buckets");
        if family == Family::MpNet && buckets.is_some_and(|count| *count != BUCKETS) {
            return Some(format!("only {BUCKETS} buckets of distances between tokens are supported"));
        }
        None
    }

    /// A whole number from 1 to [`MAX_SIZE`].
    fn size(&self, key: &str) -> Result<usize, String> {
        let value = self.rest.get(key).ok_or_else(|| format!("{key} is missing"))?;
        let size = value.as_u64().ok_or_else(|| format!("{key} is {value}, and not a whole number"))?;
        match usize::try_from(size) {
            Ok(size) if (1..=MAX_SIZE).contains(&size) => Ok(size),
            _ => Err(format!("{key} is {size}, and only 1 to {MAX_SIZE} makes sense")),
        }
    }

    /// The same, or `usual` if the key is missing.
    fn size_or(&self, key: &str, usual: usize) -> Result<usize, String> {
        if self.rest.get(key).is_none_or(Value::is_null) { Ok(usual) } else { self.size(key) }
    }

    /// The id of the padding token, if it is given.
    fn padding(&self) -> Result<Option<u32>, String> {
        let value = self.rest.get("pad_token_id").filter(|value| !value.is_null());
        let id = |value: &Value| value.as_u64().and_then(|id| u32::try_from(id).ok());
        let id =
            value.map(|value| id(value).ok_or_else(|| format!("pad_token_id is {value}, and not an id")));
        id.transpose()
    }

    fn epsilon(&self, keys: &Keys) -> Result<f32, String> {
        let Some(key) = keys.epsilon else { return Ok(keys.usual_epsilon) };
        let said = self.rest.get(key).filter(|value| !value.is_null());
        let Some(value) = said else { return Ok(keys.usual_epsilon) };
        let epsilon = value.as_f64().map(|epsilon| epsilon as f32);
        let fits = |epsilon: &f32| (0.0..1.0).contains(epsilon);
        epsilon.filter(fits).ok_or_else(|| format!("{key} is {value}, and not a small number"))
    }
}

/// The settings of tokenization.
#[derive(Deserialize, Default)]
struct Cutting {
    max_seq_length: Option<usize>,
    #[serde(default)]
    do_lower_case: bool,
}

/// The part of `tokenizer_config.json` that is used.
#[derive(Deserialize, Default)]
struct TokenizerSettings {
    /// A very large number, written with a fraction, when it was never set.
    model_max_length: Option<f64>,
}

impl Cutting {
    /// From the file of sentence-transformers; the limit from that of the tokenizer if the former has none.
    fn read(folder: &Path) -> Result<Self, EmbedError> {
        let files = SENTENCE_FILES.iter().map(|name| read_json_if_there(&folder.join(name)).transpose());
        let mut cutting: Self = files.flatten().next().transpose()?.unwrap_or_default();
        if cutting.max_seq_length.is_none() {
            let file = folder.join("tokenizer_config.json");
            let settings: TokenizerSettings = read_json_if_there(&file)?.unwrap_or_default();
            cutting.max_seq_length = settings.model_max_length.map(|length| length as usize);
        }
        Ok(cutting)
    }
}
