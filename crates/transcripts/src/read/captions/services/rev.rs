//! Rev: `monologues`, each with a speaker and `elements`, words and signs, blanks among the signs; Rev's transcribers also write
//! `timestamp`s as clocks and name the speakers at the top. Gecko writes the same with `terms`. Times are seconds.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::entry::{Entry, Speaker, Unit};
use super::shape::Shape;
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::timed_words::{Joint, TimedWord, Token, pieces_of_tokens};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Rev;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    monologues: List<Monologue>,
    speakers: List<Known>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Monologue {
    speaker: Speaker,
    elements: List<Element>,
    terms: List<Element>,
}

/// A speaker with a name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Known {
    id: Plain,
    name: Plain,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Element {
    #[serde(rename = "type")]
    kind: Plain,
    value: Plain,
    text: Plain,
    /// The text of a tag, such as `crosstalk`.
    name: Plain,
    ts: Plain,
    timestamp: Plain,
    start: Plain,
    end_ts: Plain,
    end_timestamp: Plain,
    end: Plain,
}

impl Service for Rev {
    fn name(&self) -> &'static str {
        "Rev"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has_any(&["monologues[].elements[]", "monologues[].terms[]"])
    }

    fn said(&self, text: &str, unit: Unit, _log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut all = Vec::new();
        for Top { monologues, speakers } in objects(text)? {
            let names: BTreeMap<String, String> = speakers
                .0
                .into_iter()
                .filter_map(|known| {
                    Some((super::entry::named(&known.id.into_text()?)?, known.name.into_text()?))
                })
                .collect();
            for Monologue { speaker, elements, terms } in monologues.0 {
                let elements = if elements.0.is_empty() { terms.0 } else { elements.0 };
                let speaker = speaker.0.map(|name| names.get(&name).cloned().unwrap_or(name));
                let pieces = pieces_of_tokens(tokens(elements, unit));
                all.extend(pieces.into_iter().map(|said| Fragment { speaker: speaker.clone(), ..said }));
            }
        }
        Ok(all)
    }
}

fn tokens(elements: Vec<Element>, unit: Unit) -> Vec<Token> {
    let has_blanks =
        elements.iter().any(|element| matches!(&element.value, Plain::Text(text) if text.trim().is_empty()));
    let mut after_sign = false;
    let mut all = Vec::with_capacity(elements.len());
    for element in elements {
        let time = |all: [Plain; 3]| all.into_iter().find_map(|time| Entry::moment(&time, unit));
        let kind = element.kind.into_text().unwrap_or_default().to_lowercase();
        let text = element.value.into_text().or_else(|| element.text.into_text());
        let text = match (text, element.name.into_text()) {
            (Some(text), _) => text,
            (None, Some(name)) if kind == "tag" => format!("({name})"),
            _ => continue,
        };
        let is_sign = kind.starts_with("punct");
        // Words are joined without a blank only after certain signs.
        let joint = if is_sign || (has_blanks && after_sign) { Joint::None } else { Joint::Blank };
        after_sign = is_sign;
        let word = TimedWord {
            text,
            start_ms: time([element.ts, element.timestamp, element.start]),
            end_ms: time([element.end_ts, element.end_timestamp, element.end]),
            speaker: None,
        };
        all.push(Token { word, joint });
    }
    all
}
