//! The file of a cache: opened and repaired, read, appended to, and rewritten without unused records.
//!
//! Vectors stay in the file; only the index of each record is in memory.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use ndarray::{Array2, ArrayView2};

use super::positions::{Positions, ShortKey, short};
use super::record::{Key, Layout, MAGIC};
use crate::storage::private;

/// Prefix of the names of such files.
pub(super) const NAME: &str = "vectors-";
/// Suffixes: the file, one that was set aside, one that is being written.
const ENDINGS: [&str; 3] = [".bin", ".set-aside", ".partial"];
/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;

/// The vectors of one encoder, from earlier runs and this one.
#[derive(Debug)]
pub(super) struct VectorFile {
    layout: Layout,
    path: PathBuf,
    file: File,
    positions: Positions,
    /// For each record, whether this run used it.
    used: Vec<bool>,
    /// Number of records when the file was opened.
    before: u64,
    /// Number of damaged records.
    damaged: u64,
}

impl VectorFile {
    /// Opens or creates the file in `folder`. A file of that name that is not this encoder's is set aside,
    /// and its new name is returned.
    ///
    /// Bytes after the last complete record, which a killed run may leave, are cut off.
    pub(super) fn open(folder: &Path, layout: Layout) -> io::Result<(Self, Option<String>)> {
        let path = folder.join(layout.name());
        let set_aside = if is_foreign(&path, layout.header())? { Some(set_aside(&path)?) } else { None };
        let mut file = private::options().create(true).truncate(false).open(&path)?;
        if file.metadata()?.len() < layout.header().len() as u64 {
            file.set_len(0)?;
            file.write_all(layout.header())?;
        }
        let Found { keys, whole, end } = Found::in_file(&file, &layout)?;
        let positions = Positions::of(keys);
        file.set_len(layout.start(end))?;
        let used = vec![false; end as usize];
        Ok((Self { layout, path, file, positions, used, before: end, damaged: end - whole }, set_aside))
    }

    /// Number of damaged records among those that were read.
    pub(super) fn damaged(&self) -> u64 {
        self.damaged
    }

    /// Copies the vectors that are present into their rows and returns the other rows, in order.
    pub(super) fn fill(&mut self, keys: &[Key], vectors: &mut Array2<f32>) -> io::Result<Vec<usize>> {
        let index = |(row, key): (usize, &Key)| Some((self.positions.get(key)?, row));
        let mut found: Vec<(u64, usize)> = keys.iter().enumerate().filter_map(index).collect();
        // In the order of the file, which is fastest to read.
        found.sort_unstable();
        let mut missing = vec![true; keys.len()];
        let mut damaged: Vec<&Key> = Vec::new();
        let mut records = Records::new(&self.layout, &self.file)?;
        for (index, row) in found {
            if self.layout.read(records.at(index)?, &keys[row], vectors.row_mut(row)) {
                missing[row] = false;
                self.used[index as usize] = true;
            } else {
                damaged.push(&keys[row]);
            }
        }
        self.damaged += damaged.len() as u64;
        self.positions.remove(&damaged);
        Ok((0..keys.len()).filter(|&row| missing[row]).collect())
    }

    /// Appends the vectors of keys that are not present.
    pub(super) fn append(&mut self, keys: &[Key], vectors: ArrayView2<'_, f32>) -> io::Result<()> {
        let end = self.layout.start(self.used.len() as u64);
        let mut bytes = Vec::with_capacity(keys.len() * self.layout.record());
        for (key, vector) in keys.iter().zip(vectors.rows()) {
            if self.positions.get(key).is_none() && self.positions.add(key, self.used.len()) {
                self.used.push(true);
                self.layout.push(key, vector, &mut bytes);
            }
        }
        self.file.seek(SeekFrom::Start(end))?;
        self.file.write_all(&bytes)
    }

