//! Themes over time: whether a theme comes up more from wave to wave.

use std::cmp::Ordering;

use rand::Rng;
use rayon::prelude::*;
use same_bits::random_stream;

use super::adjust;
use super::drawn::{self, TIE, is_extreme};
use super::groups::{groups_of, without_value};
use super::interval::{Interval, TAIL, effective, student};
use super::tally::{Measure, Tallies, Tally};
use crate::corpus::{Problem, Severity, Transcript};

/// Orders of the waves that are drawn at most.
const DRAWS: u32 = 9_999;
/// More waves than these are listed by the first and the last alone.
const LISTED: usize = 12;

/// How a theme changes over the waves, by one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Place of the theme in the run's list of themes.
    pub theme: usize,
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
    /// From interviews that change waves at random, two-sided; none for fewer than three interviews.
    pub p_value: Option<f64>,
    /// The same for all themes by this measure (Holm, 1979).
    pub p_adjusted: Option<f64>,
    /// The share of false findings, were this and all smaller p values taken for findings (Benjamini and Hochberg, 1995).
    pub p_fdr: Option<f64>,
    /// Transcripts with a wave.
    pub transcripts: u32,
}

/// An interview in a wave.
#[derive(Clone, Copy)]
struct Point {
    step: f64,
    tally: Tally,
}

/// Changes of every theme over the waves of `attribute`, by theme and then measure. Nothing without an attribute or with one wave.
///
/// The waves are in order of their numbers, where all of them are numbers, else of their names, in which numbers count as numbers (so that
/// `wave 2` comes before `wave 10`, and dates written year first are in order); from one to the next is one step, however long it took.
///
/// With *wᵢ* = *mᵢ* the segments of an interview (or 1), *rᵢ* its share and *tᵢ* its step: change = Σ *wᵢ* (*tᵢ* − *t̄*) *rᵢ* ÷ *Q* with *Q* = Σ *wᵢ* (*tᵢ* − *t̄*)², a
/// weighted regression. Its variance is Σ *wᵢ*² (*tᵢ* − *t̄*)² *eᵢ*² ÷ (1 − *hᵢ*) ÷ *Q*², with residuals *e* and leverages *h* (HC2 of MacKinnon and White, 1985), no
/// less than independent segments would give. The degrees of freedom of *t* are the effective number of interviews that carry the theme, and
/// that do not, less two, no more than the interviews less two and at least 1. The p value is from waves dealt anew to the interviews,
/// the statistic the squared change over that variance; up to 9,999 times.
pub fn trends(
    transcripts: &[Transcript],
    tallies: &Tallies,
    attribute: Option<&str>,
    seed: u64,
) -> (Vec<Trend>, Vec<Problem>) {
    let Some(attribute) = attribute else { return (Vec::new(), Vec::new()) };
    let mut problems: Vec<Problem> = without_value(attribute, transcripts).into_iter().collect();
    let mut waves: Vec<(&str, Vec<usize>)> = groups_of(attribute, transcripts).into_iter().collect();
    if waves.len() < 2 {
        if waves.len() == 1 {
            let message = format!("`{attribute}` has one value alone: there is no change to see over time.");
            problems.push(Problem::new(Severity::Warning, "groups", message));
        }
        return (Vec::new(), problems);
    }
    let numbers: Option<Vec<f64>> = waves.iter().map(|(name, _)| number(name)).collect();
    waves.sort_by(|(one, _), (other, _)| match numbers {
        Some(_) => number(one).unwrap_or(0.0).total_cmp(&number(other).unwrap_or(0.0)).then(one.cmp(other)),
        None => in_natural_order(one, other),
    });
    let names: Vec<&str> = match waves.as_slice() {
        [first, .., last] if waves.len() > LISTED => vec![first.0, "…", last.0],
        all => all.iter().map(|(name, _)| *name).collect(),
    };
    let names = names.join("; ");

    let tasks: Vec<(usize, Measure)> =
        (0..tallies.themes()).flat_map(|theme| Measure::BOTH.map(|measure| (theme, measure))).collect();
    let of_task = |&(theme, measure): &(usize, Measure)| {
        let mut points = Vec::new();
        for (step, (_, places)) in waves.iter().enumerate() {
            let of_wave = tallies.of_theme(theme, measure, places);
            points.extend(of_wave.into_iter().map(|tally| Point { step: step as f64, tally }));
        }
        // The same draws for every theme.
        let stream = ["trends", attribute, measure.as_str()].join("\n");
        let (change, interval) = line(&points);
        Trend {
            theme,
            attribute: attribute.to_owned(),
            waves: names.clone(),
            measure,
            change,
            interval,
            p_value: p_value(&points, seed, &stream),
            p_adjusted: None,
            p_fdr: None,
            transcripts: waves.iter().map(|(_, places)| places.len() as u32).sum(),
        }
    };
    let mut rows: Vec<Trend> = tasks.par_iter().map(of_task).collect();
    for measure in Measure::BOTH {
        let family: Vec<&mut Trend> = rows.iter_mut().filter(|row| row.measure == measure).collect();
        let p_values: Vec<Option<f64>> = family.iter().map(|row| row.p_value).collect();
        for (row, adjusted) in family.into_iter().zip(adjust::both(&p_values)) {
            [row.p_adjusted, row.p_fdr] = adjusted;
        }
    }
    (rows, problems)
}

