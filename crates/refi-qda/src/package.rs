//! Packed files: Word, `OpenDocument` and REFI-QDA documents are zip archives of parts.
//!
//! A small archive can be made to unpack to more than a machine holds, so parts are counted, and their bytes while
//! they unpack: what the archive says of its own sizes may be a lie. Nothing is ever written to the disk, so a part
//! that calls itself `../../x` is only a part with an odd name. An archive within the archive is not opened.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// Most parts of a package.
const MOST_PARTS: usize = 20_000;
/// Most megabytes that a part may unpack to.
const PART_LIMIT_MB: u64 = 100;
/// Most megabytes that all parts that are asked for may unpack to: always so many, never more than so many, and in between
/// so many times the package.
const TOTAL_ALLOWED_MB: u64 = 64;
const TOTAL_LIMIT_MB: u64 = 512;
const TOTAL_RATIO: u64 = 100;
/// The text of a document packs to a tenth or a twentieth; far beyond that it is made to fill the memory.
const MOST_RATIO: u64 = 500;
/// Whatever its ratio, a part may unpack to so many bytes: a few bytes of XML say nothing about ratios.
const ALWAYS_ALLOWED: u64 = 1024 * 1024;
/// The bytes with which the archive's list of contents begins each entry.
const ENTRY: [u8; 4] = *b"PK\x01\x02";

/// Why a package or a part of it cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackageError {
    /// No package, or a broken one.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// More parts than a document has.
    #[error("the file has more than {limit} parts")]
    TooManyParts {
        /// How many are read.
        limit: usize,
    },
    /// A part that would fill the memory.
    #[error("the file unpacks to more than {limit_mb} MB, so it was not read")]
    Bomb {
        /// Limit in megabytes.
        limit_mb: u64,
    },
    /// A part with a password.
    #[error("the file is protected with a password")]
    Locked,
}

impl PackageError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "open it in the program that made it, save it again, and try once more",
            Self::TooManyParts { .. } => "split the file, one interview a file",
            Self::Bomb { .. } => "open it in the program that made it and save the text alone as a new file",
            Self::Locked => "open it in the program that made it and save it again without a password",
        }
    }
}

/// An opened package.
#[derive(Debug)]
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names as written, in the order of the archive.
    names: Vec<String>,
    /// Where each part is, by its folded name; the first one counts.
    places: BTreeMap<String, usize>,
    /// Bytes of the whole file.
    length: u64,
    /// Bytes that may be unpacked in all.
    total: u64,
    /// Bytes that may still be unpacked.
    room: u64,
}

impl<'a> Package<'a> {
    /// Reads the list of contents.
    ///
    /// # Errors
    /// [`PackageError::Damaged`] when this is no package, [`PackageError::TooManyParts`] when it has too many parts.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackageError> {
        let too_many = PackageError::TooManyParts { limit: MOST_PARTS };
        // Counted before the archive is opened, because opening it keeps something for every entry.
        if bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count() > MOST_PARTS {
            return Err(too_many);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(too_many);
        }
        let names: Vec<String> =
            (0..archive.len()).map(|place| archive.name_for_index(place).unwrap_or("").to_owned()).collect();
        let mut places = BTreeMap::new();
        for (place, name) in names.iter().enumerate() {
            places.entry(fold_name(name)).or_insert(place);
        }
        let length = bytes.len() as u64;
        let mb = 1024 * 1024;
        let total = length.saturating_mul(TOTAL_RATIO).clamp(TOTAL_ALLOWED_MB * mb, TOTAL_LIMIT_MB * mb);
        Ok(Self { archive, names, places, length, total, room: total })
    }

    /// The parts' names as written, in the order of the package; folders among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there is a part of this name, in any case.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&fold_name(name))
    }

    /// Unpacks the part of this name, in any case.
    ///
    /// # Errors
    /// [`PackageError::Damaged`] when it is not there or broken, [`PackageError::Bomb`] when it is too large,
    /// [`PackageError::Locked`] when it has a password.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, PackageError> {
        self.part_within(name, PART_LIMIT_MB, MOST_RATIO)
    }

    /// As [`Package::part`], for a kind of part that may be larger or that packs less well: to at most `limit_mb` megabytes, and to at
    /// most `ratio` times its packed size.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub fn part_within(&mut self, name: &str, limit_mb: u64, ratio: u64) -> Result<Vec<u8>, PackageError> {
        let place = self.places.get(&fold_name(name)).copied();
        let place = place.ok_or_else(|| PackageError::Damaged(format!("its part `{name}` is missing")))?;
        let part = self.archive.by_index(place).map_err(damaged)?;
        let packed = part.compressed_size().min(self.length);
        let by_ratio = packed.saturating_mul(ratio).max(ALWAYS_ALLOWED);
        let part_limit = by_ratio.min(limit_mb * 1024 * 1024);
        let limit = part_limit.min(self.room);
        let mut bytes = Vec::new();
        part.take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| PackageError::Damaged(format!("its part `{name}` does not unpack: {error}")))?;
        let unpacked = bytes.len() as u64;
        if unpacked > limit {
            let limit = if part_limit > self.room { self.total } else { part_limit };
            return Err(PackageError::Bomb { limit_mb: limit / 1024 / 1024 });
        }
        self.room -= unpacked;
        Ok(bytes)
    }
}

/// The form in which names are compared: programs differ in case, in slashes and in a slash or `./` before.
fn fold_name(name: &str) -> String {
    let name = name.replace('\\', "/").to_lowercase();
    name.trim_start_matches("./").trim_start_matches('/').to_owned()
}

fn damaged(error: ZipError) -> PackageError {
    match error {
        ZipError::UnsupportedArchive(reason) if reason == ZipError::PASSWORD_REQUIRED => PackageError::Locked,
        error => PackageError::Damaged(error.to_string()),
    }
}
