//! `emic embed`: vectors for a file of texts.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;

use anyhow::Context;
use sentence_encoder::{Device, Precision, Purpose, write_npy};

use super::Computing;
use super::exit::Exit;
use super::locations::encoder_for;
use super::progress::progress;
use crate::embed::{EmbedPlan, Engine, StageObserver, encode_distinct};
use crate::results::Stage;
use crate::storage::{lock_around, lock_file};
use crate::table::replace_file;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file: one text a line, UTF-8; an empty line is an empty text
    file: PathBuf,
    /// The vectors: float32, one row a line, in the order of the lines
    #[arg(long, value_name = "X.npy")]
    out: PathBuf,
    /// The model: a name from `emic models list`, or a folder
    #[arg(long, default_value = "all-MiniLM-L6-v2")]
    model: String,
    /// What the texts are for; some models put other words before a query than before a passage
    #[arg(long, value_enum, default_value = "passage")]
    prompt: Prompt,
    /// What computes the vectors
    #[arg(long, value_parser = ["native", "rust-bert"], default_value = "native")]
    engine: String,
    /// What they are computed on: cpu, or cuda:0 for the first graphics card (rust-bert only)
    #[arg(long, default_value = "cpu")]
    device: Device,
    /// Arithmetic of the vectors [default: int8, or f32 with rust-bert]
    #[arg(long, value_enum)]
    precision: Option<Arithmetic>,
    /// Say nothing but errors
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    computing: Computing,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Prompt {
    Query,
    Passage,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Arithmetic {
    /// Bytes: the fastest, and the same on every machine
    Int8,
    /// For reference
    F32,
    /// With rust-bert only
    Bf16,
}

impl From<Arithmetic> for Precision {
    fn from(arithmetic: Arithmetic) -> Self {
        match arithmetic {
            Arithmetic::Int8 => Self::Int8,
            Arithmetic::F32 => Self::F32,
            Arithmetic::Bf16 => Self::Bf16,
        }
    }
}

pub(super) fn embed(arguments: &Arguments) -> anyhow::Result<Exit> {
    let (file, out) = (&arguments.file, &arguments.out);
    // A pipe or a device is written to directly.
    let is_file = out.is_file() || !out.exists();
    // Before the work, which may take hours.
    let _locks = if is_file { Some((lock_around(out)?, lock_file(out)?)) } else { None };
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let text = String::from_utf8(bytes).with_context(|| {
        format!("{} is not UTF-8 text; save it again with the encoding UTF-8", file.display())
    })?;
    let texts: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let purpose = match arguments.prompt {
        Prompt::Query => Purpose::Query,
        Prompt::Passage => Purpose::Passage,
    };
    let engine = if arguments.engine == "rust-bert" { Engine::RustBert } else { Engine::Native };
    let plan = EmbedPlan {
        model: arguments.model.clone(),
        engine,
        device: arguments.device,
        precision: arguments.precision.map_or(engine.precisions()[0], Precision::from),
        languages: Vec::new(),
    };
    let vectors = arguments.computing.on_threads(|| {
        let encoder = encoder_for(&plan, &arguments.computing)?;
        let progress = progress(arguments.quiet);
        progress.begin(Stage::Embed, texts.len() as u64);
        let vectors = encode_distinct(encoder.as_ref(), &texts, purpose, &StageObserver(progress.as_ref()))?;
        progress.end();
        Ok(vectors)
    })?;
    let written = if is_file {
        replace_file(out, |writer| write_npy(writer, &vectors)).map(|_| ())
    } else {
        File::create(out).and_then(|file| write_npy(BufWriter::new(file), &vectors))
    };
    written.with_context(|| format!("{} cannot be written", out.display()))?;
    Ok(Exit::Done)
}
