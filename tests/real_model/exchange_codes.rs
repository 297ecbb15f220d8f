//! A project comes back from another program with people's work in it. Here, because the model has to find the theme in the first place.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};

use regex::{Captures, Regex};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::exchange::{answers, exported, finished, labels};

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

fn packed(parts: &BTreeMap<String, String>) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        package.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        package.write_all(text.as_bytes()).expect("a part");
    }
    package.finish().expect("a package").into_inner()
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
