//! What a sentence-transformers folder says about its model, checked once into [`ModelConfig`].
//!
//! Whatever the engine does not compute is refused here with the file and the reason: a vector that is nearly right
//! is worse than none.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::folder::{read_json, read_json_if_there};
pub use super::kernel::Pooling;
pub use super::prompts::Prompts;
use crate::embed::EmbedError;

/// The architectures that the engine computes. A new one gets a line here, in [`Family::from_model_type`] and in
/// `network`, and a file beside `bert`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// BERT (Devlin et al. 2019), MiniLM among them.
    Bert,
}

impl Family {
    /// The family of a `model_type` of config.json.
    pub fn from_model_type(model_type: &str) -> Option<Self> {
        match model_type {
            "bert" => Some(Self::Bert),
            _ => None,
        }
    }
}

/// A model's shape and what is done around it.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelConfig {
    /// Its architecture.
    pub family: Family,
    /// Numbers in a token's row, and in a vector.
    pub width: usize,
    /// Layers.
    pub layers: usize,
    /// Attention heads in a layer; they divide the width.
    pub heads: usize,
    /// Numbers in a token's row between the two dense layers of the feed-forward step.
    pub inner_width: usize,
    /// Different tokens.
    pub vocabulary: usize,
    /// Positions that the model knows.
    pub positions: usize,
    /// Kinds of token (BERT's first and second text); texts are of kind 0.
    pub kinds: usize,
    /// Added to the variance in layer normalisation.
    pub epsilon: f32,
    /// How the tokens' rows become one vector.
    pub pooling: Pooling,
    /// Whether the prompt's tokens are among those rows.
    pub pools_prompt: bool,
    /// What stands before a text.
    pub prompts: Prompts,
    /// Whether vectors are made unit length.
    pub normalize: bool,
    /// Tokens read of a text, special ones included.
    pub token_limit: usize,
    /// Whether texts are put in lower case before the tokenizer.
    pub lowercase: bool,
    /// Folder of the pooling module in the model's folder.
    pub pooling_folder: String,
}

/// Bounds on what config.json may ask for; far above any sentence encoder, far below any memory.
const MOST: usize = 1 << 20;

impl ModelConfig {
    /// Reads `config.json`, `modules.json` and the configurations of the modules in `folder`.
    ///
    /// # Errors
    /// When a file is missing or damaged, or asks for what the engine does not compute.
    pub fn read(folder: &Path) -> Result<Self, EmbedError> {
        let modules = read_modules(folder)?;
        let (pooling, pools_prompt) = read_pooling(&folder.join(&modules.pooling).join("config.json"))?;
        let sentence: Option<SentenceConfig> = read_json_if_there(&folder.join("sentence_bert_config.json"))?;
        let sentence = sentence.unwrap_or_default();
        let file = folder.join("config.json");
        let raw: NetworkConfig = read_json(&file)?;
        let unsupported = |reason: String| EmbedError::Unsupported { file: file.clone(), reason };
        let malformed =
            |reason: &str| EmbedError::Malformed { file: file.clone(), reason: reason.to_owned() };
        let family = Family::from_model_type(&raw.model_type).ok_or_else(|| {
            unsupported(format!("models of type {:?} are not supported (supported: bert)", raw.model_type))
        })?;
        if raw.hidden_act != "gelu" {
            return Err(unsupported(format!(
                "the activation {:?} is not supported (supported: gelu)",
                raw.hidden_act
            )));
        }
        if raw.position_embedding_type.as_deref().is_some_and(|kind| kind != "absolute") {
            return Err(unsupported("only absolute positions are supported".to_owned()));
        }
        let sizes = [
            raw.hidden_size,
            raw.num_hidden_layers,
            raw.num_attention_heads,
            raw.intermediate_size,
            raw.vocab_size,
            raw.max_position_embeddings,
            raw.type_vocab_size,
        ];
        if sizes.iter().any(|&size| size == 0 || size > MOST) {
            return Err(malformed("a size is zero or absurdly large"));
        }
        if !raw.hidden_size.is_multiple_of(raw.num_attention_heads) {
            return Err(malformed("hidden_size is not a multiple of num_attention_heads"));
        }
        let limit = sentence.max_seq_length.unwrap_or(raw.max_position_embeddings);
        Ok(Self {
            family,
            width: raw.hidden_size,
            layers: raw.num_hidden_layers,
            heads: raw.num_attention_heads,
            inner_width: raw.intermediate_size,
            vocabulary: raw.vocab_size,
            positions: raw.max_position_embeddings,
            kinds: raw.type_vocab_size,
            epsilon: raw.layer_norm_eps,
            pooling,
            pools_prompt,
            prompts: Prompts::read(folder)?,
            normalize: modules.normalize,
            token_limit: limit.min(raw.max_position_embeddings),
            lowercase: sentence.do_lower_case,
            pooling_folder: modules.pooling,
        })
    }
}

