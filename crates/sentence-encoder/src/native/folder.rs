//! Files of a model folder: JSON settings, read within a size limit, and weights in formats that are refused.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::EmbedError;

/// Size limit of JSON settings.
const MAX_BYTES: u64 = 16 << 20;

/// Reads a JSON file.
pub(super) fn read_json<T: DeserializeOwned>(file: &Path) -> Result<T, EmbedError> {
    let text = read(file).map_err(|source| EmbedError::Read { file: file.to_path_buf(), source })?;
    let malformed = |reason: String| EmbedError::Malformed { file: file.to_path_buf(), reason };
    if text.len() as u64 > MAX_BYTES {
        return Err(malformed(format!("it is longer than {} MB, and settings never are", MAX_BYTES >> 20)));
    }
    serde_json::from_slice(&text).map_err(|error| malformed(error.to_string()))
}

/// The same for an optional file.
pub(super) fn read_json_if_there<T: DeserializeOwned>(file: &Path) -> Result<Option<T>, EmbedError> {
    match read_json(file) {
        Ok(value) => Ok(Some(value)),
        Err(EmbedError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(file)?.take(MAX_BYTES + 1).read_to_end(&mut text)?;
    Ok(text)
}

/// Refuses a folder whose weights are not one `model.safetensors`, with advice.
pub(super) fn refuse_other_weights(folder: &Path) -> Result<(), EmbedError> {
    let unsupported = |file: &str, reason: &str| {
        let reason = reason.to_owned();
        Err(EmbedError::Unsupported { file: folder.join(file), reason })
    };
    if folder.join("adapter_config.json").is_file() {
        return unsupported(
            "adapter_config.json",
            "this is an adapter to another model, and only whole models are supported; merge the two in Python (merge_and_unload) and save the result",
        );
    }
    if folder.join("model.safetensors").is_file() {
        return Ok(());
    }
    let index = "model.safetensors.index.json";
    if folder.join(index).is_file() {
        return unsupported(
            index,
            "the weights are split over several files, and only one model.safetensors is supported; save the model again in Python with max_shard_size=\"100GB\"",
        );
    }
    let pickled = ["pytorch_model.bin", "pytorch_model.bin.index.json", "tf_model.h5"];
    if let Some(file) = pickled.into_iter().find(|file| folder.join(file).is_file()) {
        return unsupported(
            file,
            "only weights in safetensors are supported; load the model once with sentence-transformers in Python and save it again (SentenceTransformer(\"OLD\").save_pretrained(\"NEW\"))",
        );
    }
    let graphs = ["model.onnx", "onnx/model.onnx", "openvino/openvino_model.xml"];
    if let Some(file) = graphs.into_iter().find(|file| folder.join(file).is_file()) {
        return unsupported(
            file,
            "only weights in safetensors are supported, and this folder has the model as a graph for another program; take its model.safetensors from where it was published",
        );
    }
    Ok(())
}
