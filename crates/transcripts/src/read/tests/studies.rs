//! What holds between files: order, ids, participants, interviewers.

use std::path::PathBuf;

use crate::corpus::{Role, Severity};

use super::*;

/// A study in a folder of its own.
struct Study {
    folder: tempfile::TempDir,
    plan: ReadPlan,
}

impl Study {
    fn new(files: &[(&str, &str)]) -> Self {
        let mut study = Self { folder: tempfile::tempdir().unwrap(), plan: ReadPlan::default() };
        study.plan.files = files.iter().map(|(name, text)| study.file(name, text.as_bytes())).collect();
        study
    }

    fn file(&self, name: &str, bytes: &[u8]) -> SourceFile {
        let path: PathBuf = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        SourceFile::at(name.to_owned(), path)
    }

    fn participants(mut self, text: &str) -> Self {
        self.plan.participants = Some(self.file("participants.csv", text.as_bytes()));
        self
    }

    fn interviewers(mut self, names: &[&str]) -> Self {
        self.plan.interviewers = names.iter().map(ToString::to_string).collect();
        self
    }

    fn read(&self) -> Reading {
        let reading = read_corpus(&self.plan, &());
        check(&reading);
        reading
    }
}

const TALK: &str = "I: How are you?\nP01: Well.\nI: Good.\nP01: Yes.\n";

