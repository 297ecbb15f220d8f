//! Agreement against the reference implementations (tests/fixtures/agreement.py), and what it promises for any input.

use proptest::prelude::*;
use serde_json::Value;

use super::sums::Sums;
use super::*;
use crate::Interval;

/// Decisions on one theme, from the answers of each rater to each segment, with one probability for all.
fn decisions(raters: &[Vec<Option<bool>>], interviews: &[usize], probability: f64) -> Vec<Decision> {
    let decision = |(segment, &interview): (usize, &usize)| {
        let answer = |(rater, answers): (usize, &Vec<Option<bool>>)| {
            answers[segment].map(|applies| Answer { rater, applies, probability })
        };
        let answers = raters.iter().enumerate().filter_map(answer).collect();
        Decision { segment, interview, answers }
    };
    interviews.iter().enumerate().map(decision).collect()
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../tests/fixtures/agreement.json")).unwrap()
}

fn answers(value: &Value) -> Vec<Option<bool>> {
    value.as_array().unwrap().iter().map(Value::as_bool).collect()
}

fn indices(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(|one| one.as_u64().unwrap() as usize).collect()
}

fn coefficient(row: &Agreement, name: &str) -> Option<Estimate> {
    COEFFICIENTS.iter().find(|(known, _)| *known == name).and_then(|(_, of)| of(row))
}

fn assert_near(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-6, "{what}: {found}, not {expected}");
}

#[test]
fn coefficients_and_intervals_are_those_of_the_references() {
    let fixture = fixture();
    let interviews = indices(&fixture["interviews"]);
    let [coded, machine] = [&fixture["answers"], &fixture["machine"]].map(|one| one.as_array().unwrap());
    let coders = coded[0].as_array().unwrap().len();
    // Equal probabilities give the result of none, whatever they are.
    for probability in [1.0, 0.125] {
        // The machine, which decided on every segment, is the last rater; decisions without a coder are left out.
        let by_theme: Vec<Vec<Decision>> = coded
            .iter()
            .zip(machine)
            .map(|(coded, machine)| {
                let sheets: Vec<_> = coded.as_array().unwrap().iter().map(answers).collect();
                let mut decisions = decisions(&sheets, &interviews, probability);
                decisions.retain(|decision| !decision.answers.is_empty());
                let machine = answers(machine);
                for decision in &mut decisions {
                    let applies = machine[decision.segment] == Some(true);
                    decision.answers.push(Answer { rater: coders, applies, probability: 1.0 });
                }
                decisions
            })
            .collect();
        let rater = |word: &Value| word.as_str().unwrap().parse().unwrap_or(coders);
        let found = |theme: &Value, raters: &[usize]| {
            let themes = theme.as_u64().map_or(0..by_theme.len(), |theme| theme as usize..theme as usize + 1);
            agreement(by_theme[themes].iter().flatten(), raters).unwrap()
        };
        for expected in fixture["pairs"].as_array().unwrap() {
            let raters = [rater(&expected["pair"][0]), rater(&expected["pair"][1])];
            let row = found(&expected["theme"], &raters);
            assert_eq!(u64::from(row.decisions), expected["decisions"].as_u64().unwrap());
            assert_eq!(u64::from(row.interviews), expected["interviews"].as_u64().unwrap());
            // The packages that the fixture is from do not compute PABAK, which is 2 × percent − 1.
            for (name, of) in COEFFICIENTS.into_iter().filter(|(name, _)| *name != "pabak") {
                let Estimate { value, interval } = of(&row).unwrap();
                for (found, expected) in
                    [value, interval.low, interval.high].into_iter().zip(expected[name].as_array().unwrap())
                {
                    assert_near(found, expected, &format!("{name} of {raters:?}"));
                }
            }
        }
        for expected in fixture["all_coders"].as_array().unwrap() {
            let row = found(&expected["theme"], &(0..coders).collect::<Vec<_>>());
            for name in ["percent", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha"] {
                assert_near(coefficient(&row, name).unwrap().value, &expected[name], name);
            }
            assert_eq!((row.cohen_kappa, row.bias_index), (None, None));
        }
    }
}

