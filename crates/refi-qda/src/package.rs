//! Packages: zip archives of parts, as REFI-QDA projects and Word and `OpenDocument` files are, read within limits.
//!
//! A small archive can be made to unpack to more than the memory holds. So parts are counted, and their bytes are counted while they
//! unpack, because the sizes that the archive states may be false. Nothing is written to disk, so a part called `../../x` is only a
//! part with an odd name.
//!
//! ```
//! use refi_qda::package::{Package, PackageError};
//! assert!(matches!(Package::open(b"not an archive"), Err(PackageError::Damaged(_))));
//! ```

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

/// Parts of a package.
const MAX_PARTS: usize = 20_000;
/// Unpacked megabytes of a part.
const MAX_PART_MB: u64 = 100;
/// All parts that are read together may unpack to this many times the package, within the limits below.
const MAX_TOTAL_RATIO: u64 = 100;
/// The total that every package is allowed, in megabytes.
const MIN_TOTAL_MB: u64 = 64;
/// The total that no package may exceed, in megabytes.
const MAX_TOTAL_MB: u64 = 512;
/// A part may unpack to this many times its packed size. The text of a document packs to a tenth or a twentieth.
const MAX_RATIO: u64 = 500;
/// Unpacked bytes that every part is allowed, because the ratio of a few bytes of XML says nothing.
const ALWAYS_ALLOWED: u64 = 1024 * 1024;
/// The bytes that begin each entry in the archive's directory.
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
    /// A part that unpacks to more than is allowed.
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
    /// The index of each part by its folded name; of several with one name, of the first.
    indices: BTreeMap<String, usize>,
    /// Bytes of the whole file.
    length: u64,
    /// Bytes that may be unpacked in all.
    total: u64,
    /// Bytes of these that are left.
    room: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive and reads its directory.
    ///
    /// # Errors
    /// [`PackageError::Damaged`] when this is no package, [`PackageError::TooManyParts`] when it has too many parts.
    pub fn open(bytes: &'a [u8]) -> Result<Self, PackageError> {
        let too_many = PackageError::TooManyParts { limit: MAX_PARTS };
        // Counted before, because opening allocates for every entry.
        if bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count() > MAX_PARTS {
            return Err(too_many);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MAX_PARTS {
            return Err(too_many);
        }
        let names: Vec<String> =
            (0..archive.len()).map(|index| archive.name_for_index(index).unwrap_or("").to_owned()).collect();
        let mut indices = BTreeMap::new();
        for (index, name) in names.iter().enumerate() {
            indices.entry(fold_name(name)).or_insert(index);
        }
        let length = bytes.len() as u64;
        let mb = 1024 * 1024;
        let total = length.saturating_mul(MAX_TOTAL_RATIO).clamp(MIN_TOTAL_MB * mb, MAX_TOTAL_MB * mb);
        Ok(Self { archive, names, indices, length, total, room: total })
    }

    /// The parts' names as written, in the order of the package; folders among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether there is a part of this name, in any case.
    pub fn has(&self, name: &str) -> bool {
        self.indices.contains_key(&fold_name(name))
    }

    /// Unpacks the part of this name, in any case: to at most 100 MB, and 500 times its packed size.
    ///
    /// # Errors
    /// [`PackageError::Damaged`] when it is not there or broken, [`PackageError::Bomb`] when it is too large,
    /// [`PackageError::Locked`] when it has a password.
    pub fn part(&mut self, name: &str) -> Result<Vec<u8>, PackageError> {
        self.part_within(name, MAX_PART_MB, MAX_RATIO)
    }

    /// As [`Package::part`], with other limits: at most `limit_mb` megabytes, and at most `ratio` times its packed size.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub fn part_within(&mut self, name: &str, limit_mb: u64, ratio: u64) -> Result<Vec<u8>, PackageError> {
        let index = self.indices.get(&fold_name(name)).copied();
        let index = index.ok_or_else(|| PackageError::Damaged(format!("its part `{name}` is missing")))?;
        let part = self.archive.by_index(index).map_err(damaged)?;
        let packed = part.compressed_size().min(self.length);
        let by_ratio = packed.saturating_mul(ratio).max(ALWAYS_ALLOWED);
        let part_limit = by_ratio.min(limit_mb.saturating_mul(1024 * 1024));
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

/// The form in which names are compared. Programs differ in case, in slashes, and in whether `/` or `./` stands in front.
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            package.start_file(*name, SimpleFileOptions::default()).unwrap();
            package.write_all(bytes).unwrap();
        }
        package.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_in_any_case_and_with_any_slashes() {
        let bytes = packed(&[("Sources\\A.txt", b"a"), ("./word/document.xml", b"b")]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(package.part("sources/a.TXT").unwrap(), b"a");
        assert!(package.has("word/document.xml") && !package.has("a.txt"));
        assert_eq!(
            package.part("x").unwrap_err().to_string(),
            "the file is damaged: its part `x` is missing"
        );
    }

    #[test]
    fn a_part_unpacks_to_its_limit_and_no_further() {
        let zeros = vec![0; 3 * 1024 * 1024];
        let bytes = packed(&[("a", &zeros)]);
        let mut package = Package::open(&bytes).unwrap();
        assert_eq!(package.part_within("a", 3, u64::MAX).unwrap().len(), zeros.len());
        assert_eq!(package.part_within("a", 2, u64::MAX), Err(PackageError::Bomb { limit_mb: 2 }));
        assert_eq!(package.part("a"), Err(PackageError::Bomb { limit_mb: 1 }), "it packs to a thousandth");
    }

    #[test]
    fn all_parts_share_one_total() {
        let zeros = vec![0; 10 * 1024 * 1024];
        let bytes = packed(&[("a", &zeros)]);
        let mut package = Package::open(&bytes).unwrap();
        let unpacked =
            (0..10).map(|_| package.part_within("a", 100, u64::MAX)).take_while(Result::is_ok).count();
        assert_eq!(unpacked, 6, "of 64 MB");
        assert_eq!(package.part_within("a", 100, u64::MAX), Err(PackageError::Bomb { limit_mb: 64 }));
    }
}
