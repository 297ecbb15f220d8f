//! Differences between groups of interviews: how large, how certain, and whether they are more than chance.
//!
//! Every pair of an attribute's groups and, with more than two, each group against all others. The statistics are those of
//! `interview_stats::groups`; p values are adjusted for the number of tests. `language` reports groups that differ in language as
//! much as in anything else, `levels` has the levels of another attribute within which groups are compared as well.

use serde::Serialize;

mod language;
mod levels;
#[cfg(test)]
mod tests;

use interview_stats::adjust::{benjamini_hochberg, holm};
use interview_stats::groups::{
    Difference, compare_groups, compare_within_strata, confounding, leave_one_out, segments_compared,
};
use interview_stats::{CountTable, Interval, Measure, Warning};
use rayon::prelude::*;
use same_bits::random_stream;
use transcripts::{Problem, Severity, Transcript};

use self::language::{confounded, turned_signs};
use self::levels::{levels, without_level};
use super::counts::measure_name;
use super::groups::{groups_of, numbered};
use crate::results::{Progress, ThemeIndex, codes};

/// What the tables call the other side of a contrast of one group against the rest.
pub const ALL_OTHERS: &str = "(all others)";

/// An attribute of more groups is compared group by group with all others only: the number of pairs grows with the square.
pub(in crate::compare) const MAX_GROUPS: usize = 20;

/// A theme in two groups of interviews, by one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contrast {
    /// Index of the theme in the run's list of themes.
    pub theme: ThemeIndex,
    /// The attribute, for example `country`.
    pub attribute: String,
    /// The first group.
    pub group_a: String,
    /// The second group, by name after the first, or [`ALL_OTHERS`].
    pub group_b: String,
    /// What the shares are of.
    pub measure: Measure,
    /// Share in the first group less share in the second, −1 to 1; shares of interviews over equal numbers of segments.
    pub difference: f64,
    /// Its 95 % interval, with interviews as the unit (Newcombe, 1998; Zou and Donner, 2008).
    pub interval: Interval,
    /// Two-sided p value of a studentised permutation test over interviews (Janssen, 1997; Chung and Romano, 2013), above 0 to 1, no less
    /// than that of Welch's test of the logits. None where a group has fewer than two interviews to compare.
    pub p_value: Option<f64>,
    /// The same, adjusted for all tests of the attribute by this measure (Holm, 1979).
    pub p_adjusted: Option<f64>,
    /// The expected share of false findings, if this and all smaller p values are taken for findings (Benjamini and Hochberg, 1995).
    pub p_fdr: Option<f64>,
    /// The smallest difference that four of five such studies would find at 5 %, before any adjustment; none where it is above 1.
    pub smallest_detectable: Option<f64>,
    /// Transcripts of the first group.
    pub transcripts_a: u32,
    /// Transcripts of the second group.
    pub transcripts_b: u32,
    /// Whether group and language go together so far that their effects cannot be separated.
    pub language_confounded: bool,
    /// The difference within the levels of a second attribute; none without one and where no level has both groups.
    pub within: Option<StratifiedContrast>,
    /// The least and the greatest difference when one language after the other is left out; none with fewer than two languages,
    /// and where leaving any out leaves a group empty.
    pub leave_language_out: Option<Interval>,
    /// By share of interviews, the number of segments of each interview over which they are compared; shorter interviews are left out.
    pub segments_compared: Option<u32>,
}

impl Contrast {
    fn as_difference(&self) -> Difference {
        Difference {
            difference: self.difference,
            interval: self.interval,
            p_value: self.p_value,
            smallest_detectable: self.smallest_detectable,
        }
    }
}

/// A difference within the levels of another attribute.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StratifiedContrast {
    /// Difference of the two shares, each over the same mixture of levels, −1 to 1.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// From rearranging interviews within levels, two-sided; none where there is nothing to rearrange.
    pub p_value: Option<f64>,
    /// The same, adjusted for all such tests of the attribute by this measure (Holm, 1979).
    pub p_adjusted: Option<f64>,
}

/// What else groups are compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContrastPlan {
    /// The attributes whose groups are compared.
    pub attributes: Vec<String>,
    /// An attribute within whose levels they are compared as well; `language` is that of the transcripts, unless an attribute has
    /// this name.
    pub within: Option<String>,
}

/// Two groups of an attribute, as the indices of their transcripts.
struct Pair<'a> {
    attribute: &'a str,
    group_a: &'a str,
    group_b: &'a str,
    a: Vec<usize>,
    b: Vec<usize>,
    confounding: Option<Warning>,
}

/// What all comparisons of a run share.
struct Input<'a> {
    counts: &'a CountTable,
    /// The language of each transcript, by number.
    languages: &'a [Option<usize>],
    seed: u64,
}

