//! Corrected shares against the reference implementations (tests/fixtures/corrected.py), and what they promise for any input.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::{Estimate, Interval};

const QUESTIONS: [Question; 2] = [Question::TheseInterviews, Question::InterviewsLikeThese];

fn fixture(case: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../tests/fixtures/corrected.json")).unwrap();
    all[case].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|one| one.as_f64().unwrap()).collect()
}

/// A theme of a case of the fixture.
fn sample(case: &Value, machine: &Value, human: &Value) -> CodedSample {
    let (interviews, chance) = (numbers(&case["interviews"]), numbers(&case["chance"]));
    let (machine, human) = (numbers(machine), numbers(human));
    let segments = (0..interviews.len()).map(|segment| LabelledSegment {
        interview: interviews[segment] as usize,
        machine: machine[segment],
        human: case["drawn"][segment]
            .as_bool()
            .unwrap()
            .then_some(HumanCode { share: human[segment], probability: chance[segment] }),
    });
    CodedSample::new(interviews[interviews.len() - 1] as usize + 1, segments).unwrap()
}

fn assert_near(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-6 * expected.abs().max(1.0), "{what}: {found}, not {expected}");
}

/// With this weight of the machine, and variances as expected.
fn with_lambda(lambda: f64) -> Tuning {
    Tuning { lambda, variance_ratio: 1.0, correlation: 0.05, unit: SamplingUnit::Segments, nobs: 0 }
}

#[test]
fn themes_that_are_tuned_together_are_as_numpy_has_them() {
    let case = fixture("themes");
    let samples: Vec<CodedSample> =
        (0..3).map(|theme| sample(&case, &case["machine"][theme], &case["human"][theme])).collect();
    for ((tuning, sample), expected) in
        tunings(&samples, SamplingUnit::Segments).iter().zip(&samples).zip(case["themes"].as_array().unwrap())
    {
        assert_near(tuning.lambda, &expected["lambda"], "lambda");
        assert_near(tuning.variance_ratio, &expected["ratio"], "ratio");
        assert_near(tuning.correlation, &expected["correlation"], "correlation");
        let groups = [vec![0, 1, 2, 3, 4, 5, 6, 7], vec![0, 1, 2, 3], vec![4, 5, 6, 7]];
        for (group, expected) in groups.iter().zip(expected["groups"].as_array().unwrap()) {
            let share = sample.corrected_share(tuning, group).unwrap();
            assert_near(share.value(), &expected["share"], "share");
            assert_near(share.effective_nobs(), &expected["number"], "effective number");
            for (question, name) in QUESTIONS.iter().zip(["these", "like"]) {
                let Interval { low, high } = share.estimate(*question).interval;
                assert_near(low, &expected[name][0], name);
                assert_near(high, &expected[name][1], name);
            }
        }
    }
}

#[test]
fn estimates_are_those_of_dsl_prediction_powered_and_active_inference() {
    for (case, lambda) in [("dsl", Some(1.0)), ("ppi", None), ("asi", Some(1.0))] {
        let case = fixture(case);
        let sample = sample(&case, &case["machine"], &case["human"]);
        let lambda = lambda.unwrap_or_else(|| case["lambda"].as_f64().unwrap());
        let found = sample.corrected_share_of_all(&with_lambda(lambda)).unwrap();
        assert_near(found.value(), &case["share"], "share");
        if let Some(variance) = case["variance"].as_f64() {
            // Computed at a share that is a hundredth nearer to a half.
            let ratio = (found.shrinking - found.all) / variance;
            assert!((ratio - 1.0).abs() < 0.01, "{ratio}");
        }
    }
}

/// Segments of interviews of 10, every third coded.
fn regular(interviews: usize, machine: fn(usize) -> f64, human: fn(usize) -> f64) -> CodedSample {
    let segments = (0..10 * interviews).map(|segment| LabelledSegment {
        interview: segment / 10,
        machine: machine(segment),
        human: segment
            .is_multiple_of(3)
            .then_some(HumanCode { share: human(segment), probability: 1.0 / 3.0 }),
    });
    CodedSample::new(interviews, segments).unwrap()
}

