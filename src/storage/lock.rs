//! Locks of output folders: every command that writes into one locks it.
//!
//! A run locks the output folder exclusively. Parts of a study run on several machines at once, so each locks
//! its own folder exclusively and shares the lock of the output folder with the other parts.

use std::io;
use std::path::{Path, PathBuf};

use super::private::{Lock, Sharing, folders_down_to, lock_there, lock_with, make_folder};

/// The file that is locked.
const LOCK: &str = ".lock";

/// The lock of an output folder, until it is dropped.
pub struct OutputLock {
    _lock: Option<Lock>,
}

/// Why an output folder cannot be locked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputLockError {
    /// Another run is writing to it.
    #[error("another run is writing to {}", folder.display())]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// Another command is writing to it, and this command needs what is in the folder.
    #[error("another run or command is writing to {} (wait until it is done, then try again)", folder.display())]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// A file cannot be written.
    #[error("{} cannot be written: {source}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The folder cannot be created or written.
    #[error("nothing can be written to {}: {source}", folder.display())]
    Refused {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Creates the output folder if needed, accessible to its owner only, and locks it exclusively.
///
/// # Errors
/// When another command has locked it, or it cannot be written.
pub fn lock_output(folder: &Path) -> Result<OutputLock, OutputLockError> {
    lock_made(folder, Sharing::Alone)
}

/// The same for the folder of a part of a study, inside the output folder. Created folders are accessible to
/// their owner only. The lock of the output folder is shared with other parts.
///
/// # Errors
/// As [`lock_output`].
pub fn lock_part(out: &Path, folder: &Path) -> Result<[OutputLock; 2], OutputLockError> {
    for folder in folders_down_to(out, folder) {
        make_folder(folder)
            .map_err(|source| OutputLockError::Refused { folder: folder.to_owned(), source })?;
    }
    Ok([lock_made(out, Sharing::WithOthers)?, lock_output(folder)?])
}

/// Locks the folder of a finished run for a command that writes into it. `traces` are files of such a folder:
/// if none of them exists, nothing is created or locked, and opening the run will report what is missing.
///
/// # Errors
/// When another command has locked it, or it cannot be written.
pub fn lock_finished(folder: &Path, traces: &[&str]) -> Result<OutputLock, OutputLockError> {
    if !traces.iter().chain([&LOCK]).any(|trace| folder.join(trace).exists()) {
        return Ok(OutputLock { _lock: None });
    }
    lock_made(folder, Sharing::Alone).map_err(in_use)
}

/// Locks the folder of a finished run for reading, together with other readers. Nothing is created; a folder
/// without a lock file, or one that cannot be locked, counts as locked.
///
/// # Errors
/// When another command is writing to it.
pub fn lock_to_read(folder: &Path) -> Result<OutputLock, OutputLockError> {
    match lock_there(folder, LOCK) {
        Ok(None) => Err(OutputLockError::InUse { folder: folder.to_owned() }),
        Ok(lock) => Ok(OutputLock { _lock: lock }),
        Err(_) => Ok(OutputLock { _lock: None }),
    }
}

/// Locks the output folder around a path that is about to be written, if there is one.
///
/// # Errors
/// When another command is writing there.
pub fn lock_around(path: &Path) -> Result<OutputLock, OutputLockError> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_output = |folder: &&Path| {
        folder.join(LOCK).is_file()
            && ["run.json", "cache", "parts"].iter().any(|one| folder.join(one).exists())
    };
    match whole.ancestors().skip(1).find(is_output) {
        Some(folder) => lock_made(folder, Sharing::Alone).map_err(in_use),
        None => Ok(OutputLock { _lock: None }),
    }
}

/// The lock of a single file, in a lock file beside it that is removed when this is dropped.
pub struct FileLock {
    path: PathBuf,
    lock: Option<Lock>,
}

