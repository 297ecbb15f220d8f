//! What each fixture in `tests/fixtures/read` gives, as a snapshot, and what must hold for any input.

mod any_bytes;
mod fixtures;
mod fuzzed;
mod hostile;
mod oracle;
mod oracles;
mod papers;
#[cfg(feature = "parquet")]
mod parquet;
mod participants;
mod pdf_revisions;
mod rendered;
mod round_trip;
mod same_testimony;
mod services;
mod studies;
mod surveys;
mod tables;
mod tiers;
mod word;
mod workbooks;

use std::fmt::Write as _;

use super::*;
use crate::corpus::Transcript;

/// A reading as people see it: transcripts, turns, attributes, problems.
fn shown(reading: &Reading) -> String {
    let mut all = String::new();
    for transcript in &reading.corpus.transcripts {
        let Transcript { id, source, format, turns, attributes } = transcript;
        let _ = write!(all, "{id} ({format}, {source})");
        for (name, value) in attributes {
            let _ = write!(all, " {name}={value}");
        }
        all.push('\n');
        for turn in turns {
            let time = |ms: Option<u64>| ms.map_or("-".to_owned(), |ms| ms.to_string());
            let _ = writeln!(
                all,
                "  {} {:?} <{}> {}..{} {:?}",
                turn.index,
                turn.role,
                turn.speaker,
                time(turn.start_ms),
                time(turn.end_ms),
                turn.text
            );
        }
    }
    for problem in &reading.problems {
        let _ = writeln!(all, "{problem}");
    }
    all
}

/// Reads contents under a name, as one file of a study without interviewers.
fn read_as(name: &str, bytes: &[u8]) -> Reading {
    let files = vec![SourceFile::in_memory(name, bytes)];
    read_corpus(&ReadPlan { files, ..ReadPlan::default() }, &())
}

/// What holds for every reading: spans point at the texts, no turn is empty, transcripts and problems are sorted.
fn check(reading: &Reading) {
    for transcript in &reading.corpus.transcripts {
        let text: Vec<char> = transcript.reading_text().chars().collect();
        assert!(!transcript.turns.is_empty());
        for turn in &transcript.turns {
            let spanned: String = text[turn.span.start..turn.span.end].iter().collect();
            assert_eq!(spanned, turn.text);
            assert!(!turn.text.trim().is_empty());
            assert!(turn.start_ms.is_none() || turn.end_ms.is_none() || turn.start_ms <= turn.end_ms);
        }
    }
    assert!(reading.corpus.transcripts.is_sorted_by(|a, b| a.id < b.id));
    assert!(reading.problems.is_sorted());
    for problem in &reading.problems {
        assert!(problem.code != codes::OTHER && codes::ALL.contains(&problem.code), "{problem:?}");
    }
}
