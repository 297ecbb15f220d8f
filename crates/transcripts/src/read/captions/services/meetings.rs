//! Lists of turns within an object, as services for meetings and editors write them: Teams (`entries`), Fireflies
//! (`sentences`), Fathom and Sonix (`transcript`), Recall (participants with words), AWS Call Analytics (`Transcript`).

use serde::Deserialize;

use super::entry::{Entry, Unit};
use super::passages::said_in_passages;
use super::shape::{Shape, Top as Kind};
use super::{Service, objects};
use crate::read::captions::Fragment;
use crate::read::captions::lenient_json::{List, Perhaps};
use crate::read::problems::ProblemLog;

#[derive(Debug)]
pub(super) struct Meetings;

/// Paths of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Top {
    entries: List<Entry>,
    sentences: List<Entry>,
    transcript: Turns,
    #[serde(rename = "Transcript")]
    large: Turns,
    turns: List<Entry>,
    dialogue: List<Entry>,
    dialog: List<Entry>,
    conversation: List<Entry>,
    data: Perhaps<Box<Data>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Data {
    transcript: Turns,
    sentences: List<Entry>,
}

/// A list of turns, or an object that holds one.
#[derive(Debug, Default)]
struct Turns(Vec<Entry>);

impl<'de> Deserialize<'de> for Turns {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct MeetingFile {
            sentences: List<Entry>,
            turns: List<Entry>,
            entries: List<Entry>,
        }
        use crate::read::captions::lenient_json::ListOr;
        Ok(Self(match ListOr::<Entry, MeetingFile>::deserialize(from)? {
            ListOr::List(list) => list,
            ListOr::Object(held) => [held.sentences.0, held.turns.0, held.entries.0].concat(),
            ListOr::Nothing => Vec::new(),
        }))
    }
}

/// Paths of lists of turns.
const LISTS: [&str; 13] = [
    "entries",
    "sentences",
    "transcript",
    "Transcript",
    "turns",
    "dialogue",
    "dialog",
    "conversation",
    "data.transcript",
    "data.sentences",
    "data.transcript.sentences",
    "transcript.sentences",
    "transcript.turns",
];
const TEXTS: [&str; 8] =
    ["text", "content", "Content", "sentence", "body", "transcript", "words[].text", "words[].word"];
const SPEAKERS: [&str; 10] = [
    "speaker",
    "Speaker",
    "speaker.name",
    "speaker_name",
    "speakerName",
    "speakerDisplayName",
    "speaker_id",
    "speakerId",
    "participant",
    "ParticipantRole",
];

impl Service for Meetings {
    fn name(&self) -> &'static str {
        "Teams, Fireflies, Fathom and Sonix"
    }

    fn wrote(&self, shape: &Shape) -> bool {
        let has = |list: &str, keys: &[&str]| keys.iter().any(|key| shape.has(&format!("{list}[].{key}")));
        let in_object =
            shape.top == Kind::Object && LISTS.iter().any(|list| has(list, &TEXTS) && has(list, &SPEAKERS));
        let list_of_words = shape.top == Kind::List
            && shape.has_any(&["words[].text", "words[].word"])
            && shape.has_any(&SPEAKERS)
            && !shape.has("text");
        let list_of_sentences = shape.top == Kind::List && shape.has("sentence") && shape.has_any(&SPEAKERS);
        in_object || list_of_words || list_of_sentences
    }

    fn said(&self, text: &str, unit: Unit, log: &mut ProblemLog) -> serde_json::Result<Vec<Fragment>> {
        if text.trim_start().starts_with('[') {
            return Ok(said_in_passages(objects(text)?, unit, log));
        }
        let mut all = Vec::new();
        for top in objects::<Top>(text)? {
            let data = top.data.0.map(|data| *data).unwrap_or_default();
            let lists = [
                top.entries.0,
                top.sentences.0,
                top.transcript.0,
                top.large.0,
                top.turns.0,
                top.dialogue.0,
                top.dialog.0,
                top.conversation.0,
                data.transcript.0,
                data.sentences.0,
            ];
            let named = |list: &Vec<Entry>| {
                list.iter().any(|entry| entry.speaker.is_some() || !entry.words.is_empty())
            };
            all.extend(said_in_passages(lists.into_iter().find(named).unwrap_or_default(), unit, log));
        }
        Ok(all)
    }
}
