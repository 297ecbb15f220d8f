//! Trends: how the share of a theme changes over time or over any other ordered variable.

use rand::Rng;
use same_bits::RandomStream;

use crate::interval::{effective_number, student};
use crate::monte_carlo::{self, TIE, is_extreme};
use crate::settings::TAIL_PROBABILITY;
use crate::{Count, Interval};

/// Rearrangements that are drawn for a p value at most.
const MAX_PERMUTATIONS: u32 = 9_999;

/// How the share of a theme changes over time.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Trend {
    /// Change of the share per unit of time: the slope of a line through the interviews; 0 where all are of one time.
    pub slope: f64,
    /// Its 95 % interval, within −1 to 1.
    pub interval: Interval,
    /// Two-sided p value, above 0 to 1; none for fewer than three interviews. Not adjusted for the number of tests.
    pub p_value: Option<f64>,
}

/// An interview at a time.
#[derive(Clone, Copy)]
struct Point {
    time: f64,
    count: Count,
}

/// The trend of a theme over interviews, given by their times and their counts; interviews without trials are left out.
///
/// With *wᵢ* = *mᵢ* the segments of an interview (or 1), *rᵢ* its share and *tᵢ* its time: slope = Σ *wᵢ* (*tᵢ* − *t̄*) *rᵢ* ÷ *Q* with *Q* = Σ *wᵢ* (*tᵢ* − *t̄*)², a
/// weighted regression. Its variance is Σ *wᵢ*² (*tᵢ* − *t̄*)² *eᵢ*² ÷ (1 − *hᵢ*) ÷ *Q*², with residuals *e* and leverages *h* (HC2 of MacKinnon and White,
/// 1985), no less than independent segments would give. The degrees of freedom of *t* are the effective number of interviews that carry the
/// theme, and that do not, less two, no more than the interviews less two and at least 1. The p value is from times that are reassigned to
/// the interviews at random, up to 9,999 times, with the squared slope over its variance as the statistic.
pub fn trend(interviews: &[(f64, Count)], rng: &mut RandomStream) -> Trend {
    let points: Vec<Point> = interviews
        .iter()
        .filter(|(_, count)| count.trials > 0)
        .map(|&(time, count)| Point { time, count })
        .collect();
    let (slope, interval) = line(&points);
    Trend { slope, interval, p_value: p_value(&points, rng) }
}

/// A slope and its variance.
struct Slope {
    slope: f64,
    variance: f64,
}

/// The slope when the interviews are at `times`; none where all are of one time.
fn slope(points: &[Point], times: &[f64]) -> Option<Slope> {
    let weight = |point: &Point| f64::from(point.count.trials);
    let share = |point: &Point| f64::from(point.count.successes) / f64::from(point.count.trials);
    let (mut all, mut successes, mut sum) = (0.0, 0.0, 0.0);
    for (point, time) in points.iter().zip(times) {
        all += weight(point);
        successes += f64::from(point.count.successes);
        sum += weight(point) * time;
    }
    let (middle, mean) = (sum / all, successes / all);
    let (mut square, mut product) = (0.0, 0.0);
    for (point, time) in points.iter().zip(times) {
        square += weight(point) * (time - middle).powi(2);
        product += weight(point) * (time - middle) * (share(point) - mean);
    }
    if square.is_nan() || square <= 0.0 {
        return None;
    }
    let slope = product / square;
    let mut variance = 0.0;
    let mut independent = 0.0;
    for (point, time) in points.iter().zip(times) {
        let from_middle = time - middle;
        let leverage = weight(point) * (1.0 / all + from_middle * from_middle / square);
        let rest = share(point) - mean - slope * from_middle;
        let part = (weight(point) * from_middle / square).powi(2);
        variance += part * rest * rest / (1.0 - leverage).max(TIE);
        independent += part / weight(point);
    }
    // A theme that is nowhere might still have been in half an interview.
    let possible = 0.5 / (points.len() as f64 + 1.0);
    let expected = mean.clamp(possible, 1.0 - possible);
    Some(Slope { slope, variance: variance.max(independent * expected * (1.0 - expected)) })
}

