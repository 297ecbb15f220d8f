//! Folders and files that only their owner can read, since they hold what people said; and the lock that keeps two runs from
//! writing one folder.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// The file that is locked. The cache itself cannot be: it is replaced when it is rewritten.
const LOCK: &str = "lock";

/// Makes the folder and those above it; those above it are like any other folder.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(_) if folder.is_dir() => Ok(()),
        other => other,
    }
}

/// The folders from `above` down to `folder`, both included.
pub(super) fn folders_down_to<'a>(above: &Path, folder: &'a Path) -> Vec<&'a Path> {
    let mut folders: Vec<&Path> = folder.ancestors().take_while(|one| one.starts_with(above)).collect();
    folders.reverse();
    folders
}

/// Makes the folder, which is within `above`, and what has to be made on the way, `above` too: all their owner's alone.
pub(crate) fn make_folder_within(above: &Path, folder: &Path) -> io::Result<()> {
    folders_down_to(above, folder).into_iter().try_for_each(make_folder)
}

/// Options to open a file for reading and writing that, when it is made, is its owner's alone.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The lock of a folder, held until it is dropped.
pub(crate) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that is being started at this moment has it open too. When unlocking
        // fails, the end of this process unlocks it.
        let _ = self.0.unlock();
    }
}

impl Lock {
    /// Whether the file at `path` is still the one that was locked; true where the system cannot say.
    pub(crate) fn is_of(&self, path: &Path) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let id = |about: &fs::Metadata| (about.dev(), about.ino());
            matches!((self.0.metadata(), fs::metadata(path)), (Ok(held), Ok(there)) if id(&held) == id(&there))
        }
        #[cfg(not(unix))]
        path.exists()
    }
}

/// Who else may hold a lock at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Nobody.
    Alone,
    /// All who share it too.
    WithOthers,
}

/// Locks a folder; none when somebody else holds it.
pub(crate) fn lock(folder: &Path) -> io::Result<Option<Lock>> {
    lock_as(folder, LOCK)
}

/// Locks what the file `name` in a folder stands for.
pub(crate) fn lock_as(folder: &Path, name: &str) -> io::Result<Option<Lock>> {
    lock_with(folder, name, Sharing::Alone)
}

/// The same, alone or with others.
pub(crate) fn lock_with(folder: &Path, name: &str, sharing: Sharing) -> io::Result<Option<Lock>> {
    let file = options().create(true).truncate(false).open(folder.join(name))?;
    let locked = match sharing {
        Sharing::Alone => file.try_lock(),
        Sharing::WithOthers => file.try_lock_shared(),
    };
    match locked {
        Ok(()) => Ok(Some(Lock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Locks, together with others who only read, what the file `name` in a folder stands for, if it is there; none when somebody else
/// holds it alone.
pub(crate) fn lock_there(folder: &Path, name: &str) -> io::Result<Option<Lock>> {
    let file = File::open(folder.join(name))?;
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(Lock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
