//! `config_sentence_transformers.json`: the prompts that a model was trained with (such as `query: ` and `passage: `), and
//! how many numbers of a vector are kept.
//!
//! A prompt is put before the text and tokenized with it; its tokens count towards the limit.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::folder::read_json_if_there;
use crate::{EmbedError, Purpose};

/// The prompts for both purposes, empty where there is none. Its `Debug` form is part of the fingerprint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Prompts {
    /// For queries.
    pub query: String,
    /// For passages.
    pub passage: String,
}

/// The names of prompts in use, the most common first.
const QUERY: [&str; 2] = ["query", "search_query"];
const PASSAGE: [&str; 3] = ["passage", "document", "search_document"];

/// The parts of `config_sentence_transformers.json` that are used.
#[derive(Deserialize, Default)]
struct Settings {
    #[serde(default)]
    prompts: BTreeMap<String, Option<String>>,
    #[serde(default)]
    default_prompt_name: Option<String>,
    /// Written since version 5.4 of sentence-transformers.
    #[serde(default)]
    truncate_dim: Option<usize>,
}

/// What is taken from it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) prompts: Prompts,
    /// So many numbers of a vector are kept; all if there is no such number.
    pub(super) kept: Option<usize>,
}

impl Saved {
    /// That of the model in `folder`; nothing if the file does not exist.
    pub(super) fn read(folder: &Path) -> Result<Self, EmbedError> {
        let file = folder.join("config_sentence_transformers.json");
        let settings: Settings = read_json_if_there(&file)?.unwrap_or_default();
        if settings.truncate_dim == Some(0) {
            let reason = "truncate_dim is 0, which leaves nothing of a vector".to_owned();
            return Err(EmbedError::Malformed { file, reason });
        }
        let default = settings.default_prompt_name.as_ref();
        if let Some(name) = default.filter(|name| !settings.prompts.contains_key(*name)) {
            let reason = format!("default_prompt_name is {name:?}, and there is no such prompt");
            return Err(EmbedError::Malformed { file, reason });
        }
        let prompts = Prompts { query: settings.called(&QUERY), passage: settings.called(&PASSAGE) };
        Ok(Self { prompts, kept: settings.truncate_dim })
    }
}

impl Prompts {
    /// The prompt for `purpose`.
    pub(crate) fn before(&self, purpose: Purpose) -> &str {
        match purpose {
            Purpose::Query => &self.query,
            Purpose::Passage => &self.passage,
        }
    }
}

impl Settings {
    /// The first non-empty prompt of these names; if none of the names occurs, the model's default prompt. A
    /// name with an empty prompt means that no prompt is wanted.
    fn called(&self, names: &[&str]) -> String {
        let mut named = names.iter().filter_map(|&name| self.prompts.get(name)).peekable();
        let default = self.default_prompt_name.as_ref().and_then(|name| self.prompts.get(name));
        let default = if named.peek().is_none() { default } else { None };
        let text = named.flatten().find(|text| !text.is_empty());
        text.or(default.and_then(Option::as_ref)).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Saved;

    fn read(settings: &str) -> (String, String) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config_sentence_transformers.json"), settings).unwrap();
        let saved = Saved::read(folder.path()).unwrap().prompts;
        (saved.query, saved.passage)
    }

    fn pair(query: &str, passage: &str) -> (String, String) {
        (query.to_owned(), passage.to_owned())
    }

    #[test]
    fn prompts_go_by_several_names() {
        let e5 =
            r#"{ "prompts": { "query": "query: ", "passage": "passage: " }, "default_prompt_name": null }"#;
        assert_eq!(read(e5), pair("query: ", "passage: "));
        let other = r#"{ "prompts": { "search_query": "q: ", "search_document": "d: " } }"#;
        assert_eq!(read(other), pair("q: ", "d: "));
        // sentence-transformers writes empty prompts beside those of the model.
        let saved_again = r#"{ "prompts": { "query": "query: ", "document": "", "passage": "passage: " } }"#;
        assert_eq!(read(saved_again), pair("query: ", "passage: "));
    }

    #[test]
    fn the_default_is_used_when_no_name_fits() {
        let default =
            r#"{ "prompts": { "topic": "about: ", "query": "find: " }, "default_prompt_name": "topic" }"#;
        assert_eq!(read(default), pair("find: ", "about: "));
        let wants_none =
            r#"{ "prompts": { "topic": "about: ", "document": null }, "default_prompt_name": "topic" }"#;
        assert_eq!(read(wants_none), pair("about: ", ""));
    }

    #[test]
    fn there_may_be_none() {
        assert_eq!(read("{}"), pair("", ""));
        assert_eq!(Saved::read(std::path::Path::new("there/is/no/such/folder")).unwrap(), Saved::default());
    }

    fn refusal(settings: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config_sentence_transformers.json"), settings).unwrap();
        let said = Saved::read(folder.path()).unwrap_err().to_string();
        said.replace(&folder.path().display().to_string(), "MODEL")
    }

    #[test]
    fn a_damaged_file_is_named() {
        insta::assert_snapshot!(refusal(r#"{ "prompts": 3 }"#), @"MODEL/config_sentence_transformers.json: invalid type: integer `3`, expected a map at line 1 column 14");
        insta::assert_snapshot!(refusal(r#"{ "truncate_dim": 0 }"#), @"MODEL/config_sentence_transformers.json: truncate_dim is 0, which leaves nothing of a vector");
        insta::assert_snapshot!(refusal(r#"{ "default_prompt_name": "topic" }"#), @r#"MODEL/config_sentence_transformers.json: default_prompt_name is "topic", and there is no such prompt"#);
    }
}
