//! Soniox: `tokens`, which are parts of words with their blanks, each with a speaker and milliseconds; older answers call
//! them `words`.

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::shape::Shape;
use super::{Service, objects};
use crate::codes;
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Plain};
use crate::read::captions::timed_words::{Joint, Token, pieces_of_tokens};
use crate::read::problems::{ProblemLog, counted};

#[derive(Debug)]
pub(super) struct Soniox;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    tokens: List<SonioxToken>,
    words: List<SonioxToken>,
}

#[derive(Debug, Default)]
struct SonioxToken {
    entry: Entry,
    is_final: bool,
    is_translation: bool,
}

impl<'de> Deserialize<'de> for SonioxToken {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct SonioxFile {
            text: Plain,
            start_ms: Plain,
            end_ms: Plain,
            duration_ms: Plain,
            speaker: super::entry::Speaker,
            is_final: Plain,
            translation_status: Plain,
        }
        let written = SonioxFile::deserialize(from)?;
        let ms = |value: &Plain| match value {
            Plain::Number(ms) => Plain::Text(format!("{ms}ms")),
            Plain::Text(ms) => Plain::Text(format!("{}ms", ms.trim())),
            _ => Plain::Nothing,
        };
        let (start, length) = (ms(&written.start_ms), ms(&written.duration_ms));
        let entry = Entry {
            text: written.text.into_text(),
            speaker: written.speaker.0,
            ..Entry::between(&start, &ms(&written.end_ms), &length)
        };
        Ok(Self {
            entry,
            is_final: written.is_final != Plain::Truth(false),
            is_translation: written.translation_status == Plain::Text("translation".to_owned()),
        })
    }
}

impl Service for Soniox {
    fn name(&self) -> &'static str {
        "Soniox"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        shape.has("tokens[].text") && shape.has_any(&["tokens[].start_ms", "tokens[].speaker"])
            || shape.has("words[].start_ms") && shape.has("words[].duration_ms")
    }

    fn unit(&self) -> Unit {
        Unit::Milliseconds
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        let mut tokens = Vec::new();
        for Top { tokens: own, words } in objects(text)? {
            tokens.extend(if own.0.is_empty() { words.0 } else { own.0 });
        }
        // Live transcription sends guesses that are repeated when final.
        if tokens.iter().any(|token| token.is_final) {
            tokens.retain(|token| token.is_final);
        }
        let translated = tokens.iter().filter(|token| token.is_translation).count();
        if translated > 0 {
            log.note(
                codes::TEXT_LEFT_OUT,
                None,
                format!("{} of a translation left out", counted(translated, "token", "tokens")),
                "",
            );
        }
        // `<end>` marks a pause.
        tokens.retain(|token| {
            !token.is_translation && !matches!(token.entry.text.as_deref(), Some("<end>" | "<fin>"))
        });
        let tokens =
            tokens.into_iter().map(|token| Token { word: token.entry.timed(unit), joint: Joint::None });
        Ok(pieces_of_tokens(tokens.collect()))
    }
}
