//! Phrases in problems that refer to the plan and to what was read, for programs whose users know these by other names.
//!
//! A user of a program may write the [plan](crate::ReadPlan) in a file or fill in a form. Such a program replaces these phrases in
//! [`Problem::source`](crate::Problem::source) and [`Problem::hint`](crate::Problem::hint) by words of its own.

/// Begins the source of a problem with the plan itself, before the name of the field: `[plan] interviewers`.
pub const PLAN_SOURCE: &str = "[plan] ";
/// Where an entry is to be written; the hint names the field.
pub const IN_PLAN: &str = "in the plan";
/// Where a line with a person's labels is to be written.
pub const IN_SPEAKERS: &str = "in `speakers` of the plan";
/// How a speaker's label or a transcript's id is to be written.
pub const AS_READ: &str = "as it was read";
/// What to do with a codebook that is listed as a transcript.
pub const NO_CODEBOOK: &str = "this is a codebook: list only transcripts";
