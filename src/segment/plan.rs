//! The settings of segmentation in a study.

use serde::Deserialize;

/// What is embedded and labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A whole turn.
    Turn,
    /// A sentence of a turn.
    Sentence,
    /// Neighbouring turns, up to a number of words.
    Window,
    /// Neighbouring turns, up to where the topic changes.
    Topic,
}

/// How transcripts are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentPlan {
    /// What a segment is.
    pub unit: Unit,
    /// Turns with fewer words are context only. With [`Unit::Topic`], topics in which participants say fewer words.
    pub min_words: u32,
    /// With [`Unit::Window`]: a window is closed when it has as many words.
    pub window_words: u32,
}

impl Default for SegmentPlan {
    /// Turns of five words or more.
    fn default() -> Self {
        Self { unit: Unit::Turn, min_words: 5, window_words: 120 }
    }
}
