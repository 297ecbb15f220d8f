//! Shares and differences of machine labels, corrected by a sample that people coded.
//!
//! A machine's labels are wrong, and more often in one group than in another, so shares of labels are biased and their intervals too
//! narrow. A few hundred segments, drawn at random with known probabilities and coded blind, correct both. Only shares of segments are
//! corrected: whether a theme comes up in an interview at all cannot be told from some of its segments.

mod difference;
mod estimate;
mod sample;
#[cfg(test)]
mod tests;

pub use self::difference::CorrectedDifference;
pub use self::estimate::CorrectedShare;
pub use self::sample::{CodedSample, HumanCode, LabelledSegment};
