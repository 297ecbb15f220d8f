//! The results of a run, as the tables need them.

use ndarray::Array2;
use transcripts::pseudonym::Replacement;
use transcripts::{Corpus, Problem};

use crate::compare::{Comparisons, CorrectedContrast, CorrectedPrevalence};
use crate::results::{
    Agreement, CalibrationBin, ClusterSummary, Codings, Disagreement, Label, LearnedTheme, Parameter, Quote,
    SeedFinding, Segment, SegmentNote, Theme,
};
use crate::storage::Rows;

/// The results of a run. Rows refer to each other by index into these lists.
#[derive(Debug, Clone)]
pub struct Findings {
    /// All transcripts, with their turns.
    pub corpus: Corpus,
    /// The segments, in the order of the transcripts.
    pub segments: Vec<Segment>,
    /// Segments × dimension, unit length.
    pub vectors: Rows,
    /// Seed themes in the order of the codebook, then emergent ones.
    pub themes: Vec<Theme>,
    /// Segments × themes, higher = more about it.
    pub scores: Array2<f32>,
    /// Labels, by segment and then rank.
    pub labels: Vec<Label>,
    /// People's codes; empty where nobody was asked.
    pub codings: Codings,
    /// What was learned from them, for each seed theme; empty where nobody was asked.
    pub learned: Vec<LearnedTheme>,
    /// All clusters, by number.
    pub clusters: Vec<ClusterSummary>,
    /// The cluster of each segment; none for what a density method calls noise.
    pub cluster_of: Vec<Option<u32>>,
    /// Quotes, by theme, kind and rank.
    pub quotes: Vec<Quote>,
    /// Findings about each seed theme, in the order of the codebook.
    pub seed_findings: Vec<SeedFinding>,
    /// Comparisons between groups, between themes, over an interview and over time.
    pub comparisons: Comparisons,
    /// How far coders agree with each other and the machine.
    pub agreement: Vec<Agreement>,
    /// Where they do not, the most useful first.
    pub disagreements: Vec<Disagreement>,
    /// How often people say yes at each confidence; empty where nobody was asked.
    pub calibration: Vec<CalibrationBin>,
    /// What coders wrote besides their answers, by segment.
    pub notes: Vec<SegmentNote>,
    /// Shares of segments corrected by the codings, by theme, attribute and group.
    pub corrected_prevalence: Vec<CorrectedPrevalence>,
    /// Differences between groups corrected by the codings.
    pub corrected_contrasts: Vec<CorrectedContrast>,
    /// What was replaced while reading, in the order of the transcripts.
    pub replacements: Vec<Replacement>,
    /// Everything that decided the result beside the transcripts and the codebook, by stage.
    pub parameters: Vec<Parameter>,
    /// Everything skipped, guessed or doubtful, sorted.
    pub problems: Vec<Problem>,
}
