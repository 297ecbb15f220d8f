//! Each fault gives its warning, and ordinary talk none.

use std::collections::BTreeMap;

use super::*;
use crate::corpus::{CharSpan, Role};

/// A turn: who, from and to when in seconds, what.
type Said<'a> = (&'a str, Option<u64>, Option<u64>, &'a str);

fn transcript(format: &'static str, turns: &[Said<'_>]) -> Transcript {
    let turn = |(at, (speaker, start, end, text)): (usize, &Said<'_>)| Turn {
        index: at as i64 + 1,
        speaker: (*speaker).into(),
        role: match *speaker {
            "" => Role::Other,
            "INT" | "Lee" | "Speaker 1" => Role::Interviewer,
            _ => Role::Participant,
        },
        start_ms: start.map(|seconds| seconds * 1000),
        end_ms: end.map(|seconds| seconds * 1000),
        span: CharSpan { start: at * 1000, end: at * 1000 + 1 },
        text: (*text).into(),
    };
    Transcript {
        id: "P01".to_owned(),
        source: format!("P01.{format}"),
        format,
        turns: turns.iter().enumerate().map(turn).collect(),
        attributes: BTreeMap::new(),
    }
}

fn told(transcript: Transcript) -> String {
    let corpus = Corpus { transcripts: vec![transcript], attributes: Vec::new() };
    let lines: Vec<String> = last_check(&corpus, &[]).iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn untimed<'a>(turns: &[(&'a str, &'a str)]) -> Vec<Said<'a>> {
    turns.iter().map(|(speaker, text)| (*speaker, None, None, *text)).collect()
}

const ANSWER: &str = "We had sixty families that year, and on most mornings the car would not start at all.";

#[test]
fn ordinary_talk_gives_no_warning() {
    let talk = untimed(&[
        ("INT", "How did it begin? At 10:30, you said."),
        ("Ana", "It was like this: we had no car. And then Bo: \"no way\", he said.\nNote: he left."),
        ("INT", "And then?"),
        ("Ana", "We met at 7:45 [inaudible 00:12:33], and again at [unclear 00:14:05]."),
        ("INT", "Why?"),
        ("Ana", ANSWER),
    ]);
    assert_eq!(told(transcript("txt", &talk)), "");
    let timed: Vec<Said<'_>> = (0..40)
        .map(|at| (["INT", "Ana"][at as usize % 2], Some(at * 10), Some(at * 10 + 9), ANSWER))
        .collect();
    assert_eq!(told(transcript("vtt", &timed)), "");
    let letters = untimed(&[("", ANSWER), ("", ANSWER), ("", "Are you well?"), ("", ANSWER)]);
    assert_eq!(told(transcript("txt", &letters)), "");
    assert_eq!(told(transcript("csv", &untimed(&[("7", &ANSWER.repeat(40))]))), "");
}

#[test]
fn labels_that_were_missed() {
    let dashes: Vec<Said<'_>> =
        untimed(&[("", "– Why?"), ("", "– Because it rained."), ("", "– And then?\n– Then it stopped.")]);
    insta::assert_snapshot!(told(transcript("txt", &dashes.repeat(2))), @"warning: P01.txt: nobody is named, although 8 of 8 lines begin alike: `–` (8); all of it was read as words (if these are speakers, write `Name: ` at the start of each turn; docs/formats.md lists the forms that are read)");
    let initials: Vec<Said<'_>> = untimed(&[("", "SMITH — Why?"), ("", "ROE — Because it rained.")]);
    insta::assert_snapshot!(told(transcript("txt", &initials.repeat(4))), @"warning: P01.txt: nobody is named, although 8 of 8 lines begin alike: `ROE—` (4), `SMITH—` (4); all of it was read as words (if these are speakers, write `Name: ` at the start of each turn; docs/formats.md lists the forms that are read)");
    let questions: Vec<Said<'_>> = untimed(&[("", "Why was that?"), ("", ANSWER)]);
    insta::assert_snapshot!(told(transcript("docx", &questions.repeat(3))), @"warning: P01.docx: nobody is named, but 3 of 6 turns hold a question, first turn 1 “Why was that?”: whoever asks counts as a participant (write who speaks and a colon at the start of each turn, and name the interviewer under `interviewers`)");
    insta::assert_snapshot!(told(transcript("txt", &untimed(&[("", &ANSWER.repeat(40))]))), @"warning: P01.txt: the whole file was read as one turn of 641 words by nobody: “We had sixty families that year,…” (if several people speak, put each turn in a paragraph of its own that begins with who speaks and a colon)");
}

#[test]
fn labels_and_marks_within_turns() {
    let known = untimed(&[
        ("INT", "Why?"),
        ("Ana", "It rained. Bo: Not for long.\nINT: And then?"),
        ("Bo", "Yes."),
        ("Ana", "No."),
    ]);
    insta::assert_snapshot!(told(transcript("txt", &known)), @"warning: P01.txt: 2 labels stand within turns (`Bo:`, `INT:`), first in turn 2: the words after it, “Not for long.”, were read as those of `Ana` (if somebody else says them, begin a new paragraph with the label in the file)");
    let unknown = untimed(&[
        ("INT", "Why?"),
        ("Ana", "It rained.\nCarla: Not here.\nDan Roe: Nor here.\nCarla: No."),
        ("INT", "And?"),
        ("Ana", "No."),
    ]);
    insta::assert_snapshot!(told(transcript("txt", &unknown)), @"warning: P01.txt: 2 labels stand within turns (`Carla:`), first in turn 2: the words after it, “Not here.”, were read as those of `Ana` (if somebody else says them, begin a new paragraph with the label in the file)");
    let tabs =
        untimed(&[("INT", "12\tWhy?"), ("Ana", "13\tIt rained\tbadly"), ("INT", "14\tAnd?"), ("Ana", "No.")]);
    insta::assert_snapshot!(told(transcript("txt", &tabs)), @"warning: P01.txt: 3 turns hold tabs, first turn 1 “12 Why?”: columns of a table may have been read as words (if a column names the speaker or the time, save the table as .csv or .tsv with a heading for each column)");
    let times = untimed(&[
        ("INT", "Why? 00:01:02 And?"),
        ("Ana", "It rained [02:15] badly"),
        ("Ana", "00:02:17.000 --> 00:02:19.000 No."),
    ]);
    insta::assert_snapshot!(told(transcript("vtt", &times)), @"warning: P01.vtt: 3 turns hold times among the words, 4 in all, first turn 1 “Why? 00:01:02 And?”: they are part of quotes and count as words (put times in brackets at the start of a turn, `[00:01:02] Name: …`, or take them out)");
}

#[test]
fn speakers_that_are_nobody() {
    let talk = untimed(&[
        ("12 March 2024", "Interview with Ana"),
        ("Otter.ai", "Transcribed"),
        ("INT", "Why?"),
        ("Ana", ANSWER),
    ]);
    insta::assert_snapshot!(told(transcript("txt", &talk)), @"warning: P01.txt: a speaker is called `12 March 2024`, which looks like a date: 1 turn, first turn 1 “Interview with Ana” (and 1 more such speakers) (if nobody is called so, change or delete the line in the file, or name the right column `speaker`)");
}

#[test]
fn times_that_cannot_be() {
    let paced = |step_ms: u64| -> Transcript {
        let mut made =
            transcript("csv", &[("INT", None, None, ANSWER), ("Ana", None, None, ANSWER)].repeat(20));
        for (at, turn) in made.turns.iter_mut().enumerate() {
            turn.start_ms = Some(at as u64 * step_ms);
            turn.end_ms = Some((at as u64 + 1) * step_ms);
        }
        made
    };
    assert_eq!(told(paced(6_000)), "");
    insta::assert_snapshot!(told(paced(6)), @"warning: P01.csv: impossible times: 680 words in 0 s, which is 170,000 words a minute (the times may be seconds that were read as milliseconds: write them as 00:01:02)");
    insta::assert_snapshot!(told(paced(6_000_000)), @"warning: P01.csv: few words for such times: 680 words in 66 h 40 min, which is 0.2 words a minute (the times may be milliseconds that were read as seconds: write them as 00:01:02, or call their columns `start_ms` and `end_ms`)");
    insta::assert_snapshot!(told(paced(0)), @"warning: P01.csv: all 40 turns have the same time, 0 s (if the column is no time of the recording, call it otherwise, so that quotes do not name it)");
    let mut jump = paced(6_000);
    jump.turns[30].start_ms = Some(2_000_000);
    jump.turns[31].start_ms = Some(5_000_000);
    insta::assert_snapshot!(told(jump), @r"
    warning: P01.csv: turn 30 lasts 30 min until the next one begins and has 17 words: “We had sixty families that year,…” (look whether words are missing there, or the time of the next turn is wrong)
    warning: P01.csv: times run backwards at 1 place, first in turn 33, from 1 h 23 min to 3 min (if two recordings are in the file, make a file of each; else compare the times with the recording before you quote them)
    ");
    let mut chat = paced(6_000_000);
    chat.source = "zoom/P01.chat.txt".to_owned();
    assert_eq!(told(chat), "");
}

#[test]
fn who_asks_and_who_answers() {
    insta::assert_snapshot!(told(transcript("txt", &untimed(&[("INT", ANSWER), ("INT", ANSWER)]))), @"warning: P01.txt: nobody answers: all 34 words are those of an interviewer, `INT`; none of it gets a theme (look whether a label was missed; if `INT` is a participant here, say under `interviewers` who interviews in which transcript)");
    let both = untimed(&[("Lee", "Why?"), ("Lee 2", ANSWER), ("Lee", "And?"), ("Lee 2", ANSWER)]);
    insta::assert_snapshot!(told(transcript("txt", &both)), @r#"warning: P01.txt: one name in both roles: `Lee` interviews and `Lee 2` answers, first in turn 2 (if both interview, add "P01: Lee 2" to `interviewers` in the plan; if neither is meant, tell them apart in the file)"#);
    let swapped = untimed(&[("Speaker 2", "Why?"), ("Speaker 1", ANSWER)]).repeat(4);
    insta::assert_snapshot!(told(transcript("vtt", &swapped)), @r#"warning: P01.vtt: `Speaker 1` is listed as an interviewer here, with 94 % of the words, but it is `Speaker 2` who asks (4 of 4 turns with a question) (if so, write "P01: Speaker 2" under `interviewers`: what is said of one transcript counts there alone)"#);
    let mut one_voice = untimed(&[("INT", "Why?"), ("Ana", ANSWER)]);
    one_voice.extend(untimed(&[("Ana", ANSWER)]).repeat(60));
    insta::assert_snapshot!(told(transcript("docx", &one_voice)), @"warning: P01.docx: 2 speakers are named, and 1,037 of 1,038 words are those of `Ana` (look whether turn 62 holds what others say)");
}

#[test]
fn interviews_are_held_against_each_other() {
    let talk = untimed(&[("INT", "Why was that?"), ("Ana", ANSWER)]).repeat(5);
    let mut corpus = Corpus::default();
    for number in 1..=20 {
        let turns = if number > 5 {
            talk.clone()
        } else {
            untimed(&[("Jo", "Why was that?"), ("Ana", ANSWER)]).repeat(5)
        };
        let made = transcript("txt", &turns);
        corpus.transcripts.push(Transcript {
            id: format!("P{number:02}"),
            source: format!("P{number:02}.txt"),
            ..made
        });
    }
    corpus.transcripts[7].turns.extend(transcript("txt", &untimed(&[("Ana", ANSWER)]).repeat(80)).turns);
    let lines: Vec<String> = last_check(&corpus, &[]).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    warning: P01.txt: nobody interviews here, as somebody does in 15 of 20 transcripts: whoever asks counts as a participant; its speakers: `Ana`, `Jo` (it seems to be `Jo`, with 5 of 5 turns with a question; if so, add "P01: Jo" to `interviewers` in the plan)
    warning: P02.txt: nobody interviews here, as somebody does in 15 of 20 transcripts: whoever asks counts as a participant; its speakers: `Ana`, `Jo` (it seems to be `Jo`, with 5 of 5 turns with a question; if so, add "P02: Jo" to `interviewers` in the plan)
    warning: P03.txt: nobody interviews here, as somebody does in 15 of 20 transcripts: whoever asks counts as a participant; its speakers: `Ana`, `Jo` (it seems to be `Jo`, with 5 of 5 turns with a question; if so, add "P03: Jo" to `interviewers` in the plan)
    warning: P04.txt: nobody interviews here, as somebody does in 15 of 20 transcripts: whoever asks counts as a participant; its speakers: `Ana`, `Jo` (it seems to be `Jo`, with 5 of 5 turns with a question; if so, add "P04: Jo" to `interviewers` in the plan)
    warning: P05.txt: nobody interviews here, as somebody does in 15 of 20 transcripts: whoever asks counts as a participant; its speakers: `Ana`, `Jo` (it seems to be `Jo`, with 5 of 5 turns with a question; if so, add "P05: Jo" to `interviewers` in the plan)
    warning: P08.txt: this one interview holds 46 % of all that is said by participants (1,445 of 3,135 words in 20 interviews) (shares of segments, clusters and emergent themes are mostly about it: report shares of interviews, or run the study without it and compare)
    "#);
    for transcript in &mut corpus.transcripts {
        transcript.turns = super::tests::transcript(
            "txt",
            &[("INT", None, None, "00:01:02 and 00:01:03"), ("Ana", None, None, ANSWER)],
        )
        .turns;
    }
    let told = last_check(&corpus, &[]);
    assert_eq!(told.len(), MAX_EACH + 1);
    insta::assert_snapshot!(told[MAX_EACH], @"warning: P13.txt: 8 further transcripts, this one first: times among the words (put times in brackets at the start of a turn, `[00:01:02] Name: …`, or take them out)");
    // What a reader has said is not said twice.
    let known = Problem::new(Severity::Warning, "P01.txt", "times run backwards at 1 place");
    let back = transcript(
        "csv",
        &[("A", Some(90), None, "a"), ("A", Some(0), None, "b"), ("A", Some(99), None, "c")],
    );
    let corpus =
        Corpus { transcripts: vec![Transcript { source: "P01.txt".into(), ..back }], attributes: Vec::new() };
    assert_eq!((last_check(&corpus, &[known]).len(), last_check(&corpus, &[]).len()), (0, 1));
}
