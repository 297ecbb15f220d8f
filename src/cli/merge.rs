//! `emic merge`: merges the parts of a study, made on several machines, into one run.

use std::path::PathBuf;

use super::Computing;
use super::exit::Exit;
use super::run::{RunOptions, RunSource, run_study};
use crate::pipeline::Withdrawn;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The study file
    study: PathBuf,
    /// The folder that the parts were written to, and results are, instead of the study's output folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Delete what people wrote that holds words of interviews which are not in the study any more, instead of moving it aside, and
    /// what they coded in such interviews
    #[arg(long)]
    forget: bool,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    computing: Computing,
}

pub(super) fn merge(arguments: &Arguments) -> anyhow::Result<Exit> {
    let (out, computing) = (arguments.out.as_deref(), &arguments.computing);
    let withdrawn = if arguments.forget { Withdrawn::Forgotten } else { Withdrawn::MovedAside };
    run_study(
        &arguments.study,
        &RunOptions { out, quiet: arguments.quiet, computing, source: RunSource::Parts, withdrawn },
    )
}