fn number(name: &str) -> Option<f64> {
    name.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Names in which runs of digits count as numbers.
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

/// A slope with its variance and degrees of freedom; none where all interviews are of one wave.
struct Slope {
    change: f64,
    variance: f64,
}

/// The slope when the interviews are at `steps`.
fn slope(points: &[Point], steps: &[f64]) -> Option<Slope> {
    let weight = |point: &Point| f64::from(point.tally.of);
    let share = |point: &Point| f64::from(point.tally.with) / f64::from(point.tally.of);
    let (mut all, mut with, mut time) = (0.0, 0.0, 0.0);
    for (point, step) in points.iter().zip(steps) {
        all += weight(point);
        with += f64::from(point.tally.with);
        time += weight(point) * step;
    }
    let (middle, mean) = (time / all, with / all);
    let (mut square, mut product) = (0.0, 0.0);
    for (point, step) in points.iter().zip(steps) {
        square += weight(point) * (step - middle).powi(2);
        product += weight(point) * (step - middle) * (share(point) - mean);
    }
    if square.is_nan() || square <= 0.0 {
        return None;
    }
    let change = product / square;
    let mut variance = 0.0;
    let mut independent = 0.0;
    for (point, step) in points.iter().zip(steps) {
        let from_middle = step - middle;
        let leverage = weight(point) * (1.0 / all + from_middle * from_middle / square);
        let rest = share(point) - mean - change * from_middle;
        let part = (weight(point) * from_middle / square).powi(2);
        variance += part * rest * rest / (1.0 - leverage).max(TIE);
        independent += part / weight(point);
    }
    // A theme that is nowhere might still have been in half an interview.
    let possible = 0.5 / (points.len() as f64 + 1.0);
    let expected = mean.clamp(possible, 1.0 - possible);
    Some(Slope { change, variance: variance.max(independent * expected * (1.0 - expected)) })
}

/// The change a step and its interval.
fn line(points: &[Point]) -> (f64, Interval) {
    let widest = Interval { low: -1.0, high: 1.0 };
    let steps: Vec<f64> = points.iter().map(|point| point.step).collect();
    let Some(Slope { change, variance }) = slope(points, &steps) else { return (0.0, widest) };
    let carriers = effective(points.iter().map(|point| f64::from(point.tally.with)));
    let others = effective(points.iter().map(|point| f64::from(point.tally.of - point.tally.with)));
    let number = points.len() as f64;
    // Where it is nowhere, or everywhere, nobody's words say how much people differ, and all of them that they do not.
    let known = |effective: f64| if effective > 0.0 { effective } else { number };
    let freedom = (known(carriers).min(known(others)).min(number) - 2.0).max(1.0);
    let Some(reach) = student(freedom, TAIL).map(|reach| reach * variance.sqrt()) else {
        return (change, widest);
    };
    (change, Interval { low: (change - reach).max(-1.0), high: (change + reach).min(1.0) })
}

fn p_value(points: &[Point], seed: u64, stream: &str) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let statistic = |steps: &[f64]| {
        slope(points, steps).map_or(0.0, |slope| {
            if slope.change.abs() <= TIE { 0.0 } else { slope.change * slope.change / slope.variance }
        })
    };
    let steps: Vec<f64> = points.iter().map(|point| point.step).collect();
    let observed = statistic(&steps);
    let mut rng = random_stream(seed, stream);
    let rearrange = |steps: &mut Vec<f64>| {
        for last in (1..steps.len()).rev() {
            steps.swap(last, rng.gen_range(0..=last));
        }
    };
    let extreme = |observed: &f64, steps: &Vec<f64>| is_extreme(statistic(steps), *observed);
    drawn::p_values(&[observed], DRAWS, steps, rearrange, extreme).pop()
}

