//! Segments: what is embedded and labelled, and the short or interviewer's passages around them.

use serde::{Deserialize, Serialize};

use transcripts::{CharSpan, Text};

use super::TranscriptIndex;

/// A piece of a transcript that is embedded: a segment, or talk around it that only gives context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Index of the transcript.
    pub transcript: TranscriptIndex,
    /// Index of the first turn in the transcript's list of turns.
    pub first_turn: usize,
    /// Index of the last turn, included.
    pub last_turn: usize,
    /// Where the text is in the transcript's reading text.
    pub span: CharSpan,
    /// The words, verbatim.
    pub text: Text,
    /// Whether themes are looked for in it. Short turns and the interviewer's turns are context only, but may be
    /// part of a topic.
    #[serde(rename = "coded")]
    pub eligible: bool,
    /// Words by Unicode segmentation.
    pub words: u32,
    /// Tokens as the encoder counts them, the special ones included; of a topic the sum over its parts.
    pub tokens: u32,
}

#[cfg(test)]
impl Passage {
    /// A segment of nine words, for tests.
    pub(crate) fn for_test(transcript: usize, text: impl Into<Text>) -> Self {
        Self {
            transcript: transcript.into(),
            first_turn: 0,
            last_turn: 0,
            span: CharSpan { start: 0, end: 0 },
            text: text.into(),
            eligible: true,
            words: 9,
            tokens: 9,
        }
    }
}

/// An eligible passage with its columns of the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Unique in the study: the transcript's id, a colon, and `index`.
    pub id: Text,
    /// Number of the segment in its transcript, from 1.
    pub index: u32,
    /// The passage.
    #[serde(flatten)]
    pub passage: Passage,
    /// The speaker of its first turn, as written.
    pub speaker: Text,
    /// Language as a BCP-47 tag; empty when it is not known.
    pub language: Text,
    /// Start of the first turn, in milliseconds from the start of the recording.
    pub start_ms: Option<u64>,
    /// End of the last turn, in milliseconds from the start of the recording.
    pub end_ms: Option<u64>,
}
