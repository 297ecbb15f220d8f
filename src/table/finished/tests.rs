//! Tables written by a run come back as they were; anything else is told of in a sentence.

use std::fs;

use proptest::prelude::*;

use super::*;
use crate::results::NoProgress;
use crate::table::fixture::{empty_findings, small_findings};
use crate::table::{Findings, Format, WrittenTables, write_tables};

fn written(findings: &Findings, formats: &[Format]) -> (tempfile::TempDir, WrittenTables) {
    let folder = tempfile::tempdir().unwrap();
    let written = write_tables(findings, folder.path(), formats, &NoProgress).unwrap();
    (folder, written)
}

fn said(result: Result<FinishedRun, FinishedError>, folder: &tempfile::TempDir) -> String {
    result.unwrap_err().to_string().replace(&folder.path().display().to_string(), "OUT")
}

#[test]
fn a_run_comes_back_as_it_was() {
    let findings = small_findings();
    let (folder, written) = written(&findings, &[Format::Parquet]);
    let recorded = |table: &str| {
        written.files.iter().find(|file| file.table == table).map(|file| file.digest.sha256.clone())
    };
    let run = read_finished(folder.path(), &recorded).unwrap();
    assert_eq!(run.segments, findings.segments);
    assert_eq!(run.themes, findings.themes);
    assert_eq!(run.scores, findings.scores);
    assert_eq!(run.labels, findings.labels);
    for (read, was) in run.corpus.transcripts.iter().zip(&findings.corpus.transcripts) {
        assert_eq!((&read.id, &read.source, &read.turns), (&was.id, &was.source, &was.turns));
        assert_eq!(read.attributes.get("country"), was.attributes.get("country"));
    }
    assert_eq!(run.corpus.attributes, ["country", "Turns_2"]);
}

#[test]
fn a_run_that_found_nothing_comes_back() {
    let (folder, _) = written(&empty_findings(), &[Format::Parquet]);
    let run = read_finished(folder.path(), &|_| None).unwrap();
    assert_eq!((run.corpus.transcripts.len(), run.segments.len(), run.scores.dim()), (0, 0, (0, 0)));
}

#[test]
fn what_is_missing_or_changed_is_told_in_a_sentence() {
    let (folder, _) = written(&small_findings(), &[Format::Csv]);
    insta::assert_snapshot!(said(read_finished(folder.path(), &|_| None), &folder), @r#"OUT/tables/transcripts.parquet is not there: a finished run is read from its Parquet tables (have "parquet" among the `formats` under [output] in the study file, and run the study again)"#);

    let (folder, _) = written(&small_findings(), &[Format::Parquet]);
    let digest = |table: &str| (table == "turns").then(|| "0123".to_owned());
    insta::assert_snapshot!(said(read_finished(folder.path(), &digest), &folder), @"OUT/tables/turns.parquet is not as the run wrote it (run the study again)");

    let tables = folder.path().join("tables");
    fs::copy(tables.join("themes.parquet"), tables.join("labels.parquet")).unwrap();
    insta::assert_snapshot!(said(read_finished(folder.path(), &|_| None), &folder), @"OUT/tables/labels.parquet is damaged: it has no column `segment_id` (run the study again)");
    fs::write(tables.join("scores.parquet"), "PAR1 and no more PAR1").unwrap();
    insta::assert_snapshot!(said(read_finished(folder.path(), &|_| None), &folder), @"OUT/tables/scores.parquet is damaged: its Parquet structure is broken (run the study again)");
}

#[test]
fn tables_of_two_runs_do_not_pass_for_one() {
    let (folder, _) = written(&small_findings(), &[Format::Parquet]);
    let mut other = small_findings();
    let text = &mut other.segments[0].passage.text;
    *text = format!("{text}!").into();
    let (other, _) = written(&other, &[Format::Parquet]);
    fs::copy(other.path().join("tables/segments.parquet"), folder.path().join("tables/segments.parquet"))
        .unwrap();
    insta::assert_snapshot!(said(read_finished(folder.path(), &|_| None), &folder), @"OUT/tables/segments.parquet is damaged: the segment `P01:1` is not what stands in its place (run the study again)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_broken_byte_never_ends_the_program(index in 0_usize..4_000, flipped in 1_u8..) {
        let (folder, _) = written(&small_findings(), &[Format::Parquet]);
        let path = folder.path().join("tables/segments.parquet");
        let mut bytes = fs::read(&path).unwrap();
        let index = index % bytes.len();
        bytes[index] ^= flipped;
        fs::write(&path, bytes).unwrap();
        let _ = read_finished(folder.path(), &|_| None);
    }
}
