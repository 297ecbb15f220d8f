//! `emic export`: a finished run for other programs.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::DateTime;

use super::check::{exit_for, print_problems};
use super::exit::Exit;
use super::locations::lock_run;
use crate::exchange::{ExportInfo, project_of, store_export};
use crate::pipeline::is_open;
use crate::record::{OpenedRun, open_record, open_run};
use crate::storage::{lock_around, lock_to_read};
use crate::table::{export_csv, export_workbook, replace_file};
use refi_qda::{Loss, write_qdc, write_qdpx};
use transcripts::text::counted;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The output folder of a finished run
    out: PathBuf,
    /// What to write: a file .qdpx (a project for NVivo, ATLAS.ti, MAXQDA and others), .qdc (its codebook alone) or .xlsx (all tables in
    /// one workbook), or a folder for all tables as .csv
    #[arg(long, value_name = "FILE or FOLDER")]
    to: PathBuf,
    /// Of .csv: mark the files as UTF-8, so that Excel shows every script
    #[arg(long)]
    excel: bool,
    /// Write over a file that is there already
    #[arg(long)]
    replace: bool,
}

pub(super) fn export(arguments: &Arguments) -> anyhow::Result<Exit> {
    let to = &arguments.to;
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !matches!(ending.as_str(), "qdpx" | "qdc" | "xlsx" | "") {
        bail!(
            "an export is a file that ends in .qdpx, .qdc or .xlsx, or a folder for .csv files, not {}",
            to.display()
        );
    }
    if arguments.excel && !ending.is_empty() {
        bail!("--excel is for .csv files: name a folder with --to");
    }
    if to.is_file() && !arguments.replace {
        bail!(
            "{} is there already, and may hold somebody's work (add --replace to write over it)",
            to.display()
        );
    }
    if is_open(to) {
        bail!("{} is open in Excel or LibreOffice (close it there first)", to.display());
    }
    // A project is also stored in the folder of the run; otherwise that is only read.
    let is_inside = is_within(&arguments.out, to);
    let _lock =
        if ending == "qdpx" || is_inside { lock_run(&arguments.out)? } else { lock_to_read(&arguments.out)? };
    let _other = (!is_inside).then(|| lock_around(to)).transpose()?;
    match ending.as_str() {
        "qdpx" | "qdc" => to_other_programs(arguments, ending == "qdc"),
        _ => to_spreadsheets(arguments, ending == "xlsx"),
    }
}

/// Whether the target is in the folder of the run.
fn is_within(out: &Path, to: &Path) -> bool {
    let whole = |path: &Path| {
        std::path::absolute(path).and_then(|path| {
            // The file itself may not exist yet.
            let above = path.ancestors().find(|above| above.exists()).unwrap_or(&path).to_owned();
            std::fs::canonicalize(above)
        })
    };
    matches!((whole(out), whole(to)), (Ok(out), Ok(to)) if to.starts_with(&out))
}

fn to_spreadsheets(arguments: &Arguments, one_workbook: bool) -> anyhow::Result<Exit> {
    let Arguments { out, to, excel, .. } = arguments;
    let manifest = open_record(out)?;
    let recorded = |table: &str| manifest.parquet_digest(table);
    if one_workbook {
        let problems = export_workbook(out, &recorded, to, &manifest.study.title)?;
        print_problems(&problems);
        print_line(&format!("All tables but `embeddings` are in {}.", to.display()));
        return Ok(exit_for(&problems));
    }
    let written = export_csv(out, &recorded, to, *excel)?;
    print_line(&format!("{written} tables are in {}.", to.display()));
    Ok(Exit::Done)
}

fn to_other_programs(arguments: &Arguments, codebook_alone: bool) -> anyhow::Result<Exit> {
    let to = &arguments.to;
    let OpenedRun { manifest, run, codebook } = open_run(&arguments.out)?;
    let origin = format!("Emic {}", env!("CARGO_PKG_VERSION"));
    let created = finished_at(&arguments.out);
    let title = manifest.study.title.as_str();
    let about = ExportInfo { title, origin: &origin, created: &created, seeds: &codebook.seeds };
    let (project, losses) = project_of(&run, &about);
    if codebook_alone {
        let Some(bytes) = write_qdc(&project)? else {
            bail!("the run has no themes, and an empty codebook cannot be written");
        };
        write(to, &bytes)?;
        print_line(&format!("{} in {}.", counted(project.codes.len(), "code is", "codes are"), to.display()));
    } else {
        let bytes = write_qdpx(&project)?;
        store_export(&arguments.out, &project, &bytes)
            .context("cannot keep a copy in the folder `review`")?;
        write(to, &bytes)?;
        let codings = project.sources.iter().flat_map(|source| &source.selections);
        let codings = codings.map(|selection| selection.codings.len()).sum();
        print_project(to, &arguments.out, project.sources.len(), project.codes.len(), codings, &losses);
    }
    Ok(Exit::Done)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    replace_file(path, |file| file.write_all(bytes))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}

/// The time when the run wrote its record, not of the export, so that the same run gives the same file.
fn finished_at(out: &Path) -> String {
    let modified = out.join("run.json").metadata().and_then(|about| about.modified()).ok();
    let seconds =
        modified.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()).map(|past| past.as_secs());
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0));
    time.map(|time| time.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn print_line(sentence: &str) {
    println!("{sentence}");
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn print_project(to: &Path, out: &Path, sources: usize, codes: usize, codings: usize, losses: &[Loss]) {
    println!(
        "{}, {} and {} are in {}.",
        counted(sources, "transcript", "transcripts"),
        counted(codes, "code", "codes"),
        counted(codings, "coding", "codings"),
        to.display()
    );
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
