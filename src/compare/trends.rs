//! Themes over time: whether a theme becomes more frequent from wave to wave.

use crate::results::{ThemeIndex, codes};
use serde::Serialize;

use std::cmp::Ordering;

use interview_stats::adjust::{benjamini_hochberg, holm};
use interview_stats::{Count, CountTable, Interval, Measure, trend};
use rayon::prelude::*;
use same_bits::random_stream;
use transcripts::{Problem, Severity, Transcript};

use super::counts::measure_name;
use super::groups::{groups_of, without_value};

/// Of more waves only the first and the last are listed.
const MAX_LISTED: usize = 12;

/// How a theme changes over the waves, by one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// Index of the theme in the run's list of themes.
    pub theme: ThemeIndex,
    /// The attribute that says when.
    pub attribute: String,
    /// The waves in their order, joined with `; `.
    pub waves: String,
    /// What the share is of.
    pub measure: Measure,
    /// Change of the share from one wave to the next: the slope of a line through the interviews, −1 to 1.
    pub change: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Two-sided p value, from waves reassigned to interviews at random; none for fewer than three interviews.
    pub p_value: Option<f64>,
    /// The same, adjusted for all themes by this measure (Holm, 1979).
    pub p_adjusted: Option<f64>,
    /// The expected share of false findings, if this and all smaller p values are taken for findings (Benjamini and Hochberg, 1995).
    pub p_fdr: Option<f64>,
    /// Transcripts with a wave.
    pub transcripts: u32,
}

/// Changes of every theme over the waves of `attribute`, by theme and then measure. Nothing without an attribute or with one wave.
///
/// The waves are in order of their numbers, where all of them are numbers, else of their names, in which numbers count as numbers (so that
/// `wave 2` comes before `wave 10`, and dates written year first are in order); from one to the next is one step, however long it took.
///
/// See [`interview_stats::trend`] for the formulas. Chance is drawn from a stream of `seed`.
pub fn trends(
    transcripts: &[Transcript],
    counts: &CountTable,
    attribute: Option<&str>,
    seed: u64,
) -> (Vec<Trend>, Vec<Problem>) {
    let Some(attribute) = attribute else { return (Vec::new(), Vec::new()) };
    let mut problems: Vec<Problem> = without_value(attribute, transcripts).into_iter().collect();
    let mut waves: Vec<(&str, Vec<usize>)> = groups_of(attribute, transcripts).into_iter().collect();
    if waves.len() < 2 {
        if waves.len() == 1 {
            let message = format!("`{attribute}` has one value alone: there is no change to see over time.");
            problems.push(
                Problem::new(Severity::Warning, "groups", message).with_code(codes::TIME_ORDER_DOUBTFUL),
            );
        }
        return (Vec::new(), problems);
    }
    let numbers: Option<Vec<f64>> = waves.iter().map(|(name, _)| number(name)).collect();
    waves.sort_by(|(one, _), (other, _)| match numbers {
        Some(_) => number(one).unwrap_or(0.0).total_cmp(&number(other).unwrap_or(0.0)).then(one.cmp(other)),
        None => in_natural_order(one, other),
    });
    let names: Vec<&str> = match waves.as_slice() {
        [first, .., last] if waves.len() > MAX_LISTED => vec![first.0, "…", last.0],
        all => all.iter().map(|(name, _)| *name).collect(),
    };
    let names = names.join("; ");

    let tasks: Vec<(usize, Measure)> =
        (0..counts.themes()).flat_map(|theme| Measure::BOTH.map(|measure| (theme, measure))).collect();
    let of_task = |&(theme, measure): &(usize, Measure)| {
        let mut interviews: Vec<(f64, Count)> = Vec::new();
        for (time, (_, members)) in waves.iter().enumerate() {
            let of_wave = counts.counts(theme, measure, members);
            interviews.extend(of_wave.into_iter().map(|count| (time as f64, count)));
        }
        // The same stream, and so the same rearrangements, for every theme.
        let stream = ["trends", attribute, measure_name(measure)].join("\n");
        let found = trend(&interviews, &mut random_stream(seed, &stream));
        Trend {
            theme: theme.into(),
            attribute: attribute.to_owned(),
            waves: names.clone(),
            measure,
            change: found.slope,
            interval: found.interval,
            p_value: found.p_value,
            p_adjusted: None,
            p_fdr: None,
            transcripts: waves.iter().map(|(_, members)| members.len() as u32).sum(),
        }
    };
    let mut rows: Vec<Trend> = tasks.par_iter().map(of_task).collect();
    for measure in Measure::BOTH {
        let family: Vec<&mut Trend> = rows.iter_mut().filter(|row| row.measure == measure).collect();
        let p_values: Vec<Option<f64>> = family.iter().map(|row| row.p_value).collect();
        let adjusted = holm(&p_values).into_iter().zip(benjamini_hochberg(&p_values));
        for (row, adjusted) in family.into_iter().zip(adjusted) {
            (row.p_adjusted, row.p_fdr) = adjusted;
        }
    }
    (rows, problems)
}

