//! The file of a cache: opened and healed, read, appended to, and rewritten when most of it is of no use any more.
//!
//! Vectors stay in the file. What is held in memory is where each one stands.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use ndarray::{Array2, ArrayView2};

use super::private;
use super::record::{Key, Layout};

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;

/// One encoder's vectors of earlier runs and of this one.
#[derive(Debug)]
pub(super) struct VectorFile {
    layout: Layout,
    path: PathBuf,
    file: File,
    places: BTreeMap<Key, u64>,
    /// For each record whether this run had a use for it.
    used: Vec<bool>,
    /// Records when the file was opened.
    before: u64,
    /// Records that were damaged.
    damaged: u64,
}

impl VectorFile {
    /// Opens the file in `folder`, or makes it. Gives also the name under which a file was set aside that stood in its place
    /// and was none of this encoder's.
    ///
    /// What stands behind the last whole record is cut off: that is what a killed run leaves.
    pub(super) fn open(folder: &Path, layout: Layout) -> io::Result<(Self, Option<String>)> {
        let path = folder.join(layout.name());
        let set_aside = if is_foreign(&path, layout.header())? { Some(set_aside(&path)?) } else { None };
        let mut file = private::options().create(true).truncate(false).open(&path)?;
        if file.metadata()?.len() < layout.header().len() as u64 {
            file.set_len(0)?;
            file.write_all(layout.header())?;
        }
        let mut places = BTreeMap::new();
        let (mut place, mut whole, mut end) = (0_u64, 0_u64, 0_u64);
        let mut reader = BufReader::with_capacity(BUFFER, &file);
        reader.seek(SeekFrom::Start(layout.start(0)))?;
        let mut record = vec![0; layout.record()];
        while read_whole(&mut reader, &mut record)? {
            place += 1;
            if let Some((key, _)) = layout.open(&record) {
                places.insert(key, place - 1);
                whole += 1;
                end = place;
            }
        }
        file.set_len(layout.start(end))?;
        let used = vec![false; end as usize];
        Ok((Self { layout, path, file, places, used, before: end, damaged: end - whole }, set_aside))
    }

    /// Records that were damaged, of those that were looked at.
    pub(super) fn damaged(&self) -> u64 {
        self.damaged
    }

    /// Copies the vectors that are here into their rows, and gives the rows of those that are not, in order.
    pub(super) fn fill(&mut self, keys: &[Key], vectors: &mut Array2<f32>) -> io::Result<Vec<usize>> {
        let place = |(row, key): (usize, &Key)| Some((*self.places.get(key)?, row));
        let mut found: Vec<(u64, usize)> = keys.iter().enumerate().filter_map(place).collect();
        // In the order of the file, which a disk reads fastest.
        found.sort_unstable();
        let mut missing = vec![true; keys.len()];
        let mut records = Records::new(&self.layout, &self.file)?;
        for (place, row) in found {
            if self.layout.read(records.at(place)?, &keys[row], vectors.row_mut(row)) {
                missing[row] = false;
                self.used[place as usize] = true;
            } else {
                self.damaged += 1;
                self.places.remove(&keys[row]);
            }
        }
        Ok((0..keys.len()).filter(|&row| missing[row]).collect())
    }

    /// Adds the vectors of the keys that are not here yet.
    pub(super) fn append(&mut self, keys: &[Key], vectors: ArrayView2<'_, f32>) -> io::Result<()> {
        let end = self.layout.start(self.used.len() as u64);
        let mut bytes = Vec::with_capacity(keys.len() * self.layout.record());
        for (key, vector) in keys.iter().zip(vectors.rows()) {
            if !self.places.contains_key(key) {
                self.places.insert(*key, self.used.len() as u64);
                self.used.push(true);
                self.layout.push(key, vector, &mut bytes);
            }
        }
        self.file.seek(SeekFrom::Start(end))?;
        self.file.write_all(&bytes)
    }

    /// Takes back what this run appended, after writing failed: a disk that is full has to hold the results.
    pub(super) fn take_back(self) {
        // When this fails too, the next run cuts off what is not whole.
        let _ = self.file.set_len(self.layout.start(self.before));
    }

    /// Ends a run: rewrites the file with the records that the run used when they are less than half, or some are damaged.
    pub(super) fn finish(self) -> io::Result<()> {
        let used = self.used.iter().filter(|&&used| used).count();
        if self.damaged == 0 && used * 2 >= self.used.len() {
            return Ok(());
        }
        let beside = beside(&self.path, "partial");
        let written = self.write_used(&beside);
        let path = self.path;
        // Some systems do not replace a file that is open.
        drop(self.file);
        let renamed = written.and_then(|()| fs::rename(&beside, &path));
        if renamed.is_err() {
            // The first failure is the one to tell; a file that stays here is overwritten by the next run.
            let _ = fs::remove_file(&beside);
        }
        renamed
    }

    fn write_used(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut writer = BufWriter::with_capacity(BUFFER, private::options().create_new(true).open(path)?);
        writer.write_all(self.layout.header())?;
        let mut records = Records::new(&self.layout, &self.file)?;
        for place in (0_u64..).zip(&self.used).filter_map(|(place, &used)| used.then_some(place)) {
            writer.write_all(records.at(place)?)?;
        }
        writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

/// Reads records at rising places.
struct Records<'a> {
    reader: BufReader<&'a File>,
    /// The place after that of the last record.
    next: u64,
    record: Vec<u8>,
}

impl<'a> Records<'a> {
    fn new(layout: &Layout, file: &'a File) -> io::Result<Self> {
        let mut reader = BufReader::with_capacity(BUFFER, file);
        reader.seek(SeekFrom::Start(layout.start(0)))?;
        Ok(Self { reader, next: 0, record: vec![0; layout.record()] })
    }

    fn at(&mut self, place: u64) -> io::Result<&[u8]> {
        let skipped = place as i64 - self.next as i64;
        self.reader.seek_relative(skipped.saturating_mul(self.record.len() as i64))?;
        self.reader.read_exact(&mut self.record)?;
        self.next = place + 1;
        Ok(&self.record)
    }
}

/// Fills the record; false at the end of the file, also in the middle of a record.
fn read_whole(reader: &mut impl Read, record: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(record) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether something stands at `path` that is no file, or a file that begins otherwise than with `header`. A file that ends
/// within the header is one whose first run was killed.
fn is_foreign(path: &Path, header: &[u8]) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_file() => return Ok(true),
        Ok(_) => {}
    }
    let mut start = Vec::new();
    File::open(path)?.take(header.len() as u64).read_to_end(&mut start)?;
    Ok(!header.starts_with(&start))
}

/// Gives what stands at `path` another name, which is told.
fn set_aside(path: &Path) -> io::Result<String> {
    let aside = beside(path, "set-aside");
    fs::rename(path, &aside)?;
    Ok(aside.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    path.with_extension(ending)
}
