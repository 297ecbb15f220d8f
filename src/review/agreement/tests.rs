//! Agreement against the reference implementations (tests/fixtures/review/agreement.py), and what it promises on any input.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::compare::Interval;
use crate::results::Coding;

/// Sheets of several coders, a list of answers for each theme, as codings with one chance for all.
fn codings(answers: &[Vec<Vec<Option<bool>>>], probability: f64) -> Codings {
    let (coders, segments) = (answers[0].len(), answers[0][0].len());
    let mut rows = Vec::new();
    for segment in 0..segments {
        for coder in 0..coders {
            let themes: Vec<Option<bool>> = answers.iter().map(|theme| theme[coder][segment]).collect();
            if themes.iter().any(Option::is_some) {
                rows.push(Coding { segment, coder, probability, themes });
            }
        }
    }
    Codings {
        coders: (0..coders).map(|coder| format!("coder {coder}")).collect(),
        rows,
        ..Codings::default()
    }
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../tests/fixtures/review/agreement.json")).unwrap()
}

fn answers(value: &Value) -> Vec<Option<bool>> {
    value.as_array().unwrap().iter().map(Value::as_bool).collect()
}

/// The codings, machine labels and interviews of the fixture.
fn study(fixture: &Value, probability: f64) -> (Codings, Vec<Vec<usize>>, Vec<usize>) {
    let themes = fixture["answers"].as_array().unwrap();
    let coders = |theme: &Value| theme.as_array().unwrap().iter().map(answers).collect::<Vec<_>>();
    let codings = codings(&themes.iter().map(coders).collect::<Vec<_>>(), probability);
    let machine: Vec<Vec<Option<bool>>> =
        fixture["machine"].as_array().unwrap().iter().map(answers).collect();
    let interviews: Vec<usize> =
        fixture["interviews"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap() as usize).collect();
    let carried = (0..interviews.len())
        .map(|segment| (0..machine.len()).filter(|&theme| machine[theme][segment] == Some(true)).collect())
        .collect();
    (codings, carried, interviews)
}

fn rater(word: &Value) -> Rater {
    word.as_str().unwrap().parse().map_or(Rater::Machine, Rater::Coder)
}

fn coefficient(row: &Agreement, name: &str) -> Option<Coefficient> {
    match name {
        "percent" => Some(row.percent),
        "cohen_kappa" => row.cohen_kappa,
        "fleiss_kappa" => row.fleiss_kappa,
        "gwet_ac1" => Some(row.gwet_ac1),
        "krippendorff_alpha" => row.krippendorff_alpha,
        "prevalence_index" => Some(row.prevalence_index),
        "bias_index" => row.bias_index,
        _ => None,
    }
}

const NAMES: [&str; 7] = [
    "percent",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "prevalence_index",
    "bias_index",
];

fn assert_near(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-6, "{what}: {found}, not {expected}");
}