impl Drop for FileLock {
    fn drop(&mut self) {
        if self.lock.is_some() {
            // It is still locked, so nobody else relies on it; if removing fails, the next command reuses it.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Locks a single file that is about to be written, whether it exists or not.
///
/// # Errors
/// When another command is writing it, or the lock file cannot be written.
pub fn lock_file(path: &Path) -> Result<FileLock, OutputLockError> {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let name = format!(".{}.lock", path.file_name().unwrap_or_default().to_string_lossy());
    let beside = folder.join(&name);
    match lock_with(folder, &name, Sharing::Alone) {
        // A lock file that was removed meanwhile belonged to another command.
        Ok(Some(lock)) if lock.is_of(&beside) => Ok(FileLock { path: beside, lock: Some(lock) }),
        Ok(_) => Err(OutputLockError::InUse { folder: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(FileLock { path: beside, lock: None }),
        Err(source) => Err(OutputLockError::File { file: path.to_owned(), source }),
    }
}

fn in_use(error: OutputLockError) -> OutputLockError {
    match error {
        OutputLockError::Busy { folder } => OutputLockError::InUse { folder },
        other => other,
    }
}

fn lock_made(folder: &Path, sharing: Sharing) -> Result<OutputLock, OutputLockError> {
    let refused = |source| OutputLockError::Refused { folder: folder.to_owned(), source };
    make_folder(folder).map_err(refused)?;
    match lock_with(folder, LOCK, sharing) {
        Ok(Some(lock)) => Ok(OutputLock { _lock: Some(lock) }),
        Ok(None) => Err(OutputLockError::Busy { folder: folder.to_owned() }),
        // Some network file systems have no locks. Files are replaced as a whole in any case.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(OutputLock { _lock: None }),
        Err(error) => Err(refused(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_locked_once_and_free_again() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let held = lock_output(&out).unwrap();
        let refused = lock_output(&out).err().unwrap().to_string();
        assert!(refused.starts_with("another run is writing to "), "{refused}");
        let refused = lock_finished(&out, &[]).err().unwrap().to_string();
        assert!(refused.starts_with("another run or command is writing to "), "{refused}");
        assert!(lock_to_read(&out).is_err());
        drop(held);
        assert!(lock_output(&out).is_ok());
        let readers = [lock_to_read(&out).unwrap(), lock_to_read(&out).unwrap()];
        assert!(lock_output(&out).is_err());
        drop(readers);
        assert!(lock_output(&out).is_ok());
    }

    #[test]
    fn parts_share_the_output_folder_and_a_run_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let first = lock_part(&out, &out.join("parts/1-of-2")).unwrap();
        let second = lock_part(&out, &out.join("parts/2-of-2")).unwrap();
        assert!(lock_part(&out, &out.join("parts/1-of-2")).is_err(), "a part is made once at a time");
        drop(first);
        assert!(lock_output(&out).is_err());
        drop(second);
        let _run = lock_output(&out).unwrap();
        assert!(lock_part(&out, &out.join("parts/1-of-2")).is_err());
    }

    #[test]
    fn nothing_is_made_where_there_is_no_run() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        lock_finished(&out, &["run.json"]).unwrap();
        assert!(!out.exists());
        std::fs::create_dir(&out).unwrap();
        lock_finished(&out, &["run.json"]).unwrap();
        assert!(!out.join(LOCK).exists(), "somebody's folder is left alone");
        std::fs::write(out.join("run.json"), "").unwrap();
        lock_finished(&out, &["run.json"]).unwrap();
        assert!(out.join(LOCK).exists());
    }

    #[test]
    fn a_file_in_an_output_folder_is_written_while_nobody_else_writes_there() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let held = lock_output(&out).unwrap();
        let file = out.join("review/x.npy");
        assert!(lock_around(&file).is_ok(), "a locked folder that holds no results is none of ours");
        std::fs::write(out.join("run.json"), "").unwrap();
        assert!(lock_around(&file).is_err());
        assert!(lock_around(&folder.path().join("x.npy")).is_ok());
        drop(held);
        assert!(lock_around(&file).is_ok());
    }

    #[test]
    fn a_file_is_written_by_one_command_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.npy");
        let first = lock_file(&file).unwrap();
        assert!(lock_file(&file).is_err());
        assert!(lock_file(&folder.path().join("y.npy")).is_ok());
        drop(first);
        drop(lock_file(&file).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing stays");
        let missing = lock_file(&folder.path().join("nowhere/x.npy")).err().unwrap().to_string();
        assert!(missing.contains("x.npy cannot be written: "), "{missing}");
    }

    #[test]
    #[cfg(unix)]
    fn what_is_made_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let _locks = lock_part(&out, &out.join("parts/1-of-2")).unwrap();
        for made in ["out", "out/parts", "out/parts/1-of-2"] {
            let mode = folder.path().join(made).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{made}");
        }
    }

    #[test]
    fn what_cannot_be_a_folder_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out");
        std::fs::write(&file, "").unwrap();
        let refused = lock_output(&file).err().unwrap().to_string();
        assert!(refused.starts_with("nothing can be written to "), "{refused}");
    }
}
