//! No text is embedded twice: vectors of earlier runs are kept in the study's output folder, `OUT/cache`.
//!
//! They are kept by content: a vector is found again by its text, what the text is for, the model's fingerprint and the
//! arithmetic, whatever transcript it came from. [`CachedEncoder`] stands before any encoder; `vector_file` is the file,
//! `record` its bytes. The folder can be deleted at any time, and a cache that cannot be used costs
//! time and a note, never a run.

#[cfg(test)]
pub(super) mod counting;
mod notes;
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

use self::record::{Key, Layout, key};
use self::vector_file::{VectorFile, keys_in};
use super::encode_distinct;
use crate::storage::private;

/// Folder of the cache inside the output folder.
pub const CACHE_FOLDER: &str = "cache";

/// Texts that are embedded before their vectors are written: what a killed run loses at most.
const SLICE: usize = 4096;

/// An encoder that remembers the vectors of earlier runs.
///
/// The cache is opened when the first text is embedded, not before.
pub struct CachedEncoder<'a, E: ?Sized> {
    encoder: &'a E,
    folder: PathBuf,
    state: Mutex<State>,
}

/// Texts by where their vectors came from. Equal texts count once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextCounts {
    /// Embedded in this run.
    pub embedded: u64,
    /// Embedded in an earlier run.
    pub from_cache: u64,
}

/// What a run's vectors are, for its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddingSummary {
    /// Which model; see [`Encoder::fingerprint`].
    pub fingerprint: String,
    /// Which arithmetic; see [`Encoder::arithmetic`].
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
        file: VectorFile,
        /// Held, and released last.
        _lock: private::Lock,
    },
    Without,
}

impl<'a, E: Encoder + ?Sized> CachedEncoder<'a, E> {
    /// Puts a cache in the output folder `out` before `encoder`. Nothing is read or written yet.
    pub fn new(encoder: &'a E, out: &Path) -> Self {
        Self { encoder, folder: out.join(CACHE_FOLDER), state: Mutex::default() }
    }

    /// Ends the run: tells what was embedded and what the cache ran into, and takes out of the cache what was not used, vectors of
    /// other models among it.
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
        // A thread that panicked while it held the state left at worst a record too much, which the seals would show.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many of the distinct texts have no vector in the cache of the output folder `out`; all of them where there is none, or where it
/// cannot be read. Nothing is written.
pub fn count_missing<E: Encoder + ?Sized>(
    encoder: &E,
    out: &Path,
    texts: &[&str],
    purpose: Purpose,
) -> usize {
    let keys: BTreeSet<Key> = texts.par_iter().map(|text| key(purpose, text)).collect();
    let there = keys_in(&out.join(CACHE_FOLDER), &Layout::of(encoder)).unwrap_or_default();
    keys.difference(&there).count()
}

/// Adds the vectors that `encoder` left in the cache at `from` to that at `to`.
///
/// # Errors
/// When one cannot be read or the other not be written, or another run has it.
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
    /// Copies the vectors that are in the cache into their rows, and gives the rows of those that are not, in order.
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
                Cache::Open { file, _lock: lock }
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
            file.take_back();
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

        // The longest first, as within a slice, so that the texts of a slice are alike and no core waits for another.
        missing.sort_by_key(|&place| (Reverse(texts[place].len()), place));
        for slice in missing.chunks(SLICE) {
            let some: Vec<&str> = slice.iter().map(|&place| texts[place]).collect();
            // The state is not held meanwhile: other threads of the pool may come here too.
            let made = encode_distinct(self.encoder, &some, purpose, observer)
                .map_err(|error| error.with_text_indices(slice))?;
            for (&place, row) in slice.iter().zip(made.rows()) {
                vectors.row_mut(place).assign(&row);
            }
            let keys: Vec<Key> = slice.iter().map(|&place| keys[place]).collect();
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
