//! What a researcher reads, on the small study of the table tests.

use std::fs;

use super::paper;
use crate::study::Study;
use crate::table::fixture::{empty_findings, small_findings};

fn study(title: &str) -> (tempfile::TempDir, Study) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("P01.txt"), "Ana: No time at all for that.").unwrap();
    let written = format!(
        "[study]\ntitle = \"{title}\"\n[corpus]\ntranscripts = [\"*.txt\"]\ngroups = [\"country\"]\ninterviewers = [\"INT\"]\n"
    );
    fs::write(folder.path().join("study.toml"), written).unwrap();
    let (study, _) = Study::load(&folder.path().join("study.toml")).unwrap();
    (folder, study)
}

#[test]
fn the_paragraph_has_the_runs_own_numbers() {
    let (_folder, study) = study("Barriers");
    let text = paper(&study, &small_findings());
    let methods = text.split("## Sources").next().unwrap();
    insta::assert_snapshot!(methods, @"");
}

#[test]
fn items_that_no_program_knows_are_left_open() {
    let (_folder, study) = study("Barriers");
    let text = paper(&study, &small_findings());
    let items: Vec<&str> = text.lines().skip_while(|line| !line.starts_with("| 1 |")).take(32).collect();
    insta::assert_snapshot!(items.join("\n"), @"");
}

#[test]
fn only_sources_that_are_named_are_listed() {
    let (_folder, study) = study("Barriers");
    let text = paper(&study, &empty_findings());
    assert!(!text.contains("Holm"), "nothing was compared");
    assert!(text.contains("Reimers, N. and Gurevych, I. (2019)"));
}

#[test]
fn a_title_with_markup_stays_a_title() {
    let (_folder, study) = study("a | b <script>");
    let text = paper(&study, &empty_findings());
    assert!(text.starts_with("# For the paper: a | b &lt;script>\n"), "{text}");
}
