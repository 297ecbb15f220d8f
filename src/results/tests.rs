//! Rows as JSON: names as in the tables where a table has the same, indices where a table has names.

use serde::Serialize;
use serde::de::DeserializeOwned;
use transcripts::CharSpan;

use super::*;

/// The row as JSON; it is the same when it is read again.
fn json<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(row: &T) -> String {
    let json = serde_json::to_string(row).unwrap();
    assert_eq!(serde_json::from_str::<T>(&json).unwrap(), *row);
    json
}

fn segment() -> Segment {
    Segment {
        id: "P01:2".into(),
        index: 2,
        passage: Passage {
            transcript: TranscriptIndex::new(0),
            first_turn: 1,
            last_turn: 1,
            span: CharSpan { start: 13, end: 35 },
            text: "I have sixty families.".into(),
            eligible: true,
            words: 4,
            tokens: 7,
        },
        speaker: "P01".into(),
        language: "en".into(),
        start_ms: Some(4_000),
        end_ms: None,
    }
}

#[test]
fn rows_of_labelling_are_told_by_their_names_in_the_tables() {
    let theme = Theme {
        name: "workload".into(),
        kind: ThemeKind::Seed,
        definition: String::new(),
        keywords: vec!["families".into()],
        parent: String::new(),
        stability: None,
        counts: ThemeCounts {
            segments: 1,
            transcripts: 1,
            share_segments: 0.5,
            share_transcripts: 1.0,
            likely_segments: 1,
            likely_transcripts: 1,
            share_likely: 0.5,
        },
    };
    let label = Label {
        segment: SegmentIndex::new(0),
        theme: ThemeIndex::new(0),
        score: 2.5,
        confidence: 0.75,
        rank: 1,
        coders: vec![],
    };
    let quote =
        Quote { theme: ThemeIndex::new(0), kind: QuoteKind::Central, rank: 1, segment: SegmentIndex::new(0) };
    let note = SegmentNote {
        segment: SegmentIndex::new(0),
        coder: "Ana".into(),
        kind: NoteKind::OtherTheme,
        theme: String::new(),
        note: "pride".into(),
    };
    let rows = [
        json(&segment()),
        json(&theme),
        json(&label),
        json(&quote),
        json(&note),
        json(&Seed::new("workload", "Too many.")),
    ];
    insta::assert_snapshot!(rows.join("\n"), @r#"
    {"id":"P01:2","index":2,"transcript":0,"first_turn":1,"last_turn":1,"span":{"start":13,"end":35},"text":"I have sixty families.","coded":true,"words":4,"tokens":7,"speaker":"P01","language":"en","start_ms":4000,"end_ms":null}
    {"name":"workload","kind":"seed","definition":"","keywords":["families"],"parent":"","stability":null,"segments":1,"transcripts":1,"share_segments":0.5,"share_transcripts":1.0,"likely_segments":1,"likely_transcripts":1,"share_likely":0.5}
    {"segment":0,"theme":0,"score":2.5,"confidence":0.75,"rank":1,"coders":[]}
    {"theme":0,"kind":"central","rank":1,"segment":0}
    {"segment":0,"coder":"Ana","kind":"other theme","theme":"","note":"pride"}
    {"name":"workload","definition":"Too many.","include":"","exclude":"","examples":[],"keywords":[],"parent":""}
    "#);
}

#[test]
fn words_are_those_of_the_tables() {
    let word = |value: String| value.trim_matches('"').to_owned();
    for kind in NoteKind::ALL {
        assert_eq!(word(json(&kind)), kind.as_str());
    }
    for kind in [ThemeKind::Seed, ThemeKind::Emergent] {
        assert_eq!(word(json(&kind)), kind.as_str());
    }
    for origin in [Origin::Study, Origin::BuiltIn, Origin::Found] {
        assert_eq!(word(json(&origin)), origin.as_str());
    }
    for finding in [Finding::Supported, Finding::Thin, Finding::Silent, Finding::Split, Finding::Overlap] {
        assert_eq!(word(json(&finding)), finding.as_str());
    }
    for kind in [QuoteKind::Central, QuoteKind::Borderline, QuoteKind::Dissenting] {
        assert_eq!(word(json(&kind)), kind.as_str());
    }
}
