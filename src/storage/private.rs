//! Folders and files that only their owner can read, because they contain what people said; and file locks.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// The lock file of a cache. The cache file itself is replaced when it is rewritten, so it cannot be locked.
const LOCK: &str = "lock";

/// Creates the folder, accessible to its owner only, and its parents, with the usual permissions.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    #[cfg_attr(not(unix), expect(unused_mut, reason = "there is no mode to set"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        Err(_) if folder.is_dir() => Ok(()),
        other => other,
    }
}

/// The folders from `above` down to `folder`, inclusive.
pub(super) fn folders_down_to<'a>(above: &Path, folder: &'a Path) -> Vec<&'a Path> {
    let mut folders: Vec<&Path> = folder.ancestors().take_while(|one| one.starts_with(above)).collect();
    folders.reverse();
    folders
}

/// Creates `above`, `folder` inside it and the folders between them, accessible to their owner only.
pub(crate) fn make_folder_within(above: &Path, folder: &Path) -> io::Result<()> {
    folders_down_to(above, folder).into_iter().try_for_each(make_folder)
}

/// Options to open a file for reading and writing; a new file is accessible to its owner only.
pub(crate) fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A lock, until it is dropped.
pub(crate) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough, because a child process that is just being started has it open too.
        // If unlocking fails, the end of this process unlocks it.
        let _ = self.0.unlock();
    }
}

impl Lock {
    /// Whether the file at `path` is still the locked one; where the system cannot tell, whether there is one.
    #[cfg_attr(not(unix), expect(clippy::unused_self, reason = "files have no number to compare"))]
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

/// Whether a lock is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Exclusive.
    Alone,
    /// Shared with other holders of the same kind.
    WithOthers,
}

/// Locks the cache in a folder; None if another process has locked it.
pub(crate) fn lock(folder: &Path) -> io::Result<Option<Lock>> {
    lock_as(folder, LOCK)
}

/// Locks the file `name` in a folder exclusively.
pub(crate) fn lock_as(folder: &Path, name: &str) -> io::Result<Option<Lock>> {
    lock_with(folder, name, Sharing::Alone)
}

/// The same, exclusive or shared.
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

/// Locks the existing file `name` in a folder, shared with other readers; None if another process has locked
/// it exclusively.
pub(crate) fn lock_there(folder: &Path, name: &str) -> io::Result<Option<Lock>> {
    let file = File::open(folder.join(name))?;
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(Lock(file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
