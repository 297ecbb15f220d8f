//! What lets a study outgrow the memory of a machine, a moment, and a machine.
//!
//! [`Rows`] are vectors in memory where they are few and in a file that is mapped into it where they are many; whoever computes
//! with them sees a view and does not know which. A [`Scratch`] says where such files lie. [`lock_output`] keeps two
//! writers from one folder, [`Kept`] what was worked out once, and [`Unfinished`] makes results appear together or not at all.

mod hold;
mod kept;
mod partition;
pub(crate) mod private;
mod publish;
mod rows;

pub use hold::{
    FileLock, OutputLock, OutputLockError, lock_around, lock_file, lock_finished, lock_output, lock_part,
    lock_to_read,
};
pub use kept::{Kept, KeptKey};
pub use partition::{Partition, PartitionError};
pub use publish::{Unfinished, recover};
pub use rows::{BLOCK, Rows, RowsWriter, Scratch};
