//! Names that a study lists, and addresses that it masks, stand in no file of its output and on no line that is printed.

use std::io::Read as _;
use std::path::Path;

use polars::prelude::DataType;
use polars_io::prelude::{ParquetReader, SerReader as _};

use crate::scratch::{Scratch, Table};

const STUDY: &str = "[study]\ntitle = \"What Quxley Brandt told\"\n\
    [corpus]\ntranscripts = [\"talks/*\", \"missing/Quxley*\"]\nparticipants = \"people.csv\"\ngroups = [\"town\"]\n\
    interviewers = [\"Zorander\", \"Nobody Vextrum\"]\n\
    pseudonyms = \"talks/names.csv\"\nmask = [\"email\", \"phone\", \"web\"]\n\
    [output]\nformats = [\"parquet\", \"csv\", \"xlsx\"]\n";

const NAMES: &str = "name,replacement,kind\nQuxley Brandt,Ruth Weber,\nQuxley,Ruth,person\nZorander,Interviewer,\n\
    Plimouth,[a town],place\nVextrum,Weiss,\nHidalgoz,Perez,\n";

/// What must be nowhere, in small letters.
const HIDDEN: [&str; 8] =
    ["quxley", "brandt", "zorander", "plimouth", "vextrum", "hidalgoz", "someone@mail.example", "7946"];

const TALK: &str = "Zorander: How is work in Plimouth these days, Quxley?\n\
    QUXLEY: We in Plimouth have sixty families and one morning a week, and quxley's desk is full.\n\
    Zorander: And who helps you with all of that, if anybody does at all?\n\
    QUXLEY: Nobody does. Write to someone@mail.example or call +44 20 7946 0958, and Quxley\nBrandt will answer.\n\
    Zorander: What would you change first if you could choose freely?\n\
    QUXLEY: More people at the desk, and a budget that lasts until the end of the year.\n\
    Hidalgoz: I was here for a moment only.\n";

fn scratch() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .write("study.toml", STUDY)
        .write("people.csv", "transcript_id,town\nQuxley_Brandt,Plimouth\nP02,Oldtown\n")
        .write("talks/Quxley_Brandt.txt", TALK)
        .write("talks/P02.txt", TALK.replace("QUXLEY", "P02"))
        .write("talks/Plimouth.png", "no transcript")
        .write("talks/names.csv", NAMES);
    scratch
}

/// All texts of a file: itself, and what is packed in it.
fn texts(path: &Path) -> Vec<(String, Vec<u8>)> {
    let bytes = std::fs::read(path).expect("a file");
    let mut all = vec![(path.display().to_string(), bytes.clone())];
    let name = path.to_string_lossy();
    if [".xlsx", ".qdpx"].iter().any(|ending| name.ends_with(ending)) {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).expect("a part");
            let mut unpacked = Vec::new();
            part.read_to_end(&mut unpacked).expect("a part's bytes");
            all.push((format!("{} in {name}", part.name()), unpacked));
        }
    } else if name.ends_with(".parquet") {
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a table");
        for column in frame.columns().iter().filter(|column| column.dtype() == &DataType::String) {
            let cells: Vec<&str> = column.str().expect("texts").iter().flatten().collect();
            all.push((format!("{} in {name}", column.name()), cells.join("\n").into_bytes()));
        }
    }
    all
}

fn files(folder: &Path, all: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, all) } else { all.push(path) }
    }
}

fn check_hidden(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    for hidden in HIDDEN {
        assert!(!text.contains(hidden), "`{hidden}` stands in {what}:\n{text}");
    }
}

#[test]
fn listed_names_are_in_no_output() {
    let scratch = scratch();
    let checked = scratch.emic(&["check", "study.toml"]);
    check_hidden("what `emic check` prints", checked.said.as_bytes());
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 2, "a picture was skipped: {}", done.said);
    check_hidden("what `emic run` prints", done.said.as_bytes());
    let exported = scratch.emic(&["export", "out", "--to", "out/all.qdpx"]);
    assert_eq!(exported.status, 0, "{}", exported.said);
    check_hidden("what `emic export` prints", exported.said.as_bytes());

    let mut all = Vec::new();
    files(&scratch.path("out"), &mut all);
    assert!(all.len() > 75, "{} files", all.len());
    for path in all {
        check_hidden(
            "a file's name",
            path.strip_prefix(scratch.path("out")).expect("inside").as_os_str().as_encoded_bytes(),
        );
        for (what, bytes) in texts(&path) {
            check_hidden(&what, &bytes);
        }
    }
}

