//! A sample drawn from the small study, as its coders see it.

use std::fs;

use super::*;
use crate::record::{Counts, FileDigest, ModelUsed, StudyUsed, WrittenForPeople, write_manifest};
use crate::results::{NoProgress, Seed};
use crate::review::write_codebook_draft;
use crate::table::excel_parts::{cells, part};
use crate::table::fixture::small_findings;
use crate::table::{Findings, Format, write_tables};

/// The output folder of a run that ended in `findings`.
pub(in crate::review) fn finished(findings: &Findings) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path();
    let tables = write_tables(findings, out, &[Format::Parquet], &NoProgress).unwrap();
    let seeds = [Seed {
        name: "workload".into(),
        definition: "Too few hours.".into(),
        include: "=Use when time is short.".into(),
        exclude: "Not for money.".into(),
        examples: vec!["I have sixty families.".into()],
        ..Seed::default()
    }];
    write_codebook_draft(&out.join("codebook.toml"), "Barriers", findings, &seeds).unwrap();
    let digest = |path: &str| FileDigest { path: path.to_owned(), bytes: 3, sha256: "ba78".to_owned() };
    let manifest = Manifest::new(
        StudyUsed { title: "Barriers".into(), file: Some(digest("study.toml")), codebook: None, seed: 7 },
        ModelUsed {
            name: "none".into(),
            fingerprint: "00".into(),
            precision: "f32".into(),
            engine: "native".into(),
            arithmetic: "native f32 1".into(),
            passages: crate::embed::TextCounts::default(),
            theme_texts: crate::embed::TextCounts::default(),
        },
        [("corpus.groups".to_owned(), serde_json::json!(["country"]))].into(),
        Vec::new(),
        Counts::of(findings, 2, &findings.problems),
        &tables.files,
        WrittenForPeople {
            workbook: digest("codebook.xlsx"),
            draft: digest("codebook.toml"),
            page: digest("report.html"),
        },
    );
    write_manifest(&out.join("run.json"), &manifest).unwrap();
    folder
}

pub(in crate::review) fn request(segments: usize, coders: &[&str]) -> SampleRequest {
    SampleRequest {
        size: SampleSize::Segments(segments),
        coders: coders.iter().map(|&coder| coder.to_owned()).collect(),
        both: 1.0,
        uncertain: 0.5,
        all_themes: false,
        seed: None,
        next: false,
    }
}

/// The small study many times over: interviews of two countries, each with four segments.
pub(in crate::review) fn larger_findings(interviews: usize) -> Findings {
    let mut findings = small_findings();
    let small = findings.clone();
    findings.corpus.transcripts.clear();
    findings.segments.clear();
    findings.labels.clear();
    findings.cluster_of.clear();
    findings.quotes.clear();
    findings.seed_findings.clear();
    let mut scores = Vec::new();
    for interview in 0..interviews {
        let mut transcript = small.corpus.transcripts[interview % 2].clone();
        transcript.id = format!("I{interview:02}");
        for (index, segment) in small.segments.iter().enumerate() {
            if segment.passage.transcript.get() != interview % 2 {
                continue;
            }
            let mut segment = segment.clone();
            segment.passage.transcript = interview.into();
            segment.id = format!("{}:{}", transcript.id, segment.index).into();
            scores.extend([0, 1, 2].map(|theme| ((interview * 7 + index * 3 + theme * 5) % 11) as f32 - 4.0));
            findings.segments.push(segment);
            findings.cluster_of.push(None);
        }
        findings.corpus.transcripts.push(transcript);
    }
    let rows = findings.segments.len();
    findings.scores = ndarray::Array2::from_shape_vec((rows, 3), scores).unwrap();
    findings.vectors = ndarray::Array2::ones((rows, 2)).into();
    findings
}

