//! Following a long encoding, and stopping it.

/// Follows [`Encoder::encode`](crate::Encoder::encode). Its functions are called from several threads at
/// once, some hundred times a second, so they must be cheap. `()` follows nothing.
pub trait EncodeObserver: Sync {
    /// The vectors of `texts` more texts are done.
    fn texts_done(&self, texts: u64) {
        let _ = texts;
    }

    /// Whether to stop: asked before each batch of texts. Encoding then ends with
    /// [`EmbedError::Cancelled`](crate::EmbedError::Cancelled).
    fn should_stop(&self) -> bool {
        false
    }
}

impl EncodeObserver for () {}
