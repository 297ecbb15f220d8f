//! A run goes to another program as a REFI-QDA project, people change it there, and it comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::scratch::Scratch;

const STUDY: &str = r#"
[study]
title = "Barriers"
[corpus]
transcripts = ["*.txt"]
participants = "participants.csv"
interviewers = ["INT"]
[themes]
codebook = "codebook.toml"
emergent = false
[output]
formats = ["parquet", "csv"]
"#;
const CODEBOOK: &str = r#"
[[theme]]
name = "workload"
definition = "Too few hours and too many cases."
exclude = "Pay."
[[theme]]
name = "political risk"
definition = "Fear of what politicians and the ministry do to those who speak up."
"#;

/// Talk about other things, against which themes stand out.
fn said(speaker: &str, line_break: &str) -> String {
    let talk = [
        "My sister keeps bees behind the house, and in summer we all help her with the honey.",
        "The train is late most mornings, so I read the newspaper on the platform.",
        "Cafe\u{301} meetings are the best part of the week, somebody always brings a cake.",
        "We painted the kitchen yellow last year, and now everybody wants to sit there.",
        "When it rains the children play in the hall, and the whole building hears them.",
        "I learned to swim only at forty, in a lake with very cold water.",
        "The garden gives us tomatoes until October, if the frost does not come early.",
        "On Sundays I call my mother, and she tells me about the neighbours and their dog.",
    ];
    let turn = |text: &&str| format!("INT: Tell me more.{line_break}{speaker}: {text}{line_break}");
    talk.iter().map(turn).collect()
}

/// A study of two interviews, run. One has the characters that positions go wrong with.
pub(crate) fn finished() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .write("study.toml", STUDY)
        .write("codebook.toml", CODEBOOK)
        .write("participants.csv", "transcript_id,country,wave\nP01,KE,1\nP02,IL,2\n")
        .write(
            "P01.txt",
            format!(
                "INT: What keeps you from policy work?\r\nP01: 🙂 I have sixty families and one morning a week, too many cases \
                 and too few hours, there is simply no time for more.\r\nINT: And besides that?\r\n{}",
                said("P01", "\r\n")
            ),
        )
        .write(
            "P02.txt",
            format!(
                "INT: מה מונע ממך עבודת מדיניות?\nP02: אנחנו פוחדים מהשר, ומי שמדבר משלם על זה במשרה שלו.\nINT: ומה עוד?\nP02: We fear \
                 the minister, and who speaks up against the ministry and the politicians pays for it with the job.\n{}",
                said("P02", "\n")
            ),
        );
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 0, "{}", done.said);
    scratch
}

/// The parts of a package.
fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("a text");
        parts.insert(part.name().to_owned(), text);
    }
    parts
}

pub(crate) fn exported(scratch: &Scratch) -> BTreeMap<String, String> {
    let done = scratch.emic(&["export", "out", "--to", "project.qdpx"]);
    assert_eq!(done.status, 0, "{}", done.said);
    unpacked(&std::fs::read(scratch.path("project.qdpx")).expect("the export"))
}

/// The answers of a coder, by transcript and place, with what was said of each theme.
pub(crate) fn answers(scratch: &Scratch, coder: &str) -> BTreeSet<[String; 4]> {
    let codes = scratch.table("out/review/codes.csv");
    let rows = codes.columns(["coder", "transcript_id", "char_start", "theme", "applies"]);
    rows.into_iter()
        .filter(|row| row[0] == coder)
        .map(|[_, a, b, c, d]| [a, b, c, d].map(str::to_owned))
        .collect()
}

/// What the machine labelled, in the same form.
pub(crate) fn labels(scratch: &Scratch) -> BTreeSet<[String; 4]> {
    let labels = scratch.table("out/tables/labels.csv");
    let labelled: BTreeSet<[&str; 2]> = labels.columns(["segment_id", "theme"]).into_iter().collect();
    let segments = scratch.table("out/tables/segments.csv");
    let of = |[id, transcript, start]: [&str; 3]| {
        ["workload", "political risk"].map(|theme| {
            let applies = if labelled.contains(&[id, theme]) { "1" } else { "0" };
            [transcript, start, theme, applies].map(str::to_owned)
        })
    };
    segments.columns(["segment_id", "transcript_id", "char_start"]).into_iter().flat_map(of).collect()
}

