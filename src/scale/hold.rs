//! One run at a time in an output folder.

use std::io;
use std::path::{Path, PathBuf};

use super::private::{Lock, folders_down_to, lock_as, make_folder};

/// The file that is locked.
const LOCK: &str = ".lock";

/// An output folder that this run alone writes to, until this is dropped.
pub struct Held {
    _lock: Option<Lock>,
}

/// Why a run may not write to its output folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HoldError {
    /// Another run does.
    #[error("another run is writing to {} (wait until it is done, or choose another folder with --out)", folder.display())]
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// It cannot be made or written.
    #[error("nothing can be written to {}: {source} (choose another folder with --out)", folder.display())]
    Refused {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Makes the output folder if it is missing, its owner's alone, and holds it against other runs.
///
/// # Errors
/// When another run holds it, or it cannot be written.
pub fn hold(folder: &Path) -> Result<Held, HoldError> {
    let refused = |source| HoldError::Refused { folder: folder.to_owned(), source };
    make_folder(folder).map_err(refused)?;
    match lock_as(folder, LOCK) {
        Ok(Some(lock)) => Ok(Held { _lock: Some(lock) }),
        Ok(None) => Err(HoldError::Busy { folder: folder.to_owned() }),
        // Some network folders know no locks. Then nobody watches, and every file is replaced whole all the same.
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(Held { _lock: None }),
        Err(error) => Err(refused(error)),
    }
}

/// The same for a folder within an output folder. Whatever has to be made on the way is its owner's alone too; the output folder
/// itself is not held.
///
/// # Errors
/// As [`hold`].
pub fn hold_within(out: &Path, folder: &Path) -> Result<Held, HoldError> {
    for folder in folders_down_to(out, folder) {
        make_folder(folder).map_err(|source| HoldError::Refused { folder: folder.to_owned(), source })?;
    }
    hold(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_once_and_free_again() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let held = hold(&out).unwrap();
        let refused = hold(&out).err().unwrap().to_string();
        assert!(refused.starts_with("another run is writing to "), "{refused}");
        drop(held);
        assert!(hold(&out).is_ok());
    }

    #[test]
    #[cfg(unix)]
    fn what_is_made_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let _held = hold_within(&out, &out.join("parts/1-of-2")).unwrap();
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
        let refused = hold(&file).err().unwrap().to_string();
        assert!(refused.contains("choose another folder"), "{refused}");
    }
}
