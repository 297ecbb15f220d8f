//! `emic check`: reads everything that a study names, lists every problem, writes nothing.

use std::path::PathBuf;

use console::style;
use transcripts::{Problem, Reading, Severity};

use super::exit::Exit;
use super::hints::described_problem;
use super::locations::encoder_for;
use super::progress::progress;
use super::{Computing, screen};
use crate::study::Study;
use crate::{pipeline, report};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The study file
    study: PathBuf,
    /// Show every speaker and every interview, however many there are
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    computing: Computing,
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
pub(super) fn check(arguments: &Arguments) -> anyhow::Result<Exit> {
    let (study, mut problems) = Study::load(&arguments.study)?;
    let corpus = arguments.computing.on_threads(|| {
        let Reading { corpus, problems: found, .. } =
            pipeline::read_corpus(&study.read, progress(true).as_ref());
        problems.extend(found);
        if !corpus.transcripts.is_empty() {
            // Only for counting, and not needed where the model was not fetched yet.
            let encoder = encoder_for(&study.embed, &arguments.computing).ok();
            problems.extend(pipeline::input_problems(&study, &corpus, encoder.as_deref()));
        }
        Ok(corpus)
    })?;
    problems.sort();
    problems.dedup();
    print!("{}", report::corpus_summary(&corpus, &study.codebook, screen().columns, arguments.all));
    print_problems(&problems);
    if corpus.transcripts.is_empty() {
        anyhow::bail!("no transcript could be read; the problems above say why");
    }
    Ok(exit_for(&problems))
}

/// Lists problems, the most severe first.
#[expect(clippy::print_stdout, reason = "the command line speaks here")]
pub(super) fn print_problems(problems: &[Problem]) {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    for problem in sorted {
        let line = described_problem(problem);
        match (line.split_once(": "), problem.severity) {
            (Some((word, rest)), Severity::Error) => println!("{}: {rest}", style(word).red()),
            (Some((word, rest)), Severity::Warning) => println!("{}: {rest}", style(word).yellow()),
            _ => println!("{line}"),
        }
    }
}

/// Exit status 2 when anything was skipped.
pub(super) fn exit_for(problems: &[Problem]) -> Exit {
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        Exit::Skipped
    } else {
        Exit::Done
    }
}