/// The parts of `config.json` that matter here.
#[derive(Deserialize)]
struct NetworkConfig {
    model_type: String,
    hidden_size: usize,
    num_hidden_layers: usize,
    num_attention_heads: usize,
    intermediate_size: usize,
    vocab_size: usize,
    max_position_embeddings: usize,
    type_vocab_size: usize,
    layer_norm_eps: f32,
    hidden_act: String,
    position_embedding_type: Option<String>,
}

#[derive(Deserialize, Default)]
struct SentenceConfig {
    max_seq_length: Option<usize>,
    #[serde(default)]
    do_lower_case: bool,
}

/// The way of pooling: its name, or (up to version 5 of sentence-transformers) a flag for each way; and whether the
/// prompt's tokens take part.
fn read_pooling(file: &Path) -> Result<(Pooling, bool), EmbedError> {
    let settings: BTreeMap<String, serde_json::Value> = read_json(file)?;
    let ways: Vec<&str> = match settings.get("pooling_mode") {
        Some(serde_json::Value::String(way)) => vec![way],
        Some(_) => vec!["several at once"],
        None => {
            let flags = settings.iter().filter(|(_, flag)| **flag == true);
            flags.filter_map(|(name, _)| name.strip_prefix("pooling_mode_")).collect()
        }
    };
    if let ["mean" | "mean_tokens"] = ways.as_slice() {
        return Ok((Pooling::Mean, settings.get("include_prompt").is_none_or(|flag| *flag != false)));
    }
    let reason = format!("the pooling {:?} is not supported (supported: mean)", ways.join(", "));
    Err(EmbedError::Unsupported { file: file.to_path_buf(), reason })
}

/// What `modules.json` puts around the network.
struct Modules {
    pooling: String,
    normalize: bool,
}

#[derive(Deserialize)]
struct Module {
    path: String,
    r#type: String,
}

fn read_modules(folder: &Path) -> Result<Modules, EmbedError> {
    let file = folder.join("modules.json");
    let modules: Vec<Module> = read_json(&file)?;
    // Where the classes live has changed between versions, their names have not.
    let names: Vec<&str> =
        modules.iter().map(|module| module.r#type.rsplit('.').next().unwrap_or_default()).collect();
    let normalize = match names.as_slice() {
        ["Transformer", "Pooling"] => false,
        ["Transformer", "Pooling", "Normalize"] => true,
        _ => {
            let reason = format!(
                "the modules {} are not supported (supported: Transformer, Pooling and, if need be, Normalize)",
                names.join(", ")
            );
            return Err(EmbedError::Unsupported { file, reason });
        }
    };
    let inside =
        |path: &str| Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !modules[0].path.is_empty() || !inside(&modules[1].path) {
        let reason = "a module's path leads out of its place".to_owned();
        return Err(EmbedError::Malformed { file, reason });
    }
    Ok(Modules { pooling: modules[1].path.clone(), normalize })
}