#[test]
fn what_was_replaced_is_told() {
    let scratch = scratch();
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 2, "{}", done.said);
    let table = Table::read(&scratch.path("out/tables/replacements.csv"));
    let rows = table.columns(["transcript_id", "turn_index", "place", "kind", "replacement", "count"]);
    let rows: Vec<String> = rows.iter().map(|row| row.join(" | ")).collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    P02 |  | speaker | name | Interviewer | 3
    P02 |  | speaker | name | Perez | 1
    P02 | 1 | text | name | Ruth | 1
    P02 | 1 | text | place | [a town] | 1
    P02 | 2 | text | name | Ruth | 1
    P02 | 2 | text | place | [a town] | 1
    P02 | 4 | text | email | [email] | 1
    P02 | 4 | text | name | Ruth Weber | 1
    P02 | 4 | text | phone | [phone] | 1
    Ruth Weber |  | transcript_id | name | Ruth Weber | 1
    Ruth Weber |  | source | name | Ruth Weber | 1
    Ruth Weber |  | attribute | place | [a town] | 1
    Ruth Weber |  | speaker | name | Interviewer | 3
    Ruth Weber |  | speaker | name | Perez | 1
    Ruth Weber |  | speaker | name | Ruth | 3
    Ruth Weber | 1 | text | name | Ruth | 1
    Ruth Weber | 1 | text | place | [a town] | 1
    Ruth Weber | 2 | text | name | Ruth | 1
    Ruth Weber | 2 | text | place | [a town] | 1
    Ruth Weber | 4 | text | email | [email] | 1
    Ruth Weber | 4 | text | name | Ruth Weber | 1
    Ruth Weber | 4 | text | phone | [phone] | 1
    ");
    let turns = Table::read(&scratch.path("out/tables/turns.csv"));
    let turns: Vec<String> = turns
        .columns(["transcript_id", "speaker", "role", "text"])
        .iter()
        .skip(7)
        .map(|row| row.join(" | "))
        .collect();
    insta::assert_snapshot!(turns.join("\n"), @r"
    Ruth Weber | Interviewer | interviewer | How is work in [a town] these days, Ruth?
    Ruth Weber | RUTH | participant | We in [a town] have sixty families and one morning a week, and ruth's desk is full.
    Ruth Weber | Interviewer | interviewer | And who helps you with all of that, if anybody does at all?
    Ruth Weber | RUTH | participant | Nobody does. Write to [email] or call [phone], and Ruth Weber will answer.
    Ruth Weber | Interviewer | interviewer | What would you change first if you could choose freely?
    Ruth Weber | RUTH | participant | More people at the desk, and a budget that lasts until the end of the year.
    Ruth Weber | Perez | participant | I was here for a moment only.
    ");
    let problems = Table::read(&scratch.path("out/tables/problems.csv"));
    let problems = problems.columns(["source", "severity", "message"]);
    let told: Vec<String> = problems
        .iter()
        .filter(|row| row[2].contains("name") || row[0].contains("name"))
        .map(|row| row.join(" | "))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    talks/Ruth Weber.txt | warning | the file or its transcript is called after a listed name; it is shown as `Ruth Weber`
    talks/names.csv | warning | the name in row 6 (shown as `Weiss`) stands in no transcript
    ");
}

#[test]
fn a_mapping_that_is_not_whole_stops_the_run() {
    let scratch = scratch();
    scratch.write("talks/names.csv", "name,replacement\nQuxley,Ruth\nZorander,\n");
    let checked = scratch.emic(&["check", "study.toml"]);
    assert_eq!(checked.status, 1);
    insta::assert_snapshot!(checked.said, @r"
    error: talks/names.csv:3: a name stands here without a replacement, and would be shown
    hint: write what is to be shown instead, for example a pseudonym or [name]
    ");
}

#[test]
fn what_a_study_says_of_people_is_checked() {
    let said = |corpus: &str| {
        let scratch = Scratch::new();
        scratch
            .write("study.toml", format!("[corpus]\ntranscripts = [\"*.txt\"]\n{corpus}\n"))
            .write("a.txt", "INT: How are you?\nP1: Well.\nINT: And work?\nP1: Long.\n");
        scratch.emic(&["check", "study.toml"]).said
    };
    let all = [
        "mask = [\"emails\"]",
        "split = [\"*\"]",
        "pseudonyms = \"gone.csv\"",
        "[corpus.speakers]\n\"Anna\" = [\"P1\"]\n\"Bo\" = [\"p1\"]",
        "interviewers = [\"Dana\"]\n[corpus.speakers]\n\"Dana\" = [\"INT\", \"b: P1\"]",
    ];
    let all: Vec<String> = all.iter().map(|corpus| said(corpus)).collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    error: study.toml:3: `emails` cannot be masked
    hint: did you mean `email`?

    error: study.toml:3: `*` is no heading
    hint: write the heading as it stands in the file, with one `*` for what changes, for example "Interview *"

    error: study.toml:3: there is no file `gone.csv`
    hint: paths are relative to the folder of the study file, `.`

    error: study.toml: the label `p1` is listed for `Anna` and for `Bo`
    hint: write "Anna" = ["ANNA K.", "P03: Speaker 2"] under [corpus.speakers]

    1 transcript (1 txt), 4 turns, 7 words
    0 themes in the codebook: 

    speaker                         role          turns  transcripts
    Dana                            interviewer       2            1
    P1                              participant       2            1

    interview            who speaks             role         turns    words  questions
    a                    Dana                   interviewer      2        5          2
                         P1                     participant      2        2          0

    warning: [corpus.speakers]: no transcript has a speaker `b: P1`, which is listed for `Dana` (write it as `emic check` lists it; before a colon stands a transcript's id)
    warning: a.txt: a has no segment: no turn of a participant has 5 words or more (look at `interviewers` and `min_words` in the study file)
    warning: corpus: there are only 0 segments: labels and emergent themes are guesses (read every segment yourself, or add interviews)
    note: saturation: Saturation is not known: it takes 6 interviews or more, and there are 1.
    "#);
}
