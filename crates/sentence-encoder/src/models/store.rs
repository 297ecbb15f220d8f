//! Folders that contain models, one folder for each.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::checksum::{LIST, read_list, sha256, write_list};
#[cfg(feature = "fetch")]
use super::fetch::{FetchError, FetchEvent, fetch};
use super::registry::{ModelEntry, is_inside, is_plain_name};
use crate::native::config::SENTENCE_FILES;
use crate::{EmbedError, NativeEncoder, Precision};

/// Files that are copied besides those that the engine needs, for other programs.
const OTHER_FILES: [&str; 4] =
    ["tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "config_sentence_transformers.json"];

/// Why a model cannot be added or verified.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The name is not allowed.
    #[error("{0:?} cannot be the name of a model: use letters, digits, dots, hyphens and underscores")]
    Name(String),
    /// There is already a model of that name.
    #[error("there is a model called {name} in {}; remove that folder first or choose another name", folder.display())]
    Exists {
        /// Its name.
        name: String,
        /// Its folder.
        folder: PathBuf,
    },
    /// There is no model of that name.
    #[error("there is no model called {name} in {}", listed(folders))]
    Missing {
        /// The name.
        name: String,
        /// The folders that were searched.
        folders: Vec<PathBuf>,
    },
    /// The folder has no model that the engine supports.
    #[error("{} is not a model that can be used: {source}", folder.display())]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// The reason.
        source: EmbedError,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Files are missing or changed.
    #[error("{name} is damaged ({}); remove {} and fetch or add the model again", files.join(", "), folder.display())]
    Damaged {
        /// The model.
        name: String,
        /// Its folder.
        folder: PathBuf,
        /// The files that are missing or changed.
        files: Vec<String>,
    },
    /// The model is not in the registry and has no list of checksums.
    #[error("nothing is known to check {name} against: it is not in the registry and {} has no {LIST}", folder.display())]
    Unlisted {
        /// The model.
        name: String,
        /// Its folder.
        folder: PathBuf,
    },
}

fn listed(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(" or ")
}

/// Folders in which models are looked for, in this order; new models go into the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelStore {
    /// The folders, which need not exist.
    pub folders: Vec<PathBuf>,
}

impl ModelStore {
    /// The folder of the model `name`: the first with weights.
    pub fn find(&self, name: &str) -> Option<PathBuf> {
        if !is_plain_name(name) {
            return None;
        }
        let folders = self.folders.iter().map(|folder| folder.join(name));
        folders.into_iter().find(|folder| folder.join("model.safetensors").is_file())
    }

    /// Names and folders of all models that are present, sorted.
    pub fn installed(&self) -> Vec<(String, PathBuf)> {
        let entries = self.folders.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut found: Vec<(String, PathBuf)> =
            names.filter_map(|name| self.find(&name).map(|folder| (name, folder))).collect();
        found.sort();
        found.dedup();
        found
    }