#[test]
fn the_order_of_the_files_changes_nothing() {
    let mut study = Study::new(&[
        ("b/P01.txt", TALK),
        ("a/P01.txt", TALK),
        ("P02.txt", TALK),
        ("t1.csv", "transcript_id,turn_index,text,country\nX,1,One,IL\n"),
        ("t2.csv", "transcript_id,turn_index,text,country\nX,1,Two,DE\nX,2,Three,DE\n"),
        ("picture.png", "no"),
    ]);
    let first = study.read();
    study.plan.files.reverse();
    assert_eq!(first, study.read());
    study.plan.files.swap(1, 4);
    study.plan.files.push(study.plan.files[0].clone());
    assert_eq!(first, study.read());
    insta::assert_snapshot!(shown(&first).replace(&readable_endings(), "…"), @r#"
    P02 (txt, P02.txt)
      1 Participant <I> -..- "How are you?"
      2 Participant <P01> -..- "Well."
      3 Participant <I> -..- "Good."
      4 Participant <P01> -..- "Yes."
    a/P01.txt (txt, a/P01.txt)
      1 Participant <I> -..- "How are you?"
      2 Participant <P01> -..- "Well."
      3 Participant <I> -..- "Good."
      4 Participant <P01> -..- "Yes."
    b/P01.txt (txt, b/P01.txt)
      1 Participant <I> -..- "How are you?"
      2 Participant <P01> -..- "Well."
      3 Participant <I> -..- "Good."
      4 Participant <P01> -..- "Yes."
    t1#X (csv, t1.csv) country=IL
      1 Other <> -..- "One"
    t2#X (csv, t2.csv) country=DE
      1 Other <> -..- "Two"
      2 Other <> -..- "Three"
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
    warning: a/P01.txt: another transcript is called `P01` too, so this one is called `a/P01.txt` (rename one of them, or leave one out if they are the same interview)
    warning: b/P01.txt: another transcript is called `P01` too, so this one is called `b/P01.txt` (rename one of them, or leave one out if they are the same interview)
    error: picture.png: files ending in .png cannot be read; transcripts may end in … (this is a picture: put the transcript itself here; text in a picture cannot be read)
    warning: t1.csv: `X` is also in t2.csv, and nothing says that it is the same interview; this one is called `t1#X` (write `t1#X` in the participants file and wherever else you name it; if both tables are one interview, let `turn_index` count on from one to the other)
    warning: t2.csv: `X` is also in t1.csv, and nothing says that it is the same interview; this one is called `t2#X` (write `t2#X` in the participants file and wherever else you name it; if both tables are one interview, let `turn_index` count on from one to the other)
    "#);
}

#[test]
fn participants_give_attributes_and_win_over_tables() {
    let study = Study::new(&[
        ("P01.txt", TALK),
        ("P02.txt", TALK),
        ("table.csv", "transcript_id,text,country,wave\nT1,Hello,IL,2\n"),
    ])
    .participants("transcript_id;country;words\nP01.txt;DE;many\nT1;AT;few\nP01.txt;FR;\nP09;IL;\n;IL;\n");
    let mut study = study;
    study.plan.groups = vec!["wave".to_owned(), "country".to_owned()];
    let reading = study.read();
    assert_eq!(reading.corpus.attributes, ["wave", "country", "participant_words"]);
    insta::assert_snapshot!(shown(&reading), @r#"
        P01 (txt, P01.txt) country=DE participant_words=many
          1 Participant <I> -..- "How are you?"
          2 Participant <P01> -..- "Well."
          3 Participant <I> -..- "Good."
          4 Participant <P01> -..- "Yes."
        P02 (txt, P02.txt)
          1 Participant <I> -..- "How are you?"
          2 Participant <P01> -..- "Well."
          3 Participant <I> -..- "Good."
          4 Participant <P01> -..- "Yes."
        T1 (csv, table.csv) country=AT participant_words=few wave=2
          1 Other <> -..- "Hello"
        note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "I" (to leave their turns uncoded, write interviewers = ["I"] in the plan)
        note: participants.csv: the attribute `words` is called `participant_words`, because every transcript has a `words` already
        warning: participants.csv: there is no row for the transcript `P02` (add one, or its attributes stay empty)
        error: participants.csv:4: a row for `P01.txt` stands on line 2 already; this one was left out (keep one row for each transcript)
        warning: participants.csv:5: no transcript is called `P09` (a transcript is called like its file without the ending)
        error: participants.csv:6: this row names no transcript and was left out (fill in its `transcript_id`)
        "#);
}

#[test]
fn unreadable_participants_are_an_error_and_the_study_goes_on() {
    let mut study = Study::new(&[("P01.txt", TALK)]).participants("");
    let reading = study.read();
    assert_eq!(reading.corpus.transcripts.len(), 1);
    insta::assert_snapshot!(reading.problems.last().unwrap(), @"error: participants.csv: the participants were not read: the file is empty (export or copy the transcript again)");
    study.plan.participants = Some(study.file("participants.csv", b"who,country\nP01,IL\n"));
    let reading = study.read();
    assert_eq!(reading.corpus.transcripts[0].attributes["country"], "IL");
    insta::assert_snapshot!(reading.problems.last().unwrap(), @"note: participants.csv:1: there is no column `transcript_id`; the first one, `who`, was read as such (call it `transcript_id`)");
}

#[test]
fn interviewers_are_those_listed() {
    let files = [("a.txt", "Interviewer 1: a\nINT: b\nint2: c\nP01: d\nInterviewer 1: e\nP01: f\n")];
    let roles = |names: &[&str]| {
        let reading = Study::new(&files).interviewers(names).read();
        let turns = &reading.corpus.transcripts[0].turns;
        let interviewing: Vec<String> = turns
            .iter()
            .filter(|turn| turn.role == Role::Interviewer)
            .map(|turn| turn.text.to_string())
            .collect();
        (
            interviewing.join(""),
            reading.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        )
    };
    assert_eq!(roles(&["interviewer "]).0, "ae");
    insta::assert_snapshot!(roles(&["interviewer "]).1, @r#"warning: a.txt: one name in both roles: `Interviewer 1` interviews and `INT` answers, first in turn 2 (if both interview, add "a: INT" to `interviewers` in the plan; if neither is meant, tell them apart in the file)"#);
    assert_eq!(roles(&["Int:", "Interviewer 1"]), ("abce".to_owned(), String::new()));
    assert_eq!(roles(&["Interviewer 2", "int"]).0, "bc");
    insta::assert_snapshot!(roles(&["Interviewer 2"]).1, @"note: [plan] interviewers: no transcript has a speaker `Interviewer 2` (write the label as it was read)");
    insta::assert_snapshot!(roles(&[]).1, @r#"note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "INT", "Interviewer 1", "int2" (to leave their turns uncoded, write interviewers = ["INT", "Interviewer 1", "int2"] in the plan)"#);
}

#[test]
fn a_listed_interviewer_is_a_label_even_if_it_comes_once() {
    let study = Study::new(&[(
        "a.txt",
        "Noa: It was long.\nwe: Tell me.\nIt was: long.\nNoa: And hard.\nNoa: Very.\n",
    )]);
    let speakers = |reading: &Reading| {
        let turns = &reading.corpus.transcripts[0].turns;
        turns.iter().map(|turn| turn.speaker.clone()).collect::<Vec<_>>()
    };
    assert_eq!(speakers(&study.read()), ["Noa"]);
    assert_eq!(speakers(&study.interviewers(&["we"]).read()), ["Noa", "we", "Noa"]);
}

#[test]
fn long_text_before_the_first_speaker_is_kept() {
    let preface = "We met in the garden. ".repeat(40);
    let reading = read_as("a.txt", format!("{preface}\n\n{TALK}").as_bytes());
    let turns = &reading.corpus.transcripts[0].turns;
    assert_eq!((turns[0].speaker.as_str(), turns[0].role), ("", Role::Other));
    assert_eq!(turns[0].text, preface.trim());
    assert_eq!(turns.len(), 5);
    let warned = reading.problems.iter().filter(|problem| problem.severity == Severity::Warning);
    let warned: Vec<String> = warned.map(ToString::to_string).collect();
    insta::assert_snapshot!(warned.join("\n"), @"warning: a.txt:1: 200 words stand before the first speaker (“We met in the …”); kept as said by nobody in particular (if somebody says them, put the speaker's label before them; if nobody does, delete them)");
}

#[test]
fn a_missing_file_is_an_error_of_its_own() {
    let mut study = Study::new(&[("P01.txt", TALK)]);
    study.plan.files.push(SourceFile::at("gone.txt", study.folder.path().join("gone.txt")));
    let reading = study.read();
    assert_eq!(reading.corpus.transcripts.len(), 1);
    assert!(
        reading
            .problems
            .iter()
            .any(|problem| problem.source == "gone.txt" && problem.severity == Severity::Error)
    );
}

#[test]
fn speakers_are_listed_with_their_share() {
    let reading = Study::new(&[("P01.txt", TALK)]).interviewers(&["I"]).read();
    let shares: Vec<(String, Role, usize, usize)> = speaker_shares(&reading.corpus)
        .into_iter()
        .map(|share| (share.speaker, share.role, share.turns, share.words))
        .collect();
    assert_eq!(shares, [("I".into(), Role::Interviewer, 2, 4), ("P01".into(), Role::Participant, 2, 2)]);
}

/// Three interviews in a file, under headings.
fn three(heading: impl Fn(usize) -> String) -> String {
    let talk = "INT: How are you?\nP: Well.\nINT: And work?\nP: Long.\nINT: Why?\nP: It is so.\n";
    let talks: Vec<String> = (1..4).map(|number| format!("{}\n\n{talk}\n", heading(number))).collect();
    talks.concat()
}

#[test]
fn several_interviews_in_a_file_are_told_and_split_on_request() {
    let mut study = Study::new(&[
        ("all.txt", &three(|number| format!("Interview {number}"))),
        ("more.txt", &format!("Study of work\n{}", three(|number| format!("=== P0{number} ===")))),
        ("mark.md", &three(|number| format!("## Transcript M{number}: Monday"))),
    ]);
    let whole = study.read();
    assert_eq!(whole.corpus.transcripts.len(), 3);
    study.plan.split = vec!["interview *".to_owned(), "P0*".to_owned(), "Transcript *".to_owned()];
    let parts = study.read();
    let ids: Vec<String> = parts
        .corpus
        .transcripts
        .iter()
        .map(|transcript| format!("{} {} {}", transcript.id, transcript.source, transcript.turns.len()))
        .collect();
    let told = |reading: &Reading| {
        let lines: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(told(&whole), @r#"
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "INT" (to leave their turns uncoded, write interviewers = ["INT"] in the plan)
    note: all.txt:1: 2 words were left out as a header before the first speaker (if somebody says them, put the speaker's label before them)
    warning: all.txt:1: the file seems to hold 3 interviews, under headings such as `Interview 1` (lines 1, 10, 19); it was read as one (to read each as a transcript of its own, write split = ["Interview *"] in the plan)
    note: mark.md:1: 3 headings and rules were left out
    warning: mark.md:1: the file seems to hold 3 interviews, under headings such as `Transcript M1: Monday` (lines 1, 10, 19); it was read as one (to read each as a transcript of its own, write split = ["Transcript *"] in the plan)
    note: more.txt:1: 4 words were left out as a header before the first speaker (if somebody says them, put the speaker's label before them)
    warning: more.txt:2: the file seems to hold 3 interviews, under headings such as `P01` (lines 2, 11, 20); it was read as one (to read each as a transcript of its own, write split = ["P*"] in the plan)
    "#);
    insta::assert_snapshot!(ids.join("\n"), @r"
    M1 mark.md 6
    M2 mark.md 6
    M3 mark.md 6
    P01 more.txt 6
    P02 more.txt 6
    P03 more.txt 6
    all#1 all.txt 6
    all#2 all.txt 6
    all#3 all.txt 6
    ");
    insta::assert_snapshot!(told(&parts), @r#"
    note: [plan] interviewers: these speakers seem to be interviewers but are coded as participants: "INT" (to leave their turns uncoded, write interviewers = ["INT"] in the plan)
    note: all.txt:1: the file was read as 3 transcripts, one a heading
    note: mark.md:1: 3 headings and rules were left out
    note: mark.md:1: the file was read as 3 transcripts, one a heading
    note: more.txt:1: 3 words were left out as a header before the first speaker (if somebody says them, put the speaker's label before them)
    note: more.txt:2: the file was read as 3 transcripts, one a heading
    "#);
}

#[test]
fn headings_of_one_interview_are_no_interviews() {
    let talk = "INT: How are you?\nP: Well.\nINT: And work?\nP: Long.\n";
    let one_talk = format!("{talk}Part 2\n{talk}Interview 2 was\nlonger\n{talk}Interview 3\nP: Yes.\n");
    let repeated = format!("Interview 1\n{talk}Interview 1\n{talk}");
    let mut study = Study::new(&[("a.txt", &one_talk), ("b.txt", &repeated)]);
    let told = |reading: &Reading| {
        reading
            .problems
            .iter()
            .filter(|problem| problem.message.contains("split") || problem.message.contains("seems to hold"))
            .count()
    };
    assert_eq!(told(&study.read()), 0, "{:?}", study.read().problems);
    study.plan.split = vec!["Chapter *".to_owned()];
    assert_eq!(told(&study.read()), 1);
}

#[test]
fn parts_that_are_called_alike_keep_their_files_names() {
    let text = three(|number| format!("Transcript P{number}"));
    let mut study = Study::new(&[("a.txt", &text), ("b.txt", &text), ("P3.txt", TALK)]);
    study.plan.split = vec!["Transcript *".to_owned()];
    let ids: Vec<String> =
        study.read().corpus.transcripts.into_iter().map(|transcript| transcript.id).collect();
    assert_eq!(ids, ["P3.txt", "a.txt#P1", "a.txt#P2", "a.txt#P3", "b.txt#P1", "b.txt#P2", "b.txt#P3"]);
}
