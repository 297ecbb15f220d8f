//! Bytes that are written once and then read: in memory if they are few, otherwise in a mapped file without a name, as
//! [`Rows`](super::Rows) are.

use std::io::{self, Write};

use memmap2::Mmap;

use super::rows::{Scratch, Target, map};

/// Bytes in memory or in a mapped file.
#[derive(Debug)]
pub struct Bytes(Kind);

#[derive(Debug)]
enum Kind {
    Memory(Vec<u8>),
    Mapped(Mmap),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match &self.0 {
            Kind::Memory(bytes) => bytes,
            Kind::Mapped(map) => map,
        }
    }
}

/// Bytes that are being written.
#[derive(Debug)]
pub struct BytesWriter(Target<u8>);

impl Scratch {
    /// For about `length` bytes.
    ///
    /// # Errors
    /// When a file is needed and cannot be created.
    pub fn bytes_writer(&self, length: usize) -> io::Result<BytesWriter> {
        Ok(BytesWriter(self.target(length, length)?))
    }
}

impl BytesWriter {
    /// Appends bytes.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.0 {
            Target::Memory(all) => {
                all.extend_from_slice(bytes);
                Ok(())
            }
            Target::File(file) => file.write_all(bytes),
        }
    }

    /// All of them.
    ///
    /// # Errors
    /// When the file cannot be written or mapped.
    pub fn finish(self) -> io::Result<Bytes> {
        Ok(Bytes(match self.0 {
            Target::Memory(bytes) => Kind::Memory(bytes),
            Target::File(writer) => {
                let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
                Kind::Mapped(map(&file)?)
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_the_same_in_memory_and_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        for scratch in [Scratch::in_memory(), Scratch::in_folder(folder.path()).without_memory()] {
            let mut writer = scratch.bytes_writer(9).unwrap();
            writer.push(b"No time.").unwrap();
            writer.push(b"\n").unwrap();
            assert_eq!(writer.finish().unwrap().as_ref(), b"No time.\n");
            assert_eq!(scratch.bytes_writer(0).unwrap().finish().unwrap().as_ref(), b"");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the files have no name");
    }
}