/// The slope and its interval.
fn line(points: &[Point]) -> (f64, Interval) {
    let widest = Interval { low: -1.0, high: 1.0 };
    let times: Vec<f64> = points.iter().map(|point| point.time).collect();
    let Some(Slope { slope, variance }) = slope(points, &times) else { return (0.0, widest) };
    let carriers = effective_number(points.iter().map(|point| f64::from(point.count.successes)));
    let others = effective_number(
        points.iter().map(|point| f64::from(point.count.trials.saturating_sub(point.count.successes))),
    );
    let number = points.len() as f64;
    // A theme that is nowhere, or everywhere, has no carriers to count; all interviews show that it does not vary.
    let known = |effective: f64| if effective > 0.0 { effective } else { number };
    let degrees_of_freedom = (known(carriers).min(known(others)).min(number) - 2.0).max(1.0);
    let Some(reach) = student(degrees_of_freedom, TAIL_PROBABILITY).map(|reach| reach * variance.sqrt())
    else {
        return (slope, widest);
    };
    (slope, Interval { low: (slope - reach).max(-1.0), high: (slope + reach).min(1.0) })
}

fn p_value(points: &[Point], rng: &mut RandomStream) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let statistic = |times: &[f64]| {
        slope(points, times).map_or(0.0, |slope| {
            if slope.slope.abs() <= TIE { 0.0 } else { slope.slope * slope.slope / slope.variance }
        })
    };
    let times: Vec<f64> = points.iter().map(|point| point.time).collect();
    let observed = statistic(&times);
    let rearrange = |times: &mut Vec<f64>, _: &[usize]| {
        for last in (1..times.len()).rev() {
            times.swap(last, rng.gen_range(0..=last));
        }
    };
    let extreme = |_, times: &Vec<f64>| is_extreme(statistic(times), observed);
    monte_carlo::p_values(1, MAX_PERMUTATIONS, times, rearrange, extreme).pop()
}

#[cfg(test)]
mod tests {
    use same_bits::random_stream;

    use super::*;
    use crate::adjust::holm;
    use crate::simulated::{interview, lengths};

    fn points(counts: &[(usize, u32, u32)]) -> Vec<Point> {
        counts
            .iter()
            .map(|&(time, successes, trials)| Point { time: time as f64, count: Count { successes, trials } })
            .collect()
    }

    #[test]
    fn slopes_are_those_of_statsmodels() {
        // Printed by tests/fixtures/oracle.py: weighted least squares with HC2 errors.
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
        let times: Vec<f64> = points.iter().map(|point| point.time).collect();
        let Slope { slope, variance } = super::slope(&points, &times).unwrap();
        insta::assert_snapshot!(format!("{slope:.6} {:.6}", variance.sqrt()), @"0.141774 0.173950");
    }

    #[test]
    fn a_theme_that_grows_is_found_and_one_that_stays_is_not() {
        let mut rng = random_stream(7, "simulated trends");
        let trials = lengths(60, &mut rng);
        let mut p_values = Vec::new();
        let mut intervals = Vec::new();
        for theme in 0..10 {
            let share = |index: usize| if theme == 0 { 0.05 + 0.15 * (index % 3) as f64 } else { 0.2 };
            let mut interviews: Vec<(f64, Count)> = (0..60)
                .map(|index| {
                    let successes = interview(trials[index], share(index), 0.1, &mut rng);
                    ((index % 3) as f64, Count { successes, trials: trials[index] })
                })
                .collect();
            interviews.sort_by(|a, b| a.0.total_cmp(&b.0));
            let found = trend(&interviews, &mut random_stream(7, "trends\ncountry\nshare_segments"));
            p_values.push(found.p_value);
            intervals.push(found.interval);
        }
        let adjusted = holm(&p_values);
        assert!(
            adjusted[0].unwrap() < 0.05 && intervals[0].low > 0.0,
            "{:?} {:?}",
            adjusted[0],
            intervals[0]
        );
        assert!(adjusted[1..].iter().all(|p| p.unwrap() > 0.05));
    }

    #[test]
    fn a_theme_that_is_nowhere_has_width() {
        let (_, Interval { low, high }) = line(&points(&[(0, 0, 9), (0, 0, 9), (1, 0, 9), (1, 0, 9)]));
        assert!(low < -0.01 && high > 0.01);
        assert_eq!(p_value(&points(&[(0, 1, 9), (1, 2, 9)]), &mut random_stream(7, "test")), None);
    }
}
