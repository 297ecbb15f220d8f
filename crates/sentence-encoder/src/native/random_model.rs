//! Models of any size with random weights, written to a folder as sentence-transformers would: for tests and
//! benchmarks that need no download. Their vectors mean nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use rand::Rng;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, serialize_to_file};
use serde_json::json;

use same_bits::random_stream;

/// The sizes of a BERT model with random weights, for tests, benchmarks and examples without a download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RandomModel {
    /// Length of a vector; a multiple of `heads`.
    pub width: usize,
    /// Layers.
    pub layers: usize,
    /// Attention heads of a layer.
    pub heads: usize,
    /// Length of a row between the two dense layers of a feed-forward block.
    pub inner_width: usize,
    /// Most tokens that are read of a text.
    pub token_limit: usize,
    /// Seed of the random weights.
    pub seed: u64,
}

impl RandomModel {
    /// A model for fast tests. None of its sizes is a multiple of a vector register's.
    pub const TINY: Self = Self { width: 42, layers: 2, heads: 3, inner_width: 75, token_limit: 40, seed: 7 };

    /// The sizes of all-MiniLM-L6-v2.
    pub const MINI_LM: Self =
        Self { width: 384, layers: 6, heads: 12, inner_width: 1536, token_limit: 256, seed: 7 };
}

/// Writes a model folder into `folder`, which is created if needed. Tokens are single letters, digits and
/// punctuation marks.
///
/// # Errors
/// When a file cannot be written.
pub fn write_random_model(folder: &Path, model: &RandomModel) -> io::Result<()> {
    let vocabulary = vocabulary();
    fs::create_dir_all(folder.join("1_Pooling"))?;
    let files = [
        ("config.json", network(model, vocabulary.len())),
        ("modules.json", modules()),
        ("sentence_bert_config.json", json!({ "max_seq_length": model.token_limit, "do_lower_case": false })),
        ("1_Pooling/config.json", json!({ "pooling_mode_mean_tokens": true })),
        ("tokenizer.json", tokenizer(&vocabulary)),
    ];
    for (name, content) in files {
        fs::write(folder.join(name), content.to_string())?;
    }
    let tensors: BTreeMap<String, (Vec<usize>, Vec<u8>)> = tensors(model, vocabulary.len());
    let views = tensors.iter().map(|(name, (shape, bytes))| {
        TensorView::new(Dtype::F32, shape.clone(), bytes).map(|view| (name.as_str(), view))
    });
    let views = views.collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
    serialize_to_file(views, None, &folder.join("model.safetensors")).map_err(io::Error::other)
}

fn network(model: &RandomModel, vocabulary: usize) -> serde_json::Value {
    json!({
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": model.width,
        "num_hidden_layers": model.layers,
        "num_attention_heads": model.heads,
        "intermediate_size": model.inner_width,
        "vocab_size": vocabulary,
        "max_position_embeddings": model.token_limit,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
    })
}

fn modules() -> serde_json::Value {
    json!([
        { "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer" },
        { "idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling" },
        { "idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize" },
    ])
}

/// Special tokens, then every printable ASCII character as a word, and letters and digits as continuations of
/// a word.
fn vocabulary() -> Vec<String> {
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map(str::to_owned);
    let signs = ('!'..='~').filter(|sign| !sign.is_ascii_uppercase());
    let rest = ('a'..='z').chain('0'..='9').map(|letter| format!("##{letter}"));
    special.into_iter().chain(signs.map(String::from)).chain(rest).collect()
}

fn tokenizer(vocabulary: &[String]) -> serde_json::Value {
    let ids: serde_json::Map<String, serde_json::Value> =
        vocabulary.iter().enumerate().map(|(id, token)| (token.clone(), id.into())).collect();
    let special = |token: &str, id: u32| json!({ "id": token, "ids": [id], "tokens": [token] });
    json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": [],
        "normalizer": {
            "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": true,
        },
        "pre_tokenizer": { "type": "BertPreTokenizer" },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                { "SpecialToken": { "id": "[CLS]", "type_id": 0 } },
                { "Sequence": { "id": "A", "type_id": 0 } },
                { "SpecialToken": { "id": "[SEP]", "type_id": 0 } },
            ],
            "pair": [{ "Sequence": { "id": "A", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 1 } }],
            "special_tokens": { "[CLS]": special("[CLS]", 2), "[SEP]": special("[SEP]", 3) },
        },
        "decoder": null,
        "model": {
            "type": "WordPiece",
            "unk_token": "[UNK]",
            "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": ids,
        },
    })
}

/// All tensors by name: shape and little-endian bytes.
fn tensors(model: &RandomModel, vocabulary: usize) -> BTreeMap<String, (Vec<usize>, Vec<u8>)> {
    let (width, inner) = (model.width, model.inner_width);
    let mut shapes = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![vocabulary, width]),
        ("embeddings.position_embeddings.weight".to_owned(), vec![model.token_limit, width]),
        ("embeddings.token_type_embeddings.weight".to_owned(), vec![2, width]),
    ];
    let mut pair = |name: String, weight: Vec<usize>| {
        shapes.push((format!("{name}.bias"), vec![weight[0]]));
        shapes.push((format!("{name}.weight"), weight));
    };
    pair("embeddings.LayerNorm".to_owned(), vec![width]);
    for layer in 0..model.layers {
        let mut part = |name: &str, weight| pair(format!("encoder.layer.{layer}.{name}"), weight);
        for name in
            ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"]
        {
            part(name, vec![width, width]);
        }
        part("attention.output.LayerNorm", vec![width]);
        part("intermediate.dense", vec![inner, width]);
        part("output.dense", vec![width, inner]);
        part("output.LayerNorm", vec![width]);
    }
    let mut random = random_stream(model.seed, "random model");
    let filled = shapes.into_iter().map(|(name, shape)| {
        // Gains are near one; other weights are scaled so that activations neither vanish nor explode.
        let is_gain = name.ends_with("LayerNorm.weight");
        let spread = if is_gain { 0.2 } else { 1.5 / (*shape.last().unwrap_or(&1) as f32).sqrt() };
        let centre = if is_gain { 1.0 } else { 0.0 };
        let count = shape.iter().product();
        let number = |_| centre + spread * (random.r#gen::<f32>() - 0.5) * 2.0;
        let bytes = (0..count).map(number).flat_map(f32::to_le_bytes).collect();
        (name, (shape, bytes))
    });
    filled.collect()
}
