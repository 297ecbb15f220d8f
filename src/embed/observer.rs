//! The progress of a stage as the encoder tells it.

use sentence_encoder::EncodeObserver;

use crate::results::Progress;

/// Passes the texts that an encoder has done on to the progress of a stage that the caller has begun.
pub struct StageObserver<'a>(pub &'a dyn Progress);

impl EncodeObserver for StageObserver<'_> {
    fn texts_done(&self, texts: u64) {
        self.0.advance(texts);
    }
}
