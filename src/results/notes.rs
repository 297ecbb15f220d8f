//! What coders wrote besides their answers: rows of the table `notes`.

use serde::{Deserialize, Serialize};

use super::SegmentIndex;

/// What a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A memo.
    Memo,
    /// A theme that the codebook lacks, in the coder's words.
    #[serde(rename = "other theme")]
    OtherTheme,
    /// The coder wants the segment quoted in the paper.
    Paper,
    /// The coder could not tell whether a theme applies.
    Unsure,
}

impl NoteKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Memo, Self::OtherTheme, Self::Paper, Self::Unsure];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Memo => "memo",
            Self::OtherTheme => "other theme",
            Self::Paper => "paper",
            Self::Unsure => "unsure",
        }
    }
}

/// A note about a segment of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentNote {
    /// Index of the segment.
    pub segment: SegmentIndex,
    /// Who wrote it.
    pub coder: String,
    /// What it is.
    pub kind: NoteKind,
    /// The theme that it is about; empty for none.
    pub theme: String,
    /// What was written; empty for a mark.
    pub note: String,
}
