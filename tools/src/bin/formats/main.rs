//! What reading a collection of files gives, as a table of counts: a row a kind of file. No text, no names of people or files get in.
//!
//! `cargo run --release -p emic-tools --bin formats -- DIR… > docs/formats.csv` reads every file below the folders, each as a study of its own,
//! as `emic check` would. With `--markdown` before the folders the table is Markdown, without the kinds of problems.
//! Messages are counted without what is quoted in them and with `0` for every number.
#![expect(clippy::print_stdout, reason = "printing the table is all that this program does")]

mod kinds;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use emic::results::NoProgress;
use transcripts::{Problem, ReadPlan, Severity, SourceFile, speaker_shares};

use emic::pipeline::read_corpus;

use self::kinds::kind_of;

/// So many kinds of problems are listed for a kind of file.
const LISTED: usize = 6;

/// Counts of the files of one kind.
#[derive(Default)]
struct Counts {
    files: usize,
    refused: usize,
    transcripts: usize,
    turns: usize,
    /// Different ones in each transcript, added up.
    speakers: usize,
    timed: usize,
    words: usize,
    by_severity: BTreeMap<Severity, usize>,
    by_kind: BTreeMap<(Severity, String), usize>,
}

fn main() -> std::io::Result<()> {
    let (options, folders): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let mut kinds: BTreeMap<(String, &'static str), Counts> = BTreeMap::new();
    for folder in folders {
        let mut files = Vec::new();
        files_below(Path::new(&folder), &mut files)?;
        for path in files {
            read(path, &mut kinds);
        }
    }
    if options.iter().any(|option| option == "--markdown") {
        println!(
            "| ending | reader | files | refused | transcripts | turns | speakers | turns with times | words | notes | warnings | errors |"
        );
        println!("|---|---|{}", "---:|".repeat(10));
        for ((ending, reader), counts) in &kinds {
            println!("| {} | {reader} | {} |", shown_ending(ending), counts.numbers().join(" | "));
        }
        return Ok(());
    }
    println!(
        "ending,reader,files,refused,transcripts,turns,speakers,turns_with_times,words,notes,warnings,errors,problems"
    );
    for ((ending, reader), counts) in &kinds {
        println!(
            "{ending},{reader},{},\"{}\"",
            counts.numbers().join(","),
            counts.problems().replace('"', "\"\"")
        );
    }
    Ok(())
}

fn shown_ending(ending: &str) -> String {
    if ending.is_empty() { "none".to_owned() } else { format!("`.{ending}`") }
}

/// All files in a folder and the folders in it, hidden ones too. Links are not followed.
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

/// The ending, with what Zoom puts before it where it saves a chat.
fn ending_of(name: &str) -> String {
    let name = name.to_lowercase();
    if name.ends_with(".chat.txt") {
        return "chat.txt".to_owned();
    }
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_owned())
}

fn read(path: PathBuf, kinds: &mut BTreeMap<(String, &'static str), Counts>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let ending = ending_of(&name);
    let plan = ReadPlan { files: vec![SourceFile::at(name, path)], ..ReadPlan::default() };
    let reading = read_corpus(&plan, &NoProgress);
    let transcripts = &reading.corpus.transcripts;
    let reader = transcripts.first().map_or("none", |transcript| transcript.format);
    let counts = kinds.entry((ending, reader)).or_default();
    counts.files += 1;
    counts.refused += usize::from(transcripts.is_empty());
    counts.transcripts += transcripts.len();
    counts.words += speaker_shares(&reading.corpus).iter().map(|share| share.words).sum::<usize>();
    for transcript in transcripts {
        counts.turns += transcript.turns.len();
        counts.timed += transcript.turns.iter().filter(|turn| turn.start_ms.is_some()).count();
        let speakers = transcript.turns.iter().map(|turn| turn.speaker.as_str());
        counts.speakers += speakers.filter(|name| !name.is_empty()).collect::<BTreeSet<_>>().len();
    }
    for Problem { severity, message, .. } in &reading.problems {
        *counts.by_severity.entry(*severity).or_default() += 1;
        *counts.by_kind.entry((*severity, kind_of(message))).or_default() += 1;
    }
}

impl Counts {
    fn numbers(&self) -> Vec<String> {
        let of = |severity| self.by_severity.get(&severity).copied().unwrap_or(0);
        let Self { files, refused, transcripts, turns, speakers, timed, words, .. } = self;
        let severities = [Severity::Note, Severity::Warning, Severity::Error].map(of);
        let counts = [*files, *refused, *transcripts, *turns, *speakers, *timed, *words];
        counts.into_iter().chain(severities).map(|count| count.to_string()).collect()
    }

    /// The most frequent kinds of problems, with how often they came; errors first where they came as often.
    fn problems(&self) -> String {
        let mut kinds: Vec<(&(Severity, String), &usize)> = self.by_kind.iter().collect();
        kinds.sort_by(|(a, count_a), (b, count_b)| {
            count_b.cmp(count_a).then(b.0.cmp(&a.0)).then(a.1.cmp(&b.1))
        });
        let listed = kinds.iter().take(LISTED);
        let listed =
            listed.map(|((severity, kind), count)| format!("{count} × {}: {kind}", severity.as_str()));
        listed.collect::<Vec<_>>().join("; ")
    }
}
