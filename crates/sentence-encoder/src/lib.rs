#![doc = include_str!("../README.md")]

mod check;
mod device;
mod encoder;
mod error;
mod model_files;
pub mod models;
mod native;
mod npy;
mod observer;
mod precision;
#[cfg(feature = "rust-bert")]
mod rust_bert;
mod tokens;

pub use check::{first_unstable, lowest_cosine};
pub use device::{Device, UnknownDevice};
pub use encoder::{Encoder, Purpose, SentenceEncoder, TokenCounter};
pub use error::EmbedError;
pub use native::kernel::{Products, Workspace};
pub use native::{NativeEncoder, RandomModel, write_random_model};
pub use npy::{NpyError, read_npy, write_npy};
pub use observer::EncodeObserver;
pub use precision::Precision;
#[cfg(feature = "rust-bert")]
pub use rust_bert::RustBertEncoder;
