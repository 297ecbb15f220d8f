//! Following a long encoding: how far it is, and whether to stop.

/// Follows [`Encoder::encode`](crate::Encoder::encode). Both functions are called from all threads, some times a second.
pub trait Observer: Sync {
    /// The vectors of `texts` more texts are done.
    fn encoded(&self, texts: u64);

    /// Whether to stop. Asked before each batch of texts; once it says so, encoding ends with
    /// [`EmbedError::Cancelled`](crate::EmbedError::Cancelled).
    fn cancelled(&self) -> bool {
        false
    }
}

/// Follows nothing and never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoObserver;

impl Observer for NoObserver {
    fn encoded(&self, _texts: u64) {}
}