#[test]
fn coefficients_and_intervals_are_those_of_the_references() {
    let fixture = fixture();
    // Equal chances are as good as none, whatever they are.
    for probability in [1.0, 0.125] {
        let (codings, machine, interviews) = study(&fixture, probability);
        let rows = agreement(&codings, &machine, &interviews, 2);
        for expected in fixture["pairs"].as_array().unwrap() {
            let theme = expected["theme"].as_u64().map(|theme| theme as usize);
            let raters = Raters::Pair(rater(&expected["pair"][0]), rater(&expected["pair"][1]));
            let row = rows.iter().find(|row| row.theme == theme && row.raters == raters).unwrap();
            // Against the machine, a chance below 1 does not make the pair another one.
            assert_eq!(u64::from(row.decisions), expected["decisions"].as_u64().unwrap());
            assert_eq!(u64::from(row.interviews), expected["interviews"].as_u64().unwrap());
            for name in NAMES {
                let Coefficient { value, interval } = coefficient(row, name).unwrap();
                for (found, expected) in
                    [value, interval.low, interval.high].into_iter().zip(expected[name].as_array().unwrap())
                {
                    assert_near(found, expected, &format!("{name} of {raters:?} on {theme:?}"));
                }
            }
        }
        for expected in fixture["all_coders"].as_array().unwrap() {
            let theme = expected["theme"].as_u64().map(|theme| theme as usize);
            let row = rows.iter().find(|row| row.theme == theme && row.raters == Raters::AllCoders).unwrap();
            for name in ["percent", "fleiss_kappa", "gwet_ac1", "krippendorff_alpha"] {
                assert_near(coefficient(row, name).unwrap().value, &expected[name], name);
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
    let by_value: Vec<Vec<Vec<Option<bool>>>> = (1..=4)
        .map(|value| {
            units.iter().map(|row| row.iter().map(|&one| one.map(|one| one == value)).collect()).collect()
        })
        .collect();
    let interviews: Vec<usize> = (0..15).collect();
    let rows = agreement(&codings(&by_value, 1.0), &vec![Vec::new(); 15], &interviews, 4);
    // Nominal disagreement is the sum of that of each value against all others, found and expected.
    let (mut observed, mut expected) = (0.0, 0.0);
    for (value, alpha) in example["by_value"].as_array().unwrap().iter().enumerate() {
        let row =
            rows.iter().find(|row| row.theme == Some(value) && row.raters == Raters::AllCoders).unwrap();
        assert_near(row.krippendorff_alpha.unwrap().value, alpha, "alpha of a value");
        let decided = decisions(&codings(&by_value, 1.0), &vec![Vec::new(); 15], &interviews, value);
        let sums = tallies(&decided.iter().collect::<Vec<_>>(), Raters::AllCoders)
            .iter()
            .fold(Tally::default(), Tally::plus);
        let alpha = coefficient::coefficients(&sums).unwrap().krippendorff_alpha.unwrap();
        observed += (1.0 - alpha.value) * alpha.expected;
        expected += alpha.expected;
    }
    assert_near(1.0 - observed / expected, &example["nominal"], "nominal alpha");
    insta::assert_snapshot!(format!("{:.6}", 1.0 - observed / expected), @"0.691358");
}

/// Two coders of so many characters, as programs for coding count them: one coder, the other, both.
fn characters(all: usize, first: usize, second: usize, both: usize) -> Agreement {
    let first_says = |place: usize| place < first;
    let second_says = |place: usize| (first - both..first - both + second).contains(&place);
    let sheet = |says: &dyn Fn(usize) -> bool| (0..all).map(|place| Some(says(place))).collect::<Vec<_>>();
    let codings = codings(&[vec![sheet(&first_says), sheet(&second_says)]], 1.0);
    let interviews: Vec<usize> = (0..all).map(|place| place * 10 / all).collect();
    agreement(&codings, &vec![Vec::new(); all], &interviews, 1).swap_remove(1)
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
    let codings = codings(&[vec![sheet(first), sheet(second)]], 0.5);
    let interviews: Vec<usize> = (0..first.len()).map(|segment| segment / size).collect();
    let rows = agreement(&codings, &vec![Vec::new(); first.len()], &interviews, 1);
    let row = rows.iter().find(|row| row.theme == Some(0)).unwrap();
    let line = |name: &&str| match coefficient(row, name) {
        None => format!("{name}: none"),
        Some(Coefficient { value, interval: Interval { low, high } }) => {
            format!("{name}: {value:.3} ({low:.3}, {high:.3})")
        }
    };
    NAMES.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn perfect_agreement_has_width() {
    let answers: Vec<bool> = (0..60).map(|place| place % 7 == 0).collect();
    insta::assert_snapshot!(shown(&answers, &answers, 6), @r"
    percent: 1.000 (0.858, 1.000)
    cohen_kappa: 1.000 (0.441, 1.000)
    fleiss_kappa: 1.000 (0.441, 1.000)
    gwet_ac1: 1.000 (0.809, 1.000)
    krippendorff_alpha: 1.000 (0.446, 1.000)
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
    prevalence_index: -1.000 (-1.000, -0.633)
    bias_index: 0.000 (-0.184, 0.184)
    ");
}

#[test]
fn one_interview_has_the_widest_interval() {
    let first: Vec<bool> = (0..20).map(|place| place % 3 == 0).collect();
    let second: Vec<bool> = (0..20).map(|place| place % 3 == 0 || place == 4).collect();
    insta::assert_snapshot!(shown(&first, &second, 20), @r"
    percent: 0.950 (0.252, 1.000)
    cohen_kappa: 0.894 (-0.592, 1.000)
    fleiss_kappa: 0.893 (-0.596, 1.000)
    gwet_ac1: 0.906 (-0.408, 1.000)
    krippendorff_alpha: 0.896 (-0.556, 1.000)
    prevalence_index: -0.250 (-0.973, 0.845)
    bias_index: -0.050 (-0.748, 0.748)
    ");
}

#[test]
fn rare_segments_count_for_the_corpus() {
    // Two segments of a kind that was drawn with certainty and one that stands for ten.
    let row = |segment, coder, probability, applies| Coding {
        segment,
        coder,
        probability,
        themes: vec![Some(applies)],
    };
    let rows = vec![
        row(0, 0, 1.0, true),
        row(0, 1, 1.0, false),
        row(1, 0, 1.0, true),
        row(1, 1, 1.0, false),
        row(2, 0, 0.1, false),
        row(2, 1, 0.1, false),
    ];
    let codings = Codings { coders: vec!["Ana".into(), "Bo".into()], rows, ..Codings::default() };
    let found = agreement(&codings, &[vec![], vec![], vec![]], &[0, 1, 2], 1);
    assert!((found[1].percent.value - 10.0 / 12.0).abs() < 1e-12);
    assert!((found[1].bias_index.unwrap().value - 2.0 / 12.0).abs() < 1e-12);
}

#[test]
fn disagreements_among_coders_come_first_and_theme_by_theme() {
    let says = |answers: &str| {
        let one = |letter| match letter {
            'y' => Some(true),
            'n' => Some(false),
            _ => None,
        };
        answers.chars().map(one).collect::<Vec<_>>()
    };
    let codings = codings(
        &[vec![says("yynn"), says("ynn-"), says("yynn")], vec![says("yyyn"), says("nnyn"), says("y--n")]],
        1.0,
    );
    let machine = [vec![0], vec![0], vec![0, 1], vec![1]];
    let name = |rater: &Rater| match rater {
        Rater::Coder(coder) => coder.to_string(),
        Rater::Machine => "machine".to_owned(),
    };
    let names = |raters: &[Rater]| raters.iter().map(name).collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = disagreements(&codings, &machine, &[0, 0, 1, 1], 2)
        .iter()
        .map(|one| {
            format!("theme {} in {}: yes {}, no {}", one.theme, one.segment, names(&one.yes), names(&one.no))
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    theme 1 in 0: yes 0 2, no 1 machine
    theme 1 in 1: yes 0, no 1 machine
    theme 0 in 1: yes 0 2 machine, no 1
    theme 0 in 2: yes machine, no 0 1 2
    theme 1 in 3: yes machine, no 0 1 2
    ");
}

proptest! {
    #[test]
    fn any_codes_give_numbers_in_range(
        rows in prop::collection::vec((0_usize..14, 0_usize..4, 0.0_f64..1.2, prop::collection::vec(any::<Option<bool>>(), 0..3)), 0..60),
        machine in prop::collection::vec(prop::collection::btree_set(0_usize..3, 0..3), 12),
        interviews in prop::collection::vec(0_usize..5, 12),
    ) {
        let mut rows: Vec<Coding> = rows
            .into_iter()
            .map(|(segment, coder, probability, themes)| Coding { segment, coder, probability, themes })
            .collect();
        rows.sort_by_key(|row| (row.segment, row.coder));
        rows.dedup_by_key(|row| (row.segment, row.coder));
        let codings = Codings { coders: vec!["a".into(), "b".into(), "c".into()], rows, ..Codings::default() };
        let machine: Vec<Vec<usize>> = machine.into_iter().map(|themes| themes.into_iter().collect()).collect();
        for row in agreement(&codings, &machine, &interviews, 3) {
            prop_assert!(row.decisions >= row.segments && row.segments >= row.interviews);
            for name in NAMES {
                let Some(Coefficient { value, interval: Interval { low, high } }) = coefficient(&row, name) else { continue };
                let least = if name == "percent" { 0.0 } else { -1.0 };
                prop_assert!(value >= least - 1e-9 && value <= 1.0 + 1e-9, "{name} {value}");
                prop_assert!(low >= least - 1e-9 && high <= 1.0 + 1e-9, "{name} {low} {high}");
                prop_assert!(low <= value + 1e-9 && value <= high + 1e-9, "{name} {low} {value} {high}");
                prop_assert!(high - low > 1e-6, "{name} {low} {value} {high}");
            }
        }
        for one in disagreements(&codings, &machine, &interviews, 3) {
            prop_assert!(!one.yes.is_empty() && !one.no.is_empty());
        }
    }
}
