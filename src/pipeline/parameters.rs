//! Everything that decides a run's result beside its transcripts and codebook: the study's settings and the stages' constants.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::cluster::{self, ClusterCount};
use crate::results::{Origin, Parameter};
use crate::segment::Unit;
use crate::study::Study;
use crate::{compare, segment, theme};

/// The parameters of a run, by stage. `clusters` is the number of clusters.
pub(super) fn parameters(study: &Study, clusters: usize) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = described_settings(study)
        .into_iter()
        .map(|(key, value, about)| Parameter {
            stage: stage_of(key),
            name: key.to_owned(),
            value: match key {
                "corpus.interviewers" | "corpus.same" => number_of(&value),
                _ => shown(&value),
            },
            origin: Origin::Study,
            about: about.to_owned(),
        })
        .collect();
    if study.cluster.count == ClusterCount::Auto {
        parameters.push(Parameter {
            stage: "cluster",
            name: "clusters".to_owned(),
            value: clusters.to_string(),
            origin: Origin::Found,
            about: "their number in this corpus".to_owned(),
        });
    }
    parameters.extend(segment::parameters(study.segment));
    parameters.extend(cluster::parameters(&study.cluster));
    parameters.extend(theme::parameters(study.emergent.wanted()));
    parameters.extend(compare::parameters());
    // Stable: within a stage the study's own settings are first.
    parameters.sort_by_key(|parameter| STAGES.iter().position(|stage| *stage == parameter.stage));
    parameters
}

/// The settings that a result depends on, by the study file's section and key.
pub(super) fn settings(study: &Study) -> BTreeMap<String, Value> {
    described_settings(study).into_iter().map(|(key, value, _)| (key.to_owned(), value)).collect()
}

/// The stages in the order of the data.
const STAGES: [&str; 6] = ["study", "segment", "embed", "cluster", "theme", "compare"];

/// The stage that a key of the study file is for.
fn stage_of(key: &str) -> &'static str {
    match key.split('.').next() {
        Some("segment") => "segment",
        Some("embed") => "embed",
        Some("cluster") => "cluster",
        Some("themes") => "theme",
        Some("compare") => "compare",
        _ => "study",
    }
}

/// The number of names in a setting: tables of parameters are published, names of people are not.
fn number_of(names: &Value) -> String {
    names.as_array().map_or(0, Vec::len).to_string()
}

/// A value as shown to people: texts without quotation marks, lists with commas.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "none".to_owned(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn described_settings(study: &Study) -> Vec<(&'static str, Value, &'static str)> {
    let unit = match study.segment.unit {
        Unit::Turn => "turn",
        Unit::Sentence => "sentence",
        Unit::Window => "window",
        Unit::Topic => "topic",
    };
    let clusters = match study.cluster.count {
        ClusterCount::Auto => json!("auto"),
        ClusterCount::Exactly(count) => json!(count),
    };
    let pseudonyms = &study.read.pseudonyms;
    let labels: usize = study.read.speakers.values().map(Vec::len).sum();
    let interviewers: Vec<String> =
        study.read.interviewers.iter().map(|name| pseudonyms.text(name)).collect();
    let same: Vec<Vec<String>> = study
        .read
        .same
        .iter()
        .map(|names| names.iter().map(|name| pseudonyms.path(name)).collect())
        .collect();
    let masks: Vec<&str> = pseudonyms.masks().iter().map(|mask| mask.as_str()).collect();
    vec![
        ("study.seed", json!(study.seed), "of every random stream"),
        ("study.language", json!(study.language.as_deref().unwrap_or("auto")), "of all transcripts"),
        ("corpus.groups", json!(study.read.groups), "attributes that are compared"),
        ("corpus.interviewers", json!(interviewers), "whose turns are context only"),
        ("corpus.split", json!(study.read.split), "headings that open a transcript within a file"),
        ("corpus.same", json!(same), "interviews that are there twice and count once"),
        (
            "corpus.questions",
            json!(study.read.questions.map_or("", |form| form.as_str())),
            "how questions are shown where nobody is named",
        ),
        ("corpus.speakers", json!(labels), "labels that the study gives to people"),
        // The number alone, no digest of the mapping: a short list of names can be guessed from it.
        ("corpus.pseudonyms", json!(study.read.pseudonyms.names()), "names replaced while reading"),
        ("corpus.mask", json!(masks), "masked while reading"),
        ("segment.unit", json!(unit), "what a segment is"),
        ("segment.min_words", json!(study.segment.min_words), "shorter ones are context only"),
        ("segment.window_words", json!(study.segment.window_words), "of a window, at least"),
        ("embed.model", json!(study.embed.model), "the sentence encoder"),
        ("embed.engine", json!(study.embed.engine.as_str()), "what runs it"),
        ("embed.device", json!(study.embed.device.to_string()), "where it runs"),
        ("embed.precision", json!(study.embed.precision.name()), "its arithmetic"),
        ("cluster.method", json!(study.cluster.method.as_str()), "how vectors are clustered"),
        ("cluster.clusters", clusters, "how many, or found from the data"),
        ("compare.within", json!(study.compare.contrasts.within), "groups are compared within its levels"),
        ("compare.time", json!(study.compare.time), "the attribute that trends follow"),
        (
            "compare.question",
            json!(study.compare.question.to_string()),
            "what corrected shares and differences are about",
        ),
        (
            "themes.emergent",
            json!(study.emergent),
            "whether themes that nobody named are looked for, or how many",
        ),
    ]
}
