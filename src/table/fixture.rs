//! A small study for tests, with everything that is hard for tables: commas, quotes, line breaks, formulas, emoji, Hebrew, unknowns.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ndarray::array;
use polars::prelude::DataFrame;
use transcripts::pseudonym::Replacement;
use transcripts::{CharSpan, Corpus, Problem, Role, Severity, Transcript, Turn};

use super::Findings;
use crate::compare::{CompareInput, ComparePlan, ContrastPlan, HumanSample, compare, corrected};
use crate::results::{
    ClusterSummary, Coding, Codings, Finding, InterviewerMention, Label, LearnedTheme, NoProgress, NoteKind,
    Passage, Quote, QuoteKind, SeedFinding, Segment, SegmentIndex, SegmentNote, Theme, ThemeCounts,
    ThemeIndex, ThemeKind, TranscriptIndex,
};
use crate::review::{agreement, calibration, disagreements, likely_precision};
use crate::theme::parameters;
use transcripts::pseudonym::TranscriptPart;

/// A frame as shown in tests: a line of names and types, then a line a row, texts in quotes.
pub(crate) fn show(frame: &DataFrame) -> String {
    let heads: Vec<String> =
        frame.columns().iter().map(|column| format!("{} {}", column.name(), column.dtype())).collect();
    let mut shown = heads.join(" | ");
    for row in 0..frame.height() {
        let cells: Vec<String> =
            frame.columns().iter().map(|column| column.get(row).unwrap().to_string()).collect();
        write!(shown, "\n{}", cells.join(" | ")).unwrap();
    }
    shown
}

/// A study in which nothing was found.
pub(crate) fn empty_findings() -> Findings {
    Findings::default()
}

/// Two transcripts, four segments, three themes of which one is absent.
pub(crate) fn small_findings() -> Findings {
    let corpus = corpus();
    let segments = vec![
        segment(&corpus, 0, 1, 1, 1),
        segment(&corpus, 0, 2, 2, 2),
        segment(&corpus, 1, 0, 1, 1),
        segment(&corpus, 1, 1, 1, 2),
    ];
    let labels = vec![label(0, 0, 1), label(2, 1, 1), label(2, 0, 2), label(3, 1, 1)];
    let themes = vec![
        theme("workload", ThemeKind::Seed, (2, 2), None),
        theme("missing services", ThemeKind::Seed, (2, 1), None),
        theme("fear, minister", ThemeKind::Emergent, (0, 0), Some(0.75)),
    ];
    let input = CompareInput {
        corpus: &corpus,
        languages: &["en".to_owned(), "he".to_owned()],
        passages: &passages(&corpus, &segments),
        segments: &segments,
        themes: &themes,
        labels: &labels,
        mentions: &[InterviewerMention { passage: 0, theme: 0.into() }],
        bases: &[],
    };
    let plan = ComparePlan {
        contrasts: ContrastPlan { attributes: corpus.attributes.clone(), within: None },
        time: Some("country".to_owned()),
        ..ComparePlan::default()
    };
    let (comparisons, mut problems) = compare(input, &plan, 7, &NoProgress);
    let codings = codings();
    let machine = [vec![0], vec![], vec![0, 1], vec![1]]
        .map(|themes| themes.into_iter().map(ThemeIndex::new).collect::<Vec<_>>());
    let transcript_of = [0, 0, 1, 1].map(TranscriptIndex::new);
    let is_label = |segment: SegmentIndex, theme: ThemeIndex| machine[segment.get()].contains(&theme);
    let sure = |segment: SegmentIndex, theme: ThemeIndex| if is_label(segment, theme) { 0.7 } else { 0.05 };
    let sample = HumanSample {
        codings: &codings,
        is_label: &is_label,
        confidence: &sure,
        transcript_of: &transcript_of,
        themes: 3,
    };
    let corrected = corrected(&corpus.transcripts, &sample, &["country".to_owned()], plan.question);
    problems.push(
        Problem::new(Severity::Error, "transcripts/P03.docx", "This is a PNG image, not a Word file.")
            .at_line(1)
            .with_hint("Export it again, then \"run\" once more."),
    );
    Findings {
        vectors: array![[1.0, 0.0], [0.6, -0.8], [0.0, 1.0], [-1.0, 0.0]].into(),
        scores: array![[0.9, 0.1, 0.0], [0.2, 0.3, 0.1], [0.5, 0.8, 0.2], [0.1, 0.7, 0.25]],
        clusters: clusters(),
        cluster_of: vec![Some(0), None, Some(0), Some(1)],
        quotes: vec![
            Quote { theme: 0.into(), kind: QuoteKind::Central, rank: 1, segment: 0.into() },
            Quote { theme: 0.into(), kind: QuoteKind::Borderline, rank: 1, segment: 2.into() },
            Quote { theme: 1.into(), kind: QuoteKind::Central, rank: 1, segment: 2.into() },
            Quote { theme: 1.into(), kind: QuoteKind::Central, rank: 2, segment: 3.into() },
            Quote { theme: 1.into(), kind: QuoteKind::Dissenting, rank: 1, segment: 1.into() },
        ],
        seed_findings: seed_findings(),
        comparisons,
        agreement: agreement(&codings, &machine, &transcript_of, themes.len()),
        disagreements: disagreements(&codings, &machine, &transcript_of, themes.len()),
        calibration: calibration(&codings, &sure, &transcript_of, 2),
        likely_precision: likely_precision(&codings, &sure, &transcript_of, 2),
        notes: notes(),
        codings,
        corrected_prevalence: corrected.prevalence,
        corrected_contrasts: corrected.contrasts,
        replacements: replacements(),
        corpus,
        segments,
        themes,
        labels,
        learned: vec![LearnedTheme {
            theme: 1.into(),
            coded: 3,
            carrying: 1,
            loss_before: 0.5,
            loss_after: 0.25,
            used: true,
            own: 0.75,
            labels_before: 4,
            labels_after: 2,
            labels_kept: 1,
        }],
        parameters: parameters(false).into_iter().take(2).collect(),
        problems,
    }
}

