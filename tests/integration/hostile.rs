//! Input that means harm, or looks as if it did: what becomes of it is decided, and said in a sentence.

use std::fmt::Write as _;
use std::path::Path;

use crate::scratch::Scratch;

const STUDY: &str = "[corpus]\ntranscripts = [\"t/*\"]\nparticipants = \"participants.csv\"\ngroups = [\"country\", \"age\"]\n\
                     [themes]\ncodebook = \"codebook.toml\"\n[output]\nformats = [\"csv\", \"xlsx\"]\n";
const CODEBOOK: &str =
    "[[theme]]\nname = \"=1+workload\"\ndefinition = \"Too few <b>hours</b> \\u001b[31m.\"\n";

/// Ids of interviews and labels of speakers that nobody should be able to do anything with.
const NAMES: [(&str, &str); 8] = [
    ("../../../etc/passwd", "a/b\\c"),
    ("=HYPERLINK(\"http://x\")", "+1"),
    ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>"),
    ("\u{1b}[31mred\u{7}", "nul\0in"),
    ("..", "."),
    ("CON", "@SUM(A1)"),
    ("\u{202e}gnp.exe", "\u{200b}"),
    ("two\nlines", "tab\tname"),
];

fn study() -> Scratch {
    let scratch = Scratch::new();
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["transcript_id", "speaker", "text"]).expect("a row");
    for (id, speaker) in NAMES {
        for case in ["first", "second", "third"] {
            let text =
                format!("We have too few hours for the {case} case, \u{1b}[2J and letters take the evening.");
            rows.write_record([id, speaker, &text]).expect("a row");
        }
    }
    scratch
        .write("study.toml", STUDY)
        .write("codebook.toml", CODEBOOK)
        .write("t/names.csv", rows.into_inner().expect("rows"))
        .write("t/bytes.txt", b"P: caf\xe9 and \xff\xfe hours\nP: \xc3\x28 more cases than hours in the day\n")
        .write(
            "participants.csv",
            "transcript_id,country,age,\"=cmd|' /C calc'!A0\"\n../../../etc/passwd,<b>X</b>,1e999,=1+1\n\
             bytes,\u{1b}[2J\u{7}Y,-0,\u{202e}abc\n<script>alert(1)</script>,@SUM(A1),NaN,99999999999999999999999\n",
        );
    scratch
}

/// Every file in a folder and those below it.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn names_that_mean_harm_are_names() {
    let scratch = study();
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 0, "{}", done.said);
    let shown = |text: &str| text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    assert!(!shown(&done.said), "the terminal is told to do something: {:?}", done.said);
    assert!(!shown(&scratch.emic(&["check", "study.toml"]).said));

    // Nothing lies anywhere but in the output folder, and no file is called like an interview.
    let above: Vec<_> = files(&scratch.path(""))
        .into_iter()
        .filter(|path| !path.starts_with(scratch.path("out")))
        .map(|path| path.strip_prefix(scratch.path("")).expect("in the folder").display().to_string())
        .collect();
    assert_eq!(above.len(), 5, "{above:?}");
    assert!(files(&scratch.path("out")).iter().all(|path| !path.display().to_string().contains("passwd")));

    for table in files(&scratch.path("out/tables"))
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "csv"))
    {
        let text = std::fs::read_to_string(table).expect("a table in UTF-8");
        assert!(!text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c)), "{}", table.display());
        let mut cells = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for row in cells.records() {
            for cell in &row.expect("a row") {
                let is_number = cell.parse::<f64>().is_ok();
                assert!(
                    is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{}: {cell}",
                    table.display()
                );
            }
        }
    }
    let page = std::fs::read_to_string(scratch.path("out/report.html")).expect("the page");
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x") && !page.contains("<b>X</b>"));

    let exported = scratch.emic(&["export", "out", "--to", "project.qdpx"]);
    assert_eq!(exported.status, 0, "{}", exported.said);
    let project = std::fs::File::open(scratch.path("project.qdpx")).expect("the project");
    let project = zip::ZipArchive::new(project).expect("a package");
    assert!(project.file_names().all(|name| !name.contains("..") && !name.contains('\\') && name.is_ascii()));
}

#[test]
fn a_turn_of_ten_megabytes_without_a_full_stop_is_cut_and_a_word_as_long_is_one() {
    let scratch = study();
    let endless = "so many words about hours and cases that never end ".repeat(200_000);
    scratch
        .write("t/endless.txt", format!("P: {endless}"))
        .write("t/one_word.txt", format!("P: {}", "a".repeat(10_000_000)));
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 0, "{}", done.said);
    let segments = scratch.table("out/tables/segments.csv");
    let parts: Vec<[&str; 2]> =
        segments.columns(["transcript_id", "text"]).into_iter().filter(|[id, _]| *id == "endless").collect();
    assert!(parts.len() > 5_000, "{}", parts.len());
    let words: usize = parts.iter().map(|[_, text]| text.split(' ').count()).sum();
    assert_eq!(words, 2_000_000);
}

