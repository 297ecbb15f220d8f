//! What comparisons promise: planted differences are found, chance is not, and another attribute is not taken for a difference.

use same_bits::random_stream;

use super::*;
use crate::adjust::holm;
use crate::simulated::{interview, lengths};

/// The stream that a program for several attributes would name so.
fn rng(groups: [&str; 2], measure: Measure, within: &str) -> RandomStream {
    let measure = match measure {
        Measure::Segments => "share_segments",
        Measure::Interviews => "share_transcripts",
    };
    random_stream(7, &(["contrasts", "country", groups[0], groups[1], measure].join("\n") + within))
}

/// Two groups of so many interviews, where `share(theme, group)` of the talk is about a theme; differences by both measures.
fn simulated(
    sizes: [usize; 2],
    themes: usize,
    correlation: f64,
    share: impl Fn(usize, usize) -> f64,
) -> [Vec<Difference>; 2] {
    let mut random = random_stream(7, "simulated contrasts");
    let all = sizes[0] + sizes[1];
    let trials = lengths(all, &mut random);
    let mut successes = Vec::new();
    for theme in 0..themes {
        let one = |(index, &segments): (usize, &u32)| {
            interview(segments, share(theme, usize::from(index >= sizes[0])), correlation, &mut random)
        };
        successes.push(trials.iter().enumerate().map(one).collect());
    }
    let table = CountTable::new(trials, successes);
    let interviews: Vec<usize> = (0..all).collect();
    let (a, b) = interviews.split_at(sizes[0]);
    Measure::BOTH
        .map(|measure| compare_groups(&table, [a, b], measure, &mut rng(["Chile", "Peru"], measure, "")))
}

fn adjusted(rows: &[Difference]) -> Vec<f64> {
    let p_values: Vec<Option<f64>> = rows.iter().map(|row| row.p_value).collect();
    holm(&p_values).into_iter().flatten().collect()
}

#[test]
fn chance_is_not_taken_for_a_difference() {
    // 400 themes that differ between interviews a great deal and between countries not at all, groups of unequal size.
    for rows in simulated([12, 25], 400, 0.3, |_, _| 0.2) {
        let found = rows.iter().filter(|row| row.p_value.unwrap() < 0.05).count();
        assert!((8..=32).contains(&found), "{found} of 400 below .05");
        assert!(adjusted(&rows).iter().all(|&p| p > 0.05));
    }
}

