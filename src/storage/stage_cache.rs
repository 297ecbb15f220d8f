//! Results of a stage that are kept between runs: bytes under a digest of everything that they depend on.
//!
//! The file is in the folder `cache` of the output folder, can be deleted at any time, and is only appended
//! to during a run. Damaged records fail their checksum and are computed again; if the file cannot be
//! written, nothing is kept.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::private::{Lock, lock_as, make_folder, options};

/// The first bytes of the file; the last of them is the version of the format.
const MAGIC: &[u8; 16] = b"emic kept\r\n\0\x1a\0\0\x01";
const KEY: usize = 32;
const LENGTH: usize = 4;
const SEAL: usize = 16;

/// Digest of everything that the bytes of a record depend on.
pub type StageCacheKey = [u8; KEY];

/// Records of earlier runs and of this one.
pub struct StageCache {
    path: PathBuf,
    /// None if nothing is kept.
    file: Option<(File, Lock)>,
    records: BTreeMap<StageCacheKey, Record>,
}

struct Record {
    bytes: Vec<u8>,
    used: bool,
}

impl StageCache {
    /// Opens or creates the records `name` in `folder`. If that fails, or another run has them open, the
    /// cache is empty and keeps nothing.
    pub fn open(folder: &Path, name: &str) -> Self {
        let path = folder.join(format!("{name}.bin"));
        let opened = opened(folder, &path, name).ok().flatten();
        let (file, records) =
            opened.map_or((None, BTreeMap::new()), |(file, lock, records)| (Some((file, lock)), records));
        Self { path, file, records }
    }

    /// The records `name` in `folder`, read without creating, repairing or keeping anything.
    pub fn read_only(folder: &Path, name: &str) -> Self {
        let bytes = fs::read(folder.join(format!("{name}.bin"))).unwrap_or_default();
        Self { records: records_in(&bytes).0, ..Self::disabled() }
    }

    /// An empty cache that keeps nothing.
    pub fn disabled() -> Self {
        Self { path: PathBuf::new(), file: None, records: BTreeMap::new() }
    }

    /// The bytes under `key`.
    pub fn get(&mut self, key: &StageCacheKey) -> Option<&[u8]> {
        let record = self.records.get_mut(key)?;
        record.used = true;
        Some(&record.bytes)
    }

    /// Keeps bytes under their keys.
    pub fn put(&mut self, records: impl IntoIterator<Item = (StageCacheKey, Vec<u8>)>) {
        let mut added = Vec::new();
        for (key, bytes) in records {
            push(&key, &bytes, &mut added);
            self.records.insert(key, Record { bytes, used: true });
        }
        if let Some((file, _)) = &mut self.file
            && file.write_all(&added).is_err()
        {
            // A full disk needs its room for the results.
            self.file = None;
            let _ = fs::remove_file(&self.path);
        }
    }

    /// Adds the records of the file `other` that are not here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn add_from(&mut self, other: &Path) -> io::Result<()> {
        let (found, _) = records_in(&fs::read(other)?);
        let new: Vec<(StageCacheKey, Vec<u8>)> = found
            .into_iter()
            .filter(|(key, _)| !self.records.contains_key(key))
            .map(|(key, record)| (key, record.bytes))
            .collect();
        self.put(new);
        Ok(())
    }

    /// Ends a run: removes the records that the run did not use from the file. They may be about a withdrawn
    /// interview, and digests and positions allow guesses about its text. A file that cannot be rewritten is
    /// deleted; then the next run computes everything again.
    pub fn finish(self) {
        let Self { path, file, records } = self;
        let Some((file, _lock)) = file.filter(|_| records.values().any(|record| !record.used)) else {
            return;
        };
        // Some systems cannot replace an open file.
        drop(file);
        let mut bytes = MAGIC.to_vec();
        for (key, record) in records.iter().filter(|(_, record)| record.used) {
            push(key, &record.bytes, &mut bytes);
        }
        let beside = path.with_extension("partial");
        let written = options().create(true).truncate(true).open(&beside).and_then(|mut file| {
            file.write_all(&bytes)?;
            file.sync_all()
        });
        if written.and_then(|()| fs::rename(&beside, &path)).is_err() {
            let _ = fs::remove_file(&beside);
            let _ = fs::remove_file(&path);
        }
    }
}

type Opened = (File, Lock, BTreeMap<StageCacheKey, Record>);

fn opened(folder: &Path, path: &Path, name: &str) -> io::Result<Option<Opened>> {
    make_folder(folder)?;
    let Some(lock) = lock_as(folder, &format!("{name}.lock"))? else { return Ok(None) };
    let bytes = match fs::read(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        read => read.unwrap_or_default(),
    };
    let (records, whole) = records_in(&bytes);
    let mut file = options().create(true).truncate(false).open(path)?;
    file.set_len(whole as u64)?;
    if whole == 0 {
        file.write_all(MAGIC)?;
    }
    file.seek(SeekFrom::End(0))?;
    Ok(Some((file, lock, records)))
}

