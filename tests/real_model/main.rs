//! What the program makes of the demo study with the default model, all-MiniLM-L6-v2: `cargo test --test real_model`.
//!
//! It is no part of `cargo test`, because it needs the model; `cargo run --release -- models fetch all-MiniLM-L6-v2` fetches it once.

#![expect(clippy::expect_used, reason = "a test that cannot be set up fails")]

#[path = "../integration/behaviour.rs"]
mod behaviour;
mod demo;
#[path = "../integration/exchange.rs"]
mod exchange;
mod exchange_codes;
#[path = "../integration/review.rs"]
mod review;
mod review_page;
#[path = "../integration/scratch.rs"]
mod scratch;
mod silent_seed;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The project's own folder of models.
pub(crate) fn models() -> &'static Path {
    static MODELS: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        assert!(
            folder.join("all-MiniLM-L6-v2/model.safetensors").is_file(),
            "These tests need the model all-MiniLM-L6-v2: fetch it once with `cargo run --release -- models fetch all-MiniLM-L6-v2`."
        );
        folder
    });
    &MODELS
}
