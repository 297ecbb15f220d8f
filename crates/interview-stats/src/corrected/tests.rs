//! Corrected shares against the reference implementations (tests/fixtures/corrected.py), and what they promise for any input.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::Interval;

fn fixture(case: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../tests/fixtures/corrected.json")).unwrap();
    all[case].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect()
}

fn answers(value: &Value) -> Vec<Option<bool>> {
    value.as_array().unwrap().iter().map(Value::as_bool).collect()
}

/// Segments of interviews with labels and the answers of several coders.
fn sample(
    interviews: &[usize],
    machine: &[f64],
    coders: &[&[Option<bool>]],
    probability: impl Fn(usize) -> f64,
) -> CodedSample {
    let segments = interviews.iter().zip(machine).enumerate().map(|(segment, (&interview, &machine))| {
        let said: Vec<f64> = coders
            .iter()
            .filter_map(|coder| coder.get(segment).copied().flatten())
            .map(|applies| f64::from(u8::from(applies)))
            .collect();
        let share = said.iter().sum::<f64>() / said.len() as f64;
        let code = HumanCode { share, probability: probability(segment) };
        LabelledSegment { interview, machine, human: (!said.is_empty()).then_some(code) }
    });
    CodedSample::new(interviews.iter().max().unwrap() + 1, segments).unwrap()
}

fn assert_near(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-6, "{what}: {found}, not {expected}");
}

#[test]
fn unequal_chances_are_as_numpy_has_them() {
    let case = fixture("unequal");
    let interviews: Vec<usize> = numbers(&case["interviews"]).iter().map(|&one| one as usize).collect();
    let (machine, chance) = (numbers(&case["machine"]), numbers(&case["chance"]));
    let sample =
        sample(&interviews, &machine, &[&answers(&case["first"]), &answers(&case["second"])], |segment| {
            chance[segment]
        });
    assert_near(sample.lambda(), &case["lambda"], "lambda");
    let groups = [vec![0, 1, 2, 3, 4, 5, 6, 7], vec![0, 1, 2, 3], vec![4, 5, 6, 7]];
    let shares = groups.map(|group| sample.corrected_share(&group).unwrap());
    for (share, expected) in shares.iter().zip(case["groups"].as_array().unwrap()) {
        assert_near(share.estimate().value, &expected["share"], "share");
        assert_near(share.estimate().interval.low, &expected["low"], "low");
        assert_near(share.estimate().interval.high, &expected["high"], "high");
        assert_eq!(share.additional_sample_size().map(u64::from), expected["more"].as_u64());
    }
    let difference = CorrectedDifference::between(&shares[1], &shares[2]);
    let Interval { low, high } = difference.estimate.interval;
    for (found, expected) in
        [difference.estimate.value, low, high].iter().zip(case["contrast"].as_array().unwrap())
    {
        assert_near(*found, expected, "contrast");
    }
    insta::assert_snapshot!(format!("{:.4}", difference.p_value), @"0.5900");
}

#[test]
fn full_trust_is_design_based_supervised_learning() {
    let case = fixture("dsl");
    let interviews: Vec<usize> = numbers(&case["interviews"]).iter().map(|&one| one as usize).collect();
    let sample = sample(&interviews, &numbers(&case["machine"]), &[&answers(&case["codes"])], |_| {
        case["chance"].as_f64().unwrap()
    });
    let sample = CodedSample { lambda: 1.0, ..sample };
    let found = sample.corrected_share(&(0..10).collect::<Vec<_>>()).unwrap();
    assert_near(found.raw, &case["share"], "share");
    assert_near(found.variance.unwrap().sqrt(), &case["error"], "standard error");
}

#[test]
fn a_segment_an_interview_is_prediction_powered_inference() {
    let case = fixture("ppi");
    let machine = numbers(&case["machine"]);
    let interviews: Vec<usize> = (0..machine.len()).collect();
    let sample = sample(&interviews, &machine, &[&answers(&case["codes"])], |_| 0.2);
    assert_near(sample.lambda(), &case["lambda"], "lambda");
    let found = sample.corrected_share(&interviews).unwrap();
    assert_near(found.raw, &case["share"], "share");
    // The package divides by the number of segments, and this by one less.
    let less = (machine.len() as f64 - 1.0) / machine.len() as f64;
    assert_near((found.variance.unwrap() * less).sqrt(), &case["error"], "standard error");
}

#[test]
fn nothing_coded_corrects_nothing() {
    let uncoded = LabelledSegment { interview: 0, machine: 1.0, human: None };
    assert_eq!(CodedSample::new(1, [uncoded]), None);
    let code = HumanCode { share: 1.0, probability: 0.5 };
    let sample = CodedSample::new(2, [uncoded, LabelledSegment { human: Some(code), ..uncoded }]).unwrap();
    assert_eq!(sample.corrected_share(&[1, 9]), None);
    assert!(sample.machine_share(&[1, 9]).abs() < 1e-12 && sample.machine_share(&[0]) > 0.99);
    let impossible = HumanCode { share: 1.0, probability: 1.5 };
    assert_eq!(CodedSample::new(1, [LabelledSegment { human: Some(impossible), ..uncoded }]), None);
}

proptest! {
    #[test]
    fn any_sample_gives_shares_with_width(
        segments in prop::collection::vec(
            (0_usize..9, prop::sample::select(vec![0.0, 0.0, 1.0, 0.3, f64::NAN, 7.0]), prop::option::of((0.0_f64..=1.0, 0.0_f64..1.2))),
            0..60,
        ),
    ) {
        let segments = segments.into_iter().map(|(interview, machine, human)| LabelledSegment {
            interview,
            machine,
            human: human.map(|(share, probability)| HumanCode { share, probability }),
        });
        let Some(sample) = CodedSample::new(8, segments) else { return Ok(()) };
        prop_assert!((0.0..=1.0).contains(&sample.lambda()));
        let shares = [&[0, 1, 2, 3][..], &[4, 5, 6, 7]].map(|group| sample.corrected_share(group));
        for share in shares.iter().flatten() {
            let (value, Interval { low, high }) = (share.estimate().value, share.estimate().interval);
            prop_assert!(0.0 <= low && low <= value + 1e-9 && value <= high + 1e-9 && high <= 1.0, "{share:?}");
            prop_assert!(high - low > 1e-6, "{share:?}");
        }
        let [Some(a), Some(b)] = shares else { return Ok(()) };
        let found = CorrectedDifference::between(&a, &b);
        let Interval { low, high } = found.estimate.interval;
        prop_assert!(-1.0 <= low && low <= found.estimate.value + 1e-9, "{found:?}");
        prop_assert!(found.estimate.value <= high + 1e-9 && high <= 1.0, "{found:?}");
        prop_assert!(found.p_value > 0.0 && found.p_value <= 1.0);
        prop_assert_eq!(found.p_value < 0.05 - 1e-6, low > 1e-9 || high < -1e-9, "{:?}", found);
    }
}