#[test]
fn the_first_sheet_says_what_to_do_and_what_the_themes_are() {
    let folder = finished(&small_findings());
    let drawn = draw_sample(folder.path(), &request(3, &["Ana", "Ben"])).unwrap();
    assert_eq!((drawn.number, drawn.segments, drawn.of), (1, 3, 4));
    let workbook = fs::read(drawn.folder.join("codes-Ana.xlsx")).unwrap();
    let shown = cells(&workbook, 1).replace(&key_in(&drawn.folder), "KEY");
    insta::assert_snapshot!(shown, @r#"
    A1 "Coding sheet: Barriers"
    A2 "coder" | B2 "Ana"
    A3 "sample" | B3 "KEY"
    A5 "Please code these 3 segments of interviews. Your codes tell how right a program was and correct its numbers. What it said is not in this file: go by what you read."
    A6 "The sheet `codes` has a row a segment. Code the text alone; the grey columns show what was said before and after it, to understand it by."
    A7 "Put x under each theme that applies: one or several. If none does, put x under `none of these`. If something is missing from the list, write it under `other theme`, in your own words. Under `memo` you may note whatever you like."
    A8 "A row counts as done when something stands under a theme, `none of these` or `other theme`; its empty themes then mean no. A row that has nothing there is not done yet, and is not counted."
    A9 "Put ? under a theme when you cannot tell. It then counts neither as yes nor as no."
    A10 "Go from the top down and leave nothing out, the hard ones least of all. The rows are in random order, so that also a sheet that is half done is a fair sample."
    A11 "Code alone. Talk about it when all are done: then the differences are worth most."
    A12 "Also understood: 1, y, yes, ✓ (ja, sí, oui) for x; 0, -, n, no (nein, non) for no; unsure, maybe for ?. A theme of your own may have a column of its own. Please leave segment_id, text and the last column as they are."
    A14 "theme" | B14 "definition" | C14 "when to use" | D14 "when not to use" | E14 "examples"
    A15 "workload" | B15 "Too few hours." | C15 "=Use when time is short." | D15 "Not for money." | E15 "I have sixty families."
    A16 "missing services" | B16 "When missing services stands in the way."
    "#);
    assert!(!cells(&workbook, 1).contains("Ben"), "nobody else is named");
}

fn key_in(folder: &Path) -> String {
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("sample.json")).unwrap()).unwrap();
    record["key"].as_str().unwrap().to_owned()
}

