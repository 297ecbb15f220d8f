//! Findings about seed themes, on labels that are written down.

use std::collections::HashSet;

use ndarray::Array2;
use transcripts::CharSpan;

use super::super::keywords::WordCounts;
use super::*;
use crate::results::{Label, Passage, Theme, ThemeCounts, ThemeIndex};

const SEGMENTS: usize = 30;

/// Thirty segments of four interviews, and themes that are carried by these of them, each at a confidence of one half.
fn found(carried: &[&[usize]]) -> Vec<SeedFinding> {
    let segments: Vec<Segment> = (0..SEGMENTS).map(segment).collect();
    let theme = |index: usize| Theme {
        name: format!("theme {index}"),
        kind: ThemeKind::Seed,
        definition: String::new(),
        keywords: Vec::new(),
        parent: String::new(),
        stability: None,
        counts: ThemeCounts::default(),
    };
    let mut labels: Vec<Label> = Vec::new();
    for (theme, segments) in carried.iter().enumerate() {
        let label = |&segment: &usize| Label {
            segment: segment.into(),
            theme: theme.into(),
            score: 3.0,
            confidence: 0.5,
            rank: 1,
            coders: Vec::new(),
        };
        labels.extend(segments.iter().map(label));
    }
    let theme_results = ThemeResults {
        themes: (0..carried.len()).map(theme).collect(),
        scores: Array2::from_elem((SEGMENTS, carried.len()), 3.0),
        labels,
        clusters: Vec::new(),
        quotes: Vec::new(),
        learned: Vec::new(),
        out_of_fold: crate::theme::OutOfFoldScores::without_codes(0, &[]),
        mentions: Vec::new(),
        words: WordCounts::of(&segments, &HashSet::new()),
        problems: Vec::new(),
    };
    examined_seeds(&theme_results, &segments, &Array2::zeros((SEGMENTS, 2)).into(), 7)
}

fn segment(index: usize) -> Segment {
    let passage = Passage {
        transcript: (index % 4).into(),
        first_turn: index,
        last_turn: index,
        span: CharSpan { start: 0, end: 0 },
        text: "We have no hours left.".into(),
        eligible: true,
        words: 5,
        tokens: 7,
    };
    let (id, speaker, language) = (format!("P:{index}"), String::new(), "en".to_owned());
    Segment {
        id: id.into(),
        index: index as u32,
        passage,
        speaker: speaker.into(),
        language: language.into(),
        start_ms: None,
        end_ms: None,
    }
}

#[test]
fn support_needs_labels_that_can_be_right_and_more_than_one_voice() {
    let rows = found(&[&[], &[1, 2], &[0, 1, 2, 3, 5, 6], &[0, 4, 8, 12, 16, 20, 24, 28]]);
    let findings: Vec<Finding> = rows.iter().map(|row| row.finding).collect();
    assert_eq!(findings, [Finding::Silent, Finding::Thin, Finding::Supported, Finding::Thin]);
    assert_eq!((rows[0].quotes, rows[1].quotes), ([None, None], [Some(1.into()), Some(2.into())]));
    assert_eq!((rows[2].segments, rows[2].transcripts), (6, 4));
    assert!(rows[2].advice.is_empty() && rows[3].advice.contains("one person"));
}

#[test]
fn themes_that_come_together_are_one_or_one_in_the_other() {
    let many: Vec<usize> = (0..20).collect();
    let rows = found(&[&many, &many[..15], &many[14..], &many[..7]]);
    let overlaps: Vec<_> = rows.iter().filter(|row| row.finding == Finding::Overlap).collect();
    let pairs: Vec<_> =
        overlaps.iter().map(|row| (row.theme.get(), row.other.map(ThemeIndex::get), row.segments)).collect();
    assert_eq!(pairs, [(0, Some(1), 15), (0, Some(2), 6), (0, Some(3), 7), (1, Some(3), 7)]);
    insta::assert_snapshot!(overlaps[0].advice, @"Most of what carries `theme 0` or `theme 1` carries both. Merge them, or say in `exclude` what keeps them apart.");
    insta::assert_snapshot!(overlaps[2].advice, @r#"Most of `theme 3` also carries `theme 0`. It may be a part of it: give it `parent = "theme 0"`, or sharpen both."#);
}
