//! Random studies go out and come back: every label at its index, under its name; and the XML keeps the order and the rules of the
//! standard's schema, whatever the study.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::Array2;
use proptest::prelude::*;

use refi_qda::package::Package;
use refi_qda::{Guid, PlainDecoder, Project, TextSource, read_qdpx, write_qdc, write_qdpx};
use transcripts::{CharSpan, Corpus, Role, Transcript, Turn};

use super::sources::{LocatedSource, locate_sources};
use super::*;
use crate::results::{Label, Passage, Segment, Theme, ThemeCounts, ThemeKind, TranscriptIndex};
use crate::table::FinishedRun;

/// Any text of a turn: letters of several scripts, emoji, combining marks, line breaks, and what XML has to escape or cannot hold.
const TEXT: &str = "[a-zא-ת你🙂👩\u{301}\u{A0}\u{2028}\u{FFFE}<>&\"' \n\t]{0,20}[a-zא-ת🙂\u{FFFE}<&]";

fn turns() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec(("(|INT|Anna|<b>&|ליאה)", TEXT), 1..6)
}

fn transcript(id: usize, turns: Vec<(String, String)>) -> Transcript {
    let mut start = 0;
    let turn = |(index, (speaker, text)): (usize, (String, String))| {
        let text = text.trim().to_owned();
        let end = start + text.chars().count();
        let span = CharSpan { start, end };
        start = end + 1;
        let role = if speaker == "INT" { Role::Interviewer } else { Role::Participant };
        Turn {
            index: index as i64,
            speaker: speaker.into(),
            role,
            start_ms: Some(index as u64),
            end_ms: None,
            span,
            text: text.into(),
        }
    };
    let turns: Vec<Turn> =
        turns.into_iter().filter(|(_, text)| !text.trim().is_empty()).enumerate().map(turn).collect();
    let attributes = BTreeMap::from([
        ("country <&>".to_owned(), ["KE", "\u{FFFE}\"", "ישראל"][id % 3].to_owned()),
        ("wave".to_owned(), id.to_string()),
        ("day".to_owned(), "2024-02-29".to_owned()),
    ]);
    Transcript { id: format!("P{id}"), source: format!("P{id}.txt"), format: "txt", turns, attributes }
}

/// A run whose segments are turns or parts of them, with labels by the machine and by two people.
fn runs() -> impl Strategy<Value = FinishedRun> {
    let labels = prop::collection::vec((any::<prop::sample::Index>(), 0_usize..4, 0_usize..4), 0..20);
    (
        prop::collection::vec(turns(), 1..4),
        labels,
        prop::collection::vec((any::<prop::sample::Index>(), 1_usize..9), 0..5),
    )
        .prop_map(|(transcripts, given, cuts)| {
            let transcripts: Vec<Transcript> =
                transcripts.into_iter().enumerate().map(|(id, turns)| transcript(id, turns)).collect();
            let attributes = vec!["country <&>".to_owned(), "wave".to_owned(), "day".to_owned()];
            let corpus = Corpus { transcripts, attributes };
            let mut segments: Vec<Segment> = Vec::new();
            for (index, transcript) in corpus.transcripts.iter().enumerate() {
                for (at, turn) in
                    transcript.turns.iter().enumerate().filter(|(_, turn)| turn.role != Role::Interviewer)
                {
                    let mut span = turn.span;
                    if let Some((_, cut)) = cuts.get(at) {
                        span.end = (span.start + cut).min(span.end);
                    }
                    // As segments are: no blank at the end.
                    let text: String = turn.text.chars().take(span.end - span.start).collect();
                    let text = text.trim_end().to_owned();
                    span.end = span.start + text.chars().count();
                    let passage = Passage {
                        transcript: index.into(),
                        first_turn: at,
                        last_turn: at,
                        span,
                        text: text.into(),
                        eligible: true,
                        words: 1,
                        tokens: 1,
                    };
                    let (index, id) = (segments.len() as u32, format!("{}:{at}", transcript.id));
                    segments.push(Segment {
                        id: id.into(),
                        index,
                        passage,
                        speaker: turn.speaker.clone(),
                        language: "en".into(),
                        start_ms: None,
                        end_ms: None,
                    });
                }
            }
            let theme = |index: usize| Theme {
                name: ["workload", "<risk> & \"fear\"", "שירותים", "emergent"][index].to_owned(),
                kind: if index == 3 { ThemeKind::Emergent } else { ThemeKind::Seed },
                definition: "a ]]> b".into(),
                keywords: vec!["x".into()],
                parent: ["", "barriers", "barriers", "workload"][index].to_owned(),
                stability: None,
                counts: ThemeCounts::default(),
            };
            let mut labels: BTreeMap<(usize, usize), Label> = BTreeMap::new();
            for (which, theme, who) in given.into_iter().filter(|_| !segments.is_empty()) {
                let segment = which.index(segments.len());
                let coders = [vec![], vec![0], vec![1], vec![0, 1]][who].clone();
                labels.entry((segment, theme)).or_insert(Label {
                    segment: segment.into(),
                    theme: theme.into(),
                    score: 1.5,
                    confidence: 0.5,
                    rank: 1,
                    coders,
                });
            }
            FinishedRun {
                scores: Array2::zeros((segments.len(), 4)),
                corpus,
                segments,
                themes: (0..4).map(theme).collect(),
                coders: vec!["Ana".into(), "בן <&>".into()],
                labels: labels.into_values().collect(),
            }
        })
}

