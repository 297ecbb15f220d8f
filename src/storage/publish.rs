//! Publishes results together or not at all.
//!
//! A run writes into a staging folder inside the output folder. When everything is written, a list is
//! written, and then the files are moved to their paths. A run that is killed before the list exists has
//! changed nothing; one that is killed after that is completed by the next command ([`recover`]).
//!
//! People may save into files of an earlier run at any moment, also while files are moved. So such a file is
//! never overwritten: it is renamed first and compared after that, when nobody can write to it under its old
//! name.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::private::{make_folder, options};

/// The staging folder inside the output folder.
const UNFINISHED: &str = ".unfinished";
/// The list in it: once it exists, all files are complete.
const LIST: &str = "list.json";

/// Results that are being written and not yet published.
#[derive(Debug)]
pub struct StagedOutput {
    out: PathBuf,
    folder: PathBuf,
    list: List,
}

/// The steps of publishing. Paths are relative to the output folder.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct List {
    /// Files to rename first.
    kept: Vec<(PathBuf, PathBuf)>,
    /// Files to remove unless somebody changed them.
    replaced: Vec<Replaced>,
    /// Files to move, in this order.
    files: Vec<PathBuf>,
}

/// A file of an earlier run that is removed unless somebody changed it.
#[derive(Debug, Serialize, Deserialize)]
struct Replaced {
    from: PathBuf,
    /// Its new path if somebody did.
    to: PathBuf,
    /// Digest of the file as that run wrote it.
    digest: String,
}

impl StagedOutput {
    /// Begins to write results for the folder `out`; completes what a killed run began.
    ///
    /// # Errors
    /// When the folder cannot be created or written.
    pub fn begin(out: &Path) -> io::Result<Self> {
        recover(out)?;
        let folder = out.join(UNFINISHED);
        make_folder(&folder)?;
        Ok(Self { out: out.to_owned(), folder, list: List::default() })
    }

    /// The staging folder, with the same relative paths as the output folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// On publication, renames the file `from` to `to`; both are paths in the output folder.
    pub fn keep(&mut self, from: &Path, to: &Path) {
        let within = |path: &Path| path.strip_prefix(&self.out).unwrap_or(path).to_owned();
        self.list.kept.push((within(from), within(to)));
    }

    /// On publication, removes the file `from`, or renames it to `to` if its content is then not what it is
    /// now; both are paths in the output folder.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn replace(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let within = |path: &Path| path.strip_prefix(&self.out).unwrap_or(path).to_owned();
        let replaced = Replaced { from: within(from), to: within(to), digest: digest_of(from)? };
        self.list.replaced.push(replaced);
        Ok(())
    }

    /// Moves all files to their paths, the file `last` after all others. Returns the files that were renamed
    /// because somebody changed them: old and new path.
    ///
    /// # Errors
    /// When a file cannot be moved. The next [`recover`] moves the remaining files.
    pub fn publish(mut self, last: &str) -> io::Result<Vec<(PathBuf, PathBuf)>> {
        files_in(&self.folder, &self.folder, &mut self.list.files)?;
        self.list.files.sort_by_key(|file| (file == Path::new(last), file.clone()));
        let beside = self.folder.join(".list.json.partial");
        let mut file = options().create(true).truncate(true).open(&beside)?;
        serde_json::to_writer(&mut file, &self.list)?;
        file.sync_all()?;
        fs::rename(&beside, self.folder.join(LIST))?;
        sync(&self.folder);
        recover(&self.out)?;
        let kept = self.list.replaced.into_iter().filter(|one| self.out.join(&one.to).exists());
        Ok(kept.map(|one| (self.out.join(one.from), self.out.join(one.to))).collect())
    }
}

