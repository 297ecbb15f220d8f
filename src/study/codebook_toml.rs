//! A codebook in TOML: `[[theme]]` tables, the form that `emic init` writes.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::codebook::{Seed, SeedAsWritten};
use super::error::{StudyError, line_of};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodebookFile {
    #[serde(default)]
    theme: Vec<Spanned<ThemeAsWritten>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeAsWritten {
    name: String,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    include: String,
    #[serde(default)]
    exclude: String,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    parent: String,
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
