//! The prompts that a model was trained with (such as `query: ` and `passage: `), from
//! `config_sentence_transformers.json`.
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
}

impl Prompts {
    /// The prompts of the model in `folder`; none if the file does not exist.
    pub(super) fn read(folder: &Path) -> Result<Self, EmbedError> {
        let settings: Option<Settings> =
            read_json_if_there(&folder.join("config_sentence_transformers.json"))?;
        let settings = settings.unwrap_or_default();
        Ok(Self { query: settings.called(&QUERY), passage: settings.called(&PASSAGE) })
    }

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
    use super::Prompts;

    fn read(settings: &str) -> (String, String) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config_sentence_transformers.json"), settings).unwrap();
        let Prompts { query, passage } = Prompts::read(folder.path()).unwrap();
        (query, passage)
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
        assert_eq!(
            Prompts::read(std::path::Path::new("there/is/no/such/folder")).unwrap(),
            Prompts::default()
        );
    }

    #[test]
    fn a_damaged_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config_sentence_transformers.json"), r#"{ "prompts": 3 }"#)
            .unwrap();
        let said = Prompts::read(folder.path()).unwrap_err().to_string();
        let said = said.replace(&folder.path().display().to_string(), "MODEL");
        insta::assert_snapshot!(said, @"MODEL/config_sentence_transformers.json: invalid type: integer `3`, expected a map at line 1 column 14");
    }
}
