//! The command line: arguments, commands, and their messages.
//!
//! Only this folder prints, reads the environment and looks at the terminal.

mod check;
mod demo;
mod embed;
mod engine;
mod exit;
mod export;
mod hints;
mod init;
mod locations;
mod merge;
mod models;
mod progress;
mod review;
mod run;

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::report::Screen;
use exit::Exit;
pub use locations::{lock_run, model_store, model_target};
use same_bits::Instructions;

/// Finds and compares the themes of large corpora of interview transcripts.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fetch the default model if it is missing, run the demo study, say where the page is
    Demo(demo::Arguments),
    /// Make a new study folder with commented files to fill in
    Init(init::Arguments),
    /// Read everything a study names and list every problem; write nothing
    Check(check::Arguments),
    /// Run a study: read, segment, embed, label, cluster, compare, write the page and tables
    Run(run::Arguments),
    /// Put the parts of a study together that `emic run --partition` made, and run the rest
    Merge(merge::Arguments),
    /// Have people code a sample of a finished run, and take it back coded
    Review(review::Arguments),
    /// Write a finished run as a project or codebook for NVivo, ATLAS.ti, MAXQDA and other programs
    Export(export::Arguments),
    /// Turn a file with one text a line into vectors (.npy)
    Embed(embed::Arguments),
    /// List, fetch, add and verify models
    Models(models::Arguments),
}

/// Options of every command that computes vectors.
#[derive(Debug, clap::Args)]
struct Computing {
    /// Folder to look for models in first [also: models/ here, then your data folder]
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Threads to use [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Vector instructions to use [default: the fastest that this machine has; results are the same]
    #[arg(long, value_name = "NAME")]
    kernel: Option<String>,
}

impl Computing {
    /// The instructions that were asked for, if any were.
    fn instructions(&self) -> anyhow::Result<Option<Instructions>> {
        let Some(name) = &self.kernel else { return Ok(None) };
        let names = |names: Vec<&str>| names.join(", ");
        match Instructions::named(name) {
            Some(instructions) => Ok(Some(instructions)),
            None if Instructions::names().any(|known| known == name) => anyhow::bail!(
                "this machine cannot run the kernel {name}; it can run {}",
                names(Instructions::available().into_iter().map(Instructions::name).collect())
            ),
            None => anyhow::bail!(
                "there is no kernel {name}; there are {}",
                names(Instructions::names().collect())
            ),
        }
    }

    /// Runs `work` on as many threads as were asked for, and on the vector instructions.
    fn on_threads<T: Send>(&self, work: impl FnOnce() -> anyhow::Result<T> + Send) -> anyhow::Result<T> {
        if let Some(instructions) = self.instructions()? {
            instructions.choose();
        }
        let threads = self.threads.map_or(0, usize::from);
        rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(work)
    }
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    main_with(std::env::args_os()).into()
}

/// The same for arguments of another program that holds this one, the first being its name. Returns the exit status: 0 done, 1 could not
/// run, 2 done but something was skipped. Ends the process itself where the arguments cannot be understood or nobody reads the output.
pub fn main_with(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    end_quietly_on_a_closed_pipe();
    let arguments = Arguments::parse_from(arguments);
    let done = match arguments.command {
        Command::Demo(arguments) => demo::demo(&arguments),
        Command::Init(arguments) => init::init(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Run(arguments) => run::run(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Review(arguments) => review::review(&arguments),
        Command::Export(arguments) => export::export(&arguments),
        Command::Embed(arguments) => embed::embed(&arguments),
        Command::Models(arguments) => models::models(&arguments),
    };
    let exit = done.unwrap_or_else(|error| Exit::from_error(&error));
    // Another program's end does not write out what is left here.
    let _ = std::io::stdout().flush();
    exit.status()
}

/// Room on the terminal, or what suits a log.
fn screen() -> Screen {
    let terminal = console::Term::stdout();
    let (rows, columns) = terminal.size();
    let rows = if terminal.is_term() { usize::from(rows) } else { 60 };
    Screen { columns: usize::from(columns).clamp(60, 120), rows }
}

/// Exit status when the reader of the output is gone: 128 and the number of the signal.
const NOBODY_READS: i32 = 128 + 13;
/// The system's codes for that; the second and third are Windows'.
const CLOSED: [&str; 3] = ["Broken pipe", "os error 232", "os error 109"];

/// Ends quietly when nobody reads on, as in `emic check study.toml | head`: printing panics then, and a closed pipe is no fault. On a
/// full disk a sentence is printed instead.
fn end_quietly_on_a_closed_pipe() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let message = panic.payload().downcast_ref::<String>().map_or("", String::as_str);
        match message.strip_prefix("failed printing to std").and_then(|rest| rest.split_once(": ")) {
            Some((_, why)) if CLOSED.iter().any(|closed| why.contains(closed)) => {
                std::process::exit(NOBODY_READS)
            }
            Some(("out", why)) => {
                let _ = writeln!(std::io::stderr(), "error: what there is to say cannot be written: {why}");
                std::process::exit(1)
            }
            Some(_) => std::process::exit(1),
            None => usual(panic),
        }
    }));
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_help_of_review_says_what_can_be_chosen() {
        let help = |name: &str| {
            let mut command = Arguments::command();
            let review = command.find_subcommand_mut("review").unwrap();
            let command = review.find_subcommand_mut(name).unwrap().clone().term_width(100);
            let mut command = command.bin_name(format!("emic review {name}"));
            let text = command.render_long_help().to_string();
            text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
        };
        insta::assert_snapshot!(help("sample"), @r#"
        Draw segments of a finished run for people to code, without showing them what the program said

        Usage: emic review sample [OPTIONS] <OUT>

        Arguments:
          <OUT>
                  The output folder of a finished run

        Options:
              --segments <N>
                  Segments to draw [default: 100]

              --width <W>
                  Draw so many that the 95 % interval of no theme's share of segments is wider than this,
                  for example 0.1

              --interviews <N>
                  Draw so many whole interviews instead, each to be read until every theme has come up or to
                  its end: for the share of interviews

              --coders <NAMES>
                  Names of those who code, a sheet each, for example "Ana, Ben"

              --both <SHARE>
                  Share of the segments that all coders code; the others are dealt out

                  [default: 1]

              --uncertain <SHARE>
                  Share of the sample that goes where the program is unsure; the rest is drawn evenly [0 to
                  0.9]

                  [default: 0.5]

              --themes <THEMES>
                  The themes to code: those of the codebook, or the emergent ones too

                  [default: seeds]
                  [possible values: seeds, all]

              --seed <S>
                  Seed of the draw [default: that of the study]

              --next
                  Draw what would teach the program most, of the segments that nobody has coded; first run
                  the study with the codes so far

          -h, --help
                  Print help
        "#);
        insta::assert_snapshot!(help("import"), @r#"
        Take coded sheets back, so that the next run can use them

        Usage: emic review import [OPTIONS] <OUT> <FILE>...

        Arguments:
          <OUT>
                  The output folder that the sample was drawn from

          <FILE>...
                  What came back: coded sheets, .xlsx, .ods or .csv, files that a page saved, .json, a
                  project, .qdpx, or a list of highlights of Taguette; they are only read

        Options:
              --coder <NAME>
                  Whose codes they are, where neither the file nor its name says it

              --transcripts <NAMES>
                  Of a project: the transcripts that the coder looked through, for example "P01, P02"
                  [default: all in it]

          -h, --help
                  Print help
        "#);
    }
}
