//! The sha256 of files, and the list `SHA256SUMS` in every model folder that was fetched or added.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// Name of the list, in the format of `sha256sum --check`.
pub(super) const LIST: &str = "SHA256SUMS";

/// The sha256 of a file: 64 lowercase hexadecimal digits.
pub(super) fn sha256(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut hasher = Sha256::new();
    let mut part = vec![0; 1 << 20];
    loop {
        let length = file.read(&mut part)?;
        if length == 0 {
            return Ok(format!("{:x}", hasher.finalize()));
        }
        hasher.update(&part[..length]);
    }
}

/// The sha256 of some bytes.
pub(super) fn sha256_of(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// Writes the list of `sums`, pairs of sha256 and path, into `folder`.
pub(super) fn write_list(folder: &Path, sums: &[(String, String)]) -> io::Result<()> {
    let lines: Vec<String> = sums.iter().map(|(sum, path)| format!("{sum}  {path}\n")).collect();
    fs::write(folder.join(LIST), lines.concat())
}

/// Reads the list in `folder`: pairs of sha256 and path. Other lines are ignored.
pub(super) fn read_list(folder: &Path) -> io::Result<Vec<(String, String)>> {
    let lines = fs::read_to_string(folder.join(LIST))?;
    let pairs = lines.lines().filter_map(|line| line.split_once("  "));
    Ok(pairs.map(|(sum, path)| (sum.to_owned(), path.to_owned())).collect())
}
