//! What the contrasts promise: all pairs are compared, languages are reported, small and odd groups are no trouble.

use super::super::prevalence::tests::study;
use super::*;
use crate::results::NoProgress;

fn country() -> ContrastPlan {
    ContrastPlan { attributes: vec!["country".to_owned()], within: None }
}

/// Interviews of the countries with (segments with the theme, segments).
fn counted(interviews: &[(&str, u32, u32)]) -> (Vec<Transcript>, CountTable) {
    let (transcripts, _) = study(&interviews.iter().map(|&(country, _, _)| (country, 0)).collect::<Vec<_>>());
    let with = vec![interviews.iter().map(|&(_, with, _)| with).collect()];
    (transcripts, CountTable::new(interviews.iter().map(|&(_, _, of)| of).collect(), with))
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
            measure_name(one.measure),
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
fn all_pairs_and_all_others_are_compared() {
    let (transcripts, counts) = counted(&[
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
    let (rows, problems) = contrasts(&transcripts, &counts, &country(), &languages, 7, &NoProgress);
    insta::assert_snapshot!(show(&rows), @r"
    Chile − Malta (3, 3), share_segments: 0.198 (-0.486, 0.859), p 0.1000, Holm 0.2485, BH 0.1500, detectable 0.9608, language
    Chile − Malta (3, 3), share_transcripts: 0.810 (-0.156, 0.950), p 0.1000, Holm 0.2000, BH 0.1429, detectable 0.7901, language
    Chile − Peru (3, 1), share_segments: -0.232 (-0.823, 0.564), p none, Holm none, BH none, detectable 0.9906
    Chile − Peru (3, 1), share_transcripts: -0.116 (-0.792, 0.866), p none, Holm none, BH none, detectable none
    Malta − Peru (3, 1), share_segments: -0.431 (-0.985, 0.360), p none, Holm none, BH none, detectable 0.9614, language
    Malta − Peru (3, 1), share_transcripts: -0.900 (-1.000, 0.290), p none, Holm none, BH none, detectable 0.9217, language
    Chile − (all others) (3, 4), share_segments: 0.150 (-0.538, 0.813), p 0.3019, Holm 0.3019, BH 0.3019, detectable 0.9661
    Chile − (all others) (3, 4), share_transcripts: 0.559 (-0.297, 0.888), p 0.1429, Holm 0.2000, BH 0.1429, detectable 0.8470
    Malta − (all others) (3, 4), share_segments: -0.226 (-0.687, 0.457), p 0.0828, Holm 0.2485, BH 0.1500, detectable 0.8179, language
    Malta − (all others) (3, 4), share_transcripts: -0.813 (-0.946, 0.093), p 0.0567, Holm 0.1700, BH 0.1429, detectable 0.7426, language
    Peru − (all others) (1, 6), share_segments: 0.336 (-0.168, 0.896), p none, Holm none, BH none, detectable 0.7609
    Peru − (all others) (1, 6), share_transcripts: 0.508 (-0.541, 0.886), p none, Holm none, BH none, detectable none
    ");
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(problems.join("\n"), @r"
    warning: groups: `Chile` and `Malta` (`country`) speak different languages: a difference between them may lie in how well each language is read, not in what people say. `contrasts` marks it in `language_confounded`. (Before reporting one, code a random sample of both groups by hand, or compare within a language.)
    warning: groups: `Malta` and `Peru` (`country`) speak different languages: a difference between them may lie in how well each language is read, not in what people say. `contrasts` marks it in `language_confounded`. (Before reporting one, code a random sample of both groups by hand, or compare within a language.)
    ");
}

#[test]
fn transcripts_without_an_age_are_in_no_comparison_within_ages() {
    let interviews: Vec<(&str, u32, u32)> =
        (0..24).map(|index| (if index < 12 { "Chile" } else { "Peru" }, index % 7, 9 + index % 5)).collect();
    let (mut transcripts, counts) = counted(&interviews);
    for (index, transcript) in transcripts.iter_mut().enumerate() {
        let age = if index % 6 < if index < 12 { 2 } else { 4 } { "old" } else { "young" };
        transcript.attributes.insert("age".to_owned(), age.to_owned());
    }
    transcripts[0].attributes.remove("age");
    let plan = ContrastPlan { within: Some("age".to_owned()), ..country() };
    let (rows, problems) = contrasts(&transcripts, &counts, &plan, &[], 7, &NoProgress);
    assert_eq!(rows.len(), 2);
    for row in &rows {
        let within = row.within.as_ref().unwrap();
        assert!((within.difference - row.difference).abs() > 1e-6, "{row:?}");
        assert_eq!(within.p_adjusted, within.p_value);
    }
    insta::assert_snapshot!(problems[0], @"note: groups: 1 of 24 transcripts have no value for `age` and are in no comparison within it. (`within` under [compare] names an attribute of the participants file, or `language`.)");
    let by_country = ContrastPlan { within: Some("country".to_owned()), ..country() };
    assert!(
        contrasts(&transcripts, &counts, &by_country, &[], 7, &NoProgress)
            .0
            .iter()
            .all(|row| row.within.is_none())
    );
}

#[test]
fn a_difference_that_is_one_of_languages_turns_round_without_one() {
    // Those who speak Welsh say it all the time, and nearly all of them are in Chile; the others say it more in Peru.
    let mut interviews = vec![("Chile", 18, 20); 12];
    interviews.extend([("Chile", 1, 20); 8]);
    interviews.extend([("Peru", 3, 20), ("Peru", 4, 20), ("Peru", 4, 22)].repeat(6));
    interviews.push(("Peru", 18, 20));
    let (transcripts, counts) = counted(&interviews);
    let languages: Vec<String> =
        interviews.iter().map(|&(_, with, _)| if with == 18 { "cy" } else { "es" }.to_owned()).collect();
    let (rows, problems) = contrasts(&transcripts, &counts, &country(), &languages, 7, &NoProgress);
    let Interval { low, high } = rows[0].leave_language_out.unwrap();
    insta::assert_snapshot!(format!("{:.3}: {low:.3} to {high:.3}", rows[0].difference), @"0.346: -0.127 to 0.000");
    insta::assert_snapshot!(problems[0], @r#"warning: groups: `Chile` and `Peru` (`country`): differences that turn round when one language is left out: 1; see `leave_language_out_low` and `_high` in `contrasts`. (Compare within languages (`within = "language"` under [compare]), and read the quotes of each language.)"#);
    let (rows, problems) =
        contrasts(&transcripts, &counts, &country(), &vec!["es".to_owned(); 40], 7, &NoProgress);
    assert!(rows[0].leave_language_out.is_none() && problems.is_empty());
}

#[test]
fn an_attribute_of_many_groups_is_compared_with_all_others_alone() {
    let names: Vec<String> = (10..31).map(|index| format!("P{index}")).collect();
    let interviews: Vec<(&str, u32, u32)> = names.iter().map(|name| (name.as_str(), 1, 2)).collect();
    let (transcripts, counts) = counted(&interviews);
    let (rows, problems) = contrasts(&transcripts, &counts, &country(), &[], 7, &NoProgress);
    assert_eq!(rows.len(), 42);
    assert!(rows.iter().all(|row| row.group_b == ALL_OTHERS && row.p_value.is_none()));
    insta::assert_snapshot!(problems[0], @"note: groups: `country` has 21 groups: each is compared with all others, and pairs of groups are left out. (For pairs, join groups in the participants file until there are 20 or fewer.)");
}

#[test]
fn nothing_to_compare_has_no_rows() {
    let (transcripts, counts) = counted(&[("Chile", 3, 20), ("Chile", 6, 11)]);
    assert_eq!(contrasts(&transcripts, &counts, &country(), &[], 7, &NoProgress), (vec![], vec![]));
    assert_eq!(
        contrasts(&[], &CountTable::new(vec![], vec![]), &country(), &[], 7, &NoProgress),
        (vec![], vec![])
    );
    // Groups without a coded segment.
    let (transcripts, counts) = counted(&[("Chile", 0, 0), ("Peru", 0, 0)]);
    assert_eq!(contrasts(&transcripts, &counts, &country(), &[], 7, &NoProgress).0.len(), 2);
}

#[test]
fn threads_do_not_matter() {
    let countries = ["Chile", "Malta", "Peru"];
    let interviews: Vec<(&str, u32, u32)> =
        (0..38_u32).map(|index| (countries[index as usize * 7 % 3], index * 5 % 9, 9 + index % 11)).collect();
    let (transcripts, counts) = counted(&interviews);
    let all = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| contrasts(&transcripts, &counts, &country(), &[], 7, &NoProgress))
    };
    assert_eq!(all(1), all(3));
}