fn number(name: &str) -> Option<f64> {
    name.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// The order of names in which runs of digits count as numbers.
fn in_natural_order(one: &str, other: &str) -> Ordering {
    let parts = |name: &str| -> Vec<(u128, String)> {
        let mut parts: Vec<(u128, String)> = Vec::new();
        let mut digits = String::new();
        let mut letters = String::new();
        for letter in name.chars() {
            if letter.is_ascii_digit() {
                digits.push(letter);
                continue;
            }
            if !digits.is_empty() {
                parts.push((digits.parse().unwrap_or(u128::MAX), std::mem::take(&mut letters)));
                digits.clear();
            }
            letters.extend(letter.to_lowercase());
        }
        parts.push((digits.parse().unwrap_or(0), letters));
        parts
    };
    let by_part = |(a, b): (&(u128, String), &(u128, String))| a.1.cmp(&b.1).then(a.0.cmp(&b.0));
    let (a, b) = (parts(one), parts(other));
    let first = a.iter().zip(&b).map(by_part).find(|order| order.is_ne());
    first.unwrap_or_else(|| a.len().cmp(&b.len())).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::super::prevalence::tests::study;
    use super::*;

    #[test]
    fn waves_are_in_the_order_of_time() {
        let sorted = |names: &[&str]| {
            let mut names = names.to_vec();
            names.sort_by(|a, b| in_natural_order(a, b));
            names.join(" < ")
        };
        assert_eq!(sorted(&["wave 10", "Wave 2", "wave 1"]), "wave 1 < Wave 2 < wave 10");
        assert_eq!(sorted(&["2021-03", "2020-11", "2020-02-01"]), "2020-02-01 < 2020-11 < 2021-03");
        assert_eq!(number("1e999"), None);
    }

    #[test]
    fn a_theme_has_a_trend_over_waves_by_both_measures() {
        let (transcripts, _) = study(&[("10", 0), ("1", 0), ("2", 0), ("1", 0), ("2", 0), ("10", 0)]);
        let counts = CountTable::new(vec![9; 6], vec![vec![6, 0, 3, 1, 2, 5], vec![1; 6]]);
        let (rows, problems) = trends(&transcripts, &counts, Some("country"), 7);
        assert_eq!((rows.len(), problems.len(), rows[0].waves.as_str()), (4, 0, "1; 2; 10"));
        assert_eq!(rows.iter().map(|row| row.theme.get()).collect::<Vec<_>>(), [0, 0, 1, 1]);
        assert_eq!([rows[0].measure, rows[1].measure], Measure::BOTH);
        assert!(rows[0].change > 0.2 && rows[0].p_adjusted > rows[0].p_value, "{:?}", rows[0]);
        assert!(rows[2].change.abs() < 1e-12 && rows[2].p_fdr == Some(1.0), "{:?}", rows[2]);
    }

    #[test]
    fn one_wave_has_no_trend() {
        let (transcripts, _) = study(&[("1", 0), ("1", 0), ("", 0)]);
        let counts = CountTable::new(vec![9, 9, 9], vec![vec![1, 2, 3]]);
        let (rows, problems) = trends(&transcripts, &counts, Some("country"), 7);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(rows, []);
        insta::assert_snapshot!(problems.join("\n"), @r"
        note: groups: 1 of 3 transcripts have no value for `country` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
        warning: groups: `country` has one value alone: there is no change to see over time.
        ");
        assert_eq!(trends(&transcripts, &counts, None, 7), (vec![], vec![]));
    }
}
