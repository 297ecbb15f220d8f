//! The turns of each file of some folders, as JSON lines: `crates/transcripts/tests/fixtures/read/oracle.py` holds them against what other
//! libraries read.
//!
//! `cargo run -p emic-tools --bin read_turns -- FOLDER… > turns.jsonl`
#![expect(clippy::print_stdout, reason = "printing the turns is all that this program does")]

use std::path::{Path, PathBuf};

use emic::results::NoProgress;
use transcripts::{ReadPlan, SourceFile};

use emic::pipeline::read_corpus;

fn main() -> std::io::Result<()> {
    for folder in std::env::args().skip(1) {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.retain(|path| path.is_file());
        files.sort();
        for path in files {
            println!("{}", line(&path));
        }
    }
    Ok(())
}

/// A file with its turns: speaker, start, end, words.
fn line(path: &Path) -> serde_json::Value {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files = vec![SourceFile::at(name, path.to_owned())];
    let reading = read_corpus(&ReadPlan { files, ..ReadPlan::default() }, &NoProgress);
    let turns = reading.corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
    let turns: Vec<_> = turns.map(|turn| (&turn.speaker, turn.start_ms, turn.end_ms, &turn.text)).collect();
    serde_json::json!({ "file": path.to_string_lossy(), "turns": turns })
}
