//! The format of a cache of vectors: a header that identifies the encoder, and records of a fixed size.
//!
//! A record is a key, a vector and a seal. The key is a digest of a text, so the file contains no text; the
//! seal is a digest of key and vector keyed with the header, so a record that is damaged or of another model
//! is detected.

use ndarray::{ArrayView1, ArrayViewMut1};
use sentence_encoder::{Encoder, Purpose};

use super::vector_file::NAME;

/// The first bytes of every such file.
pub(super) const MAGIC: &[u8; 16] = b"emic vectors\r\n\0\x1a";

/// Version of the format.
const VERSION: u32 = 1;

/// Digest of a text and its purpose.
pub(super) type Key = [u8; KEY];

const KEY: usize = 32;
const SEAL: usize = 16;

/// The key of a text.
pub(super) fn key(purpose: Purpose, text: &str) -> Key {
    let purpose = match purpose {
        Purpose::Query => b"query\0".as_slice(),
        Purpose::Passage => b"passage\0",
    };
    let mut hasher = blake3::Hasher::new();
    hasher.update(purpose).update(text.as_bytes());
    *hasher.finalize().as_bytes()
}

/// The header and record layout of one encoder.
#[derive(Debug)]
pub(super) struct Layout {
    header: Vec<u8>,
    name: String,
    /// Digest of the header: the key of the seals.
    under: [u8; 32],
    dimension: usize,
}

impl Layout {
    pub(super) fn of<E: Encoder + ?Sized>(encoder: &E) -> Self {
        let mut whose = Vec::new();
        for part in [encoder.fingerprint(), encoder.arithmetic()] {
            whose.extend((part.len() as u64).to_le_bytes());
            whose.extend(part.as_bytes());
        }
        let dimension = encoder.dimension();
        let numbers = [VERSION.to_le_bytes(), (dimension as u32).to_le_bytes()].concat();
        let mut header = [MAGIC.as_slice(), &numbers, &whose].concat();
        let under = *blake3::hash(&header).as_bytes();
        header.extend(under);
        let name = format!("{NAME}{}.bin", &blake3::hash(&whose).to_hex()[..16]);
        Self { header, name, under, dimension }
    }

    /// The name of the file. Another model and another arithmetic have another one.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn header(&self) -> &[u8] {
        &self.header
    }

    /// Length of a record.
    pub(super) fn record(&self) -> usize {
        KEY + 4 * self.dimension + SEAL
    }

    /// The offset of the record with this index, in bytes from the start of the file.
    pub(super) fn start(&self, index: u64) -> u64 {
        self.header.len() as u64 + index.saturating_mul(self.record() as u64)
    }

    /// Lays out a record at the end of `bytes`.
    pub(super) fn push(&self, key: &Key, vector: ArrayView1<'_, f32>, bytes: &mut Vec<u8>) {
        let start = bytes.len();
        bytes.extend(key);
        bytes.extend(vector.iter().flat_map(|number| number.to_le_bytes()));
        let seal = self.seal(&bytes[start..]);
        bytes.extend(seal);
    }

    /// The key of a record and the bytes of its vector; none when the record is damaged.
    pub(super) fn open<'a>(&self, record: &'a [u8]) -> Option<(Key, &'a [u8])> {
        if record.len() != self.record() {
            return None;
        }
        let (content, seal) = record.split_at_checked(record.len() - SEAL)?;
        let (key, vector) = content.split_first_chunk::<KEY>()?;
        (seal == self.seal(content)).then_some((*key, vector))
    }

    /// Copies the vector of a record; false, and the row is not to be used, when the record is damaged,
    /// another text's, or holds what no encoder gives.
    pub(super) fn read(&self, record: &[u8], key: &Key, row: ArrayViewMut1<'_, f32>) -> bool {
        let Some((found, vector)) = self.open(record) else { return false };
        let (numbers, _) = vector.as_chunks::<4>();
        let mut finite = true;
        for (x, &bytes) in row.into_iter().zip(numbers) {
            *x = f32::from_le_bytes(bytes);
            finite &= x.is_finite();
        }
        finite && found == *key
    }

    fn seal(&self, content: &[u8]) -> [u8; SEAL] {
        let digest = blake3::keyed_hash(&self.under, content);
        let mut seal = [0; SEAL];
        seal.copy_from_slice(&digest.as_bytes()[..SEAL]);
        seal
    }
}
