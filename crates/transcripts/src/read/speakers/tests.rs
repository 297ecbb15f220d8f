//! Which labels become one speaker, what is told of the others, and what the plan may say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;

use crate::read::{ReadPlan, Reading, SourceFile, read_corpus};

/// A study of files with these labels, each with so many turns, in turn about.
fn study(files: &[(&str, &[(&str, usize)])], plan: ReadPlan) -> Reading {
    let mut texts = Vec::new();
    for (name, labels) in files {
        let mut talk = Vec::new();
        for round in 0..labels.iter().map(|(_, turns)| *turns).max().unwrap_or(0) {
            talk.extend(labels.iter().filter(|(_, turns)| round < *turns).map(|(label, _)| *label));
        }
        texts.push((*name, talk));
    }
    talks(&texts, plan)
}

/// A study of files in which these speak one after the other.
fn talks(files: &[(&str, Vec<&str>)], plan: ReadPlan) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let mut named = Vec::new();
    for (name, talk) in files {
        let mut text = String::new();
        for (round, label) in talk.iter().enumerate() {
            let _ = writeln!(text, "{label}: What I say in round {round} of {name}.");
        }
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        named.push(SourceFile::at((*name).to_owned(), path));
    }
    read_corpus(&ReadPlan { files: named, ..plan }, &())
}

fn shown(reading: &Reading) -> String {
    let mut text = String::new();
    for share in super::speaker_shares(&reading.corpus) {
        let id = &reading.corpus.transcripts[share.transcript].id;
        let _ = writeln!(text, "{id} {} {} {:?}", share.speaker, share.turns, share.role);
    }
    for problem in &reading.problems {
        let _ = writeln!(text, "{problem}");
    }
    text
}

fn people(listed: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    let labels = |labels: &[&str]| labels.iter().map(ToString::to_string).collect();
    listed.iter().map(|(person, of)| ((*person).to_owned(), labels(of))).collect()
}

