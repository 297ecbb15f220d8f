//! What reading each file of some folders gives, as a Markdown table of counts without any text.
//!
//! `cargo run --example read_table -- FOLDER… > table.md` reads every file below the folders, each as a study of
//! its own. It made `tests/real-files.md`.
#![expect(clippy::print_stdout, reason = "printing the table is all that this example does")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use emic::corpus::{Severity, Silent};
use emic::read::{ReadPlan, SourceFile, read_corpus, speakers_of};

fn main() -> std::io::Result<()> {
    println!("| file | format | transcripts | turns | speakers | words | errors | warnings | notes |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|---:|");
    for folder in std::env::args().skip(1).map(PathBuf::from) {
        let mut files = Vec::new();
        files_below(&folder, &mut files)?;
        files.sort();
        for path in files {
            println!("{}", row(&folder, path));
        }
    }
    Ok(())
}

/// All files in a folder and the folders in it. Links are not followed.
fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            files_below(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

fn row(folder: &Path, path: PathBuf) -> String {
    let shown = folder.parent().and_then(|above| path.strip_prefix(above).ok()).unwrap_or(&path);
    let name = shown.to_string_lossy().replace('\\', "/");
    let plan = ReadPlan { files: vec![SourceFile { name: name.clone(), path }], ..ReadPlan::default() };
    let reading = read_corpus(&plan, &Silent);
    let transcripts = &reading.corpus.transcripts;
    let shares = speakers_of(&reading.corpus);
    let speakers: BTreeSet<&str> =
        shares.iter().map(|share| share.speaker.as_str()).filter(|name| !name.is_empty()).collect();
    let words: usize = shares.iter().map(|share| share.words).sum();
    let turns: usize = transcripts.iter().map(|transcript| transcript.turns.len()).sum();
    let count = |severity| reading.problems.iter().filter(|problem| problem.severity == severity).count();
    format!(
        "| {name} | {} | {} | {turns} | {} | {words} | {} | {} | {} |",
        transcripts.first().map_or("–", |transcript| transcript.format),
        transcripts.len(),
        speakers.len(),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
    )
}