    /// Fetches a model of a registry into the first folder, from the first source that has all files with the
    /// right sha256. A model that is present is left as it is.
    ///
    /// # Errors
    /// When all sources failed.
    #[cfg(feature = "fetch")]
    pub fn fetch(
        &self,
        entry: &ModelEntry,
        on_event: &mut dyn FnMut(FetchEvent<'_>),
    ) -> Result<PathBuf, FetchError> {
        match (self.find(&entry.name), self.folders.first()) {
            (Some(folder), _) => Ok(folder),
            (None, Some(folder)) => fetch(entry, folder, on_event),
            (None, None) => Err(FetchError::nowhere(entry)),
        }
    }

    /// Copies the sentence-transformers folder `from` into the first folder as `name`, after loading it as a
    /// check. Files that no encoder needs are not copied.
    ///
    /// # Errors
    /// When the name is not allowed or taken, `from` is not a model that the engine supports, or a file
    /// cannot be copied.
    pub fn add(&self, name: &str, from: &Path) -> Result<PathBuf, StoreError> {
        if !is_plain_name(name) {
            return Err(StoreError::Name(name.to_owned()));
        }
        if let Some(folder) = self.find(name) {
            return Err(StoreError::Exists { name: name.to_owned(), folder });
        }
        let unusable = |source| StoreError::Unusable { folder: from.to_path_buf(), source };
        let encoder = NativeEncoder::load(from, Precision::F32).map_err(unusable)?;
        let first = self.folders.first().cloned().unwrap_or_default();
        let target = first.join(name);
        let part = first.join(format!(".{name}.{}", std::process::id()));
        let mut sums = Vec::new();
        let others = OTHER_FILES
            .into_iter()
            .chain(SENTENCE_FILES)
            .filter(|file| from.join(file).is_file())
            .map(str::to_owned);
        for path in encoder.files().into_iter().chain(others) {
            let to = part.join(&path);
            let failed = |source| StoreError::File { path: to.clone(), source };
            fs::create_dir_all(to.parent().unwrap_or(&part)).map_err(failed)?;
            fs::copy(from.join(&path), &to).map_err(failed)?;
            sums.push((sha256(&to).map_err(failed)?, path));
        }
        let failed = |source| StoreError::File { path: target.clone(), source };
        write_list(&part, &sums).and_then(|()| fs::rename(&part, &target)).map_err(failed)?;
        Ok(target)
    }

    /// Checks the sha256 of every file of the model `name`: against the registry's entry, or without one
    /// against the list that was written when the model was added. Returns the number of files. If sources
    /// have different versions of a model, each of them is accepted.
    ///
    /// # Errors
    /// When the model is not present, a file is missing or changed, or there is nothing to check against.
    pub fn verify(&self, name: &str, entry: Option<&ModelEntry>) -> Result<usize, StoreError> {
        let missing = || StoreError::Missing { name: name.to_owned(), folders: self.folders.clone() };
        let folder = self.find(name).ok_or_else(missing)?;
        let lists: Vec<Vec<(String, String)>> = match entry {
            Some(entry) => entry.sources.iter().map(|source| entry.sums_from(source)).collect(),
            None => vec![read_list(&folder).unwrap_or_default()],
        };
        let mut found: BTreeMap<&str, Option<String>> = BTreeMap::new();
        for path in lists.iter().flatten().map(|(_, path)| path.as_str()) {
            let sum = || if is_inside(path) { sha256(&folder.join(path)).ok() } else { None };
            found.entry(path).or_insert_with(sum);
        }
        let differs = |(sum, path): &&(String, String)| found[path.as_str()].as_ref() != Some(sum);
        let mut nearest: Option<Vec<String>> = None;
        for list in lists.iter().filter(|list| !list.is_empty()) {
            let mut files: Vec<String> = list.iter().filter(differs).map(|(_, path)| path.clone()).collect();
            if files.is_empty() {
                return Ok(list.len());
            }
            files.sort();
            if nearest.as_ref().is_none_or(|before| files.len() < before.len()) {
                nearest = Some(files);
            }
        }
        let Some(files) = nearest else {
            return Err(StoreError::Unlisted { name: name.to_owned(), folder });
        };
        Err(StoreError::Damaged { name: name.to_owned(), folder, files })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::ModelStore;
    use crate::native::{RandomModel, write_random_model};

    fn with_model() -> (TempDir, ModelStore) {
        let folder = tempfile::tempdir().unwrap();
        write_random_model(&folder.path().join("given"), &RandomModel::TINY).unwrap();
        fs::write(folder.path().join("given/README.md"), "left behind").unwrap();
        let store = ModelStore { folders: vec![folder.path().join("first"), folder.path().join("second")] };
        store.add("mine", &folder.path().join("given")).unwrap();
        (folder, store)
    }

    #[test]
    fn an_added_model_is_found_listed_and_checked() {
        let (folder, store) = with_model();
        let target = folder.path().join("first/mine");
        assert_eq!(store.find("mine"), Some(target.clone()));
        assert_eq!(store.installed(), [("mine".to_owned(), target.clone())]);
        assert_eq!(store.verify("mine", None).unwrap(), 6);
        assert!(!target.join("README.md").exists());
    }

    #[test]
    fn a_changed_file_is_named() {
        let (folder, store) = with_model();
        fs::write(folder.path().join("first/mine/config.json"), "{}").unwrap();
        fs::remove_file(folder.path().join("first/mine/tokenizer.json")).unwrap();
        let said = store.verify("mine", None).unwrap_err().to_string();
        let said = said.replace(&folder.path().display().to_string(), "HERE");
        insta::assert_snapshot!(said, @"mine is damaged (config.json, tokenizer.json); remove HERE/first/mine and fetch or add the model again");
    }

    #[test]
    fn names_that_are_paths_taken_or_unknown_are_refused() {
        let (folder, store) = with_model();
        let given = folder.path().join("given");
        insta::assert_snapshot!(store.add("../mine", &given).unwrap_err(), @r#""../mine" cannot be the name of a model: use letters, digits, dots, hyphens and underscores"#);
        let said = |text: String| text.replace(&folder.path().display().to_string(), "HERE");
        insta::assert_snapshot!(said(store.add("mine", &given).unwrap_err().to_string()), @"there is a model called mine in HERE/first/mine; remove that folder first or choose another name");
        insta::assert_snapshot!(said(store.verify("yours", None).unwrap_err().to_string()), @"there is no model called yours in HERE/first or HERE/second");
        assert_eq!(store.find("../given"), None);
    }

    #[test]
    fn a_folder_without_a_model_is_not_added() {
        let (folder, store) = with_model();
        fs::remove_file(folder.path().join("given/tokenizer.json")).unwrap();
        assert!(store.add("other", &folder.path().join("given")).is_err());
        assert_eq!(store.find("other"), None);
    }
}