fn exported(run: &FinishedRun) -> Project {
    let about =
        ExportInfo { title: "Study <&>", origin: "Emic", created: "2026-01-01T00:00:00Z", seeds: &[] };
    project_of(run, &about).0
}

/// Transcript, index, theme and person of every label.
type Said = BTreeSet<(TranscriptIndex, CharSpan, String, String)>;

fn said_by(run: &FinishedRun) -> Said {
    let mut said = Said::new();
    for label in &run.labels {
        let passage = &run.segments[label.segment.get()].passage;
        let people: Vec<&str> = label.coders.iter().map(|&coder| run.coders[coder].as_str()).collect();
        for who in if people.is_empty() { vec![MACHINE_USER] } else { people } {
            said.insert((
                passage.transcript,
                passage.span,
                run.themes[label.theme.get()].name.clone(),
                who.to_owned(),
            ));
        }
    }
    said
}

fn said_in(project: &Project, corpus: &Corpus) -> Said {
    let mut said = Said::new();
    let located =
        locate_sources(project, corpus, &transcripts::pseudonym::Pseudonyms::default(), "", &mut Vec::new());
    for (source, located) in project.sources.iter().zip(&located) {
        let LocatedSource { transcript, alignment } = located.as_ref().unwrap();
        for selection in &source.selections {
            let span = alignment.to_reading(selection.span).unwrap();
            for coding in &selection.codings {
                let who = project.users[coding.user.unwrap()].name.clone();
                said.insert((*transcript, span, project.codes[coding.code].name.clone(), who));
            }
        }
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn labels_and_positions_come_back(run in runs()) {
        let project = exported(&run);
        let read = read_qdpx(&write_qdpx(&project).unwrap(), &PlainDecoder).unwrap();
        prop_assert_eq!(said_in(&read.project, &run.corpus), said_by(&run));
        prop_assert_eq!(changes(&project, &read.project), vec![]);
        let (positions, losses) = (read.positions, read.losses);
        prop_assert_eq!(positions.agreeing, positions.quotes, "{}", positions);
        prop_assert!(losses.is_empty(), "{:?}", losses);
    }

    #[test]
    fn nothing_but_what_is_coded_is_marked_and_attributes_are_the_sources(run in runs()) {
        let project = exported(&run);
        for source in &project.sources {
            prop_assert!(source.selections.iter().all(|selection| !selection.codings.is_empty()));
            prop_assert_eq!(source.values.len(), 3);
        }
        // The role is the one thing that cases alone have.
        prop_assert!(project.cases.iter().flat_map(|case| &case.values).all(|value| value.variable == 3));
        let colors: BTreeSet<&str> = project.codes.iter().map(|code| code.color.as_str()).filter(|color| !color.is_empty()).collect();
        prop_assert_eq!(colors.len(), run.themes.len());
    }

    #[test]
    fn every_export_keeps_the_schema(run in runs()) {
        let project = exported(&run);
        let bytes = write_qdpx(&project).unwrap();
        let mut package = Package::open(&bytes).unwrap();
        let qde = String::from_utf8(package.part("project.qde").unwrap()).unwrap();
        prop_assert_eq!(faults(&qde), Vec::<String>::new());
        let qdc = String::from_utf8(write_qdc(&project).unwrap().unwrap()).unwrap();
        prop_assert_eq!(faults(&qdc), Vec::<String>::new());
    }
}

/// The schema's rules for what an export holds: for each element its children in their order, `+` where one must be there, and its
/// attributes, `!` where one must be there.
const RULES: [(&str, &str, &str); 24] = [
    (
        "Project",
        "Users CodeBook Variables Cases Sources Notes Sets Description",
        "name! origin creatingUserGUID creationDateTime",
    ),
    ("Users", "User+", ""),
    ("User", "", "guid! name"),
    ("CodeBook", "Codes+ Sets", "origin"),
    ("Codes", "Code+", ""),
    ("Code", "Description Code", "guid! name! isCodable! color"),
    ("Variables", "Variable+", ""),
    ("Variable", "", "guid! name! typeOfVariable!"),
    ("Cases", "Case+", ""),
    ("Case", "VariableValue SourceRef SelectionRef", "guid! name"),
    ("VariableValue", "VariableRef+ TextValue IntegerValue FloatValue DateValue", ""),
    ("Sources", "TextSource+", ""),
    (
        "TextSource",
        "Description PlainTextSelection NoteRef VariableValue",
        "guid! name plainTextPath! creatingUser creationDateTime",
    ),
    (
        "PlainTextSelection",
        "Description Coding",
        "guid! name startPosition! endPosition! creatingUser creationDateTime",
    ),
    ("Coding", "CodeRef+", "guid! creatingUser creationDateTime"),
    ("Notes", "Note+", ""),
    ("Note", "", "guid! name plainTextPath! creatingUser creationDateTime!"),
    ("Sets", "Set+", ""),
    ("Set", "Description MemberCode", "guid! name!"),
    ("MemberCode", "", "guid targetGUID"),
    ("SourceRef", "", "targetGUID!"),
    ("SelectionRef", "", "targetGUID!"),
    ("VariableRef", "", "targetGUID!"),
    ("NoteRef", "", "targetGUID!"),
];

fn faults(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let mut faults = Vec::new();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let Some((_, children, attributes)) = RULES.iter().find(|(element, ..)| *element == name) else {
            let is_text = matches!(
                name,
                "Description"
                    | "PlainTextContent"
                    | "TextValue"
                    | "IntegerValue"
                    | "FloatValue"
                    | "DateValue"
                    | "CodeRef"
            );
            if !is_text || node.children().any(|child| child.is_element()) {
                faults.push(format!("{name} is not expected"));
            }
            continue;
        };
        let order: Vec<&str> = children.split_whitespace().map(|child| child.trim_end_matches('+')).collect();
        let positions: Vec<Option<usize>> = node
            .children()
            .filter(roxmltree::Node::is_element)
            .map(|child| order.iter().position(|known| *known == child.tag_name().name()))
            .collect();
        if positions.contains(&None) || !positions.is_sorted() {
            faults.push(format!("the children of {name} are wrong: {positions:?}"));
        }
        for needed in children.split_whitespace().filter_map(|child| child.strip_suffix('+')) {
            if !node.children().any(|child| child.tag_name().name() == needed) {
                faults.push(format!("{name} has no {needed}"));
            }
        }
        for attribute in node.attributes() {
            let known =
                attributes.split_whitespace().any(|known| known.trim_end_matches('!') == attribute.name());
            if !known || attribute.value().is_empty() {
                faults.push(format!("{name} has {}={:?}", attribute.name(), attribute.value()));
            }
            let is_guid =
                attribute.name().to_lowercase().ends_with("guid") || attribute.name() == "creatingUser";
            if is_guid && Guid::parse(attribute.value()).is_none() {
                faults.push(format!("{} is no identifier", attribute.value()));
            }
        }
        for needed in attributes.split_whitespace().filter_map(|known| known.strip_suffix('!')) {
            if !node.has_attribute(needed) {
                faults.push(format!("{name} has no {needed}"));
            }
        }
    }
    faults
}