#[test]
fn a_hundred_thousand_speakers_are_a_hundred_thousand_rows() {
    let scratch = study();
    let mut rows = String::from("transcript_id,speaker,text\n");
    for speaker in 0..100_000 {
        let _ = writeln!(rows, "forum,Person {speaker},Yes.");
    }
    let done = scratch.write("t/forum.csv", rows).emic(&["check", "study.toml"]);
    assert_eq!(done.status, 0, "{}", done.said);
    assert!(done.said.contains("and 9"), "not all of them are listed");
    assert!(done.said.lines().count() < 100, "{}", done.said.lines().count());
}

#[test]
fn files_of_the_study_that_are_no_text_are_refused_with_their_names() {
    let said = |name: &str, bytes: &[u8]| {
        let scratch = study();
        let done = scratch.write(name, bytes).emic(&["check", "study.toml"]);
        format!(
            "{name}, status {}: {}",
            done.status,
            done.said.lines().find(|line| line.contains(name)).unwrap_or_default()
        )
    };
    let all = [
        said("study.toml", b"[corpus]\ntranscripts = [\"t/\xff*\"]\n"),
        said("codebook.toml", b"[[theme]]\nname = \"\xff\"\n"),
        said("participants.csv", b"transcript_id,country\nbytes,\xff\xfe\n../../../etc/passwd,V\n"),
        said("participants.csv", b""),
        said("participants.csv", b"\0\0\0\0"),
    ];
    insta::assert_snapshot!(all.join("\n"), @r#"
    study.toml, status 1: error: study.toml: the study file is not UTF-8 text
    codebook.toml, status 1: error: codebook.toml: the codebook is not UTF-8 text
    participants.csv, status 0: warning: participants.csv: the file does not say its encoding and its letters do not tell for sure; it was read as windows-1251, in windows-1254 `я` would be `ÿ`, `ю` would be `ş` (compare these letters with the original, and save the file as UTF-8)
    participants.csv, status 2: error: participants.csv: the participants were not read: the file is empty (export or copy the transcript again)
    participants.csv, status 2: error: participants.csv: the participants were not read: the file holds nothing but zero bytes (this happens when a copy or a cloud synchronisation was interrupted: copy the file again)
    "#);
}

#[test]
fn numbers_beyond_all_bounds_are_named_with_what_is_possible() {
    let said = |line: &str| {
        let scratch = study();
        let done = scratch.write("study.toml", format!("{STUDY}{line}\n")).emic(&["check", "study.toml"]);
        format!("{line} -> {}: {}", done.status, done.said.lines().take(2).collect::<Vec<_>>().join(" / "))
    };
    let all = [
        "[study]\nseed = -1",
        "[study]\nseed = 99999999999999999999999",
        "[study]\nseed = 1e400",
        "[segment]\nmin_words = -5",
        "[segment]\nmin_words = 4294967296",
        "[segment]\nwindow_words = 0",
        "[cluster]\nclusters = 0",
        "[cluster]\nclusters = -3",
        "[cluster]\nclusters = 9999999999",
        "[cluster]\nclusters = nan",
    ];
    insta::assert_snapshot!(all.map(said).join("\n"), @r#"
    [study]
    seed = -1 -> 1: error: study.toml:10: invalid value: integer `-1`, expected a whole number, not below 0 and not that large
    [study]
    seed = 99999999999999999999999 -> 1: error: study.toml:10: invalid type: integer `99999999999999999999999`, expected a whole number, not below 0 and not that large
    [study]
    seed = 1e400 -> 1: error: study.toml:10: floating-point number overflowed
    [segment]
    min_words = -5 -> 1: error: study.toml:10: invalid value: integer `-5`, expected a whole number, not below 0 and not that large
    [segment]
    min_words = 4294967296 -> 1: error: study.toml:10: invalid value: integer `4294967296`, expected a whole number, not below 0 and not that large
    [segment]
    window_words = 0 -> 1: error: study.toml:10: `window_words = 0` is out of range / hint: 1 to 10000 words
    [cluster]
    clusters = 0 -> 1: error: study.toml:10: `clusters` is out of range / hint: "auto", or a whole number from 1 to 100000
    [cluster]
    clusters = -3 -> 1: error: study.toml:10: `clusters` is out of range / hint: "auto", or a whole number from 1 to 100000
    [cluster]
    clusters = 9999999999 -> 1: error: study.toml:10: `clusters` is out of range / hint: "auto", or a whole number from 1 to 100000
    [cluster]
    clusters = nan -> 1: error: study.toml:10: `clusters` is "auto" or a whole number from 1
    "#);
}
