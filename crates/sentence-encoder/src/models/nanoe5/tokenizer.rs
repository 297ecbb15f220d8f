//! `tokenizer.json` from the pieces of an image: the `SentencePiece` model (Kudo 2018) of XLM-R in the format
//! of the `tokenizers` library.

use serde_json::{Value, json};
use tokenizers::normalizers::Precompiled;

use super::ImageError;
use super::charsmap::charsmap;
use super::image::{Image, Special, damaged};

/// The content of the file.
pub(super) fn tokenizer(image: &Image<'_>) -> Result<Value, ImageError> {
    let Special { start, end, padding, unknown } = image.special;
    let text = |id: usize| image.pieces[id].0;
    let one = |id: usize| json!({ "id": text(id), "ids": [id], "tokens": [text(id)] });
    let special = |id: usize| json!({ "SpecialToken": { "id": text(id), "type_id": 0 } });
    let sequence = |name: &str| json!({ "Sequence": { "id": name, "type_id": 0 } });
    let mut added = vec![start, padding, end, unknown];
    added.extend(image.pieces.iter().position(|(piece, _)| *piece == "<mask>"));
    added.sort_unstable();
    added.dedup();
    let added: Vec<Value> = added
        .into_iter()
        .map(|id| {
            json!({
                "id": id, "content": text(id), "single_word": false, "lstrip": text(id) == "<mask>",
                "rstrip": false, "normalized": false, "special": true,
            })
        })
        .collect();
    let normalizer = Precompiled::from(&charsmap(&image.rewritten))
        .map_err(|_| damaged("the rewritten characters make no table"))?;
    let normalizer = serde_json::to_value(normalizer).map_err(|error| damaged(error.to_string()))?;
    let vocabulary: Vec<(&str, f64)> =
        image.pieces.iter().map(|&(piece, score)| (piece, f64::from(score))).collect();
    Ok(json!({
        "version": "1.0",
        "truncation": null,
        "padding": null,
        "added_tokens": added,
        "normalizer": normalizer,
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                { "type": "WhitespaceSplit" },
                { "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true },
            ],
        },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [special(start), sequence("A"), special(end)],
            "pair": [special(start), sequence("A"), special(end), special(end), sequence("B"), special(end)],
            "special_tokens": { text(start): one(start), text(end): one(end) },
        },
        "decoder": { "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true },
        "model": { "type": "Unigram", "unk_id": unknown, "vocab": vocabulary, "byte_fallback": false },
    }))
}
