//! Writes a small model with random weights into a folder: for checks that need vectors quickly and do not mind what they mean.
//!
//! `cargo run -p emic-tools --bin random_model -- FOLDER [WIDTH]`; the width is a multiple of three.

use std::io;
use std::path::PathBuf;

use sentence_encoder::{RandomModel, write_random_model};

fn main() -> io::Result<()> {
    let mut given = std::env::args_os().skip(1);
    let folder = given.next().map_or_else(|| PathBuf::from("random-model"), PathBuf::from);
    let width = match given.next() {
        Some(width) => width.to_string_lossy().parse().map_err(io::Error::other)?,
        None => RandomModel::TINY.width,
    };
    // Tokens are letters; a lower limit would cut every sentence into pieces.
    write_random_model(&folder, &RandomModel { width, layers: 1, token_limit: 200, ..RandomModel::TINY })
}