/// Two transcripts; a question opens the first.
fn corpus() -> Corpus {
    Corpus {
        transcripts: vec![
            transcript(
                "P01",
                "vtt",
                &[
                    (Role::Interviewer, "INT", "What gets in the way?", Some(0)),
                    (
                        Role::Participant,
                        "Ana",
                        "Sixty families, and \"one\" morning a week.\nThat is all.",
                        Some(4_000),
                    ),
                    (Role::Participant, "Ana", "=cmd|' /C calc'!A0", Some(3_601_500)),
                ],
                &[("country", "Chile"), ("Turns", "many")],
            ),
            transcript(
                "P02",
                "txt",
                &[
                    (Role::Other, "", "אין שירותים, אין תקציב.", None),
                    (Role::Participant, "+Bo", "👩🏽‍💼 We fear the minister…", None),
                ],
                &[("country", "Israel")],
            ),
        ],
        attributes: vec!["country".to_owned(), "Turns".to_owned()],
    }
}

fn transcript(
    id: &str,
    format: &'static str,
    turns: &[(Role, &str, &str, Option<u64>)],
    attributes: &[(&str, &str)],
) -> Transcript {
    let mut start = 0;
    let turns = turns
        .iter()
        .zip(1..)
        .map(|(&(role, speaker, text, start_ms), index)| {
            let span = CharSpan { start, end: start + text.chars().count() };
            start = span.end + 1;
            let end_ms = start_ms.map(|time| time + 3_000);
            Turn { index, speaker: speaker.into(), role, start_ms, end_ms, span, text: text.into() }
        })
        .collect();
    let attributes: BTreeMap<String, String> =
        attributes.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    Transcript { id: id.into(), source: format!("transcripts/{id}.{format}"), format, turns, attributes }
}

fn segment(corpus: &Corpus, transcript: usize, first_turn: usize, last_turn: usize, index: u32) -> Segment {
    let owner = &corpus.transcripts[transcript];
    let (first, last) = (&owner.turns[first_turn], &owner.turns[last_turn]);
    let span = CharSpan { start: first.span.start, end: last.span.end };
    let text: String = owner.reading_text().chars().skip(span.start).take(span.end - span.start).collect();
    let words = text.split_whitespace().count() as u32;
    let passage = Passage {
        transcript: transcript.into(),
        first_turn,
        last_turn,
        span,
        text,
        eligible: true,
        words,
        tokens: words + 2,
    };
    Segment {
        id: format!("{}:{index}", owner.id),
        index,
        passage,
        speaker: first.speaker.clone(),
        language: if transcript == 0 { "en".into() } else { String::new() },
        start_ms: first.start_ms,
        end_ms: last.end_ms,
    }
}

