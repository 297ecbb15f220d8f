//! Writes a small model with random weights into a folder: for checks that need vectors quickly and do not mind what they mean.
//!
//! `cargo run -p emic-tools --bin random_model -- FOLDER`

use std::path::PathBuf;

use sentence_encoder::{RandomModel, write_random_model};

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("random-model"), PathBuf::from);
    // Tokens are letters; a lower limit would cut every sentence into pieces.
    write_random_model(&folder, &RandomModel { layers: 1, token_limit: 200, ..RandomModel::TINY })
}
