//! `emic demo`: a full run on a study that comes with the program.

use std::path::Path;

use anyhow::bail;

use super::Computing;
use super::exit::Exit;
use super::models::fetch_if_missing;
use super::run::{RunOptions, RunSource, run_study};
use crate::pipeline::Withdrawn;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    computing: Computing,
}

const STUDY: &str = "data/demo/study.toml";
const MODEL: &str = "all-MiniLM-L6-v2";

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
pub(super) fn demo(arguments: &Arguments) -> anyhow::Result<Exit> {
    let study = Path::new(STUDY);
    if !study.is_file() {
        bail!("there is no {STUDY} here; run the demo in the folder that you cloned Emic into");
    }
    fetch_if_missing(MODEL, arguments.computing.models.as_deref(), arguments.quiet)?;
    if !arguments.quiet {
        println!(
            "The demo study is synthetic: 24 invented interviews with social workers of three invented countries.\n"
        );
    }
    run_study(
        study,
        &RunOptions {
            out: None,
            quiet: arguments.quiet,
            computing: &arguments.computing,
            source: RunSource::Files,
            withdrawn: Withdrawn::MovedAside,
        },
    )
}
