//! Confidentiality: `transcripts::pseudonym`.

pub(crate) use transcripts::pseudonym::{Mapping, MappingError, NamesToReplace, read_mapping};
pub use transcripts::pseudonym::{Mask, Pseudonyms, Replacement, TranscriptPart};
