//! Participants files as people keep them, and tables of different people under one id.

use std::path::PathBuf;

use super::*;

const TALK: &str =
    "I: How did you get to the mill?\nAda: On foot, with my sister.\nI: And home?\nAda: The same way.\n";

/// A study of these transcripts and this participants file, as people see it but for the turns.
fn read(transcripts: &[&str], groups: &[&str], name: &str, participants: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        SourceFile::at(name.to_owned(), path)
    };
    let files = transcripts.iter().map(|name| file(name, TALK.as_bytes())).collect();
    let plan = ReadPlan {
        files,
        participants: Some(file(name, participants)),
        interviewers: vec!["I".to_owned()],
        groups: groups.iter().map(ToString::to_string).collect(),
        ..ReadPlan::default()
    };
    let reading = read_corpus(&plan, &());
    check(&reading);
    let shown = shown(&reading);
    let lines = shown.lines().filter(|line| !line.starts_with("  "));
    let sources = lines.map(|line| line.replace(" (txt, ", " (")).collect::<Vec<_>>();
    sources.join("\n")
}

#[test]
fn what_nearly_matches_is_told_with_what_was_likely_meant() {
    insta::assert_snapshot!(
        read(
            &["k01.txt", "K 02.txt", "07.txt", "Zo\u{eb}.txt", "K03.txt", "margareta.txt", "K09.txt"],
            &[],
            "participants.csv",
            "sep=;\nTranscript ID ;Village\nK01;Aa\nK_02;Bb\n7;Cc\nZoe\u{308};Dd\nK03.docx;Ee\nmargarita;Ff\nK12;Gg\nK09;Hh\nK09;Ii\nK09;Hh\n".as_bytes()
        ),
        @r#"
    07 (07.txt)
    K 02 (K 02.txt)
    K03 (K03.txt)
    K09 (K09.txt) Village=Hh
    Zoë (Zoë.txt) Village=Dd
    k01 (k01.txt)
    margareta (margareta.txt)
    warning: participants.csv: there is no row for the transcript `07` (line 5 says `7`: if that is this one, write `07` there)
    warning: participants.csv: there is no row for the transcript `K 02` (line 4 says `K_02`: if that is this one, write `K 02` there)
    warning: participants.csv: there is no row for the transcript `K03` (line 7 says `K03.docx`: if that is this one, write `K03` there)
    warning: participants.csv: there is no row for the transcript `k01` (line 3 says `K01`: if that is this one, write `k01` there)
    warning: participants.csv: there is no row for the transcript `margareta` (line 8 says `margarita`: if that is this one, write `margareta` there)
    warning: participants.csv:3: no transcript is called `K01` (did you mean `k01`? write the name as the transcript has it)
    warning: participants.csv:4: no transcript is called `K_02` (did you mean `K 02`? write the name as the transcript has it)
    warning: participants.csv:5: no transcript is called `7` (did you mean `07`? write the name as the transcript has it)
    warning: participants.csv:7: no transcript is called `K03.docx` (did you mean `K03`? write the name as the transcript has it)
    warning: participants.csv:8: no transcript is called `margarita` (did you mean `margareta`? write the name as the transcript has it)
    warning: participants.csv:9: no transcript is called `K12` (a transcript is called like its file without the ending)
    error: participants.csv:11: a row for `K09` stands on line 10 already; this one was left out (keep one row for each transcript)
    note: participants.csv:12: a row for `K09` stands on line 10 already; this one was left out
    "#
    );
}

#[test]
fn words_for_not_known_and_two_ways_to_write_a_group_are_told() {
    insta::assert_snapshot!(
        read(
            &["A1.txt", "A2.txt", "A3.txt", "A4.txt", "A5.txt"],
            &["country", "age group"],
            "participants.csv",
            "file,country,Age group,years\nA1,NA,18-30,99\nA2,n/a,18\u{2013}30,41\nA3,Namibia,31-50,52\nA4,,99,63\nA5,namibia,31-50,44\n".as_bytes()
        ),
        @r#"
    A1 (A1.txt) Age group=18-30 country=NA years=99
    A2 (A2.txt) Age group=18–30 country=n/a years=41
    A3 (A3.txt) Age group=31-50 country=Namibia years=52
    A4 (A4.txt) Age group=99 country= years=63
    A5 (A5.txt) Age group=31-50 country=namibia years=44
    warning: [plan] groups: no transcript has an attribute `age group` (did you mean `Age group`? write it as the column is called)
    note: participants.csv: 1 row has no `country` (fill in the cells where it is known; these rows are in none of its groups)
    warning: participants.csv: `18-30` (1) and `18–30` (1) in `Age group` are groups of their own (if they are one, write them in one way)
    warning: participants.csv: `99` (1) in `Age group` makes a group of its own (if it says that nothing is known, leave the cell empty; it was kept, because it may be meant)
    warning: participants.csv: `NA` (1) and `n/a` (1) in `country` make groups of their own (if it says that nothing is known, leave the cell empty; it was kept, because NA may be Namibia)
    warning: participants.csv: `Namibia` (1) and `namibia` (1) in `country` are groups of their own (if they are one, write them in one way)
    note: participants.csv:1: there is no column `transcript_id`; the first one, `file`, was read as such (call it `transcript_id`)
    "#
    );
}

