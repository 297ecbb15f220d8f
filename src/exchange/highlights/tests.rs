use transcripts::pseudonym::Pseudonyms;
use transcripts::{CharSpan, Corpus, Role, Transcript, Turn};

use super::*;
use crate::results::{Passage, Segment};

fn corpus() -> (Corpus, Vec<Segment>) {
    let said = [
        ("INT", "What keeps you?"),
        ("Eva", "I have ninety files. No time at all."),
        ("INT", "And then?"),
        ("Eva", "Nobody taught me — “how”. No time at all."),
    ];
    let mut start = 0;
    let mut turns = Vec::new();
    for (index, (speaker, text)) in said.into_iter().enumerate() {
        let span = CharSpan { start, end: start + text.chars().count() };
        start = span.end + 1;
        let role = if speaker == "INT" { Role::Interviewer } else { Role::Participant };
        let (speaker, text) = (speaker.to_owned(), text.to_owned());
        turns.push(Turn {
            index: index as i64,
            speaker: speaker.into(),
            role,
            start_ms: None,
            end_ms: None,
            span,
            text: text.into(),
        });
    }
    let segment = |index: usize| Segment {
        id: format!("P1:{index}").into(),
        index: index as u32,
        passage: Passage {
            transcript: 0.into(),
            first_turn: index,
            last_turn: index,
            span: turns[index].span,
            text: turns[index].text.clone(),
            eligible: true,
            words: 1,
            tokens: 1,
        },
        speaker: "Eva".into(),
        language: "en".into(),
        start_ms: None,
        end_ms: None,
    };
    let segments = vec![segment(1), segment(3)];
    let (id, source, attributes) = ("P1".into(), "P1.txt".into(), BTreeMap::default());
    let transcript = Transcript { id, source, format: "txt", turns, attributes };
    (Corpus { transcripts: vec![transcript], attributes: Vec::new() }, segments)
}

fn read(list: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("highlights.csv");
    std::fs::write(&path, list).unwrap();
    assert!(is_list_of_highlights(&path));
    let (corpus, segments) = corpus();
    let pseudonyms = Pseudonyms::default();
    let target = CodingTarget {
        corpus: &corpus,
        segments: &segments,
        themes: &["time", "training", "risk"],
        pseudonyms: &pseudonyms,
    };
    let Highlights { answers, problems, .. } = read_highlights(&path, "Ana", target);
    let answer = |answer: &CodedAnswer| {
        format!("{} {} {} {}", answer.coder, answer.segment_id, answer.theme, u8::from(answer.applies))
    };
    let lines = answers.iter().map(answer).chain(problems.iter().map(ToString::to_string));
    lines.collect::<Vec<String>>().join("\n")
}

#[test]
fn highlights_are_answers_by_their_words() {
    insta::assert_snapshot!(read(
        "id,document,tag,content\n1,P1,time,no  time at all\n2,P1,time,No time at all.\n2,P1,\"tea, cake\",No time at all.\n\
         3,P1,barriers > training,\"Eva: Nobody taught me - \"\"how\"\"\"\n4,P9,time,x\n5,P1,time,never said\n"
    ), @r"
    Ana P1:1 time 1
    Ana P1:1 training 0
    Ana P1:3 time 1
    Ana P1:3 training 1
    warning: highlights.csv: documents that are no transcripts of this study are left out: `P9` (a document is found by its name, which must be a transcript's)
    warning: highlights.csv:7: 1 passage is not in the transcript `P1` and cannot be used (a passage is found by its words; the text in the other program is not that of the transcript)
    note: highlights.csv: codes that are no themes of this study are left out: `tea, cake` (to use them, add them to the codebook)
    note: highlights.csv: no passage has the themes `risk`, so they count as not asked for
    ");
}

#[test]
fn segments_of_other_programs_say_whose_they_are() {
    insta::assert_snapshot!(read(
        "Dokumentname;Code;Codiertes Segment;Created by\nP1.docx;Zeit\\time;ninety files. No time at all;Ben\n"
    ), @r"
    Ben P1:1 time 1
    Ben P1:3 time 0
    note: highlights.csv: no passage has the themes `training`, `risk`, so they count as not asked for
    ");
}

#[test]
fn other_tables_are_no_lists_of_highlights() {
    let folder = tempfile::tempdir().unwrap();
    for list in ["segment_id,document,code,text\n1,P1,time,no\n", "tag,description\ntime,x\n", ""] {
        let path = folder.path().join("sheet.csv");
        std::fs::write(&path, list).unwrap();
        assert!(!is_list_of_highlights(&path), "{list}");
    }
}