#[test]
fn alpha_is_that_of_the_package_and_its_tests() {
    let fixture = fixture();
    let example = &fixture["krippendorff"];
    let units: Vec<Vec<Option<u64>>> = example["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_array().unwrap().iter().map(Value::as_u64).collect())
        .collect();
    let raters: Vec<usize> = (0..units.len()).collect();
    let interviews: Vec<usize> = (0..15).collect();
    // Nominal disagreement is the sum of that of each value against all others, observed and expected.
    let (mut observed, mut expected) = (0.0, 0.0);
    for (value, alpha) in (1..=4).zip(example["by_value"].as_array().unwrap()) {
        let sheets: Vec<Vec<Option<bool>>> =
            units.iter().map(|row| row.iter().map(|&one| one.map(|one| one == value)).collect()).collect();
        let decisions = decisions(&sheets, &interviews, 1.0);
        let row = agreement(&decisions, &raters).unwrap();
        assert_near(row.krippendorff_alpha.unwrap().value, alpha, "alpha of a value");
        let sums = sums_by_interview(&decisions.iter().collect::<Vec<_>>(), &raters)
            .iter()
            .fold(Sums::default(), Sums::plus);
        let alpha = coefficient::coefficients(&sums).unwrap().krippendorff_alpha.unwrap();
        observed += (1.0 - alpha.value) * alpha.expected;
        expected += alpha.expected;
    }
    assert_near(1.0 - observed / expected, &example["nominal"], "nominal alpha");
    insta::assert_snapshot!(format!("{:.6}", 1.0 - observed / expected), @"0.691358");
}

/// Two coders of so many characters, as programs for coding count them: one coder, the other, both.
fn characters(all: usize, first: usize, second: usize, both: usize) -> Agreement {
    let first_says = |index: usize| index < first;
    let second_says = |index: usize| (first - both..first - both + second).contains(&index);
    let sheet = |says: &dyn Fn(usize) -> bool| (0..all).map(|index| Some(says(index))).collect::<Vec<_>>();
    let interviews: Vec<usize> = (0..all).map(|index| index * 10 / all).collect();
    agreement(&decisions(&[sheet(&first_says), sheet(&second_says)], &interviews, 1.0), &[0, 1]).unwrap()
}

#[test]
fn kappa_counts_what_neither_coded() {
    // One widely used program shows .660, .660, .299 and .836 here.
    let found =
        [(1_000, 100, 100, 80), (10_000, 100, 100, 80), (1_000, 500, 500, 250), (1_000, 900, 900, 820)].map(
            |(all, first, second, both)| characters(all, first, second, both).cohen_kappa.unwrap().value,
        );
    insta::assert_snapshot!(format!("{found:.3?}"), @"[0.778, 0.798, 0.000, 0.111]");
}

/// A line a coefficient of the only pair of coders, on one theme, in interviews of `size` segments.
fn shown(first: &[bool], second: &[bool], size: usize) -> String {
    let sheet = |answers: &[bool]| answers.iter().copied().map(Some).collect::<Vec<_>>();
    let interviews: Vec<usize> = (0..first.len()).map(|segment| segment / size).collect();
    let row = agreement(&decisions(&[sheet(first), sheet(second)], &interviews, 0.5), &[0, 1]).unwrap();
    let line = |(name, of): &(&str, Coefficient)| match of(&row) {
        None => format!("{name}: none"),
        Some(Estimate { value, interval: Interval { low, high } }) => {
            format!("{name}: {value:.3} ({low:.3}, {high:.3})")
        }
    };
    COEFFICIENTS.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn perfect_agreement_has_width() {
    let answers: Vec<bool> = (0..60).map(|index| index % 7 == 0).collect();
    insta::assert_snapshot!(shown(&answers, &answers, 6), @r"
    percent: 1.000 (0.858, 1.000)
    cohen_kappa: 1.000 (0.441, 1.000)
    fleiss_kappa: 1.000 (0.441, 1.000)
    gwet_ac1: 1.000 (0.809, 1.000)
    krippendorff_alpha: 1.000 (0.446, 1.000)
    pabak: 1.000 (0.715, 1.000)
    prevalence_index: -0.700 (-0.855, -0.429)
    bias_index: 0.000 (-0.142, 0.142)
    ");
}

#[test]
fn a_theme_that_nobody_sees_has_no_kappa() {
    insta::assert_snapshot!(shown(&[false; 40], &[false; 40], 5), @r"
    percent: 1.000 (0.816, 1.000)
    cohen_kappa: none
    fleiss_kappa: none
    gwet_ac1: 1.000 (0.816, 1.000)
    krippendorff_alpha: none
    pabak: 1.000 (0.633, 1.000)
    prevalence_index: -1.000 (-1.000, -0.633)
    bias_index: 0.000 (-0.184, 0.184)
    ");
}

#[test]
fn one_interview_has_the_widest_interval() {
    let first: Vec<bool> = (0..20).map(|index| index % 3 == 0).collect();
    let second: Vec<bool> = (0..20).map(|index| index % 3 == 0 || index == 4).collect();
    insta::assert_snapshot!(shown(&first, &second, 20), @r"
    percent: 0.950 (0.252, 1.000)
    cohen_kappa: 0.894 (-0.592, 1.000)
    fleiss_kappa: 0.893 (-0.596, 1.000)
    gwet_ac1: 0.906 (-0.408, 1.000)
    krippendorff_alpha: 0.896 (-0.556, 1.000)
    pabak: 0.900 (-0.496, 1.000)
    prevalence_index: -0.250 (-0.973, 0.845)
    bias_index: -0.050 (-0.748, 0.748)
    ");
}

#[test]
fn rare_segments_count_for_the_corpus() {
    // Two segments of a kind that was drawn with certainty and one that stands for ten.
    let decision = |segment, probability, first, second| Decision {
        segment,
        interview: segment,
        answers: vec![
            Answer { rater: 0, applies: first, probability },
            Answer { rater: 1, applies: second, probability },
        ],
    };
    let all = [decision(0, 1.0, true, false), decision(1, 1.0, true, false), decision(2, 0.1, false, false)];
    let found = agreement(&all, &[0, 1]).unwrap();
    assert!((found.percent.value - 10.0 / 12.0).abs() < 1e-12);
    assert!((found.bias_index.unwrap().value - 2.0 / 12.0).abs() < 1e-12);
    assert_eq!(agreement(&all, &[0]), None);
    assert_eq!(agreement(&all, &[0, 7]), None);
}

proptest! {
    #[test]
    fn any_codes_give_numbers_in_range(
        all in prop::collection::vec(
            (0_usize..14, 0_usize..5, prop::collection::vec((0_usize..4, any::<bool>(), 0.0_f64..1.2), 0..5)),
            0..40,
        ),
    ) {
        let decisions: Vec<Decision> = all
            .into_iter()
            .map(|(segment, interview, answers)| Decision {
                segment,
                interview,
                answers: answers
                    .into_iter()
                    .map(|(rater, applies, probability)| Answer { rater, applies, probability })
                    .collect(),
            })
            .collect();
        for raters in [&[0, 1][..], &[1, 2], &[0, 1, 2]] {
            let Some(row) = agreement(&decisions, raters) else { continue };
            prop_assert!(row.decisions >= row.segments);
            for (name, of) in COEFFICIENTS {
                let Some(Estimate { value, interval: Interval { low, high } }) = of(&row) else { continue };
                let least = if name == "percent" { 0.0 } else { -1.0 };
                prop_assert!(value >= least - 1e-9 && value <= 1.0 + 1e-9, "{name} {value}");
                prop_assert!(low >= least - 1e-9 && high <= 1.0 + 1e-9, "{name} {low} {high}");
                prop_assert!(low <= value + 1e-9 && value <= high + 1e-9, "{name} {low} {value} {high}");
                prop_assert!(high - low > 1e-6, "{name} {low} {value} {high}");
            }
        }
    }
}
