//! Warns when the model was not trained on the languages of the transcripts: it gives vectors all the same, and results look
//! as good as any other.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::EmbedPlan;
use transcripts::{Problem, Severity};

use crate::results::codes;
use crate::segment::language_name as name;

/// The model to recommend.
const OF_MANY_LANGUAGES: &str = "multilingual-e5-small";

/// A warning when transcripts are in languages that the model was not trained on.
///
/// `languages` holds one BCP-47 tag a transcript, empty where it is not known. There is no warning about an unknown model or one
/// that is listed with `mul`.
pub fn unknown_languages(languages: &[String], embed: &EmbedPlan) -> Option<Problem> {
    let known: Vec<&str> = embed.languages.iter().map(|tag| primary(tag)).collect();
    if known.is_empty() || known.contains(&"mul") {
        return None;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in languages.iter().map(|tag| primary(tag)).filter(|tag| !tag.is_empty()) {
        *counts.entry(tag).or_default() += 1;
    }
    let mut found: Vec<(&str, usize)> = counts.into_iter().collect();
    found.sort_by_key(|&(tag, count)| (Reverse(count), tag));
    let unknown: Vec<String> =
        found.iter().filter(|(tag, _)| !known.contains(tag)).map(|(tag, _)| name(tag)).collect();
    if unknown.is_empty() {
        return None;
    }
    let found: Vec<String> = found.iter().map(|(tag, count)| format!("{} ({count})", name(tag))).collect();
    let model = &embed.model;
    let knows = if known.len() > 3 {
        format!("does not know {}", listed(&unknown))
    } else {
        format!("knows {} only", listed(&known.iter().map(|tag| name(tag)).collect::<Vec<_>>()))
    };
    let message = format!("the transcripts are in {}, and the model {model} {knows}", listed(&found));
    let hint = if model == OF_MANY_LANGUAGES {
        "read what it makes of those transcripts with doubt; if a language was taken for another, set `language` under [study]".to_owned()
    } else {
        format!(
            "run `emic models fetch {OF_MANY_LANGUAGES}` and write `model = \"{OF_MANY_LANGUAGES}\"` under [embed]; if a language was taken for another, set `language` under [study]"
        )
    };
    Some(
        Problem::new(Severity::Warning, "corpus", message)
            .with_code(codes::LANGUAGE_UNKNOWN_TO_MODEL)
            .with_hint(hint),
    )
}

/// The language of a tag without region and script; one tag for languages that have two.
fn primary(tag: &str) -> &str {
    match tag.split('-').next().unwrap_or_default() {
        "nb" | "nn" => "no",
        "iw" => "he",
        "fil" => "tl",
        "cmn" => "zh",
        language => language,
    }
}

/// "a, b and c".
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use sentence_encoder::{Device, Precision};

    use super::unknown_languages;
    use crate::embed::{EmbedPlan, Engine, languages_of};

    fn warning(found: &[&str], model: &str) -> String {
        let found: Vec<String> = found.iter().map(|&tag| tag.to_owned()).collect();
        let embed = EmbedPlan {
            model: model.to_owned(),
            engine: Engine::Native,
            device: Device::Cpu,
            precision: Precision::Int8,
            languages: languages_of(model),
        };
        unknown_languages(&found, &embed).map(|problem| problem.to_string()).unwrap_or_default()
    }

    #[test]
    fn transcripts_in_languages_that_the_model_does_not_know_are_named() {
        let found = ["he", "en", "en", "", "es", "he", "en-GB"];
        insta::assert_snapshot!(warning(&found, "all-MiniLM-L6-v2"), @r#"warning: corpus: the transcripts are in English (3), Hebrew (2) and Spanish (1), and the model all-MiniLM-L6-v2 knows English only (run `emic models fetch multilingual-e5-small` and write `model = "multilingual-e5-small"` under [embed]; if a language was taken for another, set `language` under [study])"#);
        insta::assert_snapshot!(warning(&["he", "he"], "all-MiniLM-L6-v2"), @r#"warning: corpus: the transcripts are in Hebrew (2), and the model all-MiniLM-L6-v2 knows English only (run `emic models fetch multilingual-e5-small` and write `model = "multilingual-e5-small"` under [embed]; if a language was taken for another, set `language` under [study])"#);
        insta::assert_snapshot!(warning(&["zu", "en", "xx"], "multilingual-e5-small"), @"warning: corpus: the transcripts are in English (1), xx (1) and Zulu (1), and the model multilingual-e5-small does not know xx and Zulu (read what it makes of those transcripts with doubt; if a language was taken for another, set `language` under [study])");
    }

    #[test]
    fn there_is_no_warning_without_a_reason() {
        assert_eq!(warning(&["en", "en-US", ""], "all-MiniLM-L6-v2"), "");
        assert_eq!(warning(&["", ""], "all-MiniLM-L6-v2"), "");
        assert_eq!(warning(&["he", "en", "nb", "zh-Hant", "ar"], "multilingual-e5-small"), "");
        assert_eq!(warning(&["he", "en"], "a-model-of-mine"), "");
        assert_eq!(warning(&["he", "en"], "models/all-MiniLM-L6-v2"), "");
    }
}
