//! The model of the examples that embed.

use std::error::Error;
use std::path::Path;

use sentence_encoder::{NativeEncoder, Precision, RandomModel, write_random_model};

/// The model in the folder that the command line names, such as `models/all-MiniLM-L6-v2`; otherwise a small one with random
/// weights, which shows how the calls go together without a download.
pub(crate) fn encoder() -> Result<NativeEncoder, Box<dyn Error>> {
    if let Some(folder) = std::env::args_os().nth(1) {
        return Ok(NativeEncoder::load(Path::new(&folder), Precision::Int8)?);
    }
    println!("No folder of a model was named: the weights are random, and so are the results.\n");
    let folder = tempfile::tempdir()?;
    // Its tokens are letters; no text here is longer.
    write_random_model(folder.path(), &RandomModel { token_limit: 128, ..RandomModel::TINY })?;
    Ok(NativeEncoder::load(folder.path(), Precision::Int8)?)
}
