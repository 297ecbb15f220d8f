//! Whether a difference between groups can be told from one between categories, for example languages.
//!
//! A classifier reads some languages better than others and finds a theme more often in the one that it knows best. Where two groups
//! speak different languages, no statistic can tell which of the two makes the difference.

use std::collections::{BTreeMap, BTreeSet};

use super::rarefaction::{self, segments_compared};
use crate::settings::STRONG_ASSOCIATION;
use crate::{CountTable, Interval, Measure, Warning};

/// A warning where category and group go together so far that one cannot be told from the other: no category is in both groups, or
/// Cramér's V (1946) of category and group is at least [`STRONG_ASSOCIATION`].
///
/// `categories` has the category of each interview of the study, by number. Interviews whose category is not known (none, or beyond the
/// list) are left out; where that leaves a group empty there is no warning.
pub fn confounding(groups: [&[usize]; 2], categories: &[Option<usize>]) -> Option<Warning> {
    let mut found: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
    for (side, interviews) in groups.into_iter().enumerate() {
        for category in interviews.iter().filter_map(|&interview| category_of(interview, categories)) {
            found.entry(category).or_default()[side] += 1.0;
        }
    }
    let sizes = [0, 1].map(|side| found.values().map(|counts| counts[side]).sum::<f64>());
    if sizes.contains(&0.0) {
        return None;
    }
    if found.values().all(|counts| counts.contains(&0.0)) {
        return Some(Warning::Separated);
    }
    // Chi-square over n, of which V is the root for two groups.
    let all = sizes[0] + sizes[1];
    let part = |counts: &[f64; 2]| {
        let cell = |side: usize| {
            let expected = (counts[0] + counts[1]) * sizes[side] / all;
            (counts[side] - expected).powi(2) / expected
        };
        cell(0) + cell(1)
    };
    let association = (found.values().map(part).sum::<f64>() / all).sqrt();
    (association >= STRONG_ASSOCIATION).then_some(Warning::NearlySeparated)
}

/// The least and the greatest difference of each theme when one category after the other is left out.
///
/// None with fewer than two categories in the groups, and where leaving any of them out leaves a group without observations. Interviews
/// whose category is not known stay.
pub fn leave_one_out(
    table: &CountTable,
    groups: [&[usize]; 2],
    categories: &[Option<usize>],
    measure: Measure,
) -> Vec<Option<Interval>> {
    let in_groups = groups.into_iter().flatten().filter_map(|&interview| category_of(interview, categories));
    let in_groups: BTreeSet<usize> = in_groups.collect();
    if in_groups.len() < 2 {
        return vec![None; table.themes()];
    }
    let without = |category: &usize| {
        groups.map(|group| -> Vec<usize> {
            let stays = |interview: &usize| category_of(*interview, categories) != Some(*category);
            group.iter().copied().filter(stays).collect()
        })
    };
    let rest: Vec<[Vec<usize>; 2]> = in_groups.iter().map(without).collect();
    let segments = segments_compared(table, groups).unwrap_or(1);
    let range = |theme: usize| {
        let share = |interviews: &Vec<usize>| {
            let counts = rarefaction::counts(table, theme, measure, interviews, segments);
            let trials: u64 = counts.iter().map(|one| u64::from(one.trials)).sum();
            let successes: u64 = counts.iter().map(|one| u64::from(one.successes)).sum();
            (trials > 0).then(|| successes as f64 / trials as f64)
        };
        let differences = rest.iter().filter_map(|[a, b]| Some(share(a)? - share(b)?));
        differences.fold(None, |range: Option<Interval>, difference| {
            let range = range.unwrap_or(Interval { low: difference, high: difference });
            Some(Interval { low: range.low.min(difference), high: range.high.max(difference) })
        })
    };
    (0..table.themes()).map(range).collect()
}

fn category_of(interview: usize, categories: &[Option<usize>]) -> Option<usize> {
    categories.get(interview).copied().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The warning for groups of so many speakers of each language, by number; 0 is not known.
    fn found(a: &[(usize, usize)], b: &[(usize, usize)]) -> Option<Warning> {
        let languages = |group: &[(usize, usize)]| -> Vec<Option<usize>> {
            let of = |&(language, times): &(usize, usize)| {
                std::iter::repeat_n(Some(language).filter(|&language| language > 0), times)
            };
            group.iter().flat_map(of).collect()
        };
        let (first, second) = (languages(a), languages(b));
        let all = [first.clone(), second].concat();
        let (a, b): (Vec<usize>, Vec<usize>) = (0..all.len()).partition(|&index| index < first.len());
        confounding([&a, &b], &all)
    }

    const CY: usize = 1;
    const EN: usize = 2;
    const ES: usize = 3;

    #[test]
    fn groups_apart_in_language_are_found() {
        assert_eq!(found(&[(EN, 8)], &[(ES, 9)]), Some(Warning::Separated));
        assert_eq!(found(&[(EN, 4), (CY, 4)], &[(ES, 9), (0, 3)]), Some(Warning::Separated));
        assert_eq!(found(&[(EN, 19), (ES, 1)], &[(ES, 20)]), Some(Warning::NearlySeparated));
        assert_eq!(found(&[(EN, 9), (ES, 1)], &[(EN, 1), (ES, 9)]), Some(Warning::NearlySeparated));
    }

    #[test]
    fn groups_that_share_a_language_are_not() {
        assert_eq!(found(&[(EN, 8)], &[(EN, 9)]), None);
        assert_eq!(found(&[(EN, 8), (ES, 2)], &[(EN, 2), (ES, 8)]), None);
        assert_eq!(found(&[(EN, 10)], &[(EN, 5), (ES, 5)]), None);
    }

    #[test]
    fn nothing_is_held_against_what_is_not_known() {
        assert_eq!(found(&[(0, 8)], &[(ES, 9)]), None);
        assert_eq!(found(&[], &[(ES, 9)]), None);
        assert_eq!(confounding([&[0, 7], &[1]], &[]), None);
    }
}
