//! What people meet: a new study, mistakes in the study file, files that cannot be read, and how the program ends.

use crate::scratch::Scratch;

const STUDY: &str = r#"[study]
seed = 7

[corpus]
transcripts = ["transcripts/*"]
participants = "participants.csv"
groups = ["country"]
interviewers = ["Interviewer", "INT"]

[segment]
unit = "turn"

[cluster]
method = "spherical-kmeans"

[themes]
codebook = "codebook.toml"

[output]
formats = ["parquet", "csv"]
"#;

/// A study of two short interviews.
pub(crate) fn study() -> Scratch {
    let scratch = Scratch::new();
    scratch
        .write("study.toml", STUDY)
        .write("codebook.toml", "[[theme]]\nname = \"workload\"\ndefinition = \"Too many cases.\"\n")
        .write("participants.csv", "transcript_id,country\nP01,Velmora\nP03,Ostrany\n")
        .write(
            "transcripts/P01.txt",
            "INT: How is a usual day for you here?\nP01: There are sixty families and I have one morning a week.\n\
             INT: And the rest of the week?\nP01: The rest is court, reports and the phone.\n",
        )
        .write(
            "transcripts/P03.vtt",
            "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\nInterviewer: What helps you?\n\n2\n\
             00:00:05.000 --> 00:00:09.000\nP03: My colleagues make tea and they listen to me.\n",
        );
    scratch
}

/// What `emic check` says of the study file with `from` replaced by `to`.
fn checked(from: &str, to: &str) -> (i32, String) {
    assert!(STUDY.contains(from));
    let scratch = study();
    let done = scratch.write("study.toml", STUDY.replace(from, to)).emic(&["check", "study.toml"]);
    (done.status, done.said)
}

