//! The modules around the network: `modules.json` and the configuration of the pooling module.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::Deserialize;
use serde_json::Value;

use super::folder::read_json;
use super::kernel::Pooling;
use crate::EmbedError;

/// The modules after the network.
pub(super) struct Modules {
    /// Folder of the pooling module.
    pub(super) folder: String,
    /// How rows become one vector.
    pub(super) pooling: Pooling,
    /// Whether the prompt's tokens take part in pooling.
    pub(super) pools_prompt: bool,
    /// Whether vectors are scaled to unit length.
    pub(super) normalize: bool,
}

#[derive(Deserialize)]
struct Module {
    path: String,
    r#type: String,
}

impl Modules {
    /// The modules of the model in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self, EmbedError> {
        let file = folder.join("modules.json");
        let modules: Vec<Module> = read_json(&file)?;
        let unsupported = |reason: String| EmbedError::Unsupported { file: file.clone(), reason };
        // The modules of these classes have changed between versions, their names have not.
        let names: Vec<&str> =
            modules.iter().map(|module| module.r#type.rsplit('.').next().unwrap_or_default()).collect();
        let normalize = match names.as_slice() {
            ["Transformer", "Pooling"] => false,
            ["Transformer", "Pooling", "Normalize"] => true,
            _ => {
                let names = names.join(", ");
                return Err(unsupported(format!(
                    "the modules {names} are not supported (supported: Transformer, Pooling and, if need be, Normalize)"
                )));
            }
        };
        let (network, pooling) = (&modules[0].path, &modules[1].path);
        if !network.is_empty() {
            return Err(unsupported(format!(
                "the network lies in {network:?}, and only one beside modules.json is supported; loading the model in Python and saving it again puts it there"
            )));
        }
        if !Path::new(pooling).components().all(|part| matches!(part, Component::Normal(_))) {
            let reason = "a module's path leads out of its place".to_owned();
            return Err(EmbedError::Malformed { file, reason });
        }
        let (way, pools_prompt) = read_pooling(&folder.join(pooling).join("config.json"))?;
        Ok(Self { folder: pooling.clone(), pooling: way, pools_prompt, normalize })
    }
}

/// The pooling mode, given by name or (up to version 5 of sentence-transformers) by a flag for each mode; and
/// whether the prompt's tokens take part.
fn read_pooling(file: &Path) -> Result<(Pooling, bool), EmbedError> {
    let settings: BTreeMap<String, Value> = read_json(file)?;
    let named = |way: &Value| way.as_str().unwrap_or("of an unknown kind").to_owned();
    let ways: Vec<String> = match settings.get("pooling_mode") {
        Some(Value::Array(ways)) => ways.iter().map(named).collect(),
        Some(way) => vec![named(way)],
        None => {
            let flags = settings.iter().filter(|(_, flag)| **flag == true);
            flags.filter_map(|(name, _)| name.strip_prefix("pooling_mode_")).map(str::to_owned).collect()
        }
    };
    let unsupported = |reason: String| EmbedError::Unsupported { file: file.to_path_buf(), reason };
    let [way] = ways.as_slice() else {
        let reason = match ways.len() {
            0 => "no way of pooling is named (supported: mean, cls, max)".to_owned(),
            _ => format!("the ways of pooling {} at once are not supported, only one", ways.join(", ")),
        };
        return Err(unsupported(reason));
    };
    let pooling = match way.as_str() {
        "mean" | "mean_tokens" => Pooling::Mean,
        "cls" | "cls_token" => Pooling::Cls,
        "max" | "max_tokens" => Pooling::Max,
        _ => {
            let reason = format!("the pooling {way:?} is not supported (supported: mean, cls, max)");
            return Err(unsupported(reason));
        }
    };
    Ok((pooling, settings.get("include_prompt").is_none_or(|flag| *flag != false)))
}
