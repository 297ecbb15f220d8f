//! `emic run`: a study from transcripts to tables.

use std::path::{Path, PathBuf};

use anyhow::Context;

use super::check::{exit_for, print_problems};
use super::exit::Exit;
use super::places::encoder_for;
use super::progress::progress;
use super::{Computing, terminal_width};
use crate::corpus::Severity;
use crate::embed::CachedEncoder;
use crate::pipeline::{self, PipelineError};
use crate::report;
use crate::study::Study;
use crate::table::Findings;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The study file
    study: PathBuf,
    /// Write results here instead of the study's output folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    computing: Computing,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let how = How { out: arguments.out.as_deref(), quiet: arguments.quiet, computing: &arguments.computing };
    run_study(&arguments.study, &how)
}

/// How a study is run, whichever command runs it.
pub(super) struct How<'a> {
    pub(super) out: Option<&'a Path>,
    pub(super) quiet: bool,
    pub(super) computing: &'a Computing,
}

/// Runs a study and says what came out.
pub(super) fn run_study(path: &Path, how: &How<'_>) -> anyhow::Result<Exit> {
    let (mut study, doubts) = Study::load(path)?;
    if let Some(out) = how.out {
        out.clone_into(&mut study.output.directory);
    }
    let findings = how.computing.on_threads(|| {
        let encoder = encoder_for(&study.embed, how.computing)?;
        let cached = CachedEncoder::new(encoder.as_ref(), &study.output.directory);
        let progress = progress(how.quiet);
        let mut findings = match pipeline::run(&study, &cached, progress.as_ref()) {
            Err(PipelineError::NothingRead { problems }) => {
                print_problems(&problems);
                anyhow::bail!("no transcript could be read; the problems above say why");
            }
            other => other?,
        };
        let (made, notes) = cached.finish();
        findings.problems.extend(doubts.into_iter().chain(notes));
        findings.problems.sort();
        pipeline::write(&study, &made, &mut findings, progress.as_ref())
            .with_context(|| format!("results cannot be written to {}", study.output.directory.display()))?;
        Ok(findings)
    })?;
    if !how.quiet {
        say(&study, &findings);
    }
    Ok(exit_for(&findings.problems))
}

/// The short table of themes, what went wrong, and where the rest is.
#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn say(study: &Study, findings: &Findings) {
    print!("{}", report::theme_summary(findings, terminal_width()));
    let directory = &study.output.directory;
    let skipped = findings.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let doubtful = findings.problems.iter().filter(|problem| problem.severity == Severity::Warning).count();
    if skipped + doubtful > 0 {
        println!(
            "\n{skipped} skipped and {doubtful} doubtful things are listed in the problems table; `emic check` shows them."
        );
    }
    let places = pipeline::codebook_places(study);
    println!("\nTables    {}", directory.join("tables").display());
    println!("Codebook  {}", places.workbook.display());
    println!("Draft     {}", places.draft.display());
    println!("Paper     {}", directory.join(pipeline::PAPER).display());
    println!("Run       {}", directory.join("run.json").display());
}
