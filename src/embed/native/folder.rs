//! Small files of a model's folder: read with a bound on their size, and told apart from those that are not there.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::embed::EmbedError;

/// Settings are a few lines; a file of labels may be longer, but never this long.
const LARGEST: u64 = 16 << 20;

/// What the JSON file says.
pub(super) fn read_json<T: DeserializeOwned>(file: &Path) -> Result<T, EmbedError> {
    let text = read(file).map_err(|source| EmbedError::Read { file: file.to_path_buf(), source })?;
    let malformed = |reason: String| EmbedError::Malformed { file: file.to_path_buf(), reason };
    if text.len() as u64 > LARGEST {
        return Err(malformed(format!("it is longer than {} MB, and settings never are", LARGEST >> 20)));
    }
    serde_json::from_slice(&text).map_err(|error| malformed(error.to_string()))
}

/// The same, of a file that a model may do without.
pub(super) fn read_json_if_there<T: DeserializeOwned>(file: &Path) -> Result<Option<T>, EmbedError> {
    match read_json(file) {
        Ok(value) => Ok(Some(value)),
        Err(EmbedError::Read { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(file)?.take(LARGEST + 1).read_to_end(&mut text)?;
    Ok(text)
}