/// Contrasts by theme, attribute, first group, second group (all others last) and measure.
///
/// `counts` and `languages` (a tag each, empty where unknown) are those of the run's transcripts. An attribute with fewer than two
/// groups has no rows, one with more than 20 none for pairs. Problems: groups confounded with language, a warning a pair;
/// differences that change sign without one of the languages; transcripts without a level; a note where pairs were left out.
///
/// Where `progress` is cancelled, pairs are missing. The p values depend on `seed`, the counts and the names of attribute and groups alone.
pub fn contrasts(
    transcripts: &[Transcript],
    counts: &CountTable,
    plan: &ContrastPlan,
    languages: &[String],
    seed: u64,
    progress: &dyn Progress,
) -> (Vec<Contrast>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut by_attribute = Vec::new();
    let levels = levels(transcripts, languages, plan.within.as_deref());
    problems.extend(levels.as_ref().and_then(|levels| without_level(levels, plan.within.as_deref()?)));
    let tags: Vec<Option<&str>> =
        languages.iter().map(|tag| Some(tag.as_str()).filter(|tag| !tag.is_empty())).collect();
    let input = Input { counts, languages: &numbered(&tags), seed };
    for attribute in &plan.attributes {
        let levels = levels.as_deref().filter(|_| plan.within.as_ref() != Some(attribute));
        let pairs = pairs(attribute, transcripts, input.languages, &mut problems);
        // A task a pair and measure: all themes of a pair share the rearrangements.
        let tasks: Vec<(&Pair<'_>, Measure)> =
            pairs.iter().flat_map(|pair| Measure::BOTH.map(|measure| (pair, measure))).collect();
        let mut of_tasks: Vec<Vec<Contrast>> =
            // What a cancelled run has compared is never shown.
            tasks.par_iter().filter(|_| !progress.is_cancelled()).map(|&(pair, measure)| of_pair(pair, measure, levels, &input)).collect();
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
    ((0..counts.themes()).flat_map(of_theme).collect(), problems)
}

/// The pairs of an attribute; adds problems of them.
fn pairs<'a>(
    attribute: &'a str,
    transcripts: &'a [Transcript],
    languages: &[Option<usize>],
    problems: &mut Vec<Problem>,
) -> Vec<Pair<'a>> {
    let groups: Vec<(&str, Vec<usize>)> = groups_of(attribute, transcripts).into_iter().collect();
    let mut pairs = Vec::new();
    for (index, (group_a, a)) in groups.iter().enumerate() {
        let others =
            groups.iter().skip(index + 1).take(if groups.len() > MAX_GROUPS { 0 } else { MAX_GROUPS });
        for (group_b, b) in others {
            let confounding = confounding([a, b], languages);
            problems.extend(confounding.and_then(|warning| confounded(warning, attribute, group_a, group_b)));
            let (a, b) = (a.clone(), b.clone());
            pairs.push(Pair { attribute, group_a, group_b, a, b, confounding });
        }
    }
    if groups.len() > MAX_GROUPS {
        let message = format!(
            "`{attribute}` has {} groups: each is compared with all others, and pairs of groups are left out.",
            groups.len()
        );
        let hint = "For pairs, join groups in the participants file until there are 20 or fewer.";
        problems.push(
            Problem::new(Severity::Note, "groups", message).with_code(codes::GROUPS_DOUBTFUL).with_hint(hint),
        );
    }
    if groups.len() > 2 {
        for (group_a, a) in &groups {
            let others = groups.iter().filter(|(name, _)| name != group_a);
            let mut b: Vec<usize> = others.flat_map(|(_, members)| members.iter().copied()).collect();
            b.sort_unstable();
            let confounding = confounding([a, &b], languages);
            let (a, group_b) = (a.clone(), ALL_OTHERS);
            pairs.push(Pair { attribute, group_a, group_b, a, b, confounding });
        }
    }
    pairs
}

/// The contrasts of a pair by one measure, one a theme in order, p values not adjusted yet.
fn of_pair(
    pair: &Pair<'_>,
    measure: Measure,
    levels: Option<&[Option<usize>]>,
    input: &Input<'_>,
) -> Vec<Contrast> {
    let Input { counts, languages, seed } = *input;
    let groups = [pair.a.as_slice(), &pair.b];
    let stream = ["contrasts", pair.attribute, pair.group_a, pair.group_b, measure_name(measure)].join("\n");
    let differences = compare_groups(counts, groups, measure, &mut random_stream(seed, &stream));
    let within = match levels {
        Some(levels) => {
            let mut rng = random_stream(seed, &format!("{stream}\nwithin"));
            compare_within_strata(counts, groups, levels, measure, &mut rng)
        }
        None => vec![None; differences.len()],
    };
    let segments = match measure {
        Measure::Segments => None,
        Measure::Interviews => segments_compared(counts, groups),
    };
    let without_one_language = leave_one_out(counts, groups, languages, measure);
    let row =
        |theme: usize, found: Difference, within: Option<Difference>, range: Option<Interval>| Contrast {
            theme: theme.into(),
            attribute: pair.attribute.to_owned(),
            group_a: pair.group_a.to_owned(),
            group_b: pair.group_b.to_owned(),
            measure,
            difference: found.difference,
            interval: found.interval,
            p_value: found.p_value,
            p_adjusted: None,
            p_fdr: None,
            smallest_detectable: found.smallest_detectable,
            transcripts_a: pair.a.len() as u32,
            transcripts_b: pair.b.len() as u32,
            language_confounded: pair.confounding.is_some(),
            within: within.map(|found| StratifiedContrast {
                difference: found.difference,
                interval: found.interval,
                p_value: found.p_value,
                p_adjusted: None,
            }),
            leave_language_out: range,
            segments_compared: segments,
        };
    let rows = differences.into_iter().zip(within).zip(without_one_language).enumerate();
    rows.map(|(theme, ((found, within), range))| row(theme, found, within, range)).collect()
}

/// Adjusts the p values of one family of tests: all themes and pairs of an attribute by one measure.
fn adjust_all(family: Vec<&mut Contrast>) {
    let p_values: Vec<Option<f64>> = family.iter().map(|contrast| contrast.p_value).collect();
    let within: Vec<Option<f64>> =
        family.iter().map(|contrast| contrast.within.as_ref().and_then(|within| within.p_value)).collect();
    let adjusted = holm(&p_values).into_iter().zip(benjamini_hochberg(&p_values)).zip(holm(&within));
    for (contrast, (adjusted, of_levels)) in family.into_iter().zip(adjusted) {
        (contrast.p_adjusted, contrast.p_fdr) = adjusted;
        if let Some(within) = &mut contrast.within {
            within.p_adjusted = of_levels;
        }
    }
}
