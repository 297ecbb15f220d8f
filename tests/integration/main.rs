//! The program as people run it: one binary, a module a question.
//!
//! They need no network: their model has random weights and the name of the default one. What a real model gives is in `tests/real_model`.

#![expect(
    clippy::disallowed_methods,
    reason = "what the library may not use in its arithmetic is well enough here"
)]
#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

mod behaviour;
mod cache;
mod check;
mod confidential;
mod demo;
mod embed;
mod exchange;
mod hostile;
mod review;
mod rust_bert;
mod same_answer;
mod scale;
mod scratch;
mod withdrawn;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sentence_encoder::{RandomModel, write_random_model};

/// The model of these tests. Its tokens are letters; a lower limit would cut every sentence into pieces.
pub(crate) const MODEL: RandomModel = RandomModel { layers: 1, token_limit: 400, ..RandomModel::TINY };

/// A folder that holds it under the name of the default model.
pub(crate) fn models() -> &'static Path {
    static MODELS: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random-models");
        write_random_model(&folder.join("all-MiniLM-L6-v2"), &MODEL).expect("a model");
        folder
    });
    &MODELS
}
