//! Rows that stages pass to each other and to the tables: segments, codebooks, themes, labels, human codes, parameters, progress.
//!
//! Plain owned data without computation. They are here, below all stages, so that no stage imports a later one.

mod agreement;
mod basis;
mod codebook;
pub mod codes;
mod codings;
mod emergent;
mod index;
mod notes;
mod parameter;
mod progress;
mod segment;
#[cfg(test)]
mod tests;
mod themes;
mod tier;

pub use agreement::{Agreement, Disagreement, Rater, Raters};
pub use basis::{LanguageBasis, MIN_BASIS};
pub use codebook::{Codebook, Seed};
pub use codings::{CodedSegment, Coding, Codings, ReadInterview, ResolvedCoding, UnsampledDecision};
pub use emergent::EmergentThemes;
pub use index::{SegmentIndex, ThemeIndex, TranscriptIndex};
pub use interview_stats::CalibrationBin;
pub use notes::{NoteKind, SegmentNote};
pub use parameter::{Origin, Parameter};
pub use progress::{NoProgress, Progress, Stage};
pub use segment::{Passage, Segment};
pub use themes::{
    ClusterSummary, Finding, InterviewerMention, Label, LearnedTheme, Quote, QuoteKind, SeedFinding, Theme,
    ThemeCounts, ThemeKind,
};
pub use tier::{MIN_LIKELY_CONFIDENCE, Tier};
