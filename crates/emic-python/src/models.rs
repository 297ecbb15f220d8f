//! Where models are, and fetching them; as the command does.

use std::path::{Path, PathBuf};

use emic::cli::{model_store, model_target};
use emic::embed::{model_called, registry};
use pyo3::prelude::*;
use sentence_encoder::models::{FetchEvent, ModelStore};

use crate::errors::Fault;
use crate::work::work;

/// The folder of a model: a name, or a path with a slash in it.
pub(crate) fn folder_of(model: &str, models: Option<&Path>) -> Result<PathBuf, Fault> {
    let name = model_called(model);
    if name.contains(['/', '\\']) {
        return Ok(PathBuf::from(name));
    }
    if let Some(folder) = model_store(models).find(&name) {
        return Ok(folder);
    }
    Err(match registry()?.find(&name) {
        Some(_) => Fault::new(
            format!("the model {name} is not on this machine"),
            format!("fetch it once with `emic.models.fetch(\"{name}\")`"),
        ),
        None => Fault::new(
            format!("there is no model {name}"),
            "`emic.models.list()` shows those that are known or here",
        ),
    })
}

/// The folder of a model.
#[pyfunction]
#[pyo3(signature = (name, models=None))]
pub(crate) fn model_folder(py: Python<'_>, name: &str, models: Option<PathBuf>) -> PyResult<PathBuf> {
    folder_of(name, models.as_deref()).map_err(|fault| fault.raised(py))
}

/// Name, dimension, bytes, licence, languages and folder (none: not here) of the models that are known or here.
type ModelRow = (String, Option<usize>, Option<u64>, Option<String>, Vec<String>, Option<PathBuf>);

/// The models that are known or here.
#[pyfunction]
#[pyo3(signature = (models=None))]
pub(crate) fn models(py: Python<'_>, models: Option<PathBuf>) -> PyResult<Vec<ModelRow>> {
    let registry = registry().map_err(|error| Fault::from(error).raised(py))?;
    let store = model_store(models.as_deref());
    let mut rows: Vec<ModelRow> = registry
        .models()
        .iter()
        .map(|entry| {
            let folder = store.find(&entry.name);
            (
                entry.name.clone(),
                Some(entry.dimension),
                Some(entry.bytes()),
                Some(entry.licence.clone()),
                entry.languages.clone(),
                folder,
            )
        })
        .collect();
    let own = store.installed().into_iter().filter(|(name, _)| registry.find(name).is_none());
    rows.extend(own.map(|(name, folder)| (name, None, None, None, Vec::new(), Some(folder))));
    Ok(rows)
}

/// Fetches a model unless it is here; its folder.
#[pyfunction]
pub(crate) fn fetch(
    py: Python<'_>,
    name: String,
    models: Option<PathBuf>,
    told: Option<Py<PyAny>>,
) -> PyResult<PathBuf> {
    work(py, None, told.as_ref(), |progress| {
        let name = model_called(&name);
        if let Some(folder) = model_store(models.as_deref()).find(&name) {
            return Ok(folder);
        }
        let registry = registry()?;
        let Some(entry) = registry.find(&name) else {
            let known: Vec<&str> = registry.models().iter().map(|entry| entry.name.as_str()).collect();
            let message = format!("the model {name} is not known");
            return Err(Fault::new(message, format!("known are {}", known.join(", "))));
        };
        let target = model_target(models.as_deref());
        std::fs::create_dir_all(&target)?;
        let store = ModelStore { folders: vec![target] };
        let folder = store.fetch(entry, &mut |event| match event {
            FetchEvent::Trying { source, bytes } => {
                let megabytes = bytes.div_ceil(1_000_000);
                progress.say(format!("Fetching {name} ({megabytes} MB, {}) from {source}", entry.licence));
            }
            FetchEvent::Unpacking => progress.say("Writing its 4-bit weights as 32-bit numbers".to_owned()),
            FetchEvent::Checking { .. } => progress.say("Checking the sha256 of every file".to_owned()),
            FetchEvent::Failed { source, reason } => {
                progress.say(format!("  {source} did not work: {reason}"));
            }
        })?;
        Ok(folder)
    })
}
