//! Differences between groups of interviews: how large, how sure, and whether they are more than chance.
//!
//! Every pair of an attribute's groups, and with more than two each group against all others. The interval comes from those
//! of the two shares (`interval`), the p value from shuffling interviews between the groups (`permutation`), corrected for the number
//! of questions asked (`adjust`); `language` flags groups that differ in language as much as in anything else.

pub(super) mod adjust;
mod language;
mod permutation;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use self::language::{Confounding, confounding};
use super::groups::groups_of;
use super::interval::{Estimate, Interval, difference, share_of, share_of_interviews};
use super::tally::{Measure, Tallies, Tally};
use crate::corpus::{Problem, Severity, Transcript};

/// What the tables call the other side of a contrast of one group against the rest.
pub const ALL_OTHERS: &str = "(all others)";

/// An attribute of more groups is compared group by group with all others only: pairs grow with the square, and nobody reads so many.
const MOST_GROUPS: usize = 20;

/// How much larger than half an interval a difference must be for four studies of five to find it: 1 + *z*(.8) ÷ *z*(.975), which
/// makes 2.8 standard errors of 1.96 (Bloom, 1995).
const DETECTED: f64 = 1.0 + 0.841_621_234 / 1.959_963_985;

/// A theme in two groups of interviews, by one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// Place of the theme in the run's list of themes.
    pub theme: usize,
    /// The attribute, for example `country`.
    pub attribute: String,
    /// The first group.
    pub group_a: String,
    /// The second group, by name behind the first, or [`ALL_OTHERS`].
    pub group_b: String,
    /// What the shares are of.
    pub measure: Measure,
    /// Share in the first group less share in the second, −1 to 1.
    pub difference: f64,
    /// Its 95 % interval, with interviews as the unit (Newcombe, 1998; Zou and Donner, 2008).
    pub interval: Interval,
    /// Studentised permutation test over interviews (Janssen, 1997; Chung and Romano, 2013), two-sided, above 0 to 1; none where a
    /// group has fewer than two interviews to compare.
    pub p_value: Option<f64>,
    /// The same for all questions asked of the attribute by this measure (Holm, 1979).
    pub p_adjusted: Option<f64>,
    /// The share of false findings, were this and all smaller p values taken for findings (Benjamini and Hochberg, 1995).
    pub p_fdr: Option<f64>,
    /// The smallest difference that four of five such studies would have found at 5 %, before any correction for many questions;
    /// none where even 1 would not have been.
    pub smallest_detectable: Option<f64>,
    /// Transcripts of the first group.
    pub transcripts_a: u32,
    /// Transcripts of the second group.
    pub transcripts_b: u32,
    /// Whether the groups differ in language so far that one cannot be told from the other.
    pub language_confounded: bool,
}

/// Two groups and who is in them.
struct Pair<'a> {
    attribute: &'a str,
    group_a: &'a str,
    group_b: &'a str,
    a: Vec<usize>,
    b: Vec<usize>,
    confounding: Option<Confounding>,
}

