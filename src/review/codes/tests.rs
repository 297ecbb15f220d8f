//! Codes through a file and back, through spreadsheets, and onto a run that changed.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::table::Findings;
use crate::table::fixture::small_findings;

/// What a coder says of a segment.
pub(in crate::review) fn answer_to(
    findings: &Findings,
    segment: usize,
    coder: &str,
    theme: &str,
    applies: bool,
) -> CodedAnswer {
    let segment = &findings.segments[segment];
    CodedAnswer {
        sample: 1,
        of_interviews: false,
        page: String::new(),
        segment_id: segment.id.to_string(),
        transcript_id: findings.corpus.transcripts[segment.passage.transcript.get()].id.clone(),
        span: segment.passage.span,
        text_digest: text_digest(&segment.passage.text),
        probability: Some(0.25),
        coder: coder.to_owned(),
        theme: theme.to_owned(),
        applies,
    }
}

fn read(text: impl AsRef<[u8]>) -> (Vec<CodedAnswer>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("review")).unwrap();
    let path = folder.path().join("review/codes.csv");
    fs::write(&path, text).unwrap();
    let (answers, problems) = read_codes(&path);
    (answers, problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

fn taken_up(findings: &Findings, answers: &[CodedAnswer]) -> (Codings, String) {
    let names: Vec<&str> = findings.themes.iter().map(|theme| theme.name.as_str()).collect();
    let (codings, problems) = codings(answers, &findings.segments, &findings.corpus.transcripts, &names);
    (codings, problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

#[test]
fn the_file_has_a_row_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codes.csv");
    let findings = small_findings();
    write_codes(&path, &[answer_to(&findings, 0, "Ana", "=workload", true)]).unwrap();
    insta::assert_snapshot!(fs::read_to_string(&path).unwrap().trim_start_matches('\u{feff}'), @r"
    sample,segment_id,transcript_id,char_start,char_end,text_digest,probability,coder,theme,applies
    1,P01:1,P01,22,76,cbf567c4384b85b7,0.25,Ana,'=workload,1
    ");
}

#[test]
fn a_file_that_went_through_a_spreadsheet_is_read() {
    let (answers, problems) = read(
        "theme;coder;sample;segment_id;transcript_id;char_start;char_end;text_digest;Probability;applies;mine\r\n\
         workload;Ana;1;P01:1;P01;22;76;ABCD;0.5;yes;note\r\n\
         workload;Ana;1;P01:2;P01;22;76;abcd;1.5;1;\r\n\
         workload;Ana;1;P01:2;P01;22;76;abcd;1;perhaps;\r\n",
    );
    assert_eq!((answers.len(), answers[0].text_digest.as_str(), answers[0].applies), (1, "abcd", true));
    insta::assert_snapshot!(problems, @r"
    error: review/codes.csv:3: the row was left out: its `probability` cannot be read (import the coded sheet again)
    error: review/codes.csv:4: the row was left out: its `applies` cannot be read (import the coded sheet again)
    ");
    insta::assert_snapshot!(read("segment_id,coder\nP01:1,Ana\n").1, @"error: review/codes.csv: there is no column `sample` (import the coded sheets again; that writes the file anew)");
}

#[test]
fn answers_find_their_segments_and_themes() {
    let findings = small_findings();
    let answers = [
        answer_to(&findings, 2, "Ben", "workload", false),
        answer_to(&findings, 0, "Ben", "WORKLOAD", true),
        answer_to(&findings, 0, "Ana", "missing services", false),
        CodedAnswer {
            sample: 2,
            of_interviews: false,
            probability: Some(0.5),
            ..answer_to(&findings, 0, "Ana", "missing services", true)
        },
        answer_to(&findings, 0, "Ana", "cake", true),
    ];
    let (codings, problems) = taken_up(&findings, &answers);
    insta::assert_debug_snapshot!(codings.rows.iter().map(|row| (row.segment.get(), row.coder, row.probability, &row.themes)).collect::<Vec<_>>(), @r"
    [
        (
            0,
            0,
            0.5,
            [
                None,
                Some(
                    true,
                ),
                None,
            ],
        ),
        (
            0,
            1,
            0.25,
            [
                Some(
                    true,
                ),
                None,
                None,
            ],
        ),
        (
            2,
            1,
            0.25,
            [
                Some(
                    false,
                ),
                None,
                None,
            ],
        ),
    ]
    ");
    assert_eq!(codings.coders, ["Ana", "Ben"]);
    insta::assert_snapshot!(problems, @"note: review/codes.csv: themes that people coded and this run does not have are left out: `cake` (1 answer) (to use these codes, add the themes to the codebook under the same names)");
}

#[test]
fn what_was_not_drawn_is_kept_apart() {
    let findings = small_findings();
    let drawn = answer_to(&findings, 0, "Ana", "workload", true);
    let seen = CodedAnswer { sample: NOT_DRAWN, page: "0f".to_owned(), probability: None, ..drawn.clone() };
    let seen =
        [CodedAnswer { applies: false, ..seen.clone() }, CodedAnswer { coder: "Ben".to_owned(), ..seen }];
    let (codings, problems) = taken_up(&findings, &[&[drawn][..], &seen].concat());
    assert_eq!((problems.as_str(), codings.rows.len(), codings.unsampled.len()), ("", 1, 2));
    assert_eq!(codings.rows[0].themes[0], Some(true));
    let checked: Vec<_> = codings.unsampled.iter().map(|one| (one.coder, one.themes[0])).collect();
    assert_eq!(checked, [(0, Some(false)), (1, Some(true))]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codes.csv");
    write_codes(&path, &seen[..1]).unwrap();
    insta::assert_snapshot!(fs::read_to_string(&path).unwrap().lines().last().unwrap(), @"page 0f,P01:1,P01,22,76,cbf567c4384b85b7,,Ana,workload,0");
}

#[test]
fn segments_that_moved_are_found_by_their_text_and_others_are_told_of() {
    let findings = small_findings();
    let mut moved = answer_to(&findings, 0, "Ana", "workload", true);
    moved.span = CharSpan { start: 0, end: 54 };
    let mut gone = answer_to(&findings, 1, "Ana", "workload", true);
    gone.text_digest = "0000000000000000".to_owned();
    let mut elsewhere = answer_to(&findings, 2, "Ana", "workload", true);
    elsewhere.transcript_id = "P09".to_owned();
    let contradictory =
        [answer_to(&findings, 3, "Ana", "workload", true), answer_to(&findings, 3, "Ana", "workload", false)];
    let (codings, problems) = taken_up(&findings, &[&[moved, gone, elsewhere], &contradictory[..]].concat());
    assert_eq!(codings.rows.len(), 1);
    assert_eq!(codings.rows[0].themes, [Some(true), None, None]);
    insta::assert_snapshot!(problems, @r"
    error: review/codes.csv: 1 coded segment is left out: the run has no such transcript (transcripts were taken out of the study or renamed since the sample was drawn)
    error: review/codes.csv: 1 coded segment is left out: no segment of the transcript has that text now (the unit of segments or the transcripts changed since; go back to the unit that was coded, or draw a new sample)
    note: review/codes.csv: 1 coded segment is at another place than when coded, and found by the text
    error: review/codes.csv: 1 answer is left out, because the file says both yes and no (a coder answers a segment once in a sample; import the right sheet again)
    ");
}

fn any_answer() -> impl Strategy<Value = CodedAnswer> {
    let text = "['=+@a-zé\" ,;]{0,6}[a-z'=]";
    let texts = (text, text, text, text);
    (prop_oneof![0_u32..NOT_DRAWN, Just(NOT_DRAWN)], texts, 0_usize..9_000, 0.0_f64..1.0, any::<bool>())
        .prop_map(|(sample, (segment_id, transcript_id, coder, theme), start, below, applies)| CodedAnswer {
            sample,
            of_interviews: false,
            page: if sample == NOT_DRAWN { "0f".to_owned() } else { String::new() },
            text_digest: text_digest(&theme),
            segment_id,
            transcript_id,
            span: CharSpan { start, end: start + 10 },
            probability: (sample != NOT_DRAWN).then_some(1.0 - below),
            coder,
            theme,
            applies,
        })
}

proptest! {
    #[test]
    fn codes_come_back_as_they_were_written(answers in prop::collection::vec(any_answer(), 0..12)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codes.csv");
        write_codes(&path, &answers).unwrap();
        let (back, problems) = read_codes(&path);
        prop_assert!(problems.is_empty(), "{problems:?}");
        prop_assert_eq!(back, answers);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read([b"sample,segment_id,transcript_id,char_start,char_end,text_digest,probability,coder,theme,applies\n", &bytes[..]].concat());
        read(bytes);
    }
}
