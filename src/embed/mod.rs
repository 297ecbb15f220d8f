//! From texts to vectors: the encoder, its models, and vectors in files.
//!
//! The pipeline knows an [`Encoder`] and a [`TokenCounter`] and nothing of what is behind them. Behind them stands the
//! [`native`] inference engine, and in a build with the feature `rust-bert` a second one on libtorch; [`models`] finds,
//! fetches and checks the folders that they load. [`encode_distinct`] and [`CachedEncoder`] see to it that no text is
//! embedded twice, in a run or in the next one.

mod cache;
mod check;
mod device;
mod distinct;
mod encoder;
mod error;
mod model_files;
pub mod models;
pub mod native;
mod npy;
mod precision;
#[cfg(feature = "rust-bert")]
pub mod rust_bert;
mod tokens;

pub use cache::{CACHE_FOLDER, CachedEncoder, TextCounts, VectorsMade, add_cache, count_missing};
pub use check::{first_unstable, lowest_cosine};
pub use device::{Device, UnknownDevice};
pub use distinct::{encode_distinct, encode_rows};
pub use encoder::{Encoder, Purpose, SentenceEncoder, TokenCounter};
pub use error::EmbedError;
pub use native::NativeEncoder;
pub use npy::{NpyError, read_npy, write_npy};
pub use precision::Precision;
#[cfg(feature = "rust-bert")]
pub use rust_bert::RustBertEncoder;
