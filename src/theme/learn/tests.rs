//! Both steps against scipy, and what is kept of them.

use ndarray::Array2;
use transcripts::CharSpan;

use super::*;
use crate::results::Passage;

const SEGMENTS: usize = 24;
const THEMES: usize = 2;
const WIDTH: usize = 5;

/// Six interviews of four segments; in each somebody else has the last word, and every third segment is a question.
fn segments() -> Vec<Segment> {
    let segment = |index: usize| {
        let words = 5 + index * 7 % 40;
        let mut text = vec!["word"; words].join(" ");
        text.push_str(if index.is_multiple_of(3) { "?" } else { "." });
        let passage = Passage {
            transcript: (index / 4).into(),
            first_turn: index,
            last_turn: index,
            span: CharSpan { start: 0, end: text.len() },
            text,
            eligible: true,
            words: words as u32,
            tokens: words as u32,
        };
        let speaker = if index % 4 == 3 { "B" } else { "A" };
        Segment {
            id: index.to_string(),
            index: 1,
            passage,
            speaker: speaker.to_owned(),
            language: "en".to_owned(),
            start_ms: None,
            end_ms: None,
        }
    };
    (0..SEGMENTS).map(segment).collect()
}

/// The table of eighths that tests/fixtures/theme/learn.py makes too.
fn scores() -> Array2<f32> {
    Array2::from_shape_fn((SEGMENTS, THEMES), |(row, theme)| ((row * 11 + theme * 5) % 41) as f32 / 8.0 - 1.5)
}

fn coded() -> Vec<CodedSegment> {
    let answer = |index: usize, theme: usize| {
        let asked = !(index % 8 == 6 && theme == 1);
        asked.then_some(((index * 5 + theme * 3) % 7 % 3) as f64 / 2.0)
    };
    let one = |index: usize| CodedSegment {
        segment: index.into(),
        shares: (0..THEMES).map(|theme| answer(index, theme)).collect(),
    };
    (0..SEGMENTS).step_by(2).map(one).collect()
}

#[test]
fn both_steps_are_those_of_scipy() {
    let material = Material {
        before: scores().mapv(|score| Threshold::among(THEMES).logit(f64::from(score))),
        habits: habits(&segments()),
        directions: Array2::from_shape_fn((SEGMENTS, WIDTH), |(row, part)| {
            ((row * 7 + part * 13) % 19) as f32 / 16.0 - 9.0 / 16.0
        }),
    };
    let coded = coded();
    let fitted = material.fit(&coded.iter().collect::<Vec<_>>(), None);
    // Printed by tests/fixtures/theme/learn.py.
    let shared = [1.531_529_6, -0.163_612_9, 0.076_343_8, -0.100_299_7, 0.267_221_3];
    let own = [
        [0.596_665_4, -0.282_298_9, 1.257_576_5, -1.736_679_9, -0.268_556_8, 0.036_645_5],
        [-0.057_314_6, -0.631_832_9, 0.911_744_9, -0.900_057, -0.608_986_7, 0.060_923_3],
    ];
    let near = |found: &[f64], expected: &[f64]| {
        found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6)
    };
    assert!(near(&fitted.shared, &shared), "{:?}", fitted.shared);
    for (found, expected) in fitted.own.iter().zip(&own) {
        assert!(near(found, expected), "{found:?}");
    }
}

/// Interviews of which half speak of something in the first direction, which the scores do not know; the codes of every second
/// segment say so if `true_codes`, and nothing otherwise.
fn planted(true_codes: bool) -> (Learned, Array2<f32>) {
    let segments: Vec<Segment> = (0..10)
        .flat_map(|_| segments())
        .enumerate()
        .map(|(index, mut segment)| {
            segment.passage.transcript = (index / 4).into();
            segment
        })
        .collect();
    let about = |index: usize| index % 3 == 1;
    let context = Array2::from_shape_fn((segments.len(), WIDTH), |(row, part)| {
        let own = if part == 0 && about(row) { 1.0 } else { 0.0 };
        own + ((row * 7 + part * 13) % 19) as f32 / 38.0
    });
    let scores = Array2::from_shape_fn((segments.len(), 1), |(row, _)| (row * 11 % 17) as f32 / 8.0);
    let coded: Vec<CodedSegment> = (0..segments.len())
        .step_by(2)
        .map(|segment| {
            let applies = if true_codes { about(segment) } else { segment * 37 % 23 < 8 };
            CodedSegment { segment: segment.into(), shares: vec![Some(f64::from(u8::from(applies)))] }
        })
        .collect();
    (learn(&segments, scores.clone(), context.view(), &coded), scores)
}

#[test]
fn what_the_codes_have_in_common_is_found_in_other_segments() {
    let (learned, _) = planted(true);
    assert!(learned.themes[0].used && learned.themes[0].loss_after < learned.themes[0].loss_before);
    let mean = |about: bool| {
        let scores = (0..240)
            .filter(|index| index % 2 == 1 && (index % 3 == 1) == about)
            .map(|index| learned.scores[[index, 0]]);
        scores.clone().sum::<f32>() / scores.count() as f32
    };
    assert!(mean(true) > mean(false) + 2.0, "{} {}", mean(true), mean(false));
}

#[test]
fn interviews_are_scored_as_if_nobody_had_coded_them() {
    let (learned, _) = planted(true);
    let differ = |index: usize| (learned.scores[[index, 0]] - learned.out_of_fold[[index, 0]]).abs() > 1e-6;
    // Every interview has coded segments, so that none is scored blind as it is otherwise.
    assert!((0..240).filter(|&index| differ(index)).count() > 200);
}

#[test]
fn nothing_coded_changes_nothing() {
    let context = Array2::from_elem((SEGMENTS, WIDTH), 0.5);
    let learned = learn(&segments(), scores(), context.view(), &[]);
    assert_eq!((learned.scores, learned.out_of_fold), (scores(), scores()));
    assert!(learned.themes.is_empty());
}

#[test]
fn a_theme_that_nobody_was_asked_for_stays_as_it_was() {
    let context = Array2::from_shape_fn((SEGMENTS, WIDTH), |(row, part)| ((row * 7 + part * 13) % 19) as f32);
    let only_first: Vec<CodedSegment> =
        coded().into_iter().map(|one| CodedSegment { shares: vec![one.shares[0]], ..one }).collect();
    let learned = learn(&segments(), scores(), context.view(), &only_first);
    assert_eq!(learned.scores.column(1), scores().column(1));
    assert!(!learned.themes[1].used && learned.themes[1].coded == 0);
}

#[test]
fn confidence_without_an_interviews_own_codes_is_that_of_its_blind_score() {
    let (learned, _) = planted(true);
    let out_of_fold = super::super::OutOfFoldScores::new(learned.out_of_fold.clone(), &learned.thresholds);
    for segment in 0..240 {
        let score = learned.out_of_fold[[segment, 0]];
        let expected = learned.thresholds[0].confidence(score);
        assert!((out_of_fold.confidence(segment.into(), 0.into()) - f64::from(expected)).abs() < 1e-12);
        assert_eq!(out_of_fold.is_label(segment.into(), 0.into()), learned.thresholds[0].is_label(score));
    }
    assert_eq!(
        (out_of_fold.confidence(999.into(), 0.into()), out_of_fold.is_label(0.into(), 9.into())),
        (0.0, false)
    );
}
