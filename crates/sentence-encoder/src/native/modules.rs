//! The modules around the network: `modules.json`, and the configurations of pooling and of what comes after it.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::Deserialize;
use serde_json::Value;

use super::after_pooling::{AfterPooling, DenseConfig, OutputActivation, Step};
use super::config::MAX_SIZE;
use super::folder::{read_json, read_json_if_there};
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
    /// Whether pooled vectors are scaled to unit length right away.
    pub(super) normalize: bool,
    /// What follows.
    pub(super) after: AfterPooling,
}

#[derive(Deserialize)]
struct Module {
    path: String,
    r#type: String,
}

impl Modules {
    /// The modules of the model in `folder`, whose network gives rows of `width` numbers.
    pub(super) fn read(folder: &Path, width: usize) -> Result<Self, EmbedError> {
        let file = folder.join("modules.json");
        let modules: Vec<Module> = read_json(&file)?;
        let unsupported = |reason: String| EmbedError::Unsupported { file: file.clone(), reason };
        // The modules of these classes have changed between versions, their names have not.
        let names: Vec<&str> =
            modules.iter().map(|module| module.r#type.rsplit('.').next().unwrap_or_default()).collect();
        let [network, pooling, after @ ..] = modules.as_slice() else {
            return Err(unsupported(other(&names)));
        };
        if !matches!(names.as_slice(), ["Transformer", "Pooling", after @ ..] if after.iter().all(|name| ["Dense", "Normalize"].contains(name)))
        {
            return Err(unsupported(other(&names)));
        }
        if !network.path.is_empty() {
            let network = &network.path;
            return Err(unsupported(format!(
                "the network lies in {network:?}, and only one beside modules.json is supported; loading the model in Python and saving it again puts it there"
            )));
        }
        let inside = |module: &Module| {
            Path::new(&module.path).components().all(|part| matches!(part, Component::Normal(_)))
        };
        if !modules.iter().all(inside) {
            let reason = "a module's path leads out of its place".to_owned();
            return Err(EmbedError::Malformed { file, reason });
        }
        let (way, pools_prompt) = read_pooling(&folder.join(&pooling.path).join("config.json"))?;
        let mut steps = Vec::new();
        let mut length = width;
        for (module, name) in after.iter().zip(&names[2..]) {
            let settings = folder.join(&module.path).join("config.json");
            if *name == "Dense" {
                let dense = read_dense(&module.path, &settings, length)?;
                length = dense.outputs;
                steps.push(Step::Dense(dense));
            } else {
                let settings_of_it: BTreeMap<String, Value> =
                    read_json_if_there(&settings)?.unwrap_or_default();
                of_the_whole_text(&settings, &settings_of_it)?;
                steps.push(Step::Normalize);
            }
        }
        let normalize = steps.first() == Some(&Step::Normalize);
        let after = AfterPooling::new(steps.split_off(usize::from(normalize)), normalize);
        Ok(Self { folder: pooling.path.clone(), pooling: way, pools_prompt, normalize, after })
    }
}

/// Why a model with modules of these names is refused.
fn other(names: &[&str]) -> String {
    let names = names.join(", ");
    format!(
        "the modules {names} are not supported (supported: Transformer, Pooling, and after them Dense and Normalize)"
    )
}

/// The settings of a dense layer in `folder`, which reads vectors of `inputs` numbers.
fn read_dense(folder: &str, file: &Path, inputs: usize) -> Result<DenseConfig, EmbedError> {
    let settings: BTreeMap<String, Value> = read_json(file)?;
    let unsupported = |reason: String| EmbedError::Unsupported { file: file.to_path_buf(), reason };
    let malformed = |reason: String| EmbedError::Malformed { file: file.to_path_buf(), reason };
    of_the_whole_text(file, &settings)?;
    if settings.get("use_residual").is_some_and(|flag| *flag == true) {
        return Err(unsupported(
            "a dense layer whose input is added to its output is not supported".to_owned(),
        ));
    }
    let size = |key: &str| {
        let size = settings.get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
        size.filter(|size| (1..=MAX_SIZE).contains(size))
            .ok_or_else(|| malformed(format!("{key} is not a whole number from 1 to {MAX_SIZE}")))
    };
    let (found, outputs) = (size("in_features")?, size("out_features")?);
    if found != inputs {
        return Err(malformed(format!(
            "in_features is {found}, and vectors of {inputs} numbers come before it"
        )));
    }
    let name = match settings.get("activation_function") {
        // What sentence-transformers takes.
        None => "Tanh",
        Some(name) => name.as_str().unwrap_or("of an unknown kind"),
    };
    let activation = match name.rsplit('.').next() {
        Some("Tanh") => OutputActivation::Tanh,
        Some("Identity") => OutputActivation::Identity,
        _ => {
            let reason = format!("the activation {name:?} is not supported (supported: Identity, Tanh)");
            return Err(unsupported(reason));
        }
    };
    let biased = settings.get("bias").is_none_or(|flag| *flag != false);
    Ok(DenseConfig { folder: folder.to_owned(), inputs, outputs, biased, activation })
}

/// Refuses a module that changes the rows of tokens, or leaves its result beside the vector of the text.
fn of_the_whole_text(file: &Path, settings: &BTreeMap<String, Value>) -> Result<(), EmbedError> {
    for key in ["module_input_name", "module_output_name"] {
        let named = settings.get(key).filter(|name| !name.is_null() && **name != "sentence_embedding");
        if let Some(name) = named {
            let reason = format!("{key} is {name}, and only \"sentence_embedding\" is supported");
            return Err(EmbedError::Unsupported { file: file.to_path_buf(), reason });
        }
    }
    Ok(())
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
