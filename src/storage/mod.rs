//! Files, locks and large matrices: what a study needs when it exceeds memory, runs again, or runs on several
//! machines.
//!
//! [`Rows`] is a matrix in memory or, if it is large, in a mapped file in the folder of a [`Scratch`], and [`Bytes`] are texts
//! in the same way; both are read as a view. [`lock_output`] allows one writer per output folder, [`StageCache`] keeps results of
//! stages between runs, [`StagedOutput`] publishes results together or not at all, and [`Partition`] divides
//! a study among machines.

mod bytes;
mod lock;
mod partition;
pub(crate) mod private;
mod publish;
mod rows;
mod stage_cache;

pub use bytes::{Bytes, BytesWriter};
pub use lock::{
    FileLock, OutputLock, OutputLockError, lock_around, lock_file, lock_finished, lock_output, lock_part,
    lock_to_read,
};
pub use partition::{Partition, PartitionError};
pub use publish::{StagedOutput, recover};
pub use rows::{BLOCK, Rows, RowsWriter, Scratch};
pub use stage_cache::{StageCache, StageCacheKey};