/// Completes the publication of a killed run, or removes what it had not written completely.
///
/// # Errors
/// When a file cannot be moved or removed.
pub fn recover(out: &Path) -> io::Result<()> {
    let folder = out.join(UNFINISHED);
    let listed = match fs::read(folder.join(LIST)) {
        Ok(bytes) => serde_json::from_slice::<List>(&bytes).ok(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if let Some(List { kept, replaced, files }) = listed {
        let here = |path: &PathBuf| is_within(path) && folder.join(path).is_file();
        for (from, to) in kept.iter().filter(|(from, to)| is_within(to) && here(from)) {
            let (from, to) = (out.join(from), out.join(to));
            if from.is_file() && !to.exists() {
                fs::rename(from, to)?;
            }
        }
        let replaced: Vec<&Replaced> =
            replaced.iter().filter(|one| is_within(&one.from) && is_within(&one.to)).collect();
        let step_aside = |target: &Path| -> io::Result<()> {
            for Replaced { from, to, .. } in replaced.iter().filter(|one| one.from == target) {
                let (from, to) = (out.join(from), out.join(to));
                if from.is_file() && !to.exists() {
                    fs::rename(from, to)?;
                }
            }
            Ok(())
        };
        // One after the other, so that a failure leaves no unchanged file under the new name.
        let settle = |target: &Path| -> io::Result<()> {
            for Replaced { to, digest, .. } in replaced.iter().filter(|one| one.from == target) {
                let to = out.join(to);
                if to.is_file() && digest_of(&to)? == *digest {
                    fs::remove_file(to)?;
                }
            }
            Ok(())
        };
        for path in &files {
            if here(path) {
                let target = out.join(path);
                make_folder(target.parent().unwrap_or(out))?;
                step_aside(path)?;
                fs::rename(folder.join(path), target)?;
            }
            settle(path)?;
        }
        for Replaced { from, .. } in replaced.iter().filter(|one| !files.contains(&one.from)) {
            step_aside(from)?;
            settle(from)?;
        }
        files.iter().filter_map(|path| path.parent()).for_each(|parent| sync(&out.join(parent)));
    }
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Digest of a file, to detect changes by people.
fn digest_of(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// Whether a path stays inside the folder: others may have written the list.
fn is_within(path: &Path) -> bool {
    path.components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

/// The files in `folder` and below, relative to `root`.
fn files_in(folder: &Path, root: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_in(&path, root, files)?;
        } else if let Ok(within) = path.strip_prefix(root) {
            files.push(within.to_owned());
        }
    }
    Ok(())
}

/// Makes renames durable, on systems where a folder can be synced.
fn sync(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 3] = ["page.html", "run.json", "tables/a.csv"];

    fn written(out: &Path, words: &str) -> StagedOutput {
        let staged = StagedOutput::begin(out).unwrap();
        fs::create_dir(staged.folder().join("tables")).unwrap();
        for file in FILES {
            fs::write(staged.folder().join(file), words).unwrap();
        }
        staged
    }

    fn found(out: &Path) -> Vec<String> {
        FILES.iter().map(|file| fs::read_to_string(out.join(file)).unwrap_or_default()).collect()
    }

    #[test]
    fn results_appear_together() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let staged = written(out, "first");
        assert_eq!(found(out), ["", "", ""]);
        staged.publish("run.json").unwrap();
        assert_eq!(found(out), ["first"; 3]);
        drop(written(out, "second"));
        recover(out).unwrap();
        assert_eq!(found(out), ["first"; 3], "incomplete results are removed");
        assert!(!out.join(UNFINISHED).exists());
    }

    #[test]
    fn a_publication_that_was_killed_anywhere_is_carried_to_its_end() {
        for moved in 0..=FILES.len() {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path();
            written(out, "first").publish("run.json").unwrap();
            fs::write(out.join("page.html"), "edited").unwrap();
            let mut staged = written(out, "second");
            staged.keep(&out.join("page.html"), &out.join("page.edited-1.html"));
            // As `publish` does before it is killed.
            let list = List { files: FILES.map(PathBuf::from).to_vec(), ..staged.list };
            fs::write(out.join(UNFINISHED).join(LIST), serde_json::to_vec(&list).unwrap()).unwrap();
            if moved > 0 {
                fs::rename(out.join("page.html"), out.join("page.edited-1.html")).unwrap();
            }
            for file in &FILES[..moved] {
                fs::rename(out.join(UNFINISHED).join(file), out.join(file)).unwrap();
            }
            recover(out).unwrap();
            assert_eq!(found(out), ["second"; 3], "{moved}");
            assert_eq!(fs::read_to_string(out.join("page.edited-1.html")).unwrap(), "edited", "{moved}");
        }
    }

    #[test]
    fn what_somebody_saves_while_results_take_their_places_is_kept() {
        for edited in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path();
            written(out, "first").publish("run.json").unwrap();
            fs::write(out.join("old.csv"), "first").unwrap();
            let mut staged = written(out, "second");
            for (from, to) in [("page.html", "page.edited-1.html"), ("old.csv", "old.edited-1.csv")] {
                staged.replace(&out.join(from), &out.join(to)).unwrap();
                if edited {
                    fs::write(out.join(from), "edited").unwrap();
                }
            }
            let kept = staged.publish("run.json").unwrap();
            assert_eq!(found(out), ["second"; 3]);
            assert!(!out.join("old.csv").exists(), "it is of no use any more");
            let names = [("page.html", "page.edited-1.html"), ("old.csv", "old.edited-1.csv")];
            let names = names.map(|(from, to)| (out.join(from), out.join(to)));
            assert_eq!(kept, if edited { names.to_vec() } else { Vec::new() });
            for (_, to) in names {
                assert_eq!(fs::read_to_string(to).ok(), edited.then(|| "edited".to_owned()));
            }
        }
    }

    #[test]
    fn a_replacement_that_was_killed_anywhere_is_carried_to_its_end() {
        for step in 0..4 {
            for edited in [false, true] {
                let folder = tempfile::tempdir().unwrap();
                let out = folder.path();
                written(out, "first").publish("run.json").unwrap();
                let (target, aside) = (out.join("page.html"), out.join("page.edited-1.html"));
                let mut staged = written(out, "second");
                staged.replace(&target, &aside).unwrap();
                let list = List { files: FILES.map(PathBuf::from).to_vec(), ..staged.list };
                if edited {
                    fs::write(&target, "edited").unwrap();
                }
                fs::write(out.join(UNFINISHED).join(LIST), serde_json::to_vec(&list).unwrap()).unwrap();
                if step > 0 {
                    fs::rename(&target, &aside).unwrap();
                }
                if step > 1 {
                    fs::rename(out.join(UNFINISHED).join("page.html"), &target).unwrap();
                }
                if step > 2 && !edited {
                    fs::remove_file(&aside).unwrap();
                }
                recover(out).unwrap();
                assert_eq!(found(out), ["second"; 3], "{step}");
                assert_eq!(fs::read_to_string(&aside).ok(), edited.then(|| "edited".to_owned()), "{step}");
            }
        }
    }

    #[test]
    fn a_list_that_leads_elsewhere_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        drop(written(&out, "mine"));
        fs::write(folder.path().join("theirs"), "theirs").unwrap();
        let list = r#"{"kept":[],"replaced":[{"from":"../theirs","to":"mine","digest":""}],"files":["../theirs","/etc/passwd"]}"#;
        fs::write(out.join(UNFINISHED).join(LIST), list).unwrap();
        recover(&out).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("theirs")).unwrap(), "theirs");
    }
}