/// The records up to the first damaged one, and the length of these bytes; 0 for another kind of file.
fn records_in(bytes: &[u8]) -> (BTreeMap<StageCacheKey, Record>, usize) {
    let mut records = BTreeMap::new();
    let Some(mut rest) = bytes.strip_prefix(MAGIC) else { return (records, 0) };
    while let Some((key, content, behind)) = first_record(rest) {
        records.insert(key, Record { bytes: content.to_vec(), used: false });
        rest = behind;
    }
    (records, bytes.len() - rest.len())
}

fn first_record(bytes: &[u8]) -> Option<(StageCacheKey, &[u8], &[u8])> {
    let (key, rest) = bytes.split_first_chunk::<KEY>()?;
    let (length, rest) = rest.split_first_chunk::<LENGTH>()?;
    let (content, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    let (found, rest) = rest.split_first_chunk::<SEAL>()?;
    (*found == seal(key, content)).then_some((*key, content, rest))
}

fn push(key: &StageCacheKey, content: &[u8], to: &mut Vec<u8>) {
    to.extend(key);
    to.extend((content.len() as u32).to_le_bytes());
    to.extend(content);
    to.extend(seal(key, content));
}

fn seal(key: &StageCacheKey, content: &[u8]) -> [u8; SEAL] {
    let mut seal = [0; SEAL];
    seal.copy_from_slice(&blake3::keyed_hash(key, content).as_bytes()[..SEAL]);
    seal
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(number: u8) -> StageCacheKey {
        [number; KEY]
    }

    fn keep(folder: &Path, numbers: &[u8]) {
        let mut kept = StageCache::open(folder, "parts");
        kept.put(numbers.iter().map(|&number| (key(number), vec![number; usize::from(number)])));
    }

    fn found(folder: &Path) -> Vec<u8> {
        let mut kept = StageCache::open(folder, "parts");
        (0..=255)
            .filter(|&number| kept.get(&key(number)).is_some_and(|bytes| bytes.len() == usize::from(number)))
            .collect()
    }

    proptest! {
        #[test]
        fn whole_records_come_back_whatever_is_cut_off_or_flipped(cut in 0_usize..400, flip in 0_usize..400) {
            let folder = tempfile::tempdir().unwrap();
            keep(folder.path(), &[3, 0, 200]);
            keep(folder.path(), &[9]);
            prop_assert_eq!(found(folder.path()), [0, 3, 9, 200]);
            let path = folder.path().join("parts.bin");
            let mut bytes = fs::read(&path).unwrap();
            if let Some(byte) = bytes.get_mut(flip) {
                *byte ^= 4;
            }
            bytes.truncate(bytes.len().saturating_sub(cut));
            fs::write(&path, bytes).unwrap();
            let left = found(folder.path());
            prop_assert!([0, 3, 9, 200].iter().filter(|number| left.contains(number)).count() == left.len());
            keep(folder.path(), &[9, 77]);
            let healed = found(folder.path());
            prop_assert!(healed.contains(&9) && healed.contains(&77) && healed.len() >= left.len());
        }
    }

    #[test]
    fn records_without_use_go_and_those_of_others_are_added() {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        keep(folders[0].path(), &[1, 2, 3, 4, 5]);
        keep(folders[1].path(), &[6]);
        let mut kept = StageCache::open(folders[0].path(), "parts");
        for number in [1, 2, 3, 5] {
            kept.get(&key(number)).unwrap();
        }
        kept.finish();
        assert_eq!(found(folders[0].path()), [1, 2, 3, 5], "one is enough to take out");
        let mut kept = StageCache::open(folders[0].path(), "parts");
        kept.get(&key(2)).unwrap();
        kept.finish();
        assert_eq!(found(folders[0].path()), [2]);
        let mut looked = StageCache::read_only(folders[0].path(), "parts");
        assert!(looked.get(&key(2)).is_some() && looked.get(&key(1)).is_none());
        let mut kept = StageCache::open(folders[0].path(), "parts");
        kept.add_from(&folders[1].path().join("parts.bin")).unwrap();
        drop(kept);
        assert_eq!(found(folders[0].path()), [2, 6]);
    }

    #[test]
    fn of_two_runs_at_once_the_second_keeps_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let first = StageCache::open(folder.path(), "parts");
        keep(folder.path(), &[1]);
        drop(first);
        assert!(found(folder.path()).is_empty());
    }
}
