//! Reports the encoder's work as progress of a stage, and passes on its cancellation.

use sentence_encoder::EncodeObserver;

use crate::results::Progress;

/// Reports texts as steps of a stage that the caller has begun.
pub struct StageObserver<'a>(pub &'a dyn Progress);

impl EncodeObserver for StageObserver<'_> {
    fn texts_done(&self, texts: u64) {
        self.0.advance(texts);
    }

    fn should_stop(&self) -> bool {
        self.0.is_cancelled()
    }
}
