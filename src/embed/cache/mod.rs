//! Keeps vectors of earlier runs in the study's output folder, `OUT/cache`, so that no text is embedded twice.
//!
//! A vector is found by its text, the purpose, the model's fingerprint and the arithmetic, whatever
//! transcript the text is from. [`CachedEncoder`] wraps any encoder; `vector_file` is the file, `record` its
//! format. The folder can be deleted at any time, and a cache that cannot be used costs time and causes a
//! note, never the end of a run.

#[cfg(test)]
pub(super) mod counting;
mod notes;
mod positions;
mod record;
#[cfg(test)]
mod tests;
mod vector_file;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ndarray::{Array2, ArrayView2};
use rayon::prelude::*;
use sentence_encoder::{EmbedError, EncodeObserver, Encoder, Purpose, TokenCounter};
use serde::{Deserialize, Serialize};
use transcripts::Problem;

use self::positions::{ShortKey, short};
use self::record::{Key, Layout, key};
use self::vector_file::{VectorFile, keys_in};
use super::encode_distinct;
use crate::storage::private;

/// Folder of the cache inside the output folder.
pub const CACHE_FOLDER: &str = "cache";

/// Texts that are embedded before their vectors are written: the most that a killed run loses.
const SLICE: usize = 4096;

/// An encoder that reuses the vectors of earlier runs.
///
/// The cache is opened when the first text is embedded.
pub struct CachedEncoder<'a, E: ?Sized> {
    encoder: &'a E,
    folder: PathBuf,
    state: Mutex<State>,
}

/// Numbers of distinct texts, by the origin of their vectors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextCounts {
    /// Embedded in this run.
    pub embedded: u64,
    /// Embedded in an earlier run.
    pub from_cache: u64,
}

/// How the vectors of a run were computed, for its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddingSummary {
    /// The model; see [`Encoder::fingerprint`].
    pub fingerprint: String,
    /// The arithmetic; see [`Encoder::arithmetic`].
    pub arithmetic: String,
    /// The passages of the transcripts.
    pub passages: TextCounts,
    /// The texts of the codebook.
    pub theme_texts: TextCounts,
}

#[derive(Default)]
struct State {
    cache: Cache,
    passages: TextCounts,
    theme_texts: TextCounts,
    problems: Vec<Problem>,
}

#[derive(Default)]
enum Cache {
    #[default]
    Unopened,
    Open {
        file: Box<VectorFile>,
        /// Released last.
        _lock: private::Lock,
    },
    Without,
}

impl<'a, E: Encoder + ?Sized> CachedEncoder<'a, E> {
    /// Wraps `encoder` with the cache in the output folder `out`. Nothing is read or written yet.
    pub fn new(encoder: &'a E, out: &Path) -> Self {
        Self { encoder, folder: out.join(CACHE_FOLDER), state: Mutex::default() }
    }