#[test]
fn the_second_sheet_has_the_text_with_what_was_said_around_it_and_room_for_codes() {
    let folder = finished(&small_findings());
    let mut all = request(9, &[]);
    all.all_themes = true;
    let drawn = draw_sample(folder.path(), &all).unwrap();
    let workbook = fs::read(drawn.folder.join("codes-coder.xlsx")).unwrap();
    let key = key_in(&drawn.folder);
    insta::assert_snapshot!(cells(&workbook, 2).replace(&key, "KEY"), @r#"
    A1 "segment_id" | B1 "interview" | C1 "where" | D1 "said before" | E1 "text" | F1 "said after" | G1 "workload" | H1 "missing services" | I1 "fear, minister" | J1 "none of these" | K1 "other theme" | L1 "memo" | M1 "sample"
    A2 "P02:1" | B2 "P02" | C2 "P02, turns 1–2" | E2 "אין שירותים, אין תקציב.⏎👩🏽\u{200d}💼 We fear the minister…" | M2 "KEY"
    A3 "P01:2" | B3 "P01" | C3 "P01, turn 3, 01:00:01" | D3 "INT: What gets in the way?⏎Ana: Sixty families, and \"one\" morning a week.⏎That is all." | E3 "=cmd|' /C calc'!A0" | M3 "KEY"
    A4 "P02:2" | B4 "P02" | C4 "P02, turn 2" | D4 "אין שירותים, אין תקציב." | E4 "👩🏽\u{200d}💼 We fear the minister…" | M4 "KEY"
    A5 "P01:1" | B5 "P01" | C5 "P01, turn 2, 00:00:04" | D5 "INT: What gets in the way?" | E5 "Sixty families, and \"one\" morning a week.⏎That is all." | F5 "Ana: =cmd|' /C calc'!A0" | M5 "KEY"
    "#);
    let sheet = part(&workbook, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("x,?") && sheet.contains("topLeftCell=\"B2\""), "{sheet}");
    let csv = fs::read_to_string(drawn.folder.join("codes-coder.csv")).unwrap();
    insta::assert_snapshot!(csv.trim_start_matches('\u{feff}').replace(&key, "KEY"), @r#"
    segment_id,interview,where,said before,text,said after,workload,missing services,"fear, minister",none of these,other theme,memo,sample
    P02:1,P02,"P02, turns 1–2",,"אין שירותים, אין תקציב.
    👩🏽‍💼 We fear the minister…",,,,,,,,KEY
    P01:2,P01,"P01, turn 3, 01:00:01","INT: What gets in the way?
    Ana: Sixty families, and ""one"" morning a week.
    That is all.",'=cmd|' /C calc'!A0,,,,,,,,KEY
    P02:2,P02,"P02, turn 2","אין שירותים, אין תקציב.",👩🏽‍💼 We fear the minister…,,,,,,,,KEY
    P01:1,P01,"P01, turn 2, 00:00:04",INT: What gets in the way?,"Sixty families, and ""one"" morning a week.
    That is all.",Ana: =cmd|' /C calc'!A0,,,,,,,KEY
    "#);
}

#[test]
fn a_sample_is_never_written_over_and_comes_out_the_same_again() {
    let folder = finished(&larger_findings(12));
    let files = |folder: &Path| -> Vec<(String, Vec<u8>)> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        names
            .iter()
            .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap()))
            .collect()
    };
    let first = draw_sample(folder.path(), &request(10, &["Ana", "Ben"])).unwrap();
    let second = draw_sample(folder.path(), &request(10, &["Ana", "Ben"])).unwrap();
    assert_eq!((first.number, second.number), (1, 2));
    let names: Vec<String> = files(&first.folder).into_iter().map(|(name, _)| name).collect();
    let expected =
        ["codes-Ana.csv", "codes-Ana.xlsx", "codes-Ben.csv", "codes-Ben.xlsx", "design.csv", "sample.json"];
    assert_eq!(names, expected);
    let design = |folder: &Path| design::read_design(&folder.join("design.csv")).unwrap();
    let ids = |rows: &[DesignRow]| -> Vec<String> {
        rows.iter().filter(|row| row.drawn).map(|row| row.segment_id.clone()).collect()
    };
    assert_ne!(ids(&design(&first.folder)), ids(&design(&second.folder)), "a new sample is another one");

    let again = finished(&larger_findings(12));
    let drawn = draw_sample(again.path(), &request(10, &["Ana", "Ben"])).unwrap();
    assert_eq!(files(&drawn.folder), files(&first.folder));
}

#[test]
fn the_design_has_the_chance_of_every_segment_in_the_order_of_groups_and_interviews() {
    let folder = finished(&larger_findings(12));
    let mut asked = request(10, &["Ana", "Ben", "Cleo"]);
    asked.both = 0.2;
    let drawn = draw_sample(folder.path(), &asked).unwrap();
    let rows = design::read_design(&drawn.folder.join("design.csv")).unwrap();
    assert_eq!(rows.len(), 24);
    assert!((rows.iter().map(|row| row.probability).sum::<f64>() - 10.0).abs() < 1e-9);
    assert!(rows.iter().all(|row| row.probability > 0.0 && row.drawn != row.coders.is_empty()));
    assert_eq!(rows.iter().filter(|row| row.drawn).count(), 10);
    assert_eq!(rows.iter().filter(|row| row.coders.len() == 3).count(), 2);
    assert_eq!(rows.iter().filter(|row| row.coders.len() == 1).count(), 8);
    let even = |row: &DesignRow| row.transcript_id[1..].parse::<u32>().unwrap() % 2 == 0;
    assert!(rows[..12].iter().all(even) && !rows[12..].iter().any(even), "Chile comes before Israel");
    for (coder, rows_of, _) in &drawn.coders {
        let mut numbers: Vec<u32> = rows
            .iter()
            .flat_map(|row| &row.coders)
            .filter(|(name, _)| name == coder)
            .map(|(_, number)| *number)
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=*rows_of as u32).collect::<Vec<u32>>());
    }
}

