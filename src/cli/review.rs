//! `emic review`: a blind sheet to code, and coded sheets back.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use transcripts::text::counted;

use super::check::{exit_for, print_problems};
use super::exit::Exit;
use super::locations::lock_run;
use crate::exchange::{
    ChangeKind, ProjectImport, ProjectImportError, import_highlights, import_project, is_list_of_highlights,
};
use crate::review::{
    DEFAULT_SEGMENTS, ImportError, Imported, SampleDrawn, SampleRequest, SampleSize, draw_sample,
    import_sheets,
};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw segments of a finished run for people to code, without showing them what the program said
    Sample(SampleArguments),
    /// Take coded sheets back, so that the next run can use them
    Import(ImportArguments),
}

#[derive(Debug, clap::Args)]
struct SampleArguments {
    /// The output folder of a finished run
    out: PathBuf,
    /// Segments to draw [default: 100]
    #[arg(long, value_name = "N", conflicts_with = "width")]
    segments: Option<usize>,
    /// Draw so many that the 95 % interval of no theme's share of segments is wider than this, for example 0.1
    #[arg(long, value_name = "W")]
    width: Option<f64>,
    /// Draw so many whole interviews instead, each to be read until every theme has come up or to its end: for the share of interviews
    #[arg(long, value_name = "N", conflicts_with_all = ["segments", "width", "next"])]
    interviews: Option<usize>,
    /// Names of those who code, a sheet each, for example "Ana, Ben"
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    coders: Vec<String>,
    /// Share of the segments that all coders code; the others are dealt out
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    both: f64,
    /// Share of the sample that goes where the program is unsure; the rest is drawn evenly [0 to 0.9]
    #[arg(long, value_name = "SHARE", default_value_t = 0.5)]
    uncertain: f64,
    /// The themes to code: those of the codebook, or the emergent ones too
    #[arg(long, value_enum, default_value = "seeds")]
    themes: Themes,
    /// Seed of the draw [default: that of the study]
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Draw what would teach the program most, of the segments that nobody has coded; first run the study with the codes so far
    #[arg(long, conflicts_with = "width")]
    next: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Themes {
    Seeds,
    All,
}

#[derive(Debug, clap::Args)]
struct ImportArguments {
    /// The output folder that the sample was drawn from
    out: PathBuf,
    /// What came back: coded sheets, .xlsx, .ods or .csv, files that a page saved, .json, a project, .qdpx, or a list of highlights of
    /// Taguette; they are only read
    #[arg(required = true, value_name = "FILE")]
    sheets: Vec<PathBuf>,
    /// Whose codes they are, where neither the file nor its name says it
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// Of a project: the transcripts that the coder looked through, for example "P01, P02" [default: all in it]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    transcripts: Vec<String>,
}

pub(super) fn review(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::Sample(arguments) => sample(arguments),
        Command::Import(arguments) => import(arguments),
    }
}

fn sample(arguments: &SampleArguments) -> anyhow::Result<Exit> {
    let size = match (arguments.width, arguments.segments) {
        _ if arguments.interviews.is_some() => SampleSize::Interviews(arguments.interviews.unwrap_or(0)),
        (Some(width), _) => SampleSize::Width(width),
        (None, segments) => SampleSize::Segments(segments.unwrap_or(DEFAULT_SEGMENTS)),
    };
    let request = SampleRequest {
        size,
        coders: arguments.coders.clone(),
        both: arguments.both,
        uncertain: arguments.uncertain,
        all_themes: arguments.themes == Themes::All,
        seed: arguments.seed,
        next: arguments.next,
    };
    let _lock = lock_run(&arguments.out)?;
    let drawn = draw_sample(&arguments.out, &request)?;
    print_drawn(arguments, &drawn);
    Ok(Exit::Done)
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn print_drawn(arguments: &SampleArguments, drawn: &SampleDrawn) {
    let all = counted(drawn.of, "segment", "segments");
    println!("Sample {}: {} of {all}.\n", drawn.number, drawn.segments);
    for (coder, rows, file) in &drawn.coders {
        let segments = counted(*rows, "segment", "segments");
        println!("  {coder}: {segments} in {} (also as .csv)", drawn.folder.join(file).display());
    }
    println!(
        "\nGive each coder their own sheet and nothing else of the folder: the rest tells where the program was unsure."
    );
    if arguments.interviews.is_some() {
        println!(
            "\nRead each interview from its first row on and mark every theme where it first comes up; stop when all have, and go on \
             with the next.\nWhere one was read to its end, mark its last row, with \"none of these\" if nothing is there. Rows above a \
             marked one count as read."
        );
    }
    if !drawn.spreads.is_empty() {
        println!(
            "\nWidth of the 95 % interval of a theme's share of segments, from {}. Assumed are the",
            if arguments.next { "these codes and those so far" } else { "these codes alone" }
        );
        println!(
            "shares that the program found, and how much segments of one interview are alike in its labels:\n"
        );
        let longest =
            drawn.spreads.iter().map(|spread| spread.theme.chars().count()).max().unwrap_or(0).min(40);
        println!("  {:longest$}  share  alike  width", "theme");
        for spread in &drawn.spreads {
            let theme: String = spread.theme.chars().take(longest).collect();
            println!(
                "  {theme:longest$}  {:5.3}  {:5.3}  {:5.3}",
                spread.variation.share, spread.variation.correlation, spread.width
            );
        }
    }
    let sheets: Vec<&str> = drawn.coders.iter().map(|(_, _, file)| file.as_str()).collect();
    println!("\nWhen they come back: emic review import {} {}", arguments.out.display(), sheets.join(" "));
}

fn import(arguments: &ImportArguments) -> anyhow::Result<Exit> {
    let _lock = lock_run(&arguments.out)?;
    let is_project =
        |path: &&PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("qdpx"));
    match arguments.sheets.as_slice() {
        [project] if is_project(&project) => report_import(import_project(
            &arguments.out,
            project,
            arguments.coder.as_deref(),
            &arguments.transcripts,
        )),
        [list] if is_list_of_highlights(list) => {
            report_import(import_highlights(&arguments.out, list, arguments.coder.as_deref()))
        }
        files if files.iter().any(|path| is_project(&path) || is_list_of_highlights(path)) => {
            anyhow::bail!("take projects and lists of highlights back one at a time, apart from sheets")
        }
        _ => import_coded_sheets(arguments),
    }
}

