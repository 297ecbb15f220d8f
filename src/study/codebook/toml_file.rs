//! A codebook in TOML: `[[theme]]` tables, as in files of `emic init` and drafted codebooks. Both reading and writing are here.

use std::path::Path;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::SeedAsWritten;
use crate::results::Seed;
use crate::study::error::{StudyError, line_of};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodebookFile {
    #[serde(default)]
    theme: Vec<Spanned<ThemeAsWritten>>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct ThemeAsWritten {
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    definition: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    include: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    exclude: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    examples: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    parent: String,
}

/// A file of one theme; files of several are a concatenation.
#[derive(Serialize)]
struct OneTheme {
    theme: [ThemeAsWritten; 1],
}

/// A theme as its `[[theme]]` table, without empty keys.
pub(crate) fn theme_toml(seed: &Seed) -> Result<String, toml::ser::Error> {
    let Seed { name, definition, include, exclude, examples, keywords, parent } = seed.clone();
    let theme = ThemeAsWritten { name, definition, include, exclude, examples, keywords, parent };
    toml::to_string_pretty(&OneTheme { theme: [theme] })
}

pub(super) fn read(path: &Path, text: &str) -> Result<Vec<SeedAsWritten>, StudyError> {
    let file: CodebookFile =
        toml::from_str(text).map_err(|error| StudyError::from_toml(path, text, &error))?;
    Ok(file
        .theme
        .into_iter()
        .map(|theme| {
            let line = line_of(text, theme.span().start);
            let ThemeAsWritten { name, definition, include, exclude, examples, keywords, parent } =
                theme.into_inner();
            let seed = Seed { name, definition, include, exclude, examples, keywords, parent };
            SeedAsWritten { seed, line: Some(line) }
        })
        .collect())
}