#[test]
fn the_sheet_does_not_depend_on_what_the_machine_said() {
    let sheet = |findings: &Findings| {
        let folder = finished(findings);
        let mut uniform = request(10, &[]);
        uniform.uncertain = 0.0;
        let drawn = draw_sample(folder.path(), &uniform).unwrap();
        fs::read_to_string(drawn.folder.join("codes-coder.csv")).unwrap()
    };
    let findings = larger_findings(12);
    let mut other = findings.clone();
    other.scores.mapv_inplace(|score| -score);
    other.labels.push(crate::results::Label {
        segment: 3.into(),
        theme: 0.into(),
        score: 4.0,
        confidence: 0.5,
        rank: 1,
        coders: Vec::new(),
    });
    assert_eq!(sheet(&findings), sheet(&other));
}

fn said(request: &SampleRequest, findings: &Findings) -> String {
    let folder = finished(findings);
    let error = draw_sample(folder.path(), request).unwrap_err();
    assert!(!folder.path().join("review/sample-1").exists());
    error.to_string().replace(&folder.path().display().to_string(), "OUT")
}

#[test]
fn what_cannot_be_drawn_is_from_file_in_a_sentence() {
    let mut findings = larger_findings(12);
    for segment in 0..12 {
        findings.labels.push(crate::results::Label {
            segment: segment.into(),
            theme: 0.into(),
            score: 4.0,
            confidence: 0.5,
            rank: 1,
            coders: Vec::new(),
        });
    }
    let asked = |change: fn(&mut SampleRequest)| {
        let mut request = request(10, &[]);
        change(&mut request);
        said(&request, &findings)
    };
    insta::assert_snapshot!(asked(|request| request.size = SampleSize::Width(0.05)), @"intervals of at most 0.05 cannot be had: with all 24 segments coded, that of `workload` would still be 0.64 wide, because people differ and there are 12 of them");
    insta::assert_snapshot!(asked(|request| request.size = SampleSize::Segments(0)), @"the number of segments must be from 1 to 10000, not 0");
    insta::assert_snapshot!(asked(|request| request.uncertain = 1.0), @"the share that goes after uncertainty must be from 0 to 0.9, not 1");
    insta::assert_snapshot!(asked(|request| request.both = f64::NAN), @"the share that all code must be from 0 to 1, not NaN");
    insta::assert_snapshot!(said(&request(9, &[]), &crate::table::fixture::empty_findings()), @"the run has no coded segments, so there is nothing to draw from");
    let nowhere = draw_sample(Path::new("nowhere"), &request(9, &[])).unwrap_err().to_string();
    assert!(nowhere.starts_with("nowhere holds no finished run"), "{nowhere}");
}

#[test]
fn a_wanted_width_gives_the_number() {
    let mut findings = larger_findings(40);
    for segment in (0..80).step_by(5) {
        findings.labels.push(crate::results::Label {
            segment: segment.into(),
            theme: 0.into(),
            score: 4.0,
            confidence: 0.5,
            rank: 1,
            coders: Vec::new(),
        });
    }
    let folder = finished(&findings);
    let mut wide = request(1, &[]);
    wide.size = SampleSize::Width(0.4);
    let drawn = draw_sample(folder.path(), &wide).unwrap();
    assert!(drawn.segments > 5 && drawn.segments < 80, "{}", drawn.segments);
    assert!(drawn.spreads.iter().all(|spread| spread.width <= 0.4), "{:?}", drawn.spreads);
}
