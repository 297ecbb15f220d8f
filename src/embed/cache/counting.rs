//! For tests: an encoder that records its texts, a toy encoder, and an observer that counts.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use ndarray::Array2;
use sentence_encoder::{EmbedError, EncodeObserver, Encoder, Purpose};

/// Records the texts that reach the wrapped encoder.
pub(crate) struct Counting<E> {
    pub(crate) inner: E,
    taken: Mutex<Vec<String>>,
}

impl<E> Counting<E> {
    pub(crate) fn new(inner: E) -> Self {
        Self { inner, taken: Mutex::default() }
    }

    /// The texts since the last call, in order.
    pub(crate) fn taken(&self) -> Vec<String> {
        std::mem::take(&mut self.taken.lock().unwrap())
    }
}

impl<E: Encoder> Encoder for Counting<E> {
    fn dimension(&self) -> usize {
        self.inner.dimension()
    }

    fn token_limit(&self) -> usize {
        self.inner.token_limit()
    }

    fn fingerprint(&self) -> &str {
        self.inner.fingerprint()
    }

    fn arithmetic(&self) -> &str {
        self.inner.arithmetic()
    }

    fn encode(
        &self,
        texts: &[&str],
        purpose: Purpose,
        observer: &dyn EncodeObserver,
    ) -> Result<Array2<f32>, EmbedError> {
        self.taken.lock().unwrap().extend(texts.iter().map(|&text| text.to_owned()));
        self.inner.encode(texts, purpose, observer)
    }
}

/// Vectors of three numbers from digests of texts.
pub(crate) struct Toy {
    pub(crate) fingerprint: &'static str,
    pub(crate) arithmetic: &'static str,
    pub(crate) fails_on: Option<&'static str>,
}

impl Default for Toy {
    fn default() -> Self {
        Self { fingerprint: "0123", arithmetic: "toy f32 1", fails_on: None }
    }
}

impl Encoder for Toy {
    fn dimension(&self) -> usize {
        3
    }

    fn token_limit(&self) -> usize {
        8
    }

    fn fingerprint(&self) -> &str {
        self.fingerprint
    }

    fn arithmetic(&self) -> &str {
        self.arithmetic
    }

    fn encode(
        &self,
        texts: &[&str],
        purpose: Purpose,
        observer: &dyn EncodeObserver,
    ) -> Result<Array2<f32>, EmbedError> {
        if let Some(index) = texts.iter().position(|&text| Some(text) == self.fails_on) {
            return Err(EmbedError::NotFinite { index });
        }
        observer.texts_done(texts.len() as u64);
        let number = |(row, column): (usize, usize)| {
            let said = format!("{} {} {purpose:?} {}", self.fingerprint, self.arithmetic, texts[row]);
            f32::from(blake3::hash(said.as_bytes()).as_bytes()[column]) / 255.0
        };
        Ok(Array2::from_shape_fn((texts.len(), 3), number))
    }
}

/// Counts texts.
#[derive(Default)]
pub(crate) struct Counted {
    steps: AtomicU64,
}

impl Counted {
    pub(crate) fn steps(&self) -> u64 {
        self.steps.load(Ordering::Relaxed)
    }
}

impl EncodeObserver for Counted {
    fn texts_done(&self, texts: u64) {
        self.steps.fetch_add(texts, Ordering::Relaxed);
    }
}
