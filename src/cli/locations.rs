//! Folders of models: a named folder, `models/` in the working folder, the user's data folder. And locking the folder of a finished run
//! for a command that writes into it.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sentence_encoder::SentenceEncoder;
use sentence_encoder::models::ModelStore;

use super::{Computing, engine};
use crate::embed::{EmbedPlan, model_called, registry};
use crate::storage::{OutputLock, lock_finished, recover};

/// The folders in which models are looked for, in order.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line may read the environment; the library may not"
)]
pub(super) fn model_folders(named: Option<&Path>) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = named.map(Path::to_owned).into_iter().collect();
    folders.push(PathBuf::from("models"));
    let data = if cfg!(windows) {
        std::env::var_os("APPDATA").map(PathBuf::from)
    } else {
        let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
        std::env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
            .or_else(home)
    };
    folders.extend(data.map(|folder| folder.join("emic").join("models")));
    folders
}

/// The models in the folders where the command looks: `named`, `models` in the working folder, the user's data folder.
pub fn model_store(named: Option<&Path>) -> ModelStore {
    ModelStore { folders: model_folders(named) }
}

/// The encoder of a plan; its model is a name, or a folder with a slash in its path.
pub(super) fn encoder_for(
    plan: &EmbedPlan,
    computing: &Computing,
) -> anyhow::Result<Box<dyn SentenceEncoder>> {
    engine::check(plan, computing.kernel.as_deref())?;
    let model = model_called(&plan.model);
    let model = model.as_str();
    let folder = if model.contains(['/', '\\']) {
        PathBuf::from(model)
    } else {
        let store = model_store(computing.models.as_deref());
        match store.find(model) {
            Some(folder) => folder,
            None if registry()?.find(model).is_some() => {
                bail!(
                    "the model {model} is not on this machine; fetch it once with `emic models fetch {model}`"
                )
            }
            None => bail!("there is no model {model}; `emic models list` shows those that are known or here"),
        }
    };
    engine::load(&folder, plan).with_context(|| format!("the model in {} cannot be used", folder.display()))
}

/// The folder for fetched models: the named one; else `models/` here if it exists; else the user's data folder.
pub fn model_target(named: Option<&Path>) -> PathBuf {
    let folders = model_folders(named);
    if named.is_some() || Path::new("models").is_dir() || folders.len() == 1 {
        folders[0].clone()
    } else {
        folders[folders.len() - 1].clone()
    }
}

/// Locks the folder of a finished run against every other command, and completes what a killed command began there.
///
/// # Errors
/// When there is no run, another command is writing to the folder, or what was begun there cannot be ended.
pub fn lock_run(out: &Path) -> anyhow::Result<OutputLock> {
    let lock = lock_finished(out, &["run.json", "review"])?;
    recover(out)
        .with_context(|| format!("what an earlier command began in {} cannot be ended", out.display()))?;
    Ok(lock)
}
