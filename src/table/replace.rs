//! Writes a file under a temporary name and renames it, so that no reader, crash or full disk leaves half a file. Returns
//! its digest for `run.json`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::storage::private::options;

/// Length and digest of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 as 64 lower-case hexadecimal digits, as `sha256sum` prints it.
    pub sha256: String,
}

/// Passes bytes on and computes their count and digest.
#[derive(Debug)]
pub(crate) struct DigestWriter<W> {
    inner: W,
    bytes: u64,
    hasher: Sha256,
}

impl<W: Write> DigestWriter<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, bytes: 0, hasher: Sha256::new() }
    }

    /// The inner writer, and count and digest.
    pub(crate) fn finish(self) -> (W, Digest) {
        let sha256 = format!("{:x}", self.hasher.finalize());
        (self.inner, Digest { bytes: self.bytes, sha256 })
    }
}

impl<W: Write> Write for DigestWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Replaces the file at `path` by what `write` writes, and syncs it to disk.
///
/// The bytes go to `.NAME.partial` in the same folder, which is then renamed. When anything fails the old file is
/// untouched and the partial one is removed.
pub(crate) fn replace_file<E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut DigestWriter<BufWriter<File>>) -> Result<(), E>,
) -> Result<Digest, E> {
    let partial = partial_path(path);
    let result = write_partial(&partial, write).and_then(|digest| {
        fs::rename(&partial, path)?;
        Ok(digest)
    });
    match result {
        Ok(digest) => {
            sync_folder(path);
            Ok(digest)
        }
        Err(error) => {
            // The first error is reported; a partial file that stays is overwritten by the next run.
            let _ = fs::remove_file(&partial);
            Err(error)
        }
    }
}

fn write_partial<E: From<io::Error>>(
    partial: &Path,
    write: impl FnOnce(&mut DigestWriter<BufWriter<File>>) -> Result<(), E>,
) -> Result<Digest, E> {
    let mut writer = DigestWriter::new(BufWriter::new(options().create(true).truncate(true).open(partial)?));
    write(&mut writer)?;
    writer.flush()?;
    let (buffer, digest) = writer.finish();
    buffer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(digest)
}

fn partial_path(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".partial");
    path.with_file_name(name)
}

/// Makes the rename survive a power cut, on systems where a folder can be opened for that.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent()
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_digest_is_that_of_sha256sum() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let digest = replace_file::<io::Error>(&path, |writer| writer.write_all(b"abc")).unwrap();
        assert_eq!(digest.bytes, 3);
        assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(fs::read(&path).unwrap(), b"abc");
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "old").unwrap();
        let result = replace_file(&path, |writer| {
            writer.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        assert_eq!(result.unwrap_err().to_string(), "the disk is full");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["a.txt"]);
    }

    #[test]
    fn a_folder_in_the_way_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::create_dir(&path).unwrap();
        assert!(replace_file::<io::Error>(&path, |writer| writer.write_all(b"x")).is_err());
        assert_eq!(names(folder.path()), ["a.txt"]);
    }
}
