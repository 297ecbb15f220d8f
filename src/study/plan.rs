//! A study that can be run, from a study file ([`Study::load`]) or a program ([`Study::builder`]).

use std::path::{Path, PathBuf};

use transcripts::{Corpus, ReadPlan};

use super::review_folder::{NOTES, codes_file};
use crate::cluster::ClusterPlan;
use crate::compare::ComparePlan;
use crate::embed::{CACHE_FOLDER, EmbedPlan};
use crate::results::{Codebook, EmergentThemes};
use crate::segment::SegmentPlan;
use crate::table::Format;

/// The output settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputPlan {
    /// The output folder.
    pub directory: PathBuf,
    /// Formats of the tables; Parquet is always among them.
    pub formats: Vec<Format>,
}

/// The study names no output folder, so nothing can be written or cached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the study has no output folder")]
pub struct NoOutputFolder;

/// A study that can be run: every setting is in range, every named file existed.
#[derive(Debug, Clone)]
pub struct Study {
    /// Title, for people.
    pub title: String,
    /// The language of all transcripts as a BCP-47 tag; if none, it is detected for each transcript.
    pub language: Option<String>,
    /// The seed of every random stream.
    pub seed: u64,
    /// Settings of reading.
    pub read: ReadPlan,
    /// Transcripts in memory: they are used unchanged, and no file is read.
    pub corpus: Option<Corpus>,
    /// Settings of segmentation.
    pub segment: SegmentPlan,
    /// Settings of embedding.
    pub embed: EmbedPlan,
    /// Settings of clustering.
    pub cluster: ClusterPlan,
    /// The researcher's seed themes; may be empty.
    pub codebook: Codebook,
    /// Whether to find emergent themes, and how many.
    pub emergent: EmergentThemes,
    /// Settings of comparisons.
    pub compare: ComparePlan,
    /// A file of people's codes that the study names; see [`Self::codes`].
    pub review: Option<PathBuf>,
    /// The output folder and formats; if none, nothing is written or cached.
    pub output: Option<OutputPlan>,
    /// The study file; none for a study of a program.
    pub file: Option<PathBuf>,
}

impl Study {
    /// The output settings.
    ///
    /// # Errors
    /// [`NoOutputFolder`] when the study writes nothing.
    pub fn output_plan(&self) -> Result<&OutputPlan, NoOutputFolder> {
        self.output.as_ref().ok_or(NoOutputFolder)
    }

    /// The cache folder; none where nothing is cached.
    pub fn cache_folder(&self) -> Option<PathBuf> {
        self.output.as_ref().map(|output| output.directory.join(CACHE_FOLDER))
    }

    /// The file of people's codes: the one that the study names, otherwise that of `emic review import` in the output folder, if it
    /// exists.
    pub fn codes(&self) -> Option<PathBuf> {
        let imported = || self.output.as_ref().map(|output| codes_file(&output.directory));
        self.review.clone().or_else(|| imported().filter(|path| path.is_file()))
    }

    /// The file of coders' notes beside that of their codes, if it exists.
    pub fn notes(&self) -> Option<PathBuf> {
        self.codes().map(|codes| codes.with_file_name(NOTES)).filter(|path| path.is_file())
    }

    /// The folder that paths are relative to: that of the study file.
    pub(crate) fn folder(&self) -> &Path {
        self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""))
    }
}
