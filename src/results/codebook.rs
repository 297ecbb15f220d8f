//! The codebook of a run. `study` reads it; no file is read here.

use serde::{Deserialize, Serialize};

use std::path::PathBuf;

/// A theme that the researcher named. Only the name is needed; the rest may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seed {
    /// Unique in the codebook, ignoring case.
    pub name: String,
    /// What it is about.
    pub definition: String,
    /// When to use it.
    pub include: String,
    /// When not to use it.
    pub exclude: String,
    /// Sentences as people say them.
    pub examples: Vec<String>,
    /// Words and phrases that people use for it.
    pub keywords: Vec<String>,
    /// The broader theme that it belongs to; it need not be a theme of the codebook itself.
    pub parent: String,
}

/// The seed themes in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebook {
    /// The themes.
    pub seeds: Vec<Seed>,
    /// The file that it was read from.
    pub file: Option<PathBuf>,
}

impl Seed {
    /// A theme of this name; `definition` says what it is about and may be empty.
    pub fn new(name: impl Into<String>, definition: impl Into<String>) -> Self {
        Self { name: name.into(), definition: definition.into(), ..Self::default() }
    }
}

impl<S: Into<Vec<Seed>>> From<S> for Codebook {
    /// A codebook that is in no file.
    fn from(seeds: S) -> Self {
        Self { seeds: seeds.into(), file: None }
    }
}
