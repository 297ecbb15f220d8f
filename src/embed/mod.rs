//! From texts to vectors, without embedding a text twice: equal texts in a run ([`encode_distinct`]), and texts of earlier runs
//! ([`CachedEncoder`]). The encoder itself is the crate [`sentence_encoder`].

mod cache;
mod distinct;
mod model_languages;
mod observer;
mod plan;
mod registry;

pub use cache::{CACHE_FOLDER, CachedEncoder, EmbeddingSummary, TextCounts, add_cache, count_missing};
pub use distinct::{encode_distinct, encode_rows};
pub use model_languages::unknown_languages;
pub use observer::StageObserver;
pub use plan::{EmbedPlan, Engine};
pub(crate) use plan::{Refusal, Setting};
pub use registry::{languages_of, model_called, registry};
