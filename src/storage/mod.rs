//! What lets a study outgrow the memory of a machine, a moment, and a machine.
//!
//! [`Rows`] are vectors in memory where they are few and in a file that is mapped into it where they are many; whoever computes
//! with them sees a view and does not know which. A [`Scratch`] says where such files lie. [`lock_output`] keeps two
//! writers from one folder, [`StageCache`] what was worked out once, and [`StagedOutput`] makes results appear together or not at all.

mod lock;
mod partition;
pub(crate) mod private;
mod publish;
mod rows;
mod stage_cache;

pub use lock::{
    FileLock, OutputLock, OutputLockError, lock_around, lock_file, lock_finished, lock_output, lock_part,
    lock_to_read,
};
pub use partition::{Partition, PartitionError};
pub use publish::{StagedOutput, recover};
pub use rows::{BLOCK, Rows, RowsWriter, Scratch};
pub use stage_cache::{StageCache, StageCacheKey};