/// Contrasts by theme, attribute, first group, second group (all others last) and measure.
///
/// `tallies` and `languages` (a tag each, empty where unknown) go beside the run's transcripts. An attribute with fewer than two
/// groups has no rows, one with more than 20 none for pairs. Problems: groups that language cannot be told from, a warning a pair;
/// a note where pairs were left out.
///
/// The p values depend on `seed`, the counts and the names of attribute and groups alone.
pub fn contrasts(
    transcripts: &[Transcript],
    tallies: &Tallies,
    attributes: &[String],
    languages: &[String],
    seed: u64,
) -> (Vec<Contrast>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut by_attribute = Vec::new();
    for attribute in attributes {
        let pairs = pairs(attribute, transcripts, languages, &mut problems);
        // A task a pair and measure: all themes of a pair share the shuffled interviews.
        let tasks: Vec<(&Pair<'_>, Measure)> =
            pairs.iter().flat_map(|pair| Measure::BOTH.map(|measure| (pair, measure))).collect();
        let mut of_tasks: Vec<Vec<Contrast>> =
            tasks.par_iter().map(|&(pair, measure)| of_pair(pair, measure, tallies, seed)).collect();
        for measure in Measure::BOTH {
            adjust_all(
                of_tasks.iter_mut().flatten().filter(|contrast| contrast.measure == measure).collect(),
            );
        }
        by_attribute.push(of_tasks);
    }
    let of_theme =
        |theme: usize| by_attribute.iter().flatten().filter_map(move |of_task| of_task.get(theme).cloned());
    ((0..tallies.themes()).flat_map(of_theme).collect(), problems)
}

/// The pairs of an attribute, and what to tell about them.
fn pairs<'a>(
    attribute: &'a str,
    transcripts: &'a [Transcript],
    languages: &[String],
    problems: &mut Vec<Problem>,
) -> Vec<Pair<'a>> {
    let groups: Vec<(&str, Vec<usize>)> = groups_of(attribute, transcripts).into_iter().collect();
    let mut pairs = Vec::new();
    for (place, (group_a, a)) in groups.iter().enumerate() {
        let beside =
            groups.iter().skip(place + 1).take(if groups.len() > MOST_GROUPS { 0 } else { MOST_GROUPS });
        for (group_b, b) in beside {
            let confounding = confounding(a, b, languages);
            if let Some(confounding) = confounding {
                problems.push(confounding.problem(attribute, group_a, group_b));
            }
            pairs.push(Pair { attribute, group_a, group_b, a: a.clone(), b: b.clone(), confounding });
        }
    }
    if groups.len() > MOST_GROUPS {
        let message = format!(
            "`{attribute}` has {} groups: each is compared with all others, and pairs of groups are left out.",
            groups.len()
        );
        let hint = "For pairs, join groups in the participants file until there are 20 or fewer.";
        problems.push(Problem::new(Severity::Note, "groups", message).with_hint(hint));
    }
    if groups.len() > 2 {
        for (group_a, a) in &groups {
            let others = groups.iter().filter(|(name, _)| name != group_a);
            let mut b: Vec<usize> = others.flat_map(|(_, places)| places.iter().copied()).collect();
            b.sort_unstable();
            let confounding = confounding(a, &b, languages);
            pairs.push(Pair { attribute, group_a, group_b: ALL_OTHERS, a: a.clone(), b, confounding });
        }
    }
    pairs
}

/// The contrasts of a pair by one measure, a theme each in order, p values not adjusted yet.
fn of_pair(pair: &Pair<'_>, measure: Measure, tallies: &Tallies, seed: u64) -> Vec<Contrast> {
    let of_theme = |theme| [&pair.a, &pair.b].map(|places| tallies.of_theme(theme, measure, places));
    let counted: Vec<[Vec<Tally>; 2]> = (0..tallies.themes()).map(of_theme).collect();
    let stream = ["contrasts", pair.attribute, pair.group_a, pair.group_b, measure.as_str()].join("\n");
    let p_values = permutation::p_values(&counted, seed, &stream);
    let estimate = |tallies: &Vec<Tally>| -> Estimate {
        match measure {
            Measure::Segments => share_of(tallies),
            Measure::Transcripts => share_of_interviews(tallies),
        }
    };
    let row = |(theme, ([a, b], p_value)): (usize, (&[Vec<Tally>; 2], Option<f64>))| {
        let (a, b) = (estimate(a), estimate(b));
        let interval = difference(a, b);
        let smallest = (interval.high - interval.low) / 2.0 * DETECTED;
        Contrast {
            theme,
            attribute: pair.attribute.to_owned(),
            group_a: pair.group_a.to_owned(),
            group_b: pair.group_b.to_owned(),
            measure,
            difference: a.share - b.share,
            interval,
            p_value,
            p_adjusted: None,
            p_fdr: None,
            smallest_detectable: (smallest <= 1.0).then_some(smallest),
            transcripts_a: pair.a.len() as u32,
            transcripts_b: pair.b.len() as u32,
            language_confounded: pair.confounding.is_some(),
        }
    };
    counted.iter().zip(p_values).enumerate().map(row).collect()
}

/// Adjusts the p values of one family of questions: all themes and pairs of an attribute by one measure.
fn adjust_all(family: Vec<&mut Contrast>) {
    let p_values: Vec<Option<f64>> = family.iter().map(|contrast| contrast.p_value).collect();
    let (holm, false_discovery) = (adjust::holm(&p_values), adjust::benjamini_hochberg(&p_values));
    for (contrast, (holm, false_discovery)) in family.into_iter().zip(holm.into_iter().zip(false_discovery)) {
        contrast.p_adjusted = holm;
        contrast.p_fdr = false_discovery;
    }
}
