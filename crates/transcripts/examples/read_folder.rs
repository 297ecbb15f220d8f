//! Reads every file in a folder and prints who speaks how much, and what was doubtful.
//!
//! `cargo run -p transcripts --example read_folder -- FOLDER`
#![expect(clippy::print_stdout, reason = "printing is all that this example does")]

use std::path::Path;

use transcripts::text::counted;
use transcripts::{ReadObserver, ReadPlan, SourceFile, read_corpus, speaker_shares};

/// Prints a dot for each file.
struct Dots;

impl ReadObserver for Dots {
    fn file_done(&self) {
        print!(".");
    }

    fn end(&self) {
        println!();
    }
}

fn main() -> std::io::Result<()> {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/same_testimony");
    let folder = std::env::args().nth(1).unwrap_or_else(|| fixtures.to_owned());
    let mut files = Vec::new();
    for entry in Path::new(&folder).read_dir()? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push(SourceFile::at(entry.file_name().to_string_lossy(), entry.path()));
        }
    }

    // Who interviews is known to the researcher; everything else can stay at its default.
    let plan = ReadPlan { files, interviewers: vec!["Interviewer".to_owned()], ..ReadPlan::default() };
    let reading = read_corpus(&plan, &Dots);

    for share in speaker_shares(&reading.corpus) {
        let transcript = &reading.corpus.transcripts[share.transcript];
        let speaker = if share.speaker.is_empty() { "nobody in particular" } else { &share.speaker };
        println!(
            "{}: {speaker} ({}), {}, {} words",
            transcript.id,
            share.role.as_str(),
            counted(share.turns, "turn", "turns"),
            share.words
        );
    }
    for problem in &reading.problems {
        println!("[{}] {problem}", problem.code);
    }
    Ok(())
}
