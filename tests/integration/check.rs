//! What `emic check` prints of a study with every kind of fault, and that it says all that a run doubts of its input.

use crate::models;
use crate::scratch::Scratch;

const STUDY: &str = r#"
[study]
title = "Faults"
language = "auto"
[corpus]
transcripts = ["t/*"]
participants = "participants.csv"
groups = ["country"]
interviewers = ["INT", "P03: Speaker 1", "P04: Speaker 1", "P9: INT"]
[themes]
codebook = "codebook.toml"
[compare]
within = "ward"
time = "wave"
[review]
codes = "codes.csv"
"#;

const ANSWERS: [&str; 4] = [
    "We had sixty families that year, and on most mornings the old car would not start at all.",
    "Nobody ever told us about the letters until they came, and then it was far too late to answer.",
    "My colleagues make tea in the small kitchen, and that is honestly what keeps me going here.",
    "I would hand on the list of telephone numbers, because nothing else in this house ever works.",
];

/// An interview of eight turns; `person` makes the words their own.
fn talk(asks: &str, answers: &str, person: &str) -> String {
    let turn = |(at, answer): (usize, &&str)| {
        let own: Vec<String> = answer.split(' ').map(|word| format!("{word}{person}")).collect();
        let own = if person.is_empty() { (*answer).to_owned() } else { own.join(" ") };
        format!("{asks}: And how was that in the year {at}?\n{answers}: {own}\n")
    };
    ANSWERS.iter().enumerate().map(turn).collect()
}

fn study() -> Scratch {
    let scratch = Scratch::new();
    let swapped = talk("Speaker 2", "Speaker 1", "");
    let shifted = "WEBVTT\n\n00:00:01.000 --> 00:00:01.100\n<v INT>And how was that in the year of the flood, and who came to \
                   help you when the water stood in the street?\n\n00:00:01.100 --> 00:00:01.300\n<v P05>The whole street came, \
                   with buckets and two boats, and an old man whom nobody knew brought soup every night until it was over.\n";
    let shifted = shifted.to_owned()
        + &shifted.split_once("\n\n").map(|(_, cues)| format!("\n{cues}")).unwrap_or_default().repeat(3);
    scratch
        .write("study.toml", STUDY)
        .write("codebook.toml", "[[theme]]\nname = \"workload\"\ndefinition = \"Too many cases.\"\n")
        .write(
            "participants.csv",
            "transcript_id,country,ward,wave\nP01,Velmora,,1\nP01 (1),Velmora,,1\nP02,Velmora,,1\nP03,Ostrany,,1\nP04,,,1\nP05,Cassara,,1\n",
        )
        .write(
            "codes.csv",
            "sample,segment_id,transcript_id,char_start,char_end,text_digest,probability,coder,theme,applies\n\
             1,P01:1,P01,0,10,0000000000000000,0.5,Ana,workload,1\n1,P01:2,P01,x,10,00,0.5,Ana,workload,1\n\
             1,P99:1,P99,0,10,0000000000000000,0.5,Ana,workload,1\n",
        )
        .write("t/P01.txt", talk("INT", "P01", ""))
        .write("t/P01 (1).txt", talk("INT", "P01", ""))
        .write("t/P02.txt", "INT: Why was that?\nINT: And what came after the flood in that year?\nINT: And then?\n")
        .write("t/P03.txt", swapped.replace("sixty", "seventy").replace("car", "bus").replace("tea", "soup"))
        .write("t/P04.txt", talk("- INT -", "- P04 -", "x").replace(" -:", " -"))
        .write("t/P05.vtt", shifted);
    scratch
}

