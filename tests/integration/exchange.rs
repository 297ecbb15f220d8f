//! A run goes to another program as a REFI-QDA project, people change it there, and it comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};

use regex::{Captures, Regex};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

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
fn finished() -> Scratch {
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

fn packed(parts: &BTreeMap<String, String>) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        package.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        package.write_all(text.as_bytes()).expect("a part");
    }
    package.finish().expect("a package").into_inner()
}

fn exported(scratch: &Scratch) -> BTreeMap<String, String> {
    let done = scratch.emic(&["export", "out", "--to", "project.qdpx"]);
    assert_eq!(done.status, 0, "{}", done.said);
    unpacked(&std::fs::read(scratch.path("project.qdpx")).expect("the export"))
}

/// The answers of a coder, by transcript and place, with what was said of each theme.
fn answers(scratch: &Scratch, coder: &str) -> BTreeSet<[String; 4]> {
    let codes = scratch.table("out/review/codes.csv");
    let rows = codes.columns(["coder", "transcript_id", "char_start", "theme", "applies"]);
    rows.into_iter()
        .filter(|row| row[0] == coder)
        .map(|[_, a, b, c, d]| [a, b, c, d].map(str::to_owned))
        .collect()
}

/// What the machine labelled, in the same form.
fn labels(scratch: &Scratch) -> BTreeSet<[String; 4]> {
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

/// As `NVivo` exports a project that it took in: every identifier is another, written in another way, the folder has a capital, junk lies
/// in it, and the texts have the line breaks of Windows, which count as two.
fn through_nvivo(parts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let guid = Regex::new("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").expect("a pattern");
    let anew = |text: &str| {
        let anew = |found: &Captures<'_>| found[0].chars().rev().collect::<String>().to_uppercase();
        // Back to front, a dash stands elsewhere.
        guid.replace_all(text, |found: &Captures<'_>| {
            let bare = anew(found).replace('-', "");
            format!("{}-{}-{}-{}-{}", &bare[..8], &bare[8..12], &bare[12..16], &bare[16..20], &bare[20..])
        })
        .into_owned()
    };
    let qde = &parts["project.qde"];
    let text_of: BTreeMap<&str, &str> =
        parts.iter().map(|(name, text)| (name.trim_start_matches("sources/"), text.as_str())).collect();
    let file = Regex::new(r#"plainTextPath="internal://([^"]+)""#).expect("a pattern");
    let position = Regex::new(r#"(startPosition|endPosition)="(\d+)""#).expect("a pattern");
    let mut text = "";
    let mut lines = Vec::new();
    for line in qde.lines() {
        if let Some(found) = file.captures(line) {
            text = text_of[found.get(1).expect("a file").as_str()];
        }
        let moved = position.replace_all(line, |found: &Captures<'_>| {
            let place: usize = found[2].parse().expect("a number");
            let breaks = text.chars().take(place).filter(|c| *c == '\n').count();
            format!("{}=\"{}\"", &found[1], place + breaks)
        });
        lines.push(moved.into_owned());
    }
    // The descriptions of codes and of the project are what a program may drop.
    let qde = Regex::new("(?s)<Description>.*?</Description>")
        .expect("a pattern")
        .replace_all(&lines.join("\n"), "")
        .into_owned();
    let mut changed = BTreeMap::from([
        ("Project.qde".to_owned(), anew(&qde).replace("Emic 0.1.0", "NVivo")),
        ("Sources/.root".to_owned(), String::new()),
    ]);
    for (name, text) in parts.iter().filter(|(name, _)| name.starts_with("sources/")) {
        changed.insert(
            anew(name).replace("sources/", "Sources/").replace(".TXT", ".txt"),
            text.replace('\n', "\r\n"),
        );
    }
    changed
}

#[test]
fn what_people_did_in_another_program_is_told_and_counts() {
    let scratch = finished();
    let machine = labels(&scratch);
    let mut parts = through_nvivo(&exported(&scratch));
    let qde = parts.get_mut("Project.qde").expect("the project");
    // Ana takes one coding away, marks the other interview's last turn, and calls a code by another name.
    let user = "<User guid=\"{AAAAAAAA-0000-4000-8000-000000000001}\" name=\"Ana\"/>";
    *qde = qde.replacen("</Users>", &format!("{user}</Users>"), 1);
    let code = Regex::new(r#"<Code guid="([^"]+)" name="workload""#).expect("a pattern");
    let workload = code.captures(qde).expect("the code").get(1).expect("its guid").as_str().to_owned();
    *qde = qde.replace("name=\"workload\"", "name=\"too much work\"");
    let coding =
        Regex::new(r#"(?s)<Coding [^>]*>\s*<CodeRef targetGUID="([^"]+)"/>\s*</Coding>"#).expect("a pattern");
    let all: Vec<String> = coding
        .captures_iter(qde)
        .filter(|found| found[1] == workload)
        .map(|found| found[0].to_owned())
        .collect();
    assert!(!all.is_empty(), "the machine found the theme");
    *qde = qde.replacen(&all[0], "", 1);
    let source = Regex::new(r#"(?s)<TextSource [^>]*name="P02"[^>]*>"#).expect("a pattern");
    let opened = source.find(qde).expect("the source").as_str().to_owned();
    let file = parts_text(&parts, "אנחנו");
    let start = file.chars().count() - file.split("P02: ").last().expect("a turn").chars().count();
    let marked = format!(
        "{opened}<PlainTextSelection guid=\"AAAAAAAA-0000-4000-8000-000000000002\" startPosition=\"{start}\" endPosition=\"{}\">\
         <Coding guid=\"AAAAAAAA-0000-4000-8000-000000000003\" creatingUser=\"aaaaaaaa-0000-4000-8000-000000000001\">\
         <CodeRef targetGUID=\"{workload}\"/></Coding></PlainTextSelection>",
        start + 20
    );
    let qde = parts.get_mut("Project.qde").expect("the project");
    *qde = qde.replacen(&opened, &marked, 1);
    scratch.write("back.qdpx", packed(&parts));

    let back = scratch.emic(&["review", "import", "out", "back.qdpx"]);
    assert!(back.status == 0, "{}", back.said);
    let changes = scratch.table("out/review/changes.csv");
    let told: Vec<String> = changes
        .columns(["change", "code", "was", "coder", "transcript_id"])
        .iter()
        .map(|row| row.join(" | "))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    code renamed | too much work | workload | Ana | 
    coding removed | too much work |  | Ana | P01
    coding added | too much work |  | Ana | P02
    ");
    let removed: Vec<[&str; 4]> = changes
        .columns(["change", "transcript_id", "was_start", "was_text"])
        .into_iter()
        .filter(|row| row[0] == "coding removed")
        .collect();
    let ana = answers(&scratch, "Ana");
    assert_eq!(ana.len(), machine.len());
    let differ: BTreeSet<&[String; 4]> = ana.difference(&machine).collect();
    // One segment lost a theme and one may have won it; nothing else differs.
    assert!(differ.iter().all(|row| row[2] == "workload"), "{differ:?}");
    assert!(
        differ.iter().any(|row| row[0] == removed[0][1] && row[1] == removed[0][2] && row[3] == "0"),
        "{differ:?}"
    );

    // The next run learns of it and says how far the two agree.
    let done = scratch.run("study.toml", &[]);
    assert!(done.status == 0 || done.status == 2, "{}", done.said);
    let agreement = scratch.table("out/tables/agreement.csv");
    let raters: BTreeSet<[&str; 2]> = agreement.columns(["rater_a", "rater_b"]).into_iter().collect();
    assert!(raters.iter().any(|pair| pair.contains(&"Ana")), "{raters:?}");
}

fn parts_text(parts: &BTreeMap<String, String>, wanted: &str) -> String {
    parts.values().find(|text| text.contains(wanted) && !text.contains("<Project")).expect("the text").clone()
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
