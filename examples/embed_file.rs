//! `embed_file embed FILE --out X.npy [--model-dir DIR] [--threads N]`: one text a line, for measuring.
#![allow(clippy::print_stderr, clippy::disallowed_methods)]

use std::path::PathBuf;

use clap::Parser;
use emic::corpus::Silent;
use emic::embed::{Encoder, NativeEncoder, write_npy};

#[derive(Parser)]
enum Command {
    /// Writes the vectors of a file's lines.
    Embed {
        /// One text a line.
        file: PathBuf,
        /// Where the vectors go.
        #[arg(long)]
        out: PathBuf,
        /// Folder of the model.
        #[arg(long, default_value = "models/all-MiniLM-L6-v2")]
        model_dir: PathBuf,
        /// Threads; 0 for all cores.
        #[arg(long, default_value_t = 0)]
        threads: usize,
    },
}

fn main() -> anyhow::Result<()> {
    let Command::Embed { file, out, model_dir, threads } = Command::parse();
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    let start = std::time::Instant::now();
    let encoder = NativeEncoder::load(&model_dir)?;
    let loaded = start.elapsed();
    let start = std::time::Instant::now();
    let text = std::fs::read_to_string(file)?;
    let texts: Vec<&str> = text.lines().collect();
    let vectors = encoder.encode(&texts, &Silent)?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "loaded in {loaded:.2?}, {} texts in {seconds:.2} s, {:.0} a second",
        texts.len(),
        texts.len() as f64 / seconds
    );
    write_npy(std::io::BufWriter::new(std::fs::File::create(out)?), &vectors)?;
    Ok(())
}
