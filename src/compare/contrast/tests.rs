//! What the contrasts promise: planted differences are found, chance is not, small and odd groups are no trouble.

use super::super::prevalence::tests::study;
use super::super::simulated::{interview, lengths};
use super::*;
use same_bits::random_stream;

fn country() -> ContrastPlan {
    ContrastPlan { attributes: vec!["country".to_owned()], within: None }
}

/// Contrasts between countries of so many interviews, where `share(theme, country)` of the talk is about a theme.
fn simulated(
    sizes: &[(&str, usize)],
    themes: usize,
    correlation: f64,
    share: impl Fn(usize, usize) -> f64,
) -> Vec<Contrast> {
    let mut rng = random_stream(7, "simulated contrasts");
    let countries: Vec<usize> =
        sizes.iter().enumerate().flat_map(|(place, &(_, size))| std::iter::repeat_n(place, size)).collect();
    let (transcripts, _) = study(&countries.iter().map(|&place| (sizes[place].0, 0)).collect::<Vec<_>>());
    let of = lengths(countries.len(), &mut rng);
    let mut with = Vec::new();
    for theme in 0..themes {
        let one = |(&of, &place): (&u32, &usize)| interview(of, share(theme, place), correlation, &mut rng);
        with.push(of.iter().zip(&countries).map(one).collect());
    }
    contrasts(&transcripts, &Tallies::from_counts(of, with), &country(), &[], 7).0
}

/// Interviews of the countries with (segments with the theme, segments).
fn counted(interviews: &[(&str, u32, u32)]) -> (Vec<Transcript>, Tallies) {
    let (transcripts, _) = study(&interviews.iter().map(|&(country, _, _)| (country, 0)).collect::<Vec<_>>());
    let with = vec![interviews.iter().map(|&(_, with, _)| with).collect()];
    (transcripts, Tallies::from_counts(interviews.iter().map(|&(_, _, of)| of).collect(), with))
}