    /// Appends the complete records of another such file that are not present.
    pub(super) fn add_from(&mut self, other: &Path) -> io::Result<()> {
        if is_foreign(other, self.layout.header())? {
            return Err(io::Error::new(ErrorKind::InvalidData, "it holds vectors of another model"));
        }
        let file = match File::open(other) {
            // Nothing was embedded there.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            opened => opened?,
        };
        let mut reader = BufReader::with_capacity(BUFFER, file);
        reader.seek(SeekFrom::Start(self.layout.start(0)))?;
        self.file.seek(SeekFrom::Start(self.layout.start(self.used.len() as u64)))?;
        let mut record = vec![0; self.layout.record()];
        let mut writer = BufWriter::with_capacity(BUFFER, &self.file);
        while read_whole(&mut reader, &mut record)? {
            if let Some((key, _)) = self.layout.open(&record)
                && self.positions.get(&key).is_none()
                && self.positions.add(&key, self.used.len())
            {
                self.used.push(true);
                writer.write_all(&record)?;
            }
        }
        writer.flush()?;
        drop(writer);
        self.file.sync_all()
    }

    /// Removes what this run appended, after a failed write: a full disk needs its room for the results.
    pub(super) fn undo_append(self) {
        // If this fails too, the next run cuts off the incomplete record.
        let _ = self.file.set_len(self.layout.start(self.before));
    }

    /// Ends a run: removes damaged and unused records. A vector reveals something about its text, which may
    /// be of somebody who withdrew, so a file that cannot be rewritten is deleted.
    pub(super) fn finish(self) -> io::Result<()> {
        if self.damaged == 0 && self.used.iter().all(|&used| used) {
            return Ok(());
        }
        let beside = beside(&self.path, "partial");
        let written = self.write_used(&beside);
        let path = self.path;
        // Some systems cannot replace an open file.
        drop(self.file);
        let renamed = written.and_then(|()| fs::rename(&beside, &path));
        if renamed.is_err() {
            // The first error is reported; the next run overwrites or removes what stays here.
            let _ = fs::remove_file(&beside);
            let _ = fs::remove_file(&path);
        }
        renamed
    }

