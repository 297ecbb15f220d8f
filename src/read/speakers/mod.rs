//! Who speaks: what a label looks like, which words are labels and which never are, who interviews, and how much
//! of the talk is whose. Every format that names speakers in its text finds them here.

pub(crate) mod label;
pub(crate) mod label_words;
pub(crate) mod roles;
mod shares;

pub use self::shares::{SpeakerShare, speakers_of};
