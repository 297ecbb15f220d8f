//! Speakers: what a label looks like, which words are labels and which never are, who interviews, and how much each speaker says.

pub(crate) mod drift;
pub(crate) mod entry;
mod guess;
pub(crate) mod key_words;
pub(crate) mod label;
pub(crate) mod label_signs;
pub(crate) mod label_words;
pub(crate) mod people;
pub(crate) mod roles;
pub(crate) mod same;
mod shares;
#[cfg(test)]
mod tests;

pub(in crate::read) use self::guess::asks_most;
pub use self::guess::{Confidence, InterviewerGuess, focus_groups, guess_interviewers};
pub use self::shares::{SpeakerShare, speaker_shares};