/// The interviewer's question, which opens the first transcript, and then the segments.
fn passages(corpus: &Corpus, segments: &[Segment]) -> Vec<Passage> {
    let question = Passage { eligible: false, ..segment(corpus, 0, 0, 0, 0).passage };
    std::iter::once(question).chain(segments.iter().map(|segment| segment.passage.clone())).collect()
}

/// A quote for the paper and a memo that a spreadsheet could take for a formula.
fn notes() -> Vec<SegmentNote> {
    let note = |segment: usize, coder: &str, kind, note: &str| SegmentNote {
        segment: segment.into(),
        coder: coder.to_owned(),
        kind,
        theme: String::new(),
        note: note.to_owned(),
    };
    vec![note(0, "=Ana", NoteKind::Paper, ""), note(2, "Bo", NoteKind::Memo, "=see \"page 3\"")]
}

/// Two coders; one saw less, and nobody was asked about the last theme.
fn codings() -> Codings {
    let row = |segment: usize, coder, themes: [Option<bool>; 2]| Coding {
        segment: segment.into(),
        coder,
        probability: 0.5,
        themes: vec![themes[0], themes[1], None],
    };
    let rows = vec![
        row(0, 0, [Some(true), Some(false)]),
        row(0, 1, [Some(true), None]),
        row(1, 0, [Some(true), Some(false)]),
        row(2, 0, [Some(true), Some(true)]),
        row(2, 1, [Some(false), Some(true)]),
    ];
    Codings { coders: vec!["=Ana".to_owned(), "Bo".to_owned()], rows, ..Codings::default() }
}

/// A name in two turns and in a label, and a masked address.
fn replacements() -> Vec<Replacement> {
    let row = |transcript, turn, part, kind, replacement: &str, count| Replacement {
        transcript,
        turn,
        part,
        kind,
        replacement: replacement.to_owned(),
        count,
    };
    vec![
        row(0, None, TranscriptPart::Speaker, "name", "Ana", 2),
        row(0, Some(1), TranscriptPart::Text, "name", "Ana", 1),
        row(1, Some(1), TranscriptPart::Text, "email", "[email]", 2),
    ]
}

fn label(segment: usize, theme: usize, rank: u32) -> Label {
    Label {
        segment: segment.into(),
        theme: theme.into(),
        score: 0.5,
        confidence: 0.875,
        rank,
        coders: Vec::new(),
    }
}

fn theme(name: &str, kind: ThemeKind, (segments, transcripts): (u32, u32), stability: Option<f32>) -> Theme {
    let definition = match kind {
        ThemeKind::Seed => format!("When {name} stands in the way."),
        ThemeKind::Emergent => String::new(),
    };
    let counts = ThemeCounts {
        segments,
        transcripts,
        share_segments: f64::from(segments) / 4.0,
        share_transcripts: f64::from(transcripts) / 2.0,
        likely_segments: segments,
        likely_transcripts: transcripts,
        share_likely: f64::from(segments) / 4.0,
    };
    let keywords = name.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Theme { name: name.to_owned(), kind, definition, keywords, parent: String::new(), stability, counts }
}

fn seed_findings() -> Vec<SeedFinding> {
    let supported = |theme: usize| SeedFinding {
        theme: theme.into(),
        finding: Finding::Supported,
        other: None,
        segments: 2,
        transcripts: 1,
        share: 0.875,
        keywords: [Vec::new(), Vec::new()],
        quotes: [Some(2.into()), None],
        advice: String::new(),
    };
    let overlap = SeedFinding {
        finding: Finding::Overlap,
        other: Some(1.into()),
        keywords: [vec!["families".to_owned(), "morning".to_owned()], vec!["budget".to_owned()]],
        advice: "Merge them, \"or\" say why not.".to_owned(),
        ..supported(0)
    };
    vec![supported(0), overlap, supported(1)]
}

fn clusters() -> Vec<ClusterSummary> {
    let cluster = |cluster_id, segments, transcripts, name: &str, nearest_theme, stability| ClusterSummary {
        cluster_id,
        segments,
        transcripts,
        name: name.to_owned(),
        keywords: name.split(", ").map(str::to_owned).collect(),
        nearest_theme,
        similarity: 0.25,
        emergent: cluster_id == 1,
        stability,
    };
    vec![
        cluster(0, 2, 2, "families, budget", Some(0.into()), Some(0.5)),
        cluster(1, 1, 1, "fear, minister", None, None),
    ]
}