#[test]
fn a_machine_that_knows_nothing_is_not_used() {
    let sample =
        regular(20, |segment| f64::from(segment as u32 % 2), |segment| f64::from(u8::from(segment % 12 < 3)));
    let [tuning] = tunings(&[sample], SamplingUnit::Segments)[..] else { panic!() };
    assert!(tuning.lambda < 0.35, "{tuning:?}");
    let opposite = regular(
        20,
        |segment| f64::from(u8::from(segment % 4 != 0)),
        |segment| f64::from(u8::from(segment % 4 == 0)),
    );
    let [tuning] = tunings(&[opposite], SamplingUnit::Segments)[..] else { panic!() };
    assert!(tuning.lambda.abs() < 1e-12, "{tuning:?}");
}

#[test]
fn a_rare_theme_borrows_from_the_others() {
    let frequent = || {
        regular(
            20,
            |segment| f64::from(u8::from(segment % 4 == 0)),
            |segment| f64::from(u8::from(segment % 4 == 0)),
        )
    };
    let rare = || {
        regular(
            20,
            |segment| f64::from(u8::from(segment % 50 == 1)),
            |segment| f64::from(u8::from(segment == 99)),
        )
    };
    let alone = tunings(&[rare()], SamplingUnit::Segments)[0].lambda;
    let together = tunings(&[rare(), frequent(), frequent()], SamplingUnit::Segments)[0].lambda;
    assert!(alone < 0.1 && together > 0.3, "{alone} {together}");
}

#[test]
fn what_was_coded_whole_is_known_of_these_interviews_alone() {
    let segments = (0..60).map(|segment| LabelledSegment {
        interview: segment / 10,
        machine: 0.5,
        human: Some(HumanCode { share: f64::from(u8::from(segment % 5 == 0)), probability: 1.0 }),
    });
    let sample = CodedSample::new(6, segments).unwrap();
    let tuning = tunings(std::slice::from_ref(&sample), SamplingUnit::Segments)[0];
    let share = sample.corrected_share_of_all(&tuning).unwrap();
    let Estimate { value, interval } = share.estimate(Question::TheseInterviews);
    assert!((value - 0.2).abs() < 1e-12 && interval.high - interval.low < 1e-9, "{interval:?}");
    assert_eq!(share.additional_sample_size(Question::TheseInterviews), None);
    let like = share.estimate(Question::InterviewsLikeThese).interval;
    assert!(like.high - like.low > 0.1, "{like:?}");
}

#[test]
fn whole_interviews_say_less_than_as_many_segments() {
    let segments = (0..200).map(|segment| LabelledSegment {
        interview: segment / 10,
        machine: 0.0,
        human: (segment < 50)
            .then_some(HumanCode { share: f64::from(u8::from(segment % 25 < 7)), probability: 0.25 }),
    });
    let sample = CodedSample::new(20, segments).unwrap();
    let worth = [SamplingUnit::Segments, SamplingUnit::Interviews].map(|unit| {
        let tuning = tunings(std::slice::from_ref(&sample), unit)[0];
        sample.corrected_share_of_all(&tuning).unwrap().effective_nobs()
    });
    assert!(worth[1] < 0.7 * worth[0], "{worth:?}");
}

#[test]
fn half_the_interval_takes_about_four_times_the_codes() {
    let sample = regular(400, |_| 0.0, |segment| f64::from(u8::from(segment % 12 < 3)));
    let tuning = Tuning { correlation: 0.3, ..with_lambda(0.0) };
    let share = sample.corrected_share_of_all(&tuning).unwrap();
    // 1,334 of 4,000: of the variance, 2/3 is left, and 1/6 of it where 2,667 are coded.
    assert_eq!(share.additional_sample_size(Question::TheseInterviews), Some(1334));
    assert_eq!(share.additional_sample_size(Question::InterviewsLikeThese), None, "interviews differ");
}

#[test]
fn nothing_coded_corrects_nothing() {
    let uncoded = LabelledSegment { interview: 0, machine: 1.0, human: None };
    assert_eq!(CodedSample::new(1, [uncoded]), None);
    let code = HumanCode { share: 1.0, probability: 0.5 };
    let sample = CodedSample::new(2, [uncoded, LabelledSegment { human: Some(code), ..uncoded }]).unwrap();
    assert_eq!(sample.corrected_share(&with_lambda(0.5), &[1, 9]), None);
    let impossible = HumanCode { share: 1.0, probability: 1.5 };
    assert_eq!(CodedSample::new(1, [LabelledSegment { human: Some(impossible), ..uncoded }]), None);
    assert_eq!(tunings(&[], SamplingUnit::Segments), []);
}

