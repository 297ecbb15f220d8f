//! `emic run`: a study from transcripts to tables.

use std::path::{Path, PathBuf};

use transcripts::text::counted;
use transcripts::{Problem, Reading, Severity};

use super::check::{exit_for, print_problems};
use super::exit::Exit;
use super::locations::encoder_for;
use super::progress::progress;
use super::{Computing, screen};
use crate::pipeline::{self, CodebookFiles, InFolderError, PipelineError, Withdrawn};
use crate::report;
use crate::results::codes;
use crate::storage::{Partition, lock_part, lock_to_read};
use crate::study::Study;
use crate::table::Findings;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The study file
    study: PathBuf,
    /// Write results here instead of the study's output folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Do one part of the work, for example 3/32: cut and embed the interviews that are in it; `emic merge` puts parts together
    #[arg(long, value_name = "I/N")]
    partition: Option<Partition>,
    /// Say what would be done again since the last run and why, and do nothing
    #[arg(long, conflicts_with = "partition")]
    explain: bool,
    /// Delete what people wrote that holds words of interviews which are not in the study any more, instead of moving it aside, and
    /// what they coded in such interviews
    #[arg(long, conflicts_with_all = ["partition", "explain"])]
    forget: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    computing: Computing,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let options = RunOptions {
        out: arguments.out.as_deref(),
        quiet: arguments.quiet,
        computing: &arguments.computing,
        source: RunSource::Files,
        withdrawn: if arguments.forget { Withdrawn::Forgotten } else { Withdrawn::MovedAside },
    };
    if arguments.explain {
        return explain(&arguments.study, &options);
    }
    match arguments.partition {
        Some(part) => run_part(&arguments.study, part, &options),
        None => run_study(&arguments.study, &options),
    }
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn explain(path: &Path, options: &RunOptions<'_>) -> anyhow::Result<Exit> {
    let (study, _) = options.study(path)?;
    let out = &study.output_plan()?.directory;
    // Nothing is written, so there is no need to wait for another run; what that run is computing counts as missing.
    let lock = lock_to_read(out);
    let explained = options.computing.on_threads(|| {
        let encoder = encoder_for(&study.embed, options.computing)?;
        unwrap_reading(pipeline::explain(&study, encoder.as_ref(), progress(true).as_ref()))
    })?;
    print!("{explained}");
    if lock.is_err() {
        println!(
            "Meanwhile   another run is writing to {}; what it has not written yet is not counted",
            out.display()
        );
    }
    Ok(Exit::Done)
}

/// Runs one part of a study and prints what is in it.
#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn run_part(path: &Path, part: Partition, options: &RunOptions<'_>) -> anyhow::Result<Exit> {
    let (study, _) = options.study(path)?;
    let out = &study.output_plan()?.directory;
    let folder = pipeline::part_folder(out, part);
    let _locks = lock_part(out, &folder)?;
    let record = options.computing.on_threads(|| {
        let encoder = encoder_for(&study.embed, options.computing)?;
        let progress = progress(options.quiet);
        unwrap_reading(pipeline::run_part(&study, encoder.as_ref(), part, progress.as_ref()))
    })?;
    if !options.quiet {
        let interviews = counted(record.interviews.len(), "interview", "interviews");
        let passages = counted(record.passages as usize, "passage", "passages");
        println!("Part {part}: {interviews}, {passages}, in {}", folder.display());
    }
    Ok(Exit::Done)
}

/// Options of running a study, for all commands.
pub(super) struct RunOptions<'a> {
    pub(super) out: Option<&'a Path>,
    pub(super) quiet: bool,
    pub(super) computing: &'a Computing,
    pub(super) source: RunSource,
    pub(super) withdrawn: Withdrawn,
}

/// The source of passages and vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunSource {
    /// Computed by the run.
    Files,
    /// From the parts of the study.
    Parts,
}