fn report_import(imported: Result<ProjectImport, ProjectImportError>) -> anyhow::Result<Exit> {
    let imported = imported?;
    print_problems(&imported.problems);
    print_import(&imported);
    Ok(exit_for(&imported.problems))
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn print_import(imported: &ProjectImport) {
    if !imported.problems.is_empty() {
        println!();
    }
    if imported.changes_file.is_some() {
        println!("What {} changed:", imported.coder);
        let mut counts: BTreeMap<ChangeKind, usize> = BTreeMap::new();
        for change in &imported.changes {
            *counts.entry(change.kind).or_default() += 1;
        }
        for (kind, count) in &counts {
            println!("  {:16} {count}", kind.as_str());
        }
        if counts.is_empty() {
            println!("  nothing");
        }
        println!();
    }
    println!(
        "{} about the segments of {} {} taken.",
        counted(imported.answers, "answer", "answers"),
        counted(imported.transcripts, "interview", "interviews"),
        if imported.answers == 1 { "was" } else { "were" }
    );
    if imported.changed > 0 {
        println!("Of earlier answers of the same coder, {} changed.", imported.changed);
    }
    println!();
    if let Some(changes) = &imported.changes_file {
        println!("Changes   {}", changes.display());
    }
    println!("Codes     {}", imported.codes.display());
    println!("The next `emic run` uses them.");
}

fn import_coded_sheets(arguments: &ImportArguments) -> anyhow::Result<Exit> {
    let imported = match import_sheets(&arguments.out, &arguments.sheets, arguments.coder.as_deref()) {
        Err(error) => {
            if let ImportError::NoSample { problems, .. } | ImportError::Nothing { problems } = &error {
                print_problems(problems);
            }
            return Err(error.into());
        }
        Ok(imported) => imported,
    };
    print_problems(&imported.problems);
    print_imported(&imported);
    Ok(exit_for(&imported.problems))
}

#[expect(clippy::print_stdout, reason = "the command line speaks here")]
fn print_imported(imported: &Imported) {
    if !imported.problems.is_empty() {
        println!();
    }
    if imported.rows > 0 {
        println!("{} taken:", counted(imported.rows, "coded row was", "coded rows were"));
    }
    for (sample, coder, coded, all) in &imported.coders {
        let segments = |count: usize| counted(count, "segment", "segments");
        let coded = if *all > 0 { format!("{coded} of {}", segments(*all)) } else { segments(*coded) };
        println!("  sample {sample}, {coder}: {coded}");
    }
    let longest = imported.themes.iter().map(|(theme, ..)| theme.chars().count()).max().unwrap_or(0).min(40);
    if !imported.themes.is_empty() {
        println!("\n  {:longest$}  yes  of", "theme");
    }
    for (theme, with, asked) in &imported.themes {
        let theme: String = theme.chars().take(longest).collect();
        println!("  {theme:longest$}  {with:3}  {asked}");
    }
    for (coder, segments, decisions) in &imported.decided {
        let (decisions, segments) =
            (counted(*decisions, "decision", "decisions"), counted(*segments, "segment", "segments"));
        println!("\n{coder}: {decisions} about labels of {segments}, not drawn by chance and kept apart.");
    }
    if imported.notes + imported.papers > 0 {
        let (notes, quotes) =
            (counted(imported.notes, "note", "notes"), counted(imported.papers, "quote", "quotes"));
        println!("\n{notes}, and {quotes} marked for the paper.");
    }
    if imported.changed + imported.withdrawn > 0 {
        println!(
            "\nOf earlier answers of the same coders, {} changed and {} are not in the sheets any more.",
            imported.changed, imported.withdrawn
        );
    }
    println!("\nCodes     {}", imported.codes.display());
    println!("The next `emic run` uses them.");
}
