//! Agreement of raters on yes or no decisions, with interviews as the unit.
//!
//! `sums` adds up decisions by interview, `coefficient` has the formulas, `jackknife` the intervals: what one person says is easy or hard to
//! code throughout, so decisions on one interview are not independent. Reflexive thematic analysis does without such coefficients.

mod coefficient;
mod jackknife;
mod sums;
#[cfg(test)]
mod tests;

use self::jackknife::coefficients_with_intervals;
use self::sums::sums_by_interview;
use crate::Estimate;

/// What was decided about one theme in one segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// Index of the segment.
    pub segment: usize,
    /// Index of its interview.
    pub interview: usize,
    /// The answers, one a rater at most.
    pub answers: Vec<Answer>,
}

/// What one rater decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// Index of the rater.
    pub rater: usize,
    /// Whether the theme applies.
    pub applies: bool,
    /// Probability with which the segment was sampled for the rater, above 0 to 1; 1 for a rater who decided on all segments.
    pub probability: f64,
}

/// How far raters agree.
///
/// All but the counts are weighted by 1 ÷ the probability with which a segment was sampled, so that they are of the whole corpus also
/// where some segments are sampled more often than others.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Agreement {
    /// Segments on which at least two of the raters decided.
    pub segments: u32,
    /// Decisions compared: segments, or segments × themes.
    pub decisions: u32,
    /// Interviews that these segments are of.
    pub interviews: u32,
    /// The share of decisions that are the same, 0 to 1; of more than two raters the share of pairs of them.
    pub percent: Estimate,
    /// Cohen's kappa (1960), −1 to 1. None for more than two raters, and where both gave one answer throughout, the same (0 ÷ 0).
    pub cohen_kappa: Option<Estimate>,
    /// Fleiss's kappa (1971), for two raters Scott's pi (1955), −1 to 1; none where one answer was given throughout.
    pub fleiss_kappa: Option<Estimate>,
    /// Gwet's AC1 (2008), −1 to 1; it does not fall for rare themes.
    pub gwet_ac1: Estimate,
    /// Krippendorff's alpha for nominal data (2011), −1 to 1; none where one answer was given throughout.
    pub krippendorff_alpha: Option<Estimate>,
    /// 2 × percent − 1, −1 to 1 (Brennan and Prediger, 1981; PABAK of Byrt, Bishop and Carlin, 1993).
    pub pabak: Estimate,
    /// Share of yes less share of no over the raters, −1 to 1 (Byrt, Bishop and Carlin, 1993).
    pub prevalence_index: Estimate,
    /// Share to which the first rater said yes less that to which the second did, −1 to 1; none for more than two raters.
    pub bias_index: Option<Estimate>,
}

/// Reads a coefficient; none where it is not defined.
pub type Coefficient = fn(&Agreement) -> Option<Estimate>;

/// The coefficients by name, in the order of the fields.
pub const COEFFICIENTS: [(&str, Coefficient); 8] = [
    ("percent", |row| Some(row.percent)),
    ("cohen_kappa", |row| row.cohen_kappa),
    ("fleiss_kappa", |row| row.fleiss_kappa),
    ("gwet_ac1", |row| Some(row.gwet_ac1)),
    ("krippendorff_alpha", |row| row.krippendorff_alpha),
    ("pabak", |row| Some(row.pabak)),
    ("prevalence_index", |row| Some(row.prevalence_index)),
    ("bias_index", |row| row.bias_index),
];

/// Agreement of two raters on the decisions that both made, or of more raters on those that at least two of them made.
///
/// `decisions` are of one theme, or of several for their agreement over all of them. A segment is decided on once a theme. Answers whose
/// probability is not above 0 to 1 are left out. None for fewer than two raters, and where no decision has answers of two.
///
/// The intervals are Tukey's jackknife over interviews with Student's *t*. They always have width, also where raters agree throughout.
pub fn agreement<'a>(
    decisions: impl IntoIterator<Item = &'a Decision>,
    raters: &[usize],
) -> Option<Agreement> {
    let decisions: Vec<&Decision> = decisions.into_iter().collect();
    let sums = sums_by_interview(&decisions, raters);
    coefficients_with_intervals(&sums, raters.len() == 2)
}
