//! Who speaks: what a label looks like, which words are labels and which never are, who interviews, and how much
//! of the talk is whose. Every format that names speakers in its text finds them here.

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
pub use self::guess::{Asker, Sureness, focus_groups, who_seems_to_interview};
pub use self::shares::{SpeakerShare, speakers_of};
