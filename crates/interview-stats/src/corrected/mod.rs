//! Shares and differences of machine labels, corrected by a sample that people coded.
//!
//! A machine's labels are wrong, and more often in one group than in another, so shares of labels are biased and their intervals too
//! narrow. A hundred segments, drawn at random with known probabilities and coded blind, correct both. [`tunings`] finds what all themes
//! of a sample show together, [`CodedSample::corrected_share`] corrects one theme in some interviews, and [`Question`] says what its
//! interval is about. Only shares of segments are corrected: whether a theme comes up in an interview at all cannot be told from some of
//! its segments.

mod difference;
mod estimate;
mod sample;
#[cfg(test)]
mod tests;
mod tuning;

pub use self::difference::CorrectedDifference;
pub use self::estimate::CorrectedShare;
pub use self::sample::{CodedSample, HumanCode, LabelledSegment};
pub use self::tuning::{Tuning, tunings};

/// What an interval is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Question {
    /// What share of the segments of these interviews carry the theme: only the coding is a sample.
    TheseInterviews,
    /// What share would, in interviews that are held in the same way with others: the interviews are a sample too.
    InterviewsLikeThese,
}

impl Question {
    /// The question in words: `these interviews` or `interviews like these`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TheseInterviews => "these interviews",
            Self::InterviewsLikeThese => "interviews like these",
        }
    }
}

/// What was drawn for coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum SamplingUnit {
    /// Segments, each with its probability.
    #[default]
    Segments,
    /// Interviews, of which all segments were coded.
    Interviews,
}
