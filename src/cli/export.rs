//! `emic export`: a finished run for other programs.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::DateTime;

use super::exit::Exit;
use crate::exchange::{About, Loss, keep_export, project_of, write_qdc, write_qdpx};
use crate::report::{OpenedRun, open_run};
use crate::table::replace_file;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The output folder of a finished run
    out: PathBuf,
    /// The file to write: .qdpx (a project for NVivo, ATLAS.ti, MAXQDA and others) or .qdc (its codebook alone)
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Write over a file that is there already
    #[arg(long)]
    replace: bool,
}

pub(super) fn export(arguments: &Arguments) -> anyhow::Result<Exit> {
    let to = &arguments.to;
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !matches!(ending.as_str(), "qdpx" | "qdc") {
        bail!("an export must end in .qdpx or .qdc, not {}", to.display());
    }
    if to.exists() && !arguments.replace {
        bail!(
            "{} is there already, and may hold somebody's work (add --replace to write over it)",
            to.display()
        );
    }
    let OpenedRun { manifest, run, codebook } = open_run(&arguments.out)?;
    let origin = format!("Emic {}", env!("CARGO_PKG_VERSION"));
    let created = finished_at(&arguments.out);
    let title = manifest.study.title.as_str();
    let about = About { title, origin: &origin, created: &created, seeds: &codebook.seeds };
    let (project, losses) = project_of(&run, &about);
    if ending == "qdc" {
        let Some(bytes) = write_qdc(&project)? else {
            bail!("the run has no themes, and an empty codebook cannot be written");
        };
        write(to, &bytes)?;
        say_codebook(to, project.codes.len());
    } else {
        let bytes = write_qdpx(&project)?;
        keep_export(&arguments.out, &project, &bytes).context("cannot keep a copy in the folder `review`")?;
        write(to, &bytes)?;
        let codings = project.sources.iter().flat_map(|source| &source.selections);
        let codings = codings.map(|selection| selection.codings.len()).sum();
        say_project(to, &arguments.out, project.sources.len(), project.codes.len(), codings, &losses);
    }
    Ok(Exit::Done)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    replace_file(path, |file| file.write_all(bytes))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// When the run wrote its record. Not the time of the export, so that the same run gives the same file.
fn finished_at(out: &Path) -> String {
    let modified = out.join("run.json").metadata().and_then(|about| about.modified()).ok();
    let seconds =
        modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()).map(|past| past.as_secs());
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0));
    time.map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn say_codebook(to: &Path, codes: usize) {
    println!("{codes} codes are in {}.", to.display());
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn say_project(to: &Path, out: &Path, sources: usize, codes: usize, codings: usize, losses: &[Loss]) {
    println!("{sources} transcripts, {codes} codes and {codings} codings are in {}.", to.display());
    if !losses.is_empty() {
        println!("\nWhat this format cannot carry:");
        for loss in losses {
            println!("  {loss}");
        }
    }
    println!(
        "\nWhen people have worked on it in another program, export it there as REFI-QDA project and take it back:\n  \
         emic review import {} {}",
        out.display(),
        to.display()
    );
}
