//! How far raters agree, where they do not, and how confidence compares with human codes: rows of the tables `agreement`,
//! `disagreements` and `calibration`.

use crate::compare::Interval;

/// One who says which themes a segment carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rater {
    /// Index of the coder in [`Codings::coders`](super::Codings::coders).
    Coder(usize),
    /// The labels of the run.
    Machine,
}

/// Whose decisions are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Raters {
    /// Two of them, on the segments that both decided on.
    Pair(Rater, Rater),
    /// All coders together, on the segments that two or more of them decided on.
    AllCoders,
}

/// A coefficient and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// Its value.
    pub value: f64,
    /// What other interviews of the same kind might have given; never without width.
    pub interval: Interval,
}

/// How far raters agree on a theme.
///
/// All but the counts are weighted by 1 ÷ the chance with which a segment came to be coded, so that they speak of the whole corpus
/// even where the sample is richer in some segments than the corpus is.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Index of the theme in the run's list; none for the decisions on all themes together.
    pub theme: Option<usize>,
    /// Who is compared.
    pub raters: Raters,
    /// Segments on which at least two of the raters decided.
    pub segments: u32,
    /// Decisions compared: segments, or segments × themes.
    pub decisions: u32,
    /// Interviews that these segments are of.
    pub interviews: u32,
    /// The share of decisions that are the same, 0 to 1; of more than two coders the share of pairs of them.
    pub percent: Coefficient,
    /// Cohen's kappa (1960), −1 to 1. None for more than two, and where both gave one answer throughout, the same (0 ÷ 0).
    pub cohen_kappa: Option<Coefficient>,
    /// Fleiss's kappa (1971), of two raters Scott's pi (1955), −1 to 1; none where one answer was given throughout.
    pub fleiss_kappa: Option<Coefficient>,
    /// Gwet's AC1 (2008), −1 to 1; not led astray by rare themes.
    pub gwet_ac1: Coefficient,
    /// Krippendorff's alpha for nominal data (2011), −1 to 1; none where one answer was given throughout.
    pub krippendorff_alpha: Option<Coefficient>,
    /// 2 × percent − 1, −1 to 1 (Brennan and Prediger, 1981; PABAK of Byrt, Bishop and Carlin, 1993).
    pub pabak: Coefficient,
    /// Share of yes less share of no over the raters, −1 to 1 (Byrt, Bishop and Carlin, 1993).
    pub prevalence_index: Coefficient,
    /// Share to which the first said yes less that to which the second did, −1 to 1; none for more than two.
    pub bias_index: Option<Coefficient>,
}

/// A segment and a theme on which not all raters say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Index of the segment in the run's list.
    pub segment: usize,
    /// Index of the theme in the run's list.
    pub theme: usize,
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

/// The decisions of which the machine is about equally sure.
///
/// All but the count are weighted by 1 ÷ the chance with which a segment came to be coded.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationBin {
    /// Least confidence of the bin.
    pub low: f64,
    /// Where the next bin begins; 1 for the last, which holds 1 itself.
    pub high: f64,
    /// Coded segments × themes asked for.
    pub decisions: u32,
    /// Part of all decisions, 0 to 1.
    pub share_decisions: f64,
    /// Mean of the machine's confidence.
    pub confidence: f64,
    /// Share of yes by people, 0 to 1; where several coded a segment, the mean of them counts.
    pub share_yes: f64,
    /// Its 95 % interval; never without width.
    pub interval: Interval,
}