#[test]
fn sources_are_found_by_name_or_by_text_and_others_are_reported() {
    let turns = |speaker: &str, said: &[&str]| {
        said.iter().map(|said| (speaker.to_owned(), (*said).to_owned())).collect()
    };
    let corpus = Corpus {
        transcripts: vec![
            transcript(
                0,
                turns("Anna", &["The bridge was closed all winter.", "So we walked around the lake."]),
            ),
            transcript(
                1,
                turns("Ben", &["My aunt keeps the keys of the hall.", "Nobody asks her anything."]),
            ),
        ],
        attributes: Vec::new(),
    };
    let source = |name: &str, transcript: &Transcript| TextSource {
        guid: Guid::derived("", "source", name),
        name: name.to_owned(),
        description: String::new(),
        text: shown_text(transcript).0,
        selections: Vec::new(),
        values: Vec::new(),
        notes: Vec::new(),
    };
    let [first, second] = [&corpus.transcripts[0], &corpus.transcripts[1]];
    let other =
        transcript(2, turns("Eva", &["A text about something else.", "It has nothing in common with them."]));
    let sources = vec![
        source("p0.docx", first),
        source("Interview 7", second),
        source("P0", second),
        source("P9", &other),
    ];
    let project = Project { sources, ..Project::default() };
    let mut problems = Vec::new();
    let found: Vec<Option<usize>> = locate_sources(
        &project,
        &corpus,
        &transcripts::pseudonym::Pseudonyms::default(),
        "a.qdpx",
        &mut problems,
    )
    .into_iter()
    .map(|found| found.map(|found| found.transcript.get() + 10 * found.alignment.missing()))
    .collect();
    assert_eq!(found, [Some(0), Some(1), Some(1), None]);
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(said.join("\n"), @r"
    note: a.qdpx: the source `Interview 7` was found by its text: it is the transcript `P1`
    note: a.qdpx: the source `P0` was found by its text: it is the transcript `P1`
    ");
}
