//! A number or a choice that decides a result: one row of the table `parameters`, and of a paper's appendix.
//!
//! Every stage lists its own in a file `parameters.rs`, from the constants themselves, so that list and program agree.

use serde::{Deserialize, Serialize};

use std::fmt;

/// The origin of a parameter's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The study file, or its default.
    #[serde(rename = "study file")]
    Study,
    /// The same in every study.
    #[serde(rename = "built in")]
    BuiltIn,
    /// Estimated from the corpus.
    #[serde(rename = "found in the data")]
    Found,
}

impl Origin {
    /// The words used in the `parameters` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Study => "study file",
            Self::BuiltIn => "built in",
            Self::Found => "found in the data",
        }
    }
}

/// One parameter of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// The stage that it belongs to: `segment`, `embed`, `cluster`, `theme`, `compare`, `review`.
    pub stage: &'static str,
    /// Its name; for a setting the key of the study file.
    pub name: String,
    /// Its value, as text.
    pub value: String,
    /// Where the value comes from.
    pub origin: Origin,
    /// What it decides, one sentence or less.
    pub about: String,
}

impl Parameter {
    /// A value that is the same in every study.
    pub(crate) fn built_in(stage: &'static str, name: &str, value: impl fmt::Display, about: &str) -> Self {
        Self {
            stage,
            name: name.to_owned(),
            value: value.to_string(),
            origin: Origin::BuiltIn,
            about: about.to_owned(),
        }
    }
}
