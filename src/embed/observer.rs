//! The progress of a stage as the encoder tells it.

use sentence_encoder::Observer;

use crate::results::Progress;

/// Passes the texts that an encoder has done on to the progress of a stage that the caller has begun.
pub struct StageObserver<'a>(pub &'a dyn Progress);

impl Observer for StageObserver<'_> {
    fn encoded(&self, texts: u64) {
        self.0.advance(texts);
    }
}