#[cfg(test)]
mod tests {
    use super::super::prevalence::tests::study;
    use super::super::simulated::{interview, lengths};
    use super::*;

    fn points(counts: &[(usize, u32, u32)]) -> Vec<Point> {
        counts
            .iter()
            .map(|&(step, with, of)| Point { step: step as f64, tally: Tally { with, of } })
            .collect()
    }

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
    fn slopes_are_those_of_statsmodels() {
        // Printed by tests/fixtures/compare/oracle.py: weighted least squares with HC2 errors.
        let points = points(&[
            (0, 3, 20),
            (0, 0, 11),
            (0, 25, 35),
            (1, 1, 9),
            (1, 12, 14),
            (1, 4, 28),
            (2, 27, 30),
            (2, 2, 16),
            (2, 19, 22),
        ]);
        let steps: Vec<f64> = points.iter().map(|point| point.step).collect();
        let Slope { change, variance } = slope(&points, &steps).unwrap();
        insta::assert_snapshot!(format!("{change:.6} {:.6}", variance.sqrt()), @"0.141774 0.173950");
    }

    #[test]
    fn a_theme_that_grows_is_found_and_one_that_stays_is_not() {
        let mut rng = random_stream(7, "simulated trends");
        let waves: Vec<(&str, usize)> = (0..60).map(|place| (["1", "2", "10"][place % 3], 0)).collect();
        let (transcripts, _) = study(&waves);
        let of = lengths(60, &mut rng);
        let mut with = Vec::new();
        for theme in 0..10 {
            let share = |place: usize| if theme == 0 { 0.05 + 0.15 * (place % 3) as f64 } else { 0.2 };
            with.push((0..60).map(|place| interview(of[place], share(place), 0.1, &mut rng)).collect());
        }
        let tallies = Tallies::from_counts(of, with);
        let (rows, problems) = trends(&transcripts, &tallies, Some("country"), 7);
        assert_eq!((rows.len(), problems.len(), rows[0].waves.as_str()), (20, 0, "1; 2; 10"));
        let of_segments: Vec<&Trend> = rows.iter().filter(|row| row.measure == Measure::Segments).collect();
        assert!(
            of_segments[0].p_adjusted.unwrap() < 0.05 && of_segments[0].interval.low > 0.0,
            "{:?}",
            of_segments[0]
        );
        assert!(of_segments[1..].iter().all(|row| row.p_adjusted.unwrap() > 0.05));
    }

    #[test]
    fn a_theme_that_is_nowhere_has_width_and_one_wave_has_no_trend() {
        let (_, Interval { low, high }) = line(&points(&[(0, 0, 9), (0, 0, 9), (1, 0, 9), (1, 0, 9)]));
        assert!(low < -0.01 && high > 0.01);
        let (transcripts, _) = study(&[("1", 0), ("1", 0), ("", 0)]);
        let tallies = Tallies::from_counts(vec![9, 9, 9], vec![vec![1, 2, 3]]);
        let (rows, problems) = trends(&transcripts, &tallies, Some("country"), 7);
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(rows, []);
        insta::assert_snapshot!(problems.join("\n"), @r"
        note: groups: 1 of 3 transcripts have no value for `country` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
        warning: groups: `country` has one value alone: there is no change to see over time.
        ");
        assert_eq!(trends(&transcripts, &tallies, None, 7), (vec![], vec![]));
        assert_eq!(p_value(&points(&[(0, 1, 9), (1, 2, 9)]), 7, "test"), None);
    }
}
