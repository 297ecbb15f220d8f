//! Differences between groups of interviews: how large, how sure, and whether they are more than chance.
//!
//! Every pair of an attribute's groups, and with more than two each group against all others. The interval comes from those
//! of the two shares (`interval`), the p value from shuffling interviews between the groups (`permutation`, `logit`), corrected for the
//! number of questions asked; `language` flags groups that differ in language as much as in anything else, and `within` compares
//! within the levels of another attribute.

pub(super) mod language;
mod logit;
pub(super) mod permutation;
#[cfg(test)]
mod tests;
mod within;

use rayon::prelude::*;

pub use self::within::Within;

use self::language::{Confounding, confounding, leave_one_out, turned_signs};
use self::within::levels;
use super::adjust;
use super::groups::groups_of;
use super::interval::{Estimate, Interval, by_length, difference, share_of, share_of_interviews};
use super::tally::{Measure, Tallies, Tally};
use crate::corpus::{Problem, Severity, Transcript};

/// What the tables call the other side of a contrast of one group against the rest.
pub const ALL_OTHERS: &str = "(all others)";

/// An attribute of more groups is compared group by group with all others only: pairs grow with the square, and nobody reads so many.
pub(in crate::compare) const MOST_GROUPS: usize = 20;

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
    /// Studentised permutation test over interviews (Janssen, 1997; Chung and Romano, 2013), two-sided, above 0 to 1; by share of segments
    /// no less than what Welch's test of the logits says. None where a group has fewer than two interviews to compare.
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
    /// The difference within levels of a second attribute; none without one and where no level has both groups.
    pub within: Option<Within>,
    /// The least and the greatest difference when one language after the other is left out; none with fewer than two languages,
    /// and where leaving any out leaves a group with nobody.
    pub leave_language_out: Option<Interval>,
}

/// What else groups are compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContrastPlan {
    /// The attributes whose groups are compared.
    pub attributes: Vec<String>,
    /// An attribute within whose levels they are compared as well; `language` is that of the transcripts, unless there is
    /// an attribute of the name.
    pub within: Option<String>,
}

/// Two groups and who is in them.
struct Pair<'a> {
    attribute: &'a str,
    group_a: &'a str,
    group_b: &'a str,
    a: Vec<usize>,
    b: Vec<usize>,
    confounding: Option<Confounding>,
    /// Who is left of both when one language is left out, for each.
    without_language: Vec<[Vec<usize>; 2]>,
}