#[test]
fn longer_interviews_are_not_taken_for_a_difference() {
    // Interviews of the second group are ten times as long; themes are as frequent in the talk of both. More cases: benches/coverage.rs.
    let mut random = random_stream(7, "simulated lengths");
    let mut shown = Vec::new();
    for (sizes, share) in [([12, 12], 0.02), ([8, 24], 0.3), ([40, 40], 0.1)] {
        let all = sizes[0] + sizes[1];
        let trials: Vec<u32> = lengths(all, &mut random)
            .into_iter()
            .enumerate()
            .map(|(index, length)| if index < sizes[0] { length } else { 10 * length })
            .collect();
        let theme =
            |_| trials.iter().map(|&segments| interview(segments, share, 0.15, &mut random)).collect();
        let table = CountTable::new(trials.clone(), (0..300).map(theme).collect());
        let interviews: Vec<usize> = (0..all).collect();
        let (a, b) = interviews.split_at(sizes[0]);
        let mut rng = rng(["Chile", "Peru"], Measure::Interviews, "");
        let rows = compare_groups(&table, [a, b], Measure::Interviews, &mut rng);
        let found = rows.iter().filter(|row| row.p_value.unwrap() < 0.05).count();
        let mean = rows.iter().map(|row| row.difference).sum::<f64>() / 300.0;
        assert!(found <= 18 && mean.abs() < 0.03, "{found} of 300 below .05, mean difference {mean}");
        shown.push(format!("{sizes:?} {share}: {found} of 300 below .05, mean difference {mean:.3}"));
    }
    insta::assert_snapshot!(shown.join("\n"), @r"
    [12, 12] 0.02: 2 of 300 below .05, mean difference -0.005
    [8, 24] 0.3: 9 of 300 below .05, mean difference 0.001
    [40, 40] 0.1: 9 of 300 below .05, mean difference 0.002
    ");
}

#[test]
fn a_difference_of_ten_points_is_found() {
    // Of 20 themes the first is twice as frequent in one of two countries of 75 interviews each.
    let share = |theme, country| if theme == 0 && country == 1 { 0.25 } else { 0.15 };
    let [segments, _] = simulated([75, 75], 20, 0.1, share);
    let adjusted = adjusted(&segments);
    assert!(adjusted[0] < 0.01, "{:?}", segments[0]);
    assert!(
        segments[0].interval.low < -0.1 && segments[0].interval.high < -0.02,
        "{:?}",
        segments[0].interval
    );
    assert!((0.05..0.12).contains(&segments[0].smallest_detectable.unwrap()), "{:?}", segments[0]);
    assert!(adjusted[1..].iter().all(|&p| p > 0.05));
}

#[test]
fn within_ages_a_difference_of_ages_is_none() {
    // The old speak of it three times as often, and there are more of them in Peru; the countries do not differ.
    let mut random = random_stream(7, "simulated ages");
    let trials = lengths(60, &mut random);
    let old = |index: usize| index % 10 < if index < 30 { 2 } else { 8 };
    let one = |(index, &segments): (usize, &u32)| {
        interview(segments, if old(index) { 0.3 } else { 0.1 }, 0.05, &mut random)
    };
    let successes = trials.iter().enumerate().map(one).collect();
    let table = CountTable::new(trials, vec![successes]);
    let mut ages: Vec<Option<usize>> = (0..60).map(|index| Some(usize::from(!old(index)))).collect();
    ages[0] = None;
    let interviews: Vec<usize> = (0..60).collect();
    let (chile, peru) = interviews.split_at(30);
    let countries = ["Chile", "Peru"];
    let shown = Measure::BOTH.map(|measure| {
        let row = compare_groups(&table, [chile, peru], measure, &mut rng(countries, measure, ""))[0];
        let within = compare_within_strata(
            &table,
            [chile, peru],
            &ages,
            measure,
            &mut rng(countries, measure, "\nwithin"),
        );
        let within = within[0].unwrap();
        let Interval { low, high } = within.interval;
        format!(
            "{:.3}, p {:.4}; within {:.3} ({low:.3}, {high:.3}), p {:.4}",
            row.difference,
            row.p_value.unwrap(),
            within.difference,
            within.p_value.unwrap(),
        )
    });
    insta::assert_snapshot!(shown.join("\n"), @r"
    -0.116, p 0.0044; within -0.021 (-0.126, 0.075), p 0.6487
    -0.176, p 0.0255; within -0.037 (-0.313, 0.241), p 0.7677
    ");
}

#[test]
fn within_ages_differences_that_are_there_are_found_and_others_are_not() {
    let mut random = random_stream(7, "simulated ages and countries");
    let trials = lengths(80, &mut random);
    let share = |theme: usize, index: usize| {
        0.1 + 0.05 * (index % 3) as f64 + if theme < 5 && index < 40 { 0.15 } else { 0.0 }
    };
    let mut successes = Vec::new();
    for theme in 0..105 {
        let one = |(index, &segments)| interview(segments, share(theme, index), 0.1, &mut random);
        successes.push(trials.iter().enumerate().map(one).collect());
    }
    let table = CountTable::new(trials, successes);
    let ages: Vec<Option<usize>> = (0..80).map(|index| Some(index % 3)).collect();
    let interviews: Vec<usize> = (0..80).collect();
    let (chile, peru) = interviews.split_at(40);
    let mut rng = rng(["Chile", "Peru"], Measure::Segments, "\nwithin");
    let rows = compare_within_strata(&table, [chile, peru], &ages, Measure::Segments, &mut rng);
    let found = |row: &&Option<Difference>| row.unwrap().p_value.unwrap() < 0.05;
    assert_eq!(rows[..5].iter().filter(found).count(), 5);
    let by_chance = rows[5..].iter().filter(found).count();
    assert!(by_chance <= 10, "{by_chance} of 100 below .05");
}