fn show(contrasts: &[Contrast]) -> String {
    let line = |one: &Contrast| {
        let number = |value: Option<f64>| value.map_or("none".to_owned(), |value| format!("{value:.4}"));
        format!(
            "{} − {} ({}, {}), {}: {:.3} ({:.3}, {:.3}), p {}, Holm {}, BH {}, detectable {}{}",
            one.group_a,
            one.group_b,
            one.transcripts_a,
            one.transcripts_b,
            one.measure.as_str(),
            one.difference,
            one.interval.low,
            one.interval.high,
            number(one.p_value),
            number(one.p_adjusted),
            number(one.p_fdr),
            number(one.smallest_detectable),
            if one.language_confounded { ", language" } else { "" }
        )
    };
    contrasts.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn chance_is_not_taken_for_a_difference() {
    // 400 themes that differ between interviews a great deal and between countries not at all, groups of unequal size.
    let rows = simulated(&[("Chile", 12), ("Peru", 25)], 400, 0.3, |_, _| 0.2);
    for measure in Measure::BOTH {
        let found = rows.iter().filter(|row| row.measure == measure && row.p_value.unwrap() < 0.05).count();
        assert!((8..=32).contains(&found), "{found} of 400 below .05 by {}", measure.as_str());
    }
    assert!(rows.iter().all(|row| row.p_adjusted.unwrap() > 0.05));
}

#[test]
fn a_difference_of_ten_points_is_found() {
    // Of 20 themes the first is twice as frequent in one of two countries of 75 interviews each.
    let share = |theme, country| if theme == 0 && country == 1 { 0.25 } else { 0.15 };
    let rows = simulated(&[("Chile", 75), ("Peru", 75)], 20, 0.1, share);
    let segments: Vec<&Contrast> = rows.iter().filter(|row| row.measure == Measure::Segments).collect();
    assert!(segments[0].p_adjusted.unwrap() < 0.01, "{:?}", segments[0]);
    assert!(
        segments[0].interval.low < -0.1 && segments[0].interval.high < -0.02,
        "{:?}",
        segments[0].interval
    );
    assert!((0.05..0.12).contains(&segments[0].smallest_detectable.unwrap()), "{:?}", segments[0]);
    assert!(segments[1..].iter().all(|row| row.p_adjusted.unwrap() > 0.05));
}

#[test]
fn all_pairs_and_all_others_are_compared() {
    let (transcripts, tallies) = counted(&[
        ("Chile", 3, 20),
        ("Chile", 6, 11),
        ("Chile", 5, 35),
        ("Malta", 0, 14),
        ("Malta", 0, 28),
        ("Malta", 1, 30),
        ("Peru", 4, 9),
        ("", 9, 9),
    ]);
    let languages = ["es", "es", "es", "mt", "en", "mt", "es", "es"].map(str::to_owned);
    let (rows, problems) = contrasts(&transcripts, &tallies, &country(), &languages, 7);
    insta::assert_snapshot!(show(&rows), @r"
    Chile − Malta (3, 3), share_segments: 0.198 (-0.486, 0.859), p 0.1000, Holm 0.2485, BH 0.1500, detectable 0.9608, language
    Chile − Malta (3, 3), share_transcripts: 0.667 (-0.243, 0.992), p 0.4000, Holm 0.8000, BH 0.4286, detectable 0.8827, language
    Chile − Peru (3, 1), share_segments: -0.232 (-0.823, 0.564), p none, Holm none, BH none, detectable 0.9906
    Chile − Peru (3, 1), share_transcripts: 0.000 (-0.708, 0.975), p none, Holm none, BH none, detectable none
    Malta − Peru (3, 1), share_segments: -0.431 (-0.985, 0.360), p none, Holm none, BH none, detectable 0.9614, language
    Malta − Peru (3, 1), share_transcripts: -0.667 (-0.992, 0.464), p none, Holm none, BH none, detectable none, language
    Chile − (all others) (3, 4), share_segments: 0.150 (-0.538, 0.813), p 0.3019, Holm 0.3019, BH 0.3019, detectable 0.9661
    Chile − (all others) (3, 4), share_transcripts: 0.500 (-0.329, 0.932), p 0.4286, Holm 0.8000, BH 0.4286, detectable 0.9017
    Malta − (all others) (3, 4), share_segments: -0.226 (-0.687, 0.457), p 0.0828, Holm 0.2485, BH 0.1500, detectable 0.8179, language
    Malta − (all others) (3, 4), share_transcripts: -0.667 (-0.992, 0.164), p 0.1429, Holm 0.4286, BH 0.4286, detectable 0.8261, language
    Peru − (all others) (1, 6), share_segments: 0.336 (-0.168, 0.896), p none, Holm none, BH none, detectable 0.7609
    Peru − (all others) (1, 6), share_transcripts: 0.333 (-0.684, 0.777), p none, Holm none, BH none, detectable none
    ");
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(problems.join("\n"), @r"
    warning: groups: `Chile` and `Malta` (`country`) speak different languages: a difference between them may lie in how well each language is read, not in what people say. `contrasts` marks it in `language_confounded`. (Before reporting one, code a random sample of both groups by hand, or compare within a language.)
    warning: groups: `Malta` and `Peru` (`country`) speak different languages: a difference between them may lie in how well each language is read, not in what people say. `contrasts` marks it in `language_confounded`. (Before reporting one, code a random sample of both groups by hand, or compare within a language.)
    ");
}

#[test]
fn within_ages_a_difference_of_ages_is_none() {
    // The old speak of it three times as often, and there are more of them in Peru; the countries do not differ.
    let interviews: Vec<(&str, usize)> =
        (0..60).map(|place| (if place < 30 { "Chile" } else { "Peru" }, 0)).collect();
    let (mut transcripts, _) = study(&interviews);
    let mut rng = random_stream(7, "simulated ages");
    let of = lengths(60, &mut rng);
    let mut with = Vec::new();
    for (place, (transcript, &of)) in transcripts.iter_mut().zip(&of).enumerate() {
        let old = place % 10 < if place < 30 { 2 } else { 8 };
        transcript.attributes.insert("age".to_owned(), if old { "old" } else { "young" }.to_owned());
        with.push(interview(of, if old { 0.3 } else { 0.1 }, 0.05, &mut rng));
    }
    transcripts[0].attributes.remove("age");
    let plan = ContrastPlan { within: Some("age".to_owned()), ..country() };
    let (rows, problems) = contrasts(&transcripts, &Tallies::from_counts(of, vec![with]), &plan, &[], 7);
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let within = row.within.as_ref().unwrap();
            let Interval { low, high } = within.interval;
            format!(
                "{}: {:.3}, p {:.4}; within {:.3} ({low:.3}, {high:.3}), p {:.4}, Holm {:.4}",
                row.measure.as_str(),
                row.difference,
                row.p_value.unwrap(),
                within.difference,
                within.p_value.unwrap(),
                within.p_adjusted.unwrap()
            )
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    share_segments: -0.116, p 0.0044; within -0.021 (-0.126, 0.075), p 0.6487, Holm 0.6487
    share_transcripts: -0.133, p 0.1140; within -0.090 (-0.317, 0.115), p 0.4211, Holm 0.4211
    ");
    insta::assert_snapshot!(problems[0], @"note: groups: 1 of 60 transcripts have no value for `age` and are in no comparison within it. (`within` under [compare] names an attribute of the participants file, or `language`.)");
}

#[test]
fn within_ages_differences_that_are_there_are_found_and_others_are_not() {
    let interviews: Vec<(&str, usize)> =
        (0..80).map(|place| (if place < 40 { "Chile" } else { "Peru" }, 0)).collect();
    let (mut transcripts, _) = study(&interviews);
    for (place, transcript) in transcripts.iter_mut().enumerate() {
        transcript.attributes.insert("age".to_owned(), format!("{}", place % 3));
    }
    let mut rng = random_stream(7, "simulated ages and countries");
    let of = lengths(80, &mut rng);
    let share = |theme: usize, place: usize| {
        0.1 + 0.05 * (place % 3) as f64 + if theme < 5 && place < 40 { 0.15 } else { 0.0 }
    };
    let with = (0..105)
        .map(|theme| {
            of.iter()
                .enumerate()
                .map(|(place, &of)| interview(of, share(theme, place), 0.1, &mut rng))
                .collect()
        })
        .collect();
    let plan = ContrastPlan { within: Some("age".to_owned()), ..country() };
    let (rows, _) = contrasts(&transcripts, &Tallies::from_counts(of, with), &plan, &[], 7);
    let found = |row: &&Contrast| row.within.as_ref().unwrap().p_value.unwrap() < 0.05;
    let of_segments = |row: &&Contrast| row.measure == Measure::Segments;
    assert_eq!(rows.iter().filter(of_segments).filter(|row| row.theme < 5).filter(found).count(), 5);
    let by_chance = rows.iter().filter(of_segments).filter(|row| row.theme >= 5).filter(found).count();
    assert!(by_chance <= 10, "{by_chance} of 100 below .05");
}

#[test]
fn a_difference_that_is_one_of_languages_turns_round_without_one() {
    // Those who speak Welsh say it all the time, and nearly all of them are in Chile; the others say it more in Peru.
    let mut interviews = vec![("Chile", 18, 20); 12];
    interviews.extend([("Chile", 1, 20); 8]);
    interviews.extend([("Peru", 3, 20), ("Peru", 4, 20), ("Peru", 4, 22)].repeat(6));
    interviews.push(("Peru", 18, 20));
    let (transcripts, tallies) = counted(&interviews);
    let languages: Vec<String> =
        interviews.iter().map(|&(_, with, _)| if with == 18 { "cy" } else { "es" }.to_owned()).collect();
    let (rows, problems) = contrasts(&transcripts, &tallies, &country(), &languages, 7);
    let Interval { low, high } = rows[0].leave_language_out.unwrap();
    insta::assert_snapshot!(format!("{:.3}: {low:.3} to {high:.3}", rows[0].difference), @"0.346: -0.127 to 0.000");
    insta::assert_snapshot!(problems[0], @r#"warning: groups: `Chile` and `Peru` (`country`): differences that turn round when one language is left out: 1; see `leave_language_out_low` and `_high` in `contrasts`. (Compare within languages (`within = "language"` under [compare]), and read the quotes of each language.)"#);
    let (rows, problems) = contrasts(&transcripts, &tallies, &country(), &vec!["es".to_owned(); 40], 7);
    assert!(rows[0].leave_language_out.is_none() && problems.is_empty());
}

#[test]
fn an_attribute_of_many_groups_is_compared_with_all_others_alone() {
    let names: Vec<String> = (10..31).map(|place| format!("P{place}")).collect();
    let interviews: Vec<(&str, u32, u32)> = names.iter().map(|name| (name.as_str(), 1, 2)).collect();
    let (transcripts, tallies) = counted(&interviews);
    let (rows, problems) = contrasts(&transcripts, &tallies, &country(), &[], 7);
    assert_eq!(rows.len(), 42);
    assert!(rows.iter().all(|row| row.group_b == ALL_OTHERS && row.p_value.is_none()));
    insta::assert_snapshot!(problems[0], @"note: groups: `country` has 21 groups: each is compared with all others, and pairs of groups are left out. (For pairs, join groups in the participants file until there are 20 or fewer.)");
}

#[test]
fn nothing_to_compare_has_no_rows() {
    let (transcripts, tallies) = counted(&[("Chile", 3, 20), ("Chile", 6, 11)]);
    assert_eq!(contrasts(&transcripts, &tallies, &country(), &[], 7), (vec![], vec![]));
    assert_eq!(contrasts(&[], &Tallies::from_counts(vec![], vec![]), &country(), &[], 7), (vec![], vec![]));
    // Groups without a coded segment.
    let (transcripts, tallies) = counted(&[("Chile", 0, 0), ("Peru", 0, 0)]);
    assert_eq!(contrasts(&transcripts, &tallies, &country(), &[], 7).0.len(), 2);
}

#[test]
fn threads_do_not_matter() {
    let all = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| simulated(&[("Chile", 14), ("Malta", 9), ("Peru", 15)], 3, 0.2, |_, _| 0.2))
    };
    assert_eq!(all(1), all(3));
}