    /// Removes files of other models and arithmetics from `folder`, and unfinished ones. This run has not
    /// read them, so they may be about withdrawn interviews.
    pub(super) fn remove_others(folder: &Path, name: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let is_named_so = entry.file_name().to_str().is_some_and(|other| {
                other.starts_with(NAME)
                    && other != name
                    && ENDINGS.iter().any(|ending| other.ends_with(ending))
            });
            if is_named_so && entry.file_type()?.is_file() && is_of_vectors(&entry.path())? {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn write_used(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut writer = BufWriter::with_capacity(BUFFER, private::options().create_new(true).open(path)?);
        writer.write_all(self.layout.header())?;
        let mut records = Records::new(&self.layout, &self.file)?;
        for index in (0_u64..).zip(&self.used).filter_map(|(index, &used)| used.then_some(index)) {
            writer.write_all(records.at(index)?)?;
        }
        writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

/// The content of a file.
struct Found {
    /// The keys of the complete records, with their indices.
    keys: Vec<(ShortKey, u32)>,
    /// Number of complete records.
    whole: u64,
    /// The index after the last of them.
    end: u64,
}

impl Found {
    fn in_file(file: &File, layout: &Layout) -> io::Result<Self> {
        let mut found = Self { keys: Vec::new(), whole: 0, end: 0 };
        let mut reader = BufReader::with_capacity(BUFFER, file);
        reader.seek(SeekFrom::Start(layout.start(0)))?;
        let mut record = vec![0; layout.record()];
        let mut index = 0_u64;
        while read_whole(&mut reader, &mut record)? {
            index += 1;
            if let Some((key, _)) = layout.open(&record) {
                // Beyond four billion records a text is embedded again.
                found.keys.extend(u32::try_from(index - 1).ok().map(|index| (short(&key), index)));
                found.whole += 1;
                found.end = index;
            }
        }
        Ok(found)
    }
}

/// The keys of the complete records in `folder`, read only; none if there is no such file.
pub(super) fn keys_in(folder: &Path, layout: &Layout) -> io::Result<BTreeSet<ShortKey>> {
    let path = folder.join(layout.name());
    if !path.is_file() || is_foreign(&path, layout.header())? {
        return Ok(BTreeSet::new());
    }
    Ok(Found::in_file(&File::open(&path)?, layout)?.keys.into_iter().map(|(key, _)| key).collect())
}

/// Reads records at ascending indices.
struct Records<'a> {
    reader: BufReader<&'a File>,
    /// The index after that of the last record.
    next: u64,
    record: Vec<u8>,
}

impl<'a> Records<'a> {
    fn new(layout: &Layout, file: &'a File) -> io::Result<Self> {
        let mut reader = BufReader::with_capacity(BUFFER, file);
        reader.seek(SeekFrom::Start(layout.start(0)))?;
        Ok(Self { reader, next: 0, record: vec![0; layout.record()] })
    }

    fn at(&mut self, index: u64) -> io::Result<&[u8]> {
        let skipped = index as i64 - self.next as i64;
        self.reader.seek_relative(skipped.saturating_mul(self.record.len() as i64))?;
        self.reader.read_exact(&mut self.record)?;
        self.next = index + 1;
        Ok(&self.record)
    }
}

/// Fills `record`; false at the end of the file, also within a record.
fn read_whole(reader: &mut impl Read, record: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(record) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether `path` is no file, or a file that does not begin with `header`. A file that ends within the header is one whose first
/// run was killed.
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

/// Whether a file is what this program writes for some model, or the beginning of it.
fn is_of_vectors(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(MAGIC.len() as u64).read_to_end(&mut start)?;
    Ok(MAGIC.starts_with(&start))
}

/// Renames what is at `path` and returns the new name.
fn set_aside(path: &Path) -> io::Result<String> {
    let aside = beside(path, "set-aside");
    fs::rename(path, &aside)?;
    Ok(aside.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    path.with_extension(ending)
}

#[cfg(test)]
impl VectorFile {
    /// Makes every write fail from here on.
    pub(super) fn refuse_writing(&mut self) {
        self.file = File::open(&self.path).unwrap();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sentence_encoder::Purpose;

    use super::*;
    use crate::embed::cache::counting::Toy;
    use crate::embed::cache::record::key;

    /// The vector of a number, and the key of it.
    fn keyed(number: u8) -> (Key, [f32; 3]) {
        let number = f32::from(number);
        (key(Purpose::Passage, &number.to_string()), [number, -number, 0.5])
    }

    proptest! {
        #[test]
        fn only_whole_records_come_back_and_all_that_were_not_cut(
            steps in proptest::collection::vec((proptest::collection::vec(0_u8..40, 0..6), 0_u64..200), 1..8)
        ) {
            let folder = tempfile::tempdir().unwrap();
            let all: Vec<(Key, [f32; 3])> = (0..40).map(keyed).collect();
            let keys: Vec<Key> = all.iter().map(|(key, _)| *key).collect();
            // What should be in the file, in order.
            let mut expected: Vec<u8> = Vec::new();
            for (numbers, cut) in steps {
                let (mut file, aside) = VectorFile::open(folder.path(), Layout::of(&Toy::default())).unwrap();
                prop_assert_eq!((aside, file.damaged()), (None, 0));
                let slice: Vec<(Key, [f32; 3])> = numbers.iter().map(|&number| keyed(number)).collect();
                let slice_keys: Vec<Key> = slice.iter().map(|(key, _)| *key).collect();
                let rows = Array2::from_shape_fn((slice.len(), 3), |(row, column)| slice[row].1[column]);
                file.append(&slice_keys, rows.view()).unwrap();
                for number in numbers {
                    if !expected.contains(&number) {
                        expected.push(number);
                    }
                }
                let mut vectors = Array2::zeros((40, 3));
                let missing = file.fill(&keys, &mut vectors).unwrap();
                for number in 0..40_u8 {
                    let there = expected.contains(&number);
                    prop_assert_eq!(!there, missing.contains(&usize::from(number)));
                    if there {
                        prop_assert_eq!(vectors.row(usize::from(number)).to_vec(), all[usize::from(number)].1);
                    }
                }
                let length = file.file.metadata().unwrap().len();
                let layout = Layout::of(&Toy::default());
                let left = length.saturating_sub(cut);
                file.file.set_len(left).unwrap();
                expected.truncate((left.saturating_sub(layout.start(0)) / layout.record() as u64) as usize);
            }
        }
    }

    #[test]
    fn what_a_run_appended_can_be_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let append = |number| {
            let (mut file, _) = VectorFile::open(folder.path(), Layout::of(&Toy::default())).unwrap();
            let (key, vector) = keyed(number);
            file.append(&[key], ndarray::aview1(&vector).insert_axis(ndarray::Axis(0))).unwrap();
            file
        };
        let length = append(1).file.metadata().unwrap().len();
        let second = append(2);
        let path = second.path.clone();
        assert!(fs::metadata(&path).unwrap().len() > length);
        second.undo_append();
        assert_eq!(fs::metadata(&path).unwrap().len(), length);
    }
}