/// Contrasts by theme, attribute, first group, second group (all others last) and measure.
///
/// `tallies` and `languages` (a tag each, empty where unknown) go beside the run's transcripts. An attribute with fewer than two
/// groups has no rows, one with more than 20 none for pairs. Problems: groups that language cannot be told from, a warning a pair;
/// differences that turn round without one of the languages; transcripts without a level; a note where pairs were left out.
///
/// The p values depend on `seed`, the counts and the names of attribute and groups alone.
pub fn contrasts(
    transcripts: &[Transcript],
    tallies: &Tallies,
    plan: &ContrastPlan,
    languages: &[String],
    seed: u64,
) -> (Vec<Contrast>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut by_attribute = Vec::new();
    let levels = levels(transcripts, languages, plan.within.as_deref());
    problems
        .extend(levels.as_ref().and_then(|levels| within::without_level(levels, plan.within.as_deref()?)));
    for attribute in &plan.attributes {
        let levels = levels.as_deref().filter(|_| plan.within.as_ref() != Some(attribute));
        let pairs = pairs(attribute, transcripts, languages, &mut problems);
        // A task a pair and measure: all themes of a pair share the shuffled interviews.
        let tasks: Vec<(&Pair<'_>, Measure)> =
            pairs.iter().flat_map(|pair| Measure::BOTH.map(|measure| (pair, measure))).collect();
        let mut of_tasks: Vec<Vec<Contrast>> =
            tasks.par_iter().map(|&(pair, measure)| of_pair(pair, measure, tallies, levels, seed)).collect();
        for measure in Measure::BOTH {
            adjust_all(
                of_tasks.iter_mut().flatten().filter(|contrast| contrast.measure == measure).collect(),
            );
        }
        for (pair, contrasts) in pairs.iter().zip(of_tasks.chunks(Measure::BOTH.len())) {
            problems.extend(turned_signs(pair.attribute, pair.group_a, pair.group_b, contrasts));
        }
        by_attribute.push(of_tasks);
    }
    let of_theme =
        |theme: usize| by_attribute.iter().flatten().filter_map(move |of_task| of_task.get(theme).cloned());
    ((0..tallies.themes()).flat_map(of_theme).collect(), problems)
}

impl Pair<'_> {
    /// The least and the greatest difference when one language after the other is left out.
    fn leave_language_out(&self, theme: usize, measure: Measure, tallies: &Tallies) -> Option<Interval> {
        let share = |places: &Vec<usize>| {
            let tallies = tallies.of_theme(theme, measure, places);
            let sum = |count: fn(&Tally) -> u32| tallies.iter().map(|one| u64::from(count(one))).sum::<u64>();
            let of = sum(|one| one.of);
            (of > 0).then(|| sum(|one| one.with) as f64 / of as f64)
        };
        let differences = self.without_language.iter().filter_map(|[a, b]| Some(share(a)? - share(b)?));
        differences.fold(None, |range: Option<Interval>, difference| {
            let range = range.unwrap_or(Interval { low: difference, high: difference });
            Some(Interval { low: range.low.min(difference), high: range.high.max(difference) })
        })
    }
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
            let without_language = leave_one_out(a, b, languages);
            let (a, b) = (a.clone(), b.clone());
            pairs.push(Pair { attribute, group_a, group_b, a, b, confounding, without_language });
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
            let without_language = leave_one_out(a, &b, languages);
            let (a, group_b) = (a.clone(), ALL_OTHERS);
            pairs.push(Pair { attribute, group_a, group_b, a, b, confounding, without_language });
        }
    }
    pairs
}

/// The contrasts of a pair by one measure, a theme each in order, p values not adjusted yet.
fn of_pair(
    pair: &Pair<'_>,
    measure: Measure,
    tallies: &Tallies,
    levels: Option<&[Option<usize>]>,
    seed: u64,
) -> Vec<Contrast> {
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
    let within = match levels {
        Some(levels) => {
            let groups = [pair.a.as_slice(), &pair.b];
            within::within(groups, levels, measure, tallies, seed, &format!("{stream}\nwithin"))
        }
        None => vec![None; counted.len()],
    };
    let row = |theme: usize, [a, b]: &[Vec<Tally>; 2], p_value: Option<f64>, within: Option<Within>| {
        let p_value = match measure {
            Measure::Segments => {
                p_value.map(|p| logit::p_value(&by_length(a), &by_length(b)).map_or(p, |logit| p.max(logit)))
            }
            Measure::Transcripts => p_value,
        };
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
            within,
            leave_language_out: pair.leave_language_out(theme, measure, tallies),
        }
    };
    let rows = counted.iter().zip(p_values).zip(within).enumerate();
    rows.map(|(theme, ((groups, p_value), within))| row(theme, groups, p_value, within)).collect()
}

/// Adjusts the p values of one family of questions: all themes and pairs of an attribute by one measure.
fn adjust_all(family: Vec<&mut Contrast>) {
    let p_values: Vec<Option<f64>> = family.iter().map(|contrast| contrast.p_value).collect();
    let within: Vec<Option<f64>> =
        family.iter().map(|contrast| contrast.within.as_ref().and_then(|within| within.p_value)).collect();
    let within = adjust::holm(&within);
    let adjusted = adjust::both(&p_values).into_iter().zip(within);
    for (contrast, (adjusted, of_levels)) in family.into_iter().zip(adjusted) {
        [contrast.p_adjusted, contrast.p_fdr] = adjusted;
        if let Some(within) = &mut contrast.within {
            within.p_adjusted = of_levels;
        }
    }
}