    /// Ends the run: returns counts and problems, and removes what was not used from the cache, including
    /// vectors of other models.
    pub fn finish(self) -> (EmbeddingSummary, Vec<Problem>) {
        let State { cache, passages, theme_texts, mut problems } =
            self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Cache::Open { file, _lock } = cache {
            if file.damaged() > 0 {
                problems.push(notes::damaged(file.damaged()));
            }
            let name = Layout::of(self.encoder).name().to_owned();
            let others = VectorFile::remove_others(&self.folder, &name);
            problems.extend(file.finish().and(others).err().map(|error| notes::cannot_shrink(&error)));
        }
        let (fingerprint, arithmetic) =
            (self.encoder.fingerprint().to_owned(), self.encoder.arithmetic().to_owned());
        (EmbeddingSummary { fingerprint, arithmetic, passages, theme_texts }, problems)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked with the lock left at worst an incomplete record, which its checksum would
        // show.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The number of distinct texts without a vector in the cache of the output folder `out`; all of them if it
/// cannot be read. Nothing is written.
pub fn count_missing<E: Encoder + ?Sized>(
    encoder: &E,
    out: &Path,
    texts: &[&str],
    purpose: Purpose,
) -> usize {
    let keys: BTreeSet<ShortKey> = texts.par_iter().map(|text| short(&key(purpose, text))).collect();
    let there = keys_in(&out.join(CACHE_FOLDER), &Layout::of(encoder)).unwrap_or_default();
    keys.difference(&there).count()
}

/// Adds the vectors of `encoder` in the cache `from` to the cache `to`.
///
/// # Errors
/// When `from` cannot be read, `to` cannot be written, or another run is using it.
pub fn add_cache<E: Encoder + ?Sized>(encoder: &E, from: &Path, to: &Path) -> io::Result<()> {
    let layout = || Layout::of(encoder);
    private::make_folder(to)?;
    let Some(_lock) = private::lock(to)? else {
        return Err(io::Error::new(io::ErrorKind::WouldBlock, "another run is using the cache"));
    };
    let (mut file, _) = VectorFile::open(to, layout())?;
    file.add_from(&from.join(layout().name()))
}

impl State {
    /// Copies cached vectors into their rows and returns the other rows, in order.
    fn fill(&mut self, folder: &Path, layout: Layout, keys: &[Key], vectors: &mut Array2<f32>) -> Vec<usize> {
        if matches!(self.cache, Cache::Unopened) {
            self.cache = self.open(folder, layout);
        }
        if let Cache::Open { file, .. } = &mut self.cache {
            match file.fill(keys, vectors) {
                Ok(missing) => return missing,
                Err(error) => self.go_without(notes::cannot_read(&error)),
            }
        }
        (0..keys.len()).collect()
    }

    fn open(&mut self, folder: &Path, layout: Layout) -> Cache {
        let opened = |folder: &Path| -> io::Result<Option<_>> {
            private::make_folder(folder)?;
            let Some(lock) = private::lock(folder)? else { return Ok(None) };
            let (file, set_aside) = VectorFile::open(folder, layout)?;
            Ok(Some((file, set_aside, lock)))
        };
        match opened(folder) {
            Ok(Some((file, set_aside, lock))) => {
                self.problems.extend(set_aside.map(|name| notes::set_aside(&name)));
                Cache::Open { file: Box::new(file), _lock: lock }
            }
            Ok(None) => {
                self.problems.push(notes::in_use());
                Cache::Without
            }
            Err(error) => {
                self.problems.push(notes::cannot_open(&error));
                Cache::Without
            }
        }
    }

    fn keep(&mut self, keys: &[Key], vectors: ArrayView2<'_, f32>) {
        if let Cache::Open { file, .. } = &mut self.cache
            && let Err(error) = file.append(keys, vectors)
        {
            self.go_without(notes::cannot_write(&error));
        }
    }

    fn go_without(&mut self, note: Problem) {
        self.problems.push(note);
        if let Cache::Open { file, .. } = std::mem::replace(&mut self.cache, Cache::Without) {
            file.undo_append();
        }
    }

    fn count(&mut self, purpose: Purpose, embedded: usize, from_cache: usize) {
        let counts = match purpose {
            Purpose::Query => &mut self.theme_texts,
            Purpose::Passage => &mut self.passages,
        };
        counts.embedded += embedded as u64;
        counts.from_cache += from_cache as u64;
    }
}

impl<E: Encoder + ?Sized> Encoder for CachedEncoder<'_, E> {
    fn dimension(&self) -> usize {
        self.encoder.dimension()
    }

    fn token_limit(&self) -> usize {
        self.encoder.token_limit()
    }

    fn fingerprint(&self) -> &str {
        self.encoder.fingerprint()
    }

    fn arithmetic(&self) -> &str {
        self.encoder.arithmetic()
    }

    fn encode(
        &self,
        texts: &[&str],
        purpose: Purpose,
        observer: &dyn EncodeObserver,
    ) -> Result<Array2<f32>, EmbedError> {
        let mut vectors = Array2::zeros((texts.len(), self.dimension()));
        let keys: Vec<Key> = texts.par_iter().map(|text| key(purpose, text)).collect();
        let layout = Layout::of(self.encoder);
        let mut missing = self.state().fill(&self.folder, layout, &keys, &mut vectors);
        let from_cache = texts.len() - missing.len();
        observer.texts_done(from_cache as u64);

        // Longest first, so that the texts of a slice have similar lengths and no core waits for another.
        missing.sort_by_key(|&index| (Reverse(texts[index].len()), index));
        for slice in missing.chunks(SLICE) {
            let some: Vec<&str> = slice.iter().map(|&index| texts[index]).collect();
            // The state is not locked meanwhile, because other threads of the pool may get here too.
            let made = encode_distinct(self.encoder, &some, purpose, observer)
                .map_err(|error| error.with_text_indices(slice))?;
            for (&index, row) in slice.iter().zip(made.rows()) {
                vectors.row_mut(index).assign(&row);
            }
            let keys: Vec<Key> = slice.iter().map(|&index| keys[index]).collect();
            self.state().keep(&keys, made.view());
        }
        self.state().count(purpose, missing.len(), from_cache);
        Ok(vectors)
    }
}

impl<E: TokenCounter + ?Sized> TokenCounter for CachedEncoder<'_, E> {
    fn limit(&self) -> usize {
        self.encoder.limit()
    }

    fn count(&self, text: &str) -> usize {
        self.encoder.count(text)
    }

    fn token_ends(&self, text: &str) -> Vec<usize> {
        self.encoder.token_ends(text)
    }
}
