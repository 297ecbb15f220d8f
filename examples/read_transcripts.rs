//! Reads interviews as they come from three sources, and looks at who speaks.
//!
//! `cargo run --example read_transcripts`
//!
//! A project has a transcript from a typist, captions from a video call and a table from a survey tool. All three become the same
//! thing: a transcript with turns.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use transcripts::text::counted;
use transcripts::{ReadPlan, SourceFile, read_corpus, speaker_shares};

const TYPED: &str = "\
INT: What keeps you from working with the community?
ANA: I have sixty families and one morning a week.
INT: And what do you like about the work?
ANA: My colleagues. We eat together on Fridays.
";

const CAPTIONS: &str = "\
WEBVTT

00:01.000 --> 00:04.000
<v INT>What keeps you from working with the community?

00:05.000 --> 00:09.000
<v Ben>The forms take longer than the visits.
";

const TABLE: &str = "\
transcript_id,speaker,text
P03,INT,What keeps you from working with the community?
P03,Cem,Nobody reads what we write down in the evening.
";

fn main() {
    // 1. Name the files; the ending says how each is read. `SourceFile::at` names one on the disk.
    let files = vec![
        SourceFile::in_memory("P01.txt", TYPED.as_bytes()),
        SourceFile::in_memory("P02.vtt", CAPTIONS.as_bytes()),
        SourceFile::in_memory("survey.csv", TABLE.as_bytes()),
    ];

    // 2. Say what only a researcher can know: who interviews. Everything else can stay at its default.
    let plan = ReadPlan { files, interviewers: vec!["INT".to_owned()], ..ReadPlan::default() };
    let reading = read_corpus(&plan, &());

    // 3. Look at what was read. Words are as they were written, and every turn knows where it stands.
    for transcript in &reading.corpus.transcripts {
        println!("{} ({})", transcript.id, transcript.format);
        for turn in &transcript.turns {
            println!("  {:11} {} [{}]: {}", turn.role.as_str(), turn.speaker, turn.span.start, turn.text);
        }
    }

    // 4. Is anybody missing, or heard too little?
    println!();
    for share in speaker_shares(&reading.corpus) {
        println!("{}: {}, {} words", share.speaker, counted(share.turns, "turn", "turns"), share.words);
    }

    // 5. Nothing is skipped silently: what was guessed or left out is a list of problems, each with a stable code.
    println!();
    for problem in &reading.problems {
        println!("[{}] {problem}", problem.code);
    }
}
