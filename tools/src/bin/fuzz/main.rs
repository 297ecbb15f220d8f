//! Reads millions of broken files, with every reader, and says what became of them.
//!
//! `cargo run --release -p emic-tools --bin fuzz -- --inputs 1000000 [--only vtt,docx] [--seed 7] [--out DIR] [--table docs/fuzz.csv]`
//!
//! Each input is a small real or made-up file with a few changes (`mutate`), or a word that the reader looks for, repeated up to 1 MB.
//! Number N of a target is always the same input, so a target and a number name it: `--only docx --from 4711 --inputs 1` reads
//! it alone and writes it to DIR.
//! `--read FILE` reads a file and tells how long that took and how much memory.
//! Nothing guides it but many kinds of changes: cargo-fuzz would build Polars with a nightly compiler and instrumentation.
//! Exit status 1 when anything panicked or hung. Inputs that did are in DIR; where the program ends at once (the stack, the
//! memory), DIR/now-0, now-1, … tell what each thread was reading.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its counts are all that this program gives")]
#![expect(clippy::expect_used, reason = "seeds that cannot be made are a mistake in this program")]
#![expect(clippy::disallowed_methods, reason = "how long reading takes is what is measured")]

mod kinds;
mod memory;
mod mutate;
mod package;
mod run;
mod seeds;
mod tally;
mod target;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use crate::run::Orders;

/// What was asked for on the command line.
struct Arguments {
    inputs: u64,
    from: u64,
    seed: u64,
    minutes: f64,
    threads: usize,
    only: Vec<String>,
    out: PathBuf,
    table: Option<PathBuf>,
    /// One file to read instead.
    read: Option<PathBuf>,
}

fn arguments() -> Result<Arguments, String> {
    let mut asked = Arguments {
        inputs: 20_000,
        from: 0,
        seed: 7,
        minutes: 1e6,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        only: Vec::new(),
        out: std::env::temp_dir().join("emic-fuzz"),
        table: None,
        read: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or(format!("{word} needs a value"))?;
        let number = || value.parse::<u64>().map_err(|_| format!("{word} needs a number"));
        match word.as_str() {
            "--inputs" => asked.inputs = number()?,
            "--from" => asked.from = number()?,
            "--seed" => asked.seed = number()?,
            "--threads" => asked.threads = number()?.clamp(1, 256) as usize,
            "--minutes" => asked.minutes = value.parse().map_err(|_| format!("{word} needs a number"))?,
            "--only" => asked.only = value.split(',').map(str::to_owned).collect(),
            "--out" => asked.out = PathBuf::from(value),
            "--read" => asked.read = Some(PathBuf::from(value)),
            "--table" => asked.table = Some(PathBuf::from(value)),
            _ => return Err(format!("{word} is not known")),
        }
    }
    Ok(asked)
}

fn main() -> ExitCode {
    match fuzzed() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether nothing panicked and nothing hung.
fn fuzzed() -> Result<bool, Box<dyn std::error::Error>> {
    let asked = arguments()?;
    let targets = target::targets(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/transcripts/tests/fixtures/read"),
    )?;
    if let Some(path) = &asked.read {
        return run::read_one(path).map_err(Into::into);
    }
    let names: Vec<&str> = targets.iter().map(|target| target.name).collect();
    if let Some(unknown) = asked.only.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(format!("there is no target {unknown}; there are {}", names.join(", ")).into());
    }
    let orders = Orders {
        seed: asked.seed,
        from: asked.from,
        inputs: asked.inputs,
        limit: Duration::from_secs_f64(asked.minutes * 60.0),
        threads: asked.threads,
        out: &asked.out,
    };
    run::note_panics();
    let mut is_sound = true;
    println!("{}", tally::header());
    for target in targets
        .iter()
        .filter(|target| asked.only.is_empty() || asked.only.iter().any(|name| name == target.name))
    {
        let tally = run::run(target, &orders)?;
        is_sound &= tally.panics == 0 && tally.hangs == 0;
        println!("{}", tally.line(target.name));
        if let Some(path) = &asked.table {
            tally::save(path, &names, target.name, &tally)?;
        }
    }
    Ok(is_sound)
}