type Drawn = (usize, f64, Option<(f64, f64)>);

fn segments() -> impl Strategy<Value = Vec<Drawn>> {
    let machine = prop::sample::select(vec![0.0, 0.0, 1.0, 0.3, f64::NAN, 7.0]);
    let human = prop::option::of((prop::sample::select(vec![0.0, 0.0, 1.0, 0.5, 0.2]), 0.0_f64..1.2));
    prop::collection::vec((0_usize..9, machine, human), 0..60)
}

fn collected(segments: &[Drawn]) -> Option<CodedSample> {
    let segment = |&(interview, machine, human): &Drawn| LabelledSegment {
        interview,
        machine,
        human: human.map(|(share, probability)| HumanCode { share, probability }),
    };
    CodedSample::new(8, segments.iter().map(segment))
}

proptest! {
    #[test]
    fn any_sample_gives_shares_that_the_machine_never_makes_less_certain(
        one in segments(), other in segments(), whole in any::<bool>(),
    ) {
        let unit = if whole { SamplingUnit::Interviews } else { SamplingUnit::Segments };
        let samples: Vec<CodedSample> = [&one, &other].into_iter().filter_map(|one| collected(one)).collect();
        for (tuning, sample) in tunings(&samples, unit).iter().zip(&samples) {
            prop_assert!(tuning.lambda >= 0.0 && tuning.lambda.is_finite());
            prop_assert!(tuning.variance_ratio >= 1.0 && tuning.variance_ratio.is_finite());
            prop_assert!((0.0..=1.0).contains(&tuning.correlation));
            let shares = [&[0, 1, 2, 3][..], &[4, 5, 6, 7]].map(|group| sample.corrected_share(tuning, group));
            let alone = Tuning { lambda: 0.0, ..*tuning };
            let at = |tuning| sample.corrected_share_of_all(tuning).unwrap().effective_nobs();
            prop_assert!(at(tuning) >= at(&alone) * 0.98 - 1e-9, "{} {}", at(tuning), at(&alone));
            for share in shares.iter().flatten() {
                let [these, like] = QUESTIONS.map(|question| share.estimate(question).interval);
                for Interval { low, high } in [these, like] {
                    let value = share.value();
                    prop_assert!(0.0 <= low && low <= value + 1e-9 && value <= high + 1e-9 && high <= 1.0, "{share:?}");
                }
                prop_assert!(like.high - like.low > 1e-6, "{share:?}");
            }
            let [Some(a), Some(b)] = shares else { continue };
            for question in QUESTIONS {
                let found = CorrectedDifference::between(&a, &b, question);
                let Interval { low, high } = found.estimate.interval;
                prop_assert!(-1.0 <= low && low <= found.estimate.value + 1e-9, "{found:?}");
                prop_assert!(found.estimate.value <= high + 1e-9 && high <= 1.0, "{found:?}");
                prop_assert!(found.p_value > 0.0 && found.p_value <= 1.0);
                prop_assert_eq!(found.p_value < 0.05 - 1e-6, low > 1e-9 || high < -1e-9, "{:?}", found);
            }
        }
    }

    #[test]
    fn the_order_of_interviews_and_segments_does_not_matter(
        one in segments(), other in segments(), shift in 0_usize..8,
    ) {
        let moved = |segments: &[Drawn]| -> Vec<Drawn> {
            segments.iter().rev().map(|&(interview, machine, human)| {
                (if interview < 8 { (interview + shift) % 8 } else { 8 }, machine, human)
            }).collect()
        };
        let both = [[one.clone(), other.clone()], [moved(&one), moved(&other)]].map(|themes| {
            let samples: Vec<CodedSample> = themes.iter().filter_map(|one| collected(one)).collect();
            let tunings = tunings(&samples, SamplingUnit::Segments);
            let ends = samples.iter().zip(&tunings).flat_map(|(sample, tuning)| {
                let share = sample.corrected_share_of_all(tuning).unwrap();
                QUESTIONS.map(|question| share.estimate(question).interval)
            });
            ends.flat_map(|Interval { low, high }| [low, high]).collect::<Vec<f64>>()
        });
        for (a, b) in both[0].iter().zip(&both[1]) {
            prop_assert!((a - b).abs() < 1e-6, "{:?}", both);
        }
    }
}
