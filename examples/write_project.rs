//! Labels two interviews and writes a project that NVivo, ATLAS.ti, MAXQDA or QualCoder opens.
//!
//! `cargo run --release --example write_project -- models/all-MiniLM-L6-v2`, or without a folder
//!
//! The machine's labels are a first pass. People go on in the program that they know: the project holds the interviews, the codebook
//! and the labels as codings by a user called "Emic (machine)".

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

mod model;

use std::error::Error;

use emic::exchange::{ExportInfo, MACHINE_USER, project_of};
use emic::results::{NoProgress, Seed};
use emic::study::Study;
use emic::table::FinishedRun;
use refi_qda::write_qdpx;

const ANA: &str = "\
Interviewer: What makes your work hard?
Ana: I have sixty families and one morning a week.
Interviewer: And what helps?
Ana: My colleagues. We eat together on Fridays.
";

const BEN: &str = "\
Interviewer: What makes your work hard?
Ben: The forms take longer than the visits, and nobody reads them.
";

fn main() -> Result<(), Box<dyn Error>> {
    let encoder = model::encoder()?;

    // 1. Read and label, as in `compare_groups`; here the transcripts are files whose contents are in memory.
    let study = Study::builder()
        .title("Two visits")
        .file_in_memory("Ana.txt", ANA)
        .file_in_memory("Ben.txt", BEN)
        .interviewers(["Interviewer"])
        .codebook([
            Seed::new("workload", "Too few hours and too many cases."),
            Seed::new("colleagues", "People at work who help, or who are missing."),
        ])
        .emergent(false)
        .build()?;
    let findings = emic::pipeline::run(&study, &encoder, &NoProgress)?;

    // 2. Make a project of the run. The format cannot carry everything; what is lost is said.
    let about = ExportInfo {
        title: &study.title,
        origin: "Emic's examples",
        created: "2026-01-01T00:00:00Z",
        seeds: &study.codebook.seeds,
    };
    let (project, losses) = project_of(&FinishedRun::from(findings), &about);
    for source in &project.sources {
        println!("{}: {} coded passages", source.name, source.selections.len());
        for selection in &source.selections {
            for coding in &selection.codings {
                println!("  {} by {MACHINE_USER}", project.codes[coding.code].name);
            }
        }
    }
    for loss in &losses {
        println!("not in the project: {loss}");
    }

    // 3. Write it. Identifiers are derived from the title, so that the same study gives the same file.
    let path = std::env::temp_dir().join("two-visits.qdpx");
    std::fs::write(&path, write_qdpx(&project)?)?;
    println!("\n{}", path.display());
    Ok(())
}
