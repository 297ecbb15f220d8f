//! Both steps against scipy, and what is kept of them.

use ndarray::Array2;
use transcripts::CharSpan;

use super::*;
use crate::results::Passage;

const SEGMENTS: usize = 24;
const THEMES: usize = 2;
const WIDTH: usize = 5;

/// Six interviews of four segments; in each somebody else has the last word, and every third segment is a question.
pub(super) fn segments() -> Vec<Segment> {
    let segment = |index: usize| {
        let words = 5 + index * 7 % 40;
        let mut text = vec!["word"; words].join(" ");
        text.push_str(if index.is_multiple_of(3) { "?" } else { "." });
        let passage = Passage {
            transcript: (index / 4).into(),
            first_turn: index,
            last_turn: index,
            span: CharSpan { start: 0, end: text.len() },
            text: text.into(),
            eligible: true,
            words: words as u32,
            tokens: words as u32,
        };
        let speaker = if index % 4 == 3 { "B" } else { "A" };
        Segment {
            id: index.to_string().into(),
            index: 1,
            passage,
            speaker: speaker.into(),
            language: "en".into(),
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

/// What is learned from: the table of scores, and vectors and word matches as small.
pub(super) struct Tables {
    segments: Vec<Segment>,
    scores: Array2<f32>,
    words: Array2<f32>,
    context: Array2<f32>,
    own: Array2<f32>,
    themes: Array2<f32>,
}

pub(super) fn material_of() -> Tables {
    let sixteenths =
        |row: usize, part: usize, by: usize| ((row * by + part * 13) % 19) as f32 / 16.0 - 9.0 / 16.0;
    Tables {
        segments: segments(),
        scores: scores(),
        words: Array2::from_shape_fn((SEGMENTS, THEMES), |(row, theme)| ((row * 3 + theme) % 5) as f32 / 8.0),
        context: Array2::from_shape_fn((SEGMENTS, WIDTH), |(row, part)| sixteenths(row, part, 7)),
        own: Array2::from_shape_fn((SEGMENTS, WIDTH), |(row, part)| sixteenths(row, part, 5)),
        themes: Array2::from_shape_fn((THEMES, WIDTH), |(row, part)| sixteenths(row, part, 11)),
    }
}

impl Tables {
    pub(super) fn scored(&self) -> ScoredSegments<'_> {
        ScoredSegments {
            segments: &self.segments,
            scores: self.scores.view(),
            words: self.words.view(),
            context: self.context.view(),
            own: self.own.view(),
            themes: self.themes.view(),
        }
    }
}

/// Everything that a fit predicts, against tests/fixtures/theme/learn.py.
#[test]
fn both_steps_are_those_of_scipy() {
    let (tables, coded) = (material_of(), coded());
    let from = tables.scored();
    let material = Material::of(&from, &coded, Threshold::among(THEMES));
    let fitted = material.fit(&(0..coded.len()).collect::<Vec<_>>(), None);
    let rows: Vec<usize> = (0..SEGMENTS).collect();
    let kernel = material.kernel.with_centres(&rows);
    let expected: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/fixtures/theme/learn.json")).unwrap();
    let number = |name: &str, row: usize, column: usize| expected[name][row][column].as_f64().unwrap();
    for (place, weight) in fitted.shared.iter().enumerate() {
        let expected = expected["weights"][place].as_f64().unwrap();
        assert!((weight - expected).abs() < 1e-4, "weight {place}: {weight} for {expected}");
    }
    for segment in 0..SEGMENTS {
        let row = kernel.row(segment).to_vec();
        for (theme, found) in material.predicted(&fitted, segment, &row).into_iter().enumerate() {
            let [shared, own] = found.map(f64::from);
            let expected = [number("shared", segment, theme), number("own", segment, theme)];
            assert!((shared - expected[0]).abs() < 1e-3, "{segment} {theme}: {shared} for {expected:?}");
            assert!((own - expected[1]).abs() < 1e-3, "{segment} {theme}: {own} for {expected:?}");
        }
    }
}

/// With vectors that are the same with and without the talk around, and no word matches.
fn learned_of(
    segments: Vec<Segment>,
    scores: &Array2<f32>,
    context: &Array2<f32>,
    coded: &[CodedSegment],
) -> Learned {
    let tables = Tables {
        segments,
        scores: scores.clone(),
        words: Array2::zeros(scores.dim()),
        context: context.clone(),
        own: context.clone(),
        themes: Array2::zeros((scores.ncols(), context.ncols())),
    };
    learn(&tables.scored(), coded, Threshold::among(scores.ncols()))
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
    (learned_of(segments, &scores, &context, &coded), scores)
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
    let learned = learned_of(segments(), &scores(), &context, &[]);
    assert_eq!((learned.scores, learned.out_of_fold), (scores(), scores()));
    assert!(learned.themes.is_empty());
}

#[test]
fn a_theme_that_nobody_was_asked_for_stays_as_it_was() {
    let context = Array2::from_shape_fn((SEGMENTS, WIDTH), |(row, part)| ((row * 7 + part * 13) % 19) as f32);
    let only_first: Vec<CodedSegment> =
        coded().into_iter().map(|one| CodedSegment { shares: vec![one.shares[0]], ..one }).collect();
    let learned = learned_of(segments(), &scores(), &context, &only_first);
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

#[test]
fn codes_that_say_nothing_teach_nothing() {
    let (learned, before) = planted(false);
    let theme = &learned.themes[0];
    assert!(theme.own < 0.5, "{theme:?}");
    assert_eq!(before.dim(), learned.scores.dim());
}
