//! Agreement and disagreement of raters: rows of the tables `agreement` and `disagreements`.

use serde::{Deserialize, Serialize};

use super::{SegmentIndex, ThemeIndex};

/// A rater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rater {
    /// Index of the coder in [`Codings::coders`](super::Codings::coders).
    Coder(usize),
    /// The machine: the labels of the run.
    Machine,
}

/// Whose decisions are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Raters {
    /// Two of them, on the segments that both decided on.
    Pair(Rater, Rater),
    /// All coders together, on the segments that two or more of them decided on.
    AllCoders,
}

/// How far raters agree on a theme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// Index of the theme; none for the decisions on all themes together.
    pub theme: Option<ThemeIndex>,
    /// Who is compared.
    pub raters: Raters,
    /// The coefficients with their intervals, and the counts that they are of.
    pub coefficients: interview_stats::agreement::Agreement,
}

/// A segment and a theme on which raters disagree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Index of the segment.
    pub segment: SegmentIndex,
    /// Index of the theme.
    pub theme: ThemeIndex,
    /// Who says that the theme applies; the machine last.
    pub yes: Vec<Rater>,
    /// Who says that it does not.
    pub no: Vec<Rater>,
}

impl Disagreement {
    /// Whether coders differ among themselves, and not only from the machine.
    pub fn among_coders(&self) -> bool {
        self.coders_for() > 0 && self.coders_against() > 0
    }

    /// How many coders say that the theme applies.
    pub fn coders_for(&self) -> usize {
        coders(&self.yes)
    }

    /// How many coders say that it does not.
    pub fn coders_against(&self) -> usize {
        coders(&self.no)
    }
}

fn coders(raters: &[Rater]) -> usize {
    raters.iter().filter(|rater| matches!(rater, Rater::Coder(_))).count()
}