#[test]
fn each_kind_of_fault_is_told() {
    let models = models().display().to_string();
    let done = study().emic(&["check", "study.toml", "--models", &models]);
    insta::assert_snapshot!(done.said, @r#"
    6 transcripts (5 txt, 1 vtt), 41 turns, 618 words
    1 theme in the codebook: workload

    speaker                         role          turns  transcripts
    INT                             interviewer      17            5
    P01                             participant       8            2
    P04                             participant       4            1
    P05                             participant       4            1
    Speaker 1                       interviewer       4            1
    Speaker 2                       participant       4            1

    interview            who speaks             role         turns    words  questions
    P01                  INT                    interviewer      4       32          4
                         P01                    participant      4       71          0
    P01 (1)              INT                    interviewer      4       32          4
                         P01                    participant      4       71          0
    P02                  INT                    interviewer      1       14          1
    P03                  Speaker 1              interviewer      4       71          0
                         Speaker 2              participant      4       32          4
    P04                  INT                    interviewer      4       32          4
                         P04                    participant      4       75          0
    P05                  INT                    interviewer      4       92          4
                         P05                    participant      4       96          0

    who seems to interview
      Speaker 2: likely, in P03: 4 of 4 turns with a question, 31 % of the words
    If that is right, write under [corpus] in the study file, and their turns are
    not coded; what stands before a colon is the transcript in which the label
    interviews:
      interviewers = ["INT", "P03: Speaker 2"]

    error: codes.csv:3: the row was left out: its `char_start` cannot be read (import the coded sheet again)
    error: review/codes.csv: 1 coded segment is left out: no segment of the transcript has that text now (the unit of segments or the transcripts changed since; go back to the unit that was coded, or draw a new sample)
    error: review/codes.csv: 1 coded segment is left out: the run has no such transcript (transcripts were taken out of the study or renamed since the sample was drawn)
    warning: [corpus] interviewers: `P04: Speaker 1` names nobody: there is no such speaker in that transcript (its speakers: `INT`, `P04`)
    warning: [corpus] interviewers: `P9: INT` names nobody: no transcript is called `P9` (before the colon stands a transcript's id, as `emic check` lists it)
    warning: corpus: there are only 20 segments: labels and emergent themes are guesses (read every segment yourself, or add interviews)
    warning: groups: 6 of 6 transcripts have no value for `ward` and are in no comparison within it. (`within` under [compare] names an attribute of the participants file, or `language`.)
    warning: groups: Groups of `country` with one interview alone: `Cassara`, `Ostrany`. One person says little about a group: its intervals are nearly as wide as can be, and its differences have no p value. (Add interviews, or join the group with another in the participants file.)
    warning: groups: `wave` has one value alone: there is no change to see over time.
    warning: t/P01 (1).txt: `P01` and `P01 (1)` seem to be the same interview: 100 % of the words in `P01 (1)` stand in `P01` too (if they are, take one out, or write same = [["P01", "P01 (1)", "P03"]] under [corpus], and the first alone counts; if not, never mind)
    warning: t/P02.txt: P02 has no segment: no turn of a participant has 5 words or more (look at `interviewers` and `min_words` in the study file)
    warning: t/P02.txt: nobody answers: all 14 words are those of an interviewer, `INT`; none of it gets a theme (look whether a label was missed; if `INT` is a participant here, say under `interviewers` who interviews in which transcript)
    warning: t/P03.txt: `P01` and `P03` seem to be the same interview: 81 % of the words in `P01` stand in `P03` too (if they are, take one out, or write same = [["P01", "P01 (1)", "P03"]] under [corpus], and the first alone counts; if not, never mind)
    warning: t/P03.txt: `Speaker 1` is listed as an interviewer here, with 69 % of the words, but it is `Speaker 2` who asks (4 of 4 turns with a question) (if so, write "P03: Speaker 2" under `interviewers`: what is said of one transcript counts there alone)
    warning: t/P05.vtt: impossible times: 188 words in 0 s, which is 37,600 words a minute (compare the times with the recording: nobody speaks so fast)
    note: groups: 1 of 6 transcripts have no value for `country` and are in none of its groups. (Give the value in the participants file, or write `unknown` there to make them a group.)
    note: groups: Groups of `country` with fewer than 8 interviews: `Velmora`. Their intervals are wide, and only large differences can be found; see `smallest_detectable` in the table `contrasts`.
    note: participants.csv: 1 row has no `country` (fill in the cells where it is known; these rows are in none of its groups)
    "#);
    assert_eq!(done.status, 2);
}

#[test]
fn a_check_says_all_that_a_run_doubts_of_its_input() {
    let scratch = study();
    scratch.write("study.toml", format!("{STUDY}[output]\nformats = [\"csv\"]\n"));
    let models = models().display().to_string();
    let checked = scratch.emic(&["check", "study.toml", "--models", &models]).said;
    assert!(!scratch.path("out").exists(), "a check writes nothing");
    let done = scratch.run("study.toml", &[]);
    assert_eq!(done.status, 2, "{}", done.said);
    let problems = scratch.table("out/tables/problems.csv");
    let rows = problems.columns(["source", "message"]);
    // What was found, and not what was given.
    let of_input = rows.iter().filter(|[source, _]| !["themes", "codebook"].contains(source));
    let missing: Vec<_> = of_input.filter(|[_, message]| !checked.contains(message)).collect();
    assert!(missing.is_empty() && rows.len() > 10, "{missing:?}\n{checked}");
}

#[test]
fn a_long_list_is_cut_unless_all_is_asked_for() {
    let scratch = study();
    for number in 10..40 {
        scratch.write(&format!("t/P{number}.txt"), talk("INT", &format!("P{number}"), &number.to_string()));
    }
    let cut = scratch.emic(&["check", "study.toml"]).said;
    assert!(
        cut.contains("and 16 more interviews; `emic check --all` shows them") && !cut.contains("\nP39 "),
        "{cut}"
    );
    let all = scratch.emic(&["check", "study.toml", "--all"]).said;
    assert!(!all.contains("--all` shows") && all.contains("\nP39 "), "{all}");
}