impl RunOptions<'_> {
    /// The study as it is to be run, and what is doubtful about its file.
    fn study(&self, path: &Path) -> anyhow::Result<(Study, Vec<Problem>)> {
        let (mut study, warnings) = Study::load(path)?;
        if let Some((out, output)) = self.out.zip(study.output.as_mut()) {
            out.clone_into(&mut output.directory);
        }
        Ok((study, warnings))
    }
}

/// The result of a run; where nothing could be read, prints the problems.
fn unwrap_reading<T>(done: Result<T, PipelineError>) -> anyhow::Result<T> {
    match done {
        Err(PipelineError::NothingRead { problems }) => {
            print_problems(&problems);
            anyhow::bail!("no transcript could be read; the problems above say why");
        }
        other => Ok(other?),
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks here")]
fn print_parts(parts: u32, quiet: bool) {
    if !quiet {
        eprintln!("{} together", counted(parts as usize, "part fits", "parts fit"));
    }
}

/// Runs a study and prints a summary.
pub(super) fn run_study(path: &Path, options: &RunOptions<'_>) -> anyhow::Result<Exit> {
    let (study, warnings) = options.study(path)?;
    let out = &study.output_plan()?.directory;
    let (findings, codebooks) = options.computing.on_threads(|| {
        let encoder = encoder_for(&study.embed, options.computing)?;
        let progress = progress(options.quiet);
        let read = || -> anyhow::Result<Reading> {
            if options.source == RunSource::Files {
                return Ok(pipeline::read_study(&study, progress.as_ref()));
            }
            let (reading, parts) = pipeline::merge_parts(&study, encoder.as_ref(), progress.as_ref())?;
            print_parts(parts, options.quiet);
            Ok(reading)
        };
        let done = pipeline::run_in_folder(
            &study,
            warnings,
            encoder.as_ref(),
            options.withdrawn,
            read,
            progress.as_ref(),
        );
        done.or_else(|error| match error.downcast() {
            Ok(InFolderError::Pipeline(failed)) => unwrap_reading(Err(failed)),
            Ok(other) => Err(other.into()),
            Err(other) => Err(other),
        })
    })?;
    if !options.quiet {
        print_summary(out, &findings, &codebooks);
        if options.withdrawn == Withdrawn::MovedAside {
            say_withdrawn(&findings.problems);
        }
    }
    Ok(exit_for(&findings.problems))
}

/// Prints the table of themes, the problems, and where the results are.
#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn print_summary(directory: &Path, findings: &Findings, codebooks: &CodebookFiles) {
    for line in report::theme_summary(findings, screen()).lines() {
        println!("{}", painted(line));
    }
    let skipped = findings.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let doubtful = findings.problems.iter().filter(|problem| problem.severity == Severity::Warning).count();
    if skipped + doubtful > 0 {
        let doubtful = counted(doubtful, "doubtful thing", "doubtful things");
        println!(
            "\n{skipped} skipped and {doubtful} are listed in the table `problems` and on the page under Checks."
        );
    }
    println!("\nPage      {}", directory.join(pipeline::PAGE).display());
    println!("Tables    {}", directory.join("tables").display());
    println!("Codebook  {}", codebooks.workbook.display());
    println!("Draft     {}", codebooks.draft.display());
    println!("Paper     {}", directory.join(pipeline::PAPER).display());
    println!("Run       {}", directory.join("run.json").display());
}

/// Says how files that were moved aside can be deleted instead.
#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn say_withdrawn(problems: &[Problem]) {
    if problems.iter().any(|problem| problem.code == codes::WITHDRAWN_WORDS) {
        println!(
            "\nFiles hold words that are not in the study any more, as the problems table says; `emic run STUDY.toml --forget` deletes them."
        );
    }
}

/// A line of the summary, on a terminal with colours: quotes dimmed, doubtful themes marked.
fn painted(line: &str) -> String {
    if line.starts_with("  “") {
        return console::style(line).dim().to_string();
    }
    match line.strip_suffix("  unstable") {
        Some(rest) => format!("{rest}  {}", console::style("unstable").yellow()),
        None => line.to_owned(),
    }
}
