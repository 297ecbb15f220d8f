//! Transcripts and turns. Reading checks them once; they do not change afterwards.

use std::collections::BTreeMap;
use std::ops::Range;

use refi_qda::CharSpan;
use serde::{Deserialize, Deserializer, Serialize};

use super::Text;

/// An alias, because serde would borrow from its input for a field that it sees to be a reference.
type Word = &'static str;

/// The part that a speaker has in the interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A person whose words are studied.
    Participant,
    /// A person named in [`ReadPlan::interviewers`](crate::ReadPlan::interviewers).
    Interviewer,
    /// An unknown speaker.
    Other,
}

impl Role {
    /// The role as a word: `participant`, `interviewer` or `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Participant => "participant",
            Self::Interviewer => "interviewer",
            Self::Other => "other",
        }
    }
}

/// What one speaker says until another does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Number of the turn as the source gives it, otherwise counted from 1.
    pub index: i64,
    /// The speaker's label as written, without colon or brackets; empty if the source names nobody.
    pub speaker: Text,
    /// The speaker's role.
    pub role: Role,
    /// When the turn starts, in milliseconds from the start of the recording.
    pub start_ms: Option<u64>,
    /// When the turn ends, in milliseconds from the start of the recording.
    pub end_ms: Option<u64>,
    /// Where the text stands in the transcript's [reading text](Transcript::reading_text).
    pub span: CharSpan,
    /// What was said, verbatim.
    pub text: Text,
}

/// One interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// Unique in the corpus: the file's name without its ending, or the table's `transcript_id`.
    pub id: String,
    /// The file's name as the plan gives it.
    pub source: String,
    /// Short name of the format that it was read as: `txt`, `vtt`, `docx`, …
    #[serde(deserialize_with = "known_format")]
    pub format: Word,
    /// The turns in the order of the source. Never empty.
    pub turns: Vec<Turn>,
    /// Values by attribute, from the participants table and from further columns of a table of turns.
    pub attributes: BTreeMap<String, String>,
}

impl Transcript {
    /// The text that spans refer to: the texts of the turns, joined by line breaks.
    pub fn reading_text(&self) -> String {
        let texts: Vec<&str> = self.turns.iter().map(|turn| turn.text.as_str()).collect();
        texts.join("\n")
    }

    /// The words at some bytes of the reading text as a stretch of the store that the turns are in; none where these are not stretches of
    /// one store with a line break between them.
    pub fn stretch(&self, bytes: Range<usize>) -> Option<Text> {
        Text::within(&self.turns.first()?.text, &self.turns.last()?.text, bytes)
    }

    /// Length of the recording in milliseconds: the latest time of any turn.
    pub fn duration_ms(&self) -> Option<u64> {
        self.turns.iter().filter_map(|turn| turn.end_ms.or(turn.start_ms)).max()
    }
}

/// The transcripts that were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corpus {
    /// The transcripts, sorted by id.
    pub transcripts: Vec<Transcript>,
    /// Names of all attributes: those of [`ReadPlan::groups`](crate::ReadPlan::groups) first.
    pub attributes: Vec<String>,
}

/// The format of this name.
fn known_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let name = String::deserialize(deserializer)?;
    let known = crate::read::formats().map(|(known, _)| known).find(|known| *known == name);
    known.ok_or_else(|| serde::de::Error::custom(format!("there is no format `{name}`")))
}