#[test]
fn titles_encodings_separators_and_names_of_the_column_in_other_languages() {
    let expected = "P01 (P01.txt) land=K\u{e9}nya\nP03 (P03.txt) land=Per\u{fa}";
    let tables: [(&str, Vec<u8>); 6] = [
        ("title.csv", "People of the study\n\ntranscript_id,land\nP01,Kénya\nP03,Perú\n".into()),
        (
            "utf16.csv",
            "\u{feff}transcript_id\tland\r\nP01\tKénya\r\nP03\tPerú\r\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        ),
        ("old.csv", b"Datei;land\r\nP01;K\xe9nya\r\nP03;Per\xfa\r\n".to_vec()),
        ("tabs.txt", "land\tfichier\nKénya\tP01.txt\nPerú\tP03.txt\n".into()),
        ("book.xlsx", {
            let mut workbook = rust_xlsxwriter::Workbook::new();
            workbook
                .add_worksheet()
                .set_name("About")
                .unwrap()
                .write_string(0, 0, "who asked, when")
                .unwrap();
            let sheet = workbook.add_worksheet();
            for (row, cells) in
                [(0, ["People", ""]), (2, ["Interview", "land"]), (3, ["P01", "Kénya"]), (4, ["P03", "Perú"])]
            {
                for (column, cell) in (0..).zip(cells) {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
            workbook.save_to_buffer().unwrap()
        }),
        ("book.ods", {
            let rows = [["transcript_id", "land"], ["P01", "Kénya"], ["P03", "Perú"]];
            let row = |cells: &[&str; 2]| {
                let cells: Vec<String> = cells.iter().map(|cell| format!("<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")).collect();
                format!("<table:table-row>{}</table:table-row>", cells.concat())
            };
            let rows: String = rows.iter().map(row).collect();
            super::word::packed(&[(
                "content.xml",
                &format!(
                    "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"People\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
                ),
            )])
        }),
    ];
    for (name, bytes) in tables {
        let shown = read(&["P01.txt", "P03.txt"], &["land"], name, &bytes);
        assert!(shown.starts_with(expected), "{name}: {shown}");
        assert!(!shown.contains("warning") && !shown.contains("error"), "{name}: {shown}");
    }
}

#[test]
fn tables_that_cannot_be_joined_are_refused_in_true_words() {
    insta::assert_snapshot!(read(&["P01.txt", "P03.txt"], &[], "turned.csv", b"attribute,P01,P03\nland,Kenya,Peru\n"), @r#"
    P01 (P01.txt)
    P03 (P03.txt)
    error: turned.csv: the participants were not read: the table is turned on its side: the transcripts are its columns (copy the table, paste it with Paste Special, Transpose, and call the first column `transcript_id`)
    "#);
    insta::assert_snapshot!(read(&["P01.txt"], &[], "bare.csv", b"P01,Kenya\nP03,Peru\n"), @r#"
    P01 (P01.txt)
    error: bare.csv: the participants were not read: its first row is a transcript's, so nothing says what the columns are (write a first row with `transcript_id` and the names of the attributes)
    "#);
    insta::assert_snapshot!(read(&["P01.txt"], &[], "photo.csv", b"\x89PNG\r\n\x1a\n...."), @r#"
    P01 (P01.txt)
    error: photo.csv: the participants were not read: the file ends in .csv but is a PNG picture (put the transcript itself here; text in a picture cannot be read)
    "#);
}

#[test]
fn two_people_under_one_id_stay_apart_and_parts_of_one_are_joined() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        SourceFile::at(name.to_owned(), path)
    };
    let files = vec![
        file("loom.csv", "transcript_id,speaker,text\n1,Ada,We wove at night.\n"),
        file("mill.csv", "transcript_id,speaker,text\n1,Ben,The mill was closed.\n"),
        file("late.csv", "transcript_id,turn_index,speaker,text\n2,3,Ada,And slept by day.\n"),
        file(
            "early.csv",
            "transcript_id,turn_index,speaker,text\n2,1,I,When did you weave?\n2,2,Ada,At night.\n",
        ),
    ];
    let participants = Some(file("people.csv", "transcript_id,land\n1,Peru\n2,Peru\n"));
    let mut plan = ReadPlan { files, participants, ..ReadPlan::default() };
    let first = read_corpus(&plan, &());
    check(&first);
    insta::assert_snapshot!(shown(&first), @r#"
    2 (csv, early.csv) land=Peru
      1 Participant <I> -..- "When did you weave?"
      2 Participant <Ada> -..- "At night."
      3 Participant <Ada> -..- "And slept by day."
    loom#1 (csv, loom.csv)
      1 Participant <Ada> -..- "We wove at night."
    mill#1 (csv, mill.csv)
      1 Participant <Ben> -..- "The mill was closed."
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    note: late.csv: `2` is also in early.csv; its turns were joined
    warning: loom.csv: `1` is also in mill.csv, and nothing says that it is the same interview; this one is called `loom#1` (write `loom#1` in the participants file and wherever else you name it; if both tables are one interview, let `turn_index` count on from one to the other)
    warning: mill.csv: `1` is also in loom.csv, and nothing says that it is the same interview; this one is called `mill#1` (write `mill#1` in the participants file and wherever else you name it; if both tables are one interview, let `turn_index` count on from one to the other)
    warning: people.csv: there is no row for the transcript `loom#1` (line 2 says `1`: if that is this one, write `loom#1` there)
    warning: people.csv: there is no row for the transcript `mill#1` (line 2 says `1`: if that is this one, write `mill#1` there)
    warning: people.csv:2: no transcript is called `1` (did you mean `loom#1` or `mill#1`? write the name as the transcript has it)
    "#);
    plan.files.reverse();
    assert_eq!(read_corpus(&plan, &()), first);
}
