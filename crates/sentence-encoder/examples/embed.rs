//! Embeds a list of texts and prints the pairs of texts that are nearest in meaning.
//!
//! `cargo run --release -p sentence-encoder --example embed -- MODEL_FOLDER`
//!
//! The folder is one that sentence-transformers saved, such as `models/all-MiniLM-L6-v2`. Without one, a tiny model with random weights
//! is used: it shows how the calls go together, and its cosines mean nothing.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;
use std::path::PathBuf;

use sentence_encoder::{
    Encoder, NativeEncoder, Precision, Products, Purpose, RandomModel, TokenCounter, write_random_model,
};

const TEXTS: [&str; 6] = [
    "I have sixty families and one morning a week.",
    "There is simply no time for all the cases.",
    "My colleagues are the best part of the work.",
    "We eat together on Fridays, and somebody always brings a cake.",
    "The forms take longer than the visits.",
    "Paperwork keeps me at my desk all day.",
];

fn main() -> Result<(), Box<dyn Error>> {
    let temporary = tempfile::tempdir()?;
    let folder = if let Some(folder) = std::env::args_os().nth(1) {
        PathBuf::from(folder)
    } else {
        write_random_model(temporary.path(), &RandomModel::TINY)?;
        temporary.path().to_owned()
    };

    // 1. Load the model: weights, tokenizer and configuration from one folder.
    let encoder = NativeEncoder::load(&folder, Precision::Int8)?;
    println!("{} numbers a vector, {} tokens a text at most\n", encoder.dimension(), encoder.limit());

    // 2. Embed. Rows are in the order of the texts.
    let vectors = encoder.encode(&TEXTS, Purpose::Passage, &())?;

    // 3. Vectors of most models have unit length, so inner products are cosines: texts × texts.
    let cosines = Products::with(vectors.view()).of_each(vectors.view());

    let mut pairs: Vec<(usize, usize)> = (0..TEXTS.len())
        .flat_map(|first| (first + 1..TEXTS.len()).map(move |second| (first, second)))
        .collect();
    pairs.sort_by(|&a, &b| cosines[b].total_cmp(&cosines[a]));
    for &(first, second) in pairs.iter().take(3) {
        println!("{:.2}  {}\n      {}", cosines[(first, second)], TEXTS[first], TEXTS[second]);
    }
    Ok(())
}
