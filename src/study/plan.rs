//! A study that can be run, however it was made: from a study file ([`Study::load`]) or by a program ([`Study::builder`]).

use std::path::{Path, PathBuf};

use transcripts::{Corpus, ReadPlan};

use super::review_folder::{NOTES, codes_file};
use crate::cluster::ClusterPlan;
use crate::compare::ComparePlan;
use crate::embed::{CACHE_FOLDER, EmbedPlan};
use crate::results::Codebook;
use crate::segment::SegmentPlan;
use crate::table::Format;

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputPlan {
    /// The output folder.
    pub directory: PathBuf,
    /// Formats of the tables; Parquet is always among them.
    pub formats: Vec<Format>,
}

/// The study names no output folder, so nothing can be written or kept for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the study has no output folder")]
pub struct NoOutputFolder;

/// A study that can be run: every setting is in range, every named file was there.
#[derive(Debug, Clone)]
pub struct Study {
    /// Title, for people.
    pub title: String,
    /// The language of all transcripts as a BCP-47 tag; none: found for each transcript.
    pub language: Option<String>,
    /// Every random stream derives from it.
    pub seed: u64,
    /// What is read.
    pub read: ReadPlan,
    /// Transcripts in memory: they are taken as they are, and no file is read.
    pub corpus: Option<Corpus>,
    /// How transcripts are cut.
    pub segment: SegmentPlan,
    /// How segments become vectors.
    pub embed: EmbedPlan,
    /// How vectors are clustered.
    pub cluster: ClusterPlan,
    /// The researcher's seed themes; may be empty.
    pub codebook: Codebook,
    /// Whether themes that nobody named are looked for.
    pub emergent: bool,
    /// What is compared.
    pub compare: ComparePlan,
    /// A file of people's codes that the study names; see [`Self::codes`].
    pub review: Option<PathBuf>,
    /// Where results go, and what the next run need not work out again; none: nothing is written and nothing is kept.
    pub output: Option<OutputPlan>,
    /// The study file; none for a study that a program made.
    pub file: Option<PathBuf>,
}

impl Study {
    /// Where results go.
    ///
    /// # Errors
    /// [`NoOutputFolder`] when the study writes nothing.
    pub fn output_plan(&self) -> Result<&OutputPlan, NoOutputFolder> {
        self.output.as_ref().ok_or(NoOutputFolder)
    }

    /// The folder of what the next run need not work out again; none where nothing is kept.
    pub fn cache_folder(&self) -> Option<PathBuf> {
        self.output.as_ref().map(|output| output.directory.join(CACHE_FOLDER))
    }

    /// The file of people's codes: the one that the study names; otherwise the one that `emic review import` left in the output
    /// folder, if it did.
    pub fn codes(&self) -> Option<PathBuf> {
        let imported = || self.output.as_ref().map(|output| codes_file(&output.directory));
        self.review.clone().or_else(|| imported().filter(|path| path.is_file()))
    }

    /// The file of what coders wrote besides, if there is one beside that of their codes.
    pub fn notes(&self) -> Option<PathBuf> {
        self.codes().map(|codes| codes.with_file_name(NOTES)).filter(|path| path.is_file())
    }

    /// The folder that paths are relative to: that of the study file.
    pub(crate) fn folder(&self) -> &Path {
        self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }
}
