//! Stable codes of the problems of this program's stages, beside those of `transcripts::codes`, for programs. Sentences may change, codes
//! do not.

/// Groups differ in language too.
pub const GROUPS_DIFFER_IN_LANGUAGE: &str = "groups-differ-in-language";
/// Groups are too small, or interviews have no value of an attribute.
pub const GROUPS_DOUBTFUL: &str = "groups-doubtful";
/// The coded sample is too small for an estimate, or its sampling probabilities are unknown.
pub const SAMPLE_DOUBTFUL: &str = "sample-doubtful";
/// It is not known who introduced a theme.
pub const INTRODUCTIONS_UNKNOWN: &str = "introductions-unknown";
/// Too few interviews for an estimate.
pub const FEW_INTERVIEWS: &str = "few-interviews";
/// The order of the times of interviews is not clear.
pub const TIME_ORDER_DOUBTFUL: &str = "time-order-doubtful";
/// The cache of an earlier run could not be used.
pub const CACHE_UNUSED: &str = "cache-unused";
/// Transcripts are in languages that the model was not trained on.
pub const LANGUAGE_UNKNOWN_TO_MODEL: &str = "language-unknown-to-model";
/// People's codes belong to no segment or theme of the run.
pub const CODING_UNMATCHED: &str = "coding-unmatched";
/// An edited codebook was kept beside the new one.
pub const CODEBOOK_SET_ASIDE: &str = "codebook-set-aside";
/// A file was changed or removed while the study ran.
pub const INPUT_CHANGED: &str = "input-changed";
/// A part of an earlier run does not fit the study any more.
pub const PART_STALE: &str = "part-stale";
/// Files hold words that the study does not hold any more.
pub const WITHDRAWN_WORDS: &str = "withdrawn-words";
/// Answers of a coder were left out or read differently than written.
pub const ANSWER_DOUBTFUL: &str = "answer-doubtful";
/// Neither a file nor its row says whose codes it holds.
pub const CODER_UNKNOWN: &str = "coder-unknown";
/// Notes of coders belong to no segment of the run.
pub const NOTE_UNMATCHED: &str = "note-unmatched";
/// Transcripts have no segment to label.
pub const SEGMENTS_MISSING: &str = "segments-missing";
/// A part of the codebook was not used or read differently than written.
pub const CODEBOOK_DOUBTFUL: &str = "codebook-doubtful";
/// An attribute is shown under another name in a table.
pub const COLUMN_RENAMED: &str = "column-renamed";
/// A sheet of Excel could not hold a table unchanged.
pub const SHEET_LIMIT: &str = "sheet-limit";
/// How many emergent themes there are, and why.
pub const THEME_NUMBER: &str = "theme-number";
/// The codebook finds no more than chance in a language.
pub const NO_BASIS: &str = "no-basis";
/// A theme was not found, or its stability is unknown.
pub const THEME_DOUBTFUL: &str = "theme-doubtful";