#[test]
fn a_new_study_is_laid_down_once_and_says_what_is_missing() {
    let scratch = Scratch::new();
    let made = scratch.emic(&["init", "mine"]);
    assert_eq!(made.status, 0);
    insta::assert_snapshot!(made.said, @r"
    Made a study in mine.
      1. put your transcripts into mine/transcripts
      2. write your themes into mine/codebook.toml
      3. emic check mine/study.toml
      4. emic run mine/study.toml
    ");
    let again = scratch.emic(&["init", "mine"]);
    assert_eq!(again.status, 1);
    insta::assert_snapshot!(again.said, @"error: mine already holds study.toml, codebook.toml, participants.csv; nothing was written");
    let empty = scratch.emic(&["check", "mine/study.toml"]);
    assert_eq!(empty.status, 1);
    insta::assert_snapshot!(empty.said, @r#"
    error: mine/study.toml: no transcript was found: no pattern under `transcripts` matches a file
    hint: patterns are relative to the folder of the study file, `mine`; for example `transcripts = ["interviews/*.docx"]`
    "#);
}

#[test]
fn mistakes_in_the_study_file_name_the_line_and_what_was_meant() {
    let (status, said) = checked("seed", "sead");
    assert_eq!(status, 1);
    insta::assert_snapshot!(said, @r"
    error: study.toml:2: unknown key `sead`
    hint: did you mean `seed`?
    ");
    let (_, said) = checked("\"turn\"", "\"turns\"");
    insta::assert_snapshot!(said, @r"
    error: study.toml:11: unknown value `turns`
    hint: did you mean `turn`?
    ");
    let (_, said) = checked("spherical-kmeans", "k-means");
    insta::assert_snapshot!(said, @r"
    error: study.toml:14: unknown cluster method `k-means`
    hint: did you mean `kmeans`?
    ");
    let (_, said) = checked("\"participants.csv\"", "\"people.csv\"");
    insta::assert_snapshot!(said, @r"
    error: study.toml:6: there is no file `people.csv`
    hint: paths are relative to the folder of the study file, `.`
    ");
    let (_, said) = checked("unit = \"turn\"", "min_words = 1000000");
    insta::assert_snapshot!(said, @r"
    error: study.toml:11: `min_words = 1000000` is out of range
    hint: 0 to 10000 words
    ");
    let (_, said) = checked("[cluster]", "[compare]\nwithn = \"age\"\n\n[cluster]");
    insta::assert_snapshot!(said, @r"
    error: study.toml:14: unknown key `withn`
    hint: did you mean `within`?
    ");
    let (_, said) = checked("[cluster]", "[compare]\nwithin = \"country\"\n\n[cluster]");
    insta::assert_snapshot!(said, @r"
    error: study.toml:14: groups of `country` cannot be compared within `country`
    hint: name another attribute, for example one that might explain a difference
    ");
    let (_, said) = checked("\"csv\"", "\"excel\"");
    insta::assert_snapshot!(said, @r"
    error: study.toml:20: unknown table format `excel`
    hint: known here: parquet, csv, xlsx
    ");
}

#[test]
fn a_bad_file_is_named_and_the_rest_is_read() {
    let scratch = study();
    scratch
        .write("transcripts/P02.docx", b"\x89PNG\r\n\x1a\n0000")
        .write("participants.csv", "transcript_id,country\nP01,Velmora\nP09,Ostrany\n");
    let done = scratch.emic(&["check", "study.toml"]);
    assert_eq!(done.status, 2);
    insta::assert_snapshot!(done.said, @r"
    2 transcripts (1 txt, 1 vtt), 6 turns, 45 words
    1 theme in the codebook: workload

    speaker                         role          turns  transcripts
    INT                             interviewer       2            1
    Interviewer                     interviewer       1            1
    P01                             participant       2            1
    P03                             participant       1            1

    interview            who speaks             role         turns    words  questions
    P01                  INT                    interviewer      2       14          2
                         P01                    participant      2       19          0
    P03                  Interviewer            interviewer      1        3          1
                         P03                    participant      1        9          0

    error: transcripts/P02.docx: the file ends in .docx but is a PNG picture (put the transcript itself here; text in a picture cannot be read)
    warning: corpus: there are only 3 segments: labels and emergent themes are guesses (read every segment yourself, or add interviews)
    warning: groups: Groups of `country` with one interview alone: `Velmora`. One person says little about a group: its intervals are nearly as wide as can be, and its differences have no p value. (Add interviews, or join the group with another in the participants file.)
    warning: participants.csv: there is no row for the transcript `P03` (add one, or its attributes stay empty)
    warning: participants.csv:3: no transcript is called `P09` (a transcript is called like its file without the ending)
    note: groups: 1 of 2 transcripts have no value for `country` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
    note: saturation: Saturation is not known: it takes 6 interviews or more, and there are 2.
    ");

    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 2, "{}", done.said);
    let turns = scratch.table("out/tables/turns.csv");
    let texts: Vec<&str> = turns.columns(["text"]).into_iter().map(|[text]| text).collect();
    assert_eq!(texts.len(), 6);
    assert!(texts.contains(&"My colleagues make tea and they listen to me."));
    let problems = scratch.table("out/tables/problems.csv");
    let rows = problems.columns(["source", "severity"]);
    assert!(rows.contains(&["transcripts/P02.docx", "error"]));
    assert!(rows.contains(&["participants.csv", "warning"]));
}

#[test]
fn nothing_readable_is_no_study() {
    let scratch = Scratch::new();
    scratch
        .write("study.toml", "[corpus]\ntranscripts = [\"*.docx\"]\n")
        .write("P02.docx", b"\x89PNG\r\n\x1a\n0000");
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 1);
    insta::assert_snapshot!(done.said, @r"
    error: P02.docx: the file ends in .docx but is a PNG picture (put the transcript itself here; text in a picture cannot be read)
    error: no transcript could be read; the problems above say why
    ");
}

#[test]
fn every_quote_is_verbatim_and_stands_where_it_says() {
    let scratch = study();
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 0, "{}", done.said);
    let turns = scratch.table("out/tables/turns.csv");
    let mut reading: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for [transcript, text] in turns.columns(["transcript_id", "text"]) {
        reading.entry(transcript).or_default().push(text);
    }
    let segments = scratch.table("out/tables/segments.csv");
    let rows = segments.columns(["transcript_id", "char_start", "char_end", "text"]);
    assert_eq!(rows.len(), 3);
    for [transcript, start, end, text] in rows {
        let whole: Vec<char> = reading[transcript].join("\n").chars().collect();
        let place = |cell: &str| cell.parse::<usize>().expect("a number");
        let there: String = whole[place(start)..place(end)].iter().collect();
        assert_eq!(there, text);
    }
}

#[test]
fn a_codebook_that_somebody_wrote_into_is_kept() {
    let scratch = study();
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    for ending in ["xlsx", "toml"] {
        assert!(!scratch.path(&format!("out/codebook.edited-1.{ending}")).exists());
        scratch.write(&format!("out/codebook.{ending}"), "notes of a reviewer");
    }
    assert_eq!(scratch.run("study.toml", &[]).status, 0);
    for ending in ["xlsx", "toml"] {
        let kept = scratch.path(&format!("out/codebook.edited-1.{ending}"));
        assert_eq!(std::fs::read(kept).expect("kept"), b"notes of a reviewer");
    }
}

#[test]
fn a_drafted_codebook_is_fed_back_and_left_alone() {
    for ending in ["xlsx", "toml"] {
        let scratch = study();
        assert_eq!(scratch.run("study.toml", &[]).status, 0);
        let file = format!("out/codebook.{ending}");
        let before = std::fs::read(scratch.path(&file)).expect("a codebook");
        scratch.write("study.toml", STUDY.replace("\"codebook.toml\"", &format!("{file:?}")));
        let done = scratch.run("study.toml", &[]);
        assert_eq!(done.status, 0, "{}", done.said);
        assert_eq!(std::fs::read(scratch.path(&file)).expect("still there"), before);
        assert!(scratch.path(&format!("out/codebook.draft.{ending}")).exists());
        let themes = scratch.table("out/tables/themes.csv");
        assert!(themes.columns(["theme", "kind", "definition"]).contains(&[
            "workload",
            "seed",
            "Too many cases."
        ]));
    }
}

#[test]
fn every_unit_and_cluster_method_runs() {
    for (from, to) in [
        ("unit = \"turn\"", "unit = \"sentence\""),
        ("unit = \"turn\"", "unit = \"window\""),
        ("unit = \"turn\"", "unit = \"topic\""),
        ("spherical-kmeans", "kmeans"),
        ("spherical-kmeans", "gaussian-mixture"),
        ("spherical-kmeans", "dbscan"),
    ] {
        let scratch = study();
        let done = scratch.write("study.toml", STUDY.replace(from, to)).run("study.toml", &[]);
        assert_eq!(done.status, 0, "{to}: {}", done.said);
        assert!(!scratch.table("out/tables/segments.csv").columns(["segment_id"]).is_empty());
    }
}

#[test]
fn a_model_that_is_not_there_is_asked_for() {
    let scratch = study();
    scratch.write("none/.keep", "");
    let home = [("HOME", "/nowhere"), ("XDG_DATA_HOME", "/nowhere")];
    let done = scratch.emic_with(&["run", "study.toml", "--models", "none"], &home);
    assert_eq!(done.status, 1);
    insta::assert_snapshot!(done.said, @"error: the model all-MiniLM-L6-v2 is not on this machine; fetch it once with `emic models fetch all-MiniLM-L6-v2`");
    let done = scratch.emic_with(&["models", "list", "--models", "none"], &home);
    assert!(
        done.said.contains("not here; `emic models fetch all-MiniLM-L6-v2` fetches 91 MB"),
        "{}",
        done.said
    );
    let done = scratch.emic(&["models", "fetch", "all-MiniLM", "--models", "none"]);
    assert_eq!(done.status, 1);
    assert!(done.said.contains("the model all-MiniLM is not known"), "{}", done.said);
}
