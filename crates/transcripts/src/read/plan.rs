//! What to read: files on the disk or in memory, and what is known about them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dialogue::questions::QuestionForm;
use crate::pseudonym::Pseudonyms;

/// A file to read: its name, and where its bytes are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// The name that problems and results show, with `/` between folders. Its ending says how the file is read.
    pub name: String,
    /// Where the bytes are.
    pub data: SourceData,
}

/// Where a file's bytes are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceData {
    /// On the disk.
    Path(PathBuf),
    /// In memory.
    Bytes(Arc<[u8]>),
}

impl SourceFile {
    /// A file on the disk.
    pub fn at(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self { name: name.into(), data: SourceData::Path(path.into()) }
    }

    /// A file in memory.
    pub fn in_memory(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.into(), data: SourceData::Bytes(bytes.into()) }
    }

    /// Where the file is on the disk; none for one in memory.
    pub fn path(&self) -> Option<&Path> {
        match &self.data {
            SourceData::Path(path) => Some(path),
            SourceData::Bytes(_) => None,
        }
    }
}

/// What to read and how. Only [`ReadPlan::files`] is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadPlan {
    /// The transcript files, in any order.
    pub files: Vec<SourceFile>,
    /// A table with a column `transcript_id` and one column for each attribute of the transcripts.
    pub participants: Option<SourceFile>,
    /// Labels of the interviewers: `LABEL` in all transcripts, `ID: LABEL` in one.
    pub interviewers: Vec<String>,
    /// Attributes that come first in [`Corpus::attributes`](crate::Corpus::attributes); a missing one is reported.
    pub groups: Vec<String>,
    /// Tiers to read in ELAN and Praat files, `*` standing for any letters. Empty: the reader chooses those that hold speech.
    pub tiers: Vec<String>,
    /// Headings that begin a new transcript within a file, `*` standing for any letters. Empty: each file is one transcript.
    pub split: Vec<String>,
    /// How questions are marked in texts without speakers, if they are to be read as the interviewer's.
    pub questions: Option<QuestionForm>,
    /// Labels of one person by the name to show: `LABEL` in all transcripts, `ID: LABEL` in one.
    pub speakers: BTreeMap<String, Vec<String>>,
    /// Ids of transcripts that are copies of each other: the first of each list is kept, the others are left out.
    pub same: Vec<Vec<String>>,
    /// Names to replace and what to mask.
    pub pseudonyms: Pseudonyms,
}