#[test]
fn one_person_written_differently_is_one_speaker() {
    let interviewers = vec!["INT".to_owned()];
    let one = [
        "Interviewer",
        "P01",
        "INT",
        "P 01",
        "Interviewer",
        "Participant 1 (F, 34)",
        "Int.",
        "PARTICIPANT 1",
    ];
    let two = [
        "Int.",
        "PARTICIPANT 1",
        "Interviewer:",
        "Participant 2",
        "INT",
        "P2",
        "int",
        "participant 1 (laughs)",
    ];
    let three = ["INT", "Interviewer", "INT", "Interviewer", "P1", "Participant 1", "P1", "Participant 1"];
    let reading = talks(
        &[("a.txt", one.repeat(2)), ("b.txt", two.repeat(2)), ("c.txt", three.repeat(2))],
        ReadPlan { interviewers, ..ReadPlan::default() },
    );
    insta::assert_snapshot!(shown(&reading), @r#"
    a Interviewer 8 Interviewer
    a P01 8 Participant
    b Int. 8 Interviewer
    b PARTICIPANT 1 4 Participant
    b Participant 2 4 Participant
    c INT 4 Interviewer
    c Interviewer 4 Participant
    c P1 4 Participant
    c Participant 1 4 Participant
    note: a.txt: `Interviewer`, `INT` and `Int.` were read as one speaker, `Interviewer` (if they are two, tell them apart by name or number in the file)
    note: a.txt: `P01`, `P 01`, `Participant 1 (F, 34)` and `PARTICIPANT 1` were read as one speaker, `P01` (if they are two, tell them apart by name or number in the file)
    note: b.txt: `Int.`, `Interviewer`, `INT` and `int` were read as one speaker, `Int.` (if they are two, tell them apart by name or number in the file)
    note: b.txt: `PARTICIPANT 1` and `participant 1 (laughs)` were read as one speaker, `PARTICIPANT 1` (if they are two, tell them apart by name or number in the file)
    note: b.txt: `Participant 2` and `P2` were read as one speaker, `Participant 2` (if they are two, tell them apart by name or number in the file)
    warning: c.txt: one name in both roles: `INT` interviews and `Interviewer` answers, first in turn 2 (if both interview, add "c: Interviewer" to `interviewers` in the plan; if neither is meant, tell them apart in the file)
    warning: c.txt: the speaker `INT` (4 turns) may be `Interviewer` (4 turns) (if they are one, write "Interviewer" = ["c: INT"] in `speakers` of the plan)
    warning: c.txt: the speaker `P1` (4 turns) may be `Participant 1` (4 turns) (if they are one, write "Participant 1" = ["c: P1"] in `speakers` of the plan)
    "#);
}

#[test]
fn two_people_of_one_name_stay_two() {
    let reading = study(
        &[("a.txt", &[("Lee (Korea)", 4), ("Lee (Peru)", 4), ("Lee", 2), ("Male", 3), ("Male Speaker", 3)])],
        ReadPlan::default(),
    );
    insta::assert_snapshot!(shown(&reading), @r"
    a Lee (Korea) 4 Participant
    a Lee (Peru) 4 Participant
    a Male 3 Participant
    a Male Speaker 3 Participant
    a Lee 2 Participant
    ");
}

#[test]
fn slips_are_told_and_not_mended() {
    let usual: &[(&str, usize)] = &[("Moderator", 6), ("Johanna", 6), ("Peter Smith", 6)];
    let reading = study(
        &[
            ("a.txt", &[("Moderator", 6), ("Johanna", 6), ("Johana", 2), ("Peter Smith", 6), ("Peter", 6)]),
            ("b.txt", usual),
            ("c.txt", usual),
            ("d.txt", &[("MODERATER", 6), ("Johanna", 6), ("P1", 6), ("P2", 2)]),
        ],
        ReadPlan { interviewers: vec!["Moderator".to_owned()], ..ReadPlan::default() },
    );
    insta::assert_snapshot!(shown(&reading), @r#"
    a Johanna 6 Participant
    a Moderator 6 Interviewer
    a Peter 6 Participant
    a Peter Smith 6 Participant
    a Johana 2 Participant
    b Johanna 6 Participant
    b Moderator 6 Interviewer
    b Peter Smith 6 Participant
    c Johanna 6 Participant
    c Moderator 6 Interviewer
    c Peter Smith 6 Participant
    d Johanna 6 Participant
    d MODERATER 6 Participant
    d P1 6 Participant
    d P2 2 Participant
    warning: a.txt: the speaker `Johana` (2 turns) may be `Johanna` (6 turns) (if they are one, write "Johanna" = ["a: Johana"] in `speakers` of the plan)
    warning: a.txt: the speaker `Peter` (6 turns) may be `Peter Smith` (6 turns) (if they are one, write "Peter Smith" = ["a: Peter"] in `speakers` of the plan)
    warning: d.txt: `a` and `d` seem to be the same interview: 77 % of the words in `d` stand in `a` too (if they are, take one out, or write same = [["a", "d"]] in the plan, and the first alone counts; if not, never mind)
    warning: d.txt: there is no speaker `Moderator`, as in 3 of 4 transcripts; its speakers: `Johanna`, `MODERATER`, `P1`, `P2` (if one of them interviews, add the label to `interviewers` in the plan)
    "#);
}

#[test]
fn the_study_file_says_who_is_who() {
    let speakers =
        people(&[("Anna", &["ANNA K.", "b: Speaker 2", "Nobody"]), ("Interviewer", &["Speaker 1"])]);
    let reading = study(
        &[
            ("a.txt", &[("Speaker 1", 3), ("Anna K", 3), ("anna", 2)]),
            ("b.txt", &[("Speaker 1", 3), ("Speaker 2", 3)]),
        ],
        ReadPlan { speakers, interviewers: vec!["Interviewer".to_owned()], ..ReadPlan::default() },
    );
    insta::assert_snapshot!(shown(&reading), @r#"
    a Anna 5 Participant
    a Interviewer 3 Interviewer
    b Anna 3 Participant
    b Interviewer 3 Interviewer
    warning: [plan] speakers: `Speaker 1` was read as `Interviewer` in 2 transcripts (a recogniser counts speakers anew in every file; to name one of them write "a: Speaker 1")
    warning: [plan] speakers: no transcript has a speaker `Nobody`, which is listed for `Anna` (write the label as it was read)
    "#);
}

#[test]
fn an_interviewer_of_one_transcript_is_none_in_another() {
    let labels: &[(&str, usize)] = &[("CS", 3), ("MD", 3)];
    let listed = ["MD", "felt: CS", "wal*: CS", "fell: CS", "felt: XY", "Nobody"];
    let interviewers: Vec<String> = listed.map(str::to_owned).to_vec();
    let reading = study(
        &[("felt.txt", labels), ("other.txt", labels), ("walsh.txt", labels)],
        ReadPlan { interviewers, ..ReadPlan::default() },
    );
    insta::assert_snapshot!(shown(&reading), @r"
    felt CS 3 Interviewer
    felt MD 3 Participant
    other CS 3 Participant
    other MD 3 Interviewer
    walsh CS 3 Interviewer
    walsh MD 3 Participant
    note: [plan] interviewers: no transcript has a speaker `Nobody` (write the label as it was read)
    warning: [plan] interviewers: `fell: CS` names nobody: no transcript is called `fell` (did you mean `felt`? before the colon stands a transcript's id, as it was read)
    warning: [plan] interviewers: `felt: XY` names nobody: there is no such speaker in that transcript (its speakers: `CS`, `MD`)
    ");
}

#[test]
fn what_is_said_of_one_transcript_counts_before_what_is_said_of_all() {
    let labels: &[(&str, usize)] = &[("SPEAKER_00", 3), ("SPEAKER_01", 3)];
    let speakers = people(&[("Maya", &["b: SPEAKER_00"]), ("Interviewer", &["b: SPEAKER_01"])]);
    let interviewers = ["SPEAKER_00", "Interviewer"].map(str::to_owned).to_vec();
    let reading = study(
        &[("a.txt", labels), ("b.txt", labels)],
        ReadPlan { interviewers, speakers, ..ReadPlan::default() },
    );
    insta::assert_snapshot!(shown(&reading), @r"
    a SPEAKER_00 3 Interviewer
    a SPEAKER_01 3 Participant
    b Interviewer 3 Interviewer
    b Maya 3 Participant
    ");
}

#[test]
fn a_recogniser_counts_anew_in_every_file() {
    let labels: &[(&str, usize)] = &[("SPEAKER_00", 3), ("SPEAKER_01", 3)];
    let reading = study(&[("a.txt", labels), ("b.txt", labels)], ReadPlan::default());
    insta::assert_snapshot!(shown(&reading), @r"
    a SPEAKER_00 3 Participant
    a SPEAKER_01 3 Participant
    b SPEAKER_00 3 Participant
    b SPEAKER_01 3 Participant
    ");
}

#[test]
fn what_is_alike_may_be_somebody_else() {
    let reading = study(
        &[(
            "a.txt",
            &[("Ana and Bo", 6), ("Ana", 6), ("Child (UEL)", 6), ("Child (AND)", 2), ("P1", 6), ("P2", 1)],
        )],
        ReadPlan::default(),
    );
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
}

proptest! {
    #[test]
    fn a_speaker_is_called_by_a_label_of_the_file(
        talk in prop::collection::vec(
            prop::sample::select(vec![
                "INT", "Int.", "Interviewer", "P1", "P01", "P 2", "Participant 1", "Participant 2 (F)", "participant 2", "Anna",
                "ANNA", "Anna Roe", "Speaker 1", "SPEAKER_01", "Lee (Peru)", "Lee (Korea)", "Lee",
            ]),
            4..40,
        ),
    ) {
        let reading = talks(&[("a.txt", talk.clone())], ReadPlan::default());
        for share in crate::read::speaker_shares(&reading.corpus) {
            prop_assert!(share.speaker.is_empty() || talk.contains(&share.speaker.as_str()), "{}", share.speaker);
        }
        let number = |label: &str| label.chars().filter(char::is_ascii_digit).collect::<String>();
        for transcript in &reading.corpus.transcripts {
            let said: Vec<&str> = transcript.turns.iter().map(|turn| turn.text.as_str()).collect();
            for (round, label) in talk.iter().enumerate() {
                // Whoever has another number is another person.
                let own = format!("What I say in round {round} of a.txt.");
                let at = said.iter().position(|text| text.lines().any(|line| line.ends_with(&own)));
                if let Some(turn) = at.and_then(|at| transcript.turns.get(at)) {
                    let (own, shown) = (number(label), number(&turn.speaker));
                    let shown = shown.trim_start_matches('0');
                    prop_assert!(turn.speaker.is_empty() || own.trim_start_matches('0') == shown || turn.text.contains(": "));
                }
            }
        }
    }
}
