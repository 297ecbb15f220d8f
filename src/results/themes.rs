//! Results of labelling: themes, labels, quotes and cluster summaries as plain rows.
//!
//! Rows refer to segments and themes by their index in the run's lists, so that a name is written once.

use serde::{Deserialize, Serialize};

use super::{SegmentIndex, ThemeIndex};

/// Where a theme comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeKind {
    /// Named by the researcher in the codebook.
    Seed,
    /// Found in the data.
    Emergent,
}

impl ThemeKind {
    /// The word used in the `themes` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seed => "seed",
            Self::Emergent => "emergent",
        }
    }
}

/// A theme of the finished run: the seeds in the order of the codebook, then the emergent ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Unique among the themes of a run.
    pub name: String,
    /// Where it comes from.
    pub kind: ThemeKind,
    /// The codebook's definition; for emergent themes sentences of central quotes, empty where none is short enough.
    pub definition: String,
    /// Words that set its segments apart from the others, strongest first; of an emergent theme phrases, of which the first three are
    /// its name.
    pub keywords: Vec<String>,
    /// The codebook's word for the broader theme that it belongs to; may be empty.
    pub parent: String,
    /// Share of halves of the interviews in which an emergent theme is found again, 0 to 1; none for seeds and for fewer than six
    /// interviews.
    pub stability: Option<f32>,
    /// How often it was found.
    #[serde(flatten)]
    pub counts: ThemeCounts,
}

impl Theme {
    /// Whether it was found again in less than half of the halves of the interviews, so that other people might not have shown it.
    pub fn is_unstable(&self) -> bool {
        self.stability.is_some_and(|share| share < 0.5)
    }
}

/// How often a theme was found, over the whole study.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ThemeCounts {
    /// Segments that carry the theme.
    pub segments: u32,
    /// Transcripts with at least one such segment.
    pub transcripts: u32,
    /// `segments` over all segments, 0 to 1.
    pub share_segments: f64,
    /// `transcripts` over all transcripts, 0 to 1.
    pub share_transcripts: f64,
    /// Segments that carry the theme by a likely label; see [`super::Tier`].
    pub likely_segments: u32,
    /// Transcripts with at least one such segment.
    pub likely_transcripts: u32,
    /// `likely_segments` over all segments, 0 to 1.
    pub share_likely: f64,
}

/// A theme given to a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    /// Index of the segment.
    pub segment: SegmentIndex,
    /// Index of the theme.
    pub theme: ThemeIndex,
    /// The segment's score for the theme; see the `scores` table.
    pub score: f32,
    /// The confidence, 0 to 1; for a label that people gave the share of the coders asked who gave it.
    pub confidence: f32,
    /// 1 for the segment's strongest theme, 2 for the next, …
    pub rank: u32,
    /// The coders who gave it, as indices in [`super::Codings::coders`]; empty for the machine's labels.
    pub coders: Vec<usize>,
}

/// The kind of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// Typical of the theme.
    Central,
    /// Labelled with low confidence.
    Borderline,
    /// On the theme, with another stance than most.
    Dissenting,
}

impl QuoteKind {
    /// The word used in the `quotes` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Borderline => "borderline",
            Self::Dissenting => "dissenting",
        }
    }
}

/// A segment shown for a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Index of the theme.
    pub theme: ThemeIndex,
    /// What it shows.
    pub kind: QuoteKind,
    /// 1 for the best quote of its kind.
    pub rank: u32,
    /// Index of the segment.
    pub segment: SegmentIndex,
}

/// The kind of a finding about a seed theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// Well supported.
    Supported,
    /// Few labels, unsure ones, or one interview's.
    Thin,
    /// No labels.
    Silent,
    /// Its segments fall into two groups.
    Split,
    /// Most of it, or of another theme, carries both.
    Overlap,
}

impl Finding {
    /// The word used in the `seeds` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Thin => "thin",
            Self::Silent => "silent",
            Self::Split => "split",
            Self::Overlap => "overlap",
        }
    }
}

/// A finding about a seed theme that a researcher can act on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeedFinding {
    /// Index of the theme.
    pub theme: ThemeIndex,
    /// What was found.
    pub finding: Finding,
    /// Index of the theme that it overlaps with.
    pub other: Option<ThemeIndex>,
    /// Segments that carry the theme; for an overlap, both.
    pub segments: u32,
    /// Transcripts that these come from.
    pub transcripts: u32,
    /// 0 to 1. Supported, thin, silent: the mean confidence of its labels. Split: the share of the smaller part. Overlap: the share
    /// of the rarer theme that carries both.
    pub share: f64,
    /// For a split: words that distinguish the two parts.
    pub keywords: [Vec<String>; 2],
    /// Indices of segments to read: of a split the most typical of each part, otherwise the two most confident.
    pub quotes: [Option<SegmentIndex>; 2],
    /// Advice; may be empty.
    pub advice: String,
}

/// A cluster of segments and how it relates to the themes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClusterSummary {
    /// Number of the cluster, from 0, largest first.
    pub cluster_id: u32,
    /// Segments in it.
    pub segments: u32,
    /// Transcripts with at least one of them.
    pub transcripts: u32,
    /// Its strongest keywords, joined.
    pub name: String,
    /// Words that distinguish it, strongest first.
    pub keywords: Vec<String>,
    /// Index of the seed theme that is nearest to it; none when the codebook is empty.
    pub nearest_theme: Option<ThemeIndex>,
    /// Cosine between its centre and that theme.
    pub similarity: f32,
    /// Whether at least half of its segments carry the same emergent theme.
    pub emergent: bool,
    /// Share of halves of the interviews in which it is found again, 0 to 1; none for fewer than six interviews.
    pub stability: Option<f32>,
}

/// An interviewer's passage that would have been labelled with a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterviewerMention {
    /// Index of the passage among all passages of the run.
    pub passage: usize,
    /// Index of the theme.
    pub theme: ThemeIndex,
}

/// The effect of human codes on a theme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearnedTheme {
    /// Index of the theme.
    pub theme: ThemeIndex,
    /// Segments that were coded for it.
    pub coded: u32,
    /// Those that carry it, by most of their coders.
    pub carrying: u32,
    /// Mean loss of the program's confidence on coded segments without learning (negative log likelihood of the codes).
    pub loss_before: f64,
    /// The same with what was learned from the other interviews.
    pub loss_after: f64,
    /// Whether the theme's scores were changed: unless that made the loss on interviews that it did not learn from clearly larger.
    pub used: bool,
    /// The part of what the codes say of the theme alone that was used: 0 or 1.
    pub own: f64,
    /// Segments that the machine labels without learning.
    pub labels_before: u32,
    /// Segments that it labels with learning.
    pub labels_after: u32,
    /// Segments that it labels both ways.
    pub labels_kept: u32,
}
