//! Codes of the problems that stages of the program tell of, beside those of `transcripts::codes`: for programs that do not want to read
//! sentences. Codes are stable; sentences may change.

/// Groups differ in language as much as in anything else.
pub const GROUPS_DIFFER_IN_LANGUAGE: &str = "groups-differ-in-language";
/// Groups are too small, or interviews have no value of an attribute.
pub const GROUPS_DOUBTFUL: &str = "groups-doubtful";
/// The coded sample cannot carry an estimate, or its chances are not known.
pub const SAMPLE_DOUBTFUL: &str = "sample-doubtful";
/// Who raised a theme cannot be told.
pub const INTRODUCTIONS_UNKNOWN: &str = "introductions-unknown";
/// Too few interviews for an estimate.
pub const FEW_INTERVIEWS: &str = "few-interviews";
/// The order of the times of interviews is not clear.
pub const TIME_ORDER_DOUBTFUL: &str = "time-order-doubtful";
/// What an earlier run has kept could not be used.
pub const CACHE_UNUSED: &str = "cache-unused";
/// Transcripts are in languages that the model was not trained on.
pub const LANGUAGE_UNKNOWN_TO_MODEL: &str = "language-unknown-to-model";
/// Codes of people belong to no segment or theme of the run.
pub const CODING_UNMATCHED: &str = "coding-unmatched";
/// A codebook that somebody wrote into was kept beside the new one.
pub const CODEBOOK_SET_ASIDE: &str = "codebook-set-aside";
/// A file changed or went away while the study ran.
pub const INPUT_CHANGED: &str = "input-changed";
/// A part of an earlier run does not fit the study any more.
pub const PART_STALE: &str = "part-stale";
/// Files hold words that the study does not hold any more.
pub const WITHDRAWN_WORDS: &str = "withdrawn-words";
/// Answers of a coder were left out or read differently than written.
pub const ANSWER_DOUBTFUL: &str = "answer-doubtful";
/// Notes of coders belong to no segment of the run.
pub const NOTE_UNMATCHED: &str = "note-unmatched";
/// Transcripts have no segment to label.
pub const SEGMENTS_MISSING: &str = "segments-missing";
/// A part of the codebook was not used or read differently than written.
pub const CODEBOOK_DOUBTFUL: &str = "codebook-doubtful";
/// An attribute is shown under another name in a table.
pub const COLUMN_RENAMED: &str = "column-renamed";
/// A sheet of Excel could not hold a table as it is.
pub const SHEET_LIMIT: &str = "sheet-limit";
/// A theme was not found, or nobody can know whether other interviews would show it.
pub const THEME_DOUBTFUL: &str = "theme-doubtful";
