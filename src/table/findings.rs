//! Everything that a run found, as the tables need it.

use ndarray::Array2;

use crate::compare::{Contrast, Cooccurrence, CorrectedContrast, CorrectedPrevalence, Prevalence};
use crate::corpus::{Corpus, Problem, Segment};
use crate::review::{Agreement, Codings, Disagreement};
use crate::theme::{ClusterSummary, Label, Quote, SeedFinding, Theme};

/// What a finished run knows. Rows refer to each other by their place in these lists.
#[derive(Debug, Clone)]
pub struct Findings {
    /// All transcripts, with their turns.
    pub corpus: Corpus,
    /// The coded segments, in the order of the transcripts.
    pub segments: Vec<Segment>,
    /// Segments × dimension, unit length.
    pub vectors: Array2<f32>,
    /// Seed themes in the order of the codebook, then emergent ones.
    pub themes: Vec<Theme>,
    /// Segments × themes, higher = more about it.
    pub scores: Array2<f32>,
    /// Labels, by segment and then rank.
    pub labels: Vec<Label>,
    /// All clusters, by number.
    pub clusters: Vec<ClusterSummary>,
    /// The cluster of each segment; none for what a density method calls noise.
    pub cluster_of: Vec<Option<u32>>,
    /// Quotes, by theme, kind and rank.
    pub quotes: Vec<Quote>,
    /// What the corpus says about each seed theme, in the order of the codebook.
    pub seed_findings: Vec<SeedFinding>,
    /// Prevalence by theme, attribute and group.
    pub prevalence: Vec<Prevalence>,
    /// Differences between groups, by theme, attribute, pair and measure.
    pub contrasts: Vec<Contrast>,
    /// Pairs of themes.
    pub cooccurrence: Vec<Cooccurrence>,
    /// What people coded; nobody and nothing where no sheet came back.
    pub codings: Codings,
    /// How far coders agree with each other and the machine.
    pub agreement: Vec<Agreement>,
    /// Where they do not, the most useful first.
    pub disagreements: Vec<Disagreement>,
    /// Shares of segments corrected by the codings, by theme, attribute and group.
    pub corrected_prevalence: Vec<CorrectedPrevalence>,
    /// Differences between groups corrected by the codings.
    pub corrected_contrasts: Vec<CorrectedContrast>,
    /// Everything skipped, guessed or doubtful, sorted.
    pub problems: Vec<Problem>,
}