#[test]
fn a_project_that_nobody_changed_comes_back_as_the_labels() {
    let scratch = finished();
    exported(&scratch);
    let again = scratch.emic(&["export", "out", "--to", "project.qdpx"]);
    assert_eq!(again.status, 1, "{}", again.said);
    assert!(again.said.contains("may hold somebody's work"), "{}", again.said);
    let unknown = scratch.emic(&["review", "import", "out", "project.qdpx"]);
    assert!(unknown.said.contains("--coder"), "{}", unknown.said);
    let back = scratch.emic(&["review", "import", "out", "project.qdpx", "--coder", "Ana"]);
    assert_eq!(back.status, 0, "{}", back.said);
    assert!(back.said.contains("What Ana changed:\n  nothing"), "{}", back.said);
    let labels = labels(&scratch);
    assert!(labels.iter().any(|row| row[3] == "1"), "the machine found something");
    assert_eq!(answers(&scratch, "Ana"), labels);
    assert_eq!(scratch.table("out/review/changes.csv").columns(["change"]).len(), 0);
}

#[test]
fn a_project_is_a_corpus_a_codebook_and_codes_at_once() {
    let scratch = finished();
    exported(&scratch);
    let study = STUDY
        .replace("*.txt", "project.qdpx")
        .replace("participants = \"participants.csv\"\n", "")
        .replace("codebook.toml", "project.qdpx")
        .replace("[output]", "[review]\ncodes = \"project.qdpx\"\n[output]\ndirectory = \"again\"");
    scratch.write("again.toml", study);
    let done = scratch.run("again.toml", &[]);
    assert!(done.status == 0 || done.status == 2, "{}", done.said);
    let turns = |out: &str| {
        let table = scratch.table(&format!("{out}/tables/turns.csv"));
        let rows = table.columns(["transcript_id", "speaker", "role", "char_start", "char_end", "text"]);
        rows.into_iter().map(|row| row.map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(turns("again"), turns("out"));
    let known = scratch.table("again/tables/transcripts.csv");
    assert_eq!(known.columns(["transcript_id", "country", "wave"]), [["P01", "KE", "1"], ["P02", "IL", "2"]]);
    let themes = scratch.table("again/tables/themes.csv");
    let definitions: Vec<[&str; 2]> = themes.columns(["theme", "definition"]);
    assert_eq!(definitions[0], ["workload", "Too few hours and too many cases."]);
}

#[test]
fn a_codebook_alone_is_read_as_it_was_written() {
    let scratch = finished();
    let done = scratch.emic(&["export", "out", "--to", "codebook.qdc"]);
    assert_eq!(done.status, 0, "{}", done.said);
    scratch.write(
        "again.toml",
        STUDY.replace("codebook.toml", "codebook.qdc").replace("[output]", "[output]\ndirectory = \"again\""),
    );
    let done = scratch.run("again.toml", &[]);
    assert_eq!(done.status, 0, "{}", done.said);
    assert_eq!(
        scratch.table("again/tables/labels.csv").columns(["segment_id", "theme", "score"]),
        scratch.table("out/tables/labels.csv").columns(["segment_id", "theme", "score"])
    );
    let wrong = scratch.emic(&["export", "out", "--to", "codebook.pdf"]);
    assert_eq!((wrong.status, wrong.said.contains(".qdpx")), (1, true));
}

#[test]
fn the_tables_are_written_again_in_other_formats() {
    let scratch = finished();
    let csv = scratch.emic(&["export", "out", "--to", "tables"]);
    assert_eq!(csv.status, 0, "{}", csv.said);
    let marked = scratch.emic(&["export", "out", "--to", "for-excel", "--excel"]);
    assert_eq!(marked.status, 0, "{}", marked.said);
    let read = |name: &str| std::fs::read_to_string(scratch.path(name)).expect("a table");
    for table in ["labels", "turns", "prevalence"] {
        let ours = read(&format!("out/tables/{table}.csv"));
        assert_eq!(read(&format!("for-excel/{table}.csv")), ours, "{table}");
        assert_eq!(
            Some(read(&format!("tables/{table}.csv")).as_str()),
            ours.strip_prefix('\u{feff}'),
            "{table}"
        );
    }
    let workbook = scratch.emic(&["export", "out", "--to", "tables.xlsx"]);
    assert_eq!(workbook.status, 0, "{}", workbook.said);
    let bytes = std::fs::read(scratch.path("tables.xlsx")).expect("the workbook");
    let sheets = unpacked(&bytes)["xl/workbook.xml"].matches("<sheet ").count();
    assert_eq!(sheets, std::fs::read_dir(scratch.path("tables")).expect("the folder").count());
}
