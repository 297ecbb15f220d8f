//! Results that appear together or not at all.
//!
//! A run writes into a folder beside the results of the run before. When everything is there a list is written, and only then
//! the files take their places. A run that was killed before the list changed nothing; one that was killed behind it is
//! carried to its end by whoever comes next ([`recover`]).

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::private::{make_folder, options};

/// The folder for what is being written, inside the output folder.
const UNFINISHED: &str = ".unfinished";
/// The list in it: when it is there, everything else is.
const LIST: &str = "list.json";

/// Results that are being written.
#[derive(Debug)]
pub struct Unfinished {
    out: PathBuf,
    folder: PathBuf,
    list: List,
}

/// What is left to be done once all files are written. Paths are relative to the output folder.
#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    /// Files to give another name first.
    kept: Vec<(PathBuf, PathBuf)>,
    /// Files that take their places, in this order.
    files: Vec<PathBuf>,
}

impl Unfinished {
    /// Begins to write results for the folder `out`; ends what a killed run began.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn begin(out: &Path) -> io::Result<Self> {
        recover(out)?;
        let folder = out.join(UNFINISHED);
        make_folder(&folder)?;
        Ok(Self { out: out.to_owned(), folder, list: List::default() })
    }

    /// Where to write; the places in it are those in the output folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// When the results take their places, the file at `from` is kept as `to`; both are paths in the output folder.
    pub fn keep(&mut self, from: &Path, to: &Path) {
        let within = |path: &Path| path.strip_prefix(&self.out).unwrap_or(path).to_owned();
        self.list.kept.push((within(from), within(to)));
    }

    /// Puts everything in its place, the file `last` behind all others.
    ///
    /// # Errors
    /// When a file cannot be moved. What is not in its place then is put there by the next [`recover`].
    pub fn publish(mut self, last: &str) -> io::Result<()> {
        files_in(&self.folder, &self.folder, &mut self.list.files)?;
        self.list.files.sort_by_key(|file| (file == Path::new(last), file.clone()));
        let beside = self.folder.join(".list.json.partial");
        let mut file = options().create(true).truncate(true).open(&beside)?;
        serde_json::to_writer(&mut file, &self.list)?;
        file.sync_all()?;
        fs::rename(&beside, self.folder.join(LIST))?;
        sync(&self.folder);
        recover(&self.out)
    }
}

/// Carries to its end what a killed run had written whole, and throws away what it had not.
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
    if let Some(List { kept, files }) = listed {
        let here = |path: &PathBuf| is_within(path) && folder.join(path).is_file();
        for (from, to) in kept.iter().filter(|(from, to)| is_within(to) && here(from)) {
            let (from, to) = (out.join(from), out.join(to));
            if from.is_file() && !to.exists() {
                fs::rename(from, to)?;
            }
        }
        for path in files.iter().filter(|path| here(path)) {
            let place = out.join(path);
            make_folder(place.parent().unwrap_or(out))?;
            fs::rename(folder.join(path), place)?;
        }
        files.iter().filter_map(|path| path.parent()).for_each(|parent| sync(&out.join(parent)));
    }
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether a path leads nowhere but into the folder that it is taken from: the list lies where others may have written.
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

/// Makes renames last through a power cut, on systems where a folder can be opened for that.
fn sync(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [&str; 3] = ["page.html", "run.json", "tables/a.csv"];

    fn written(out: &Path, words: &str) -> Unfinished {
        let unfinished = Unfinished::begin(out).unwrap();
        fs::create_dir(unfinished.folder().join("tables")).unwrap();
        for file in FILES {
            fs::write(unfinished.folder().join(file), words).unwrap();
        }
        unfinished
    }

    fn found(out: &Path) -> Vec<String> {
        FILES.iter().map(|file| fs::read_to_string(out.join(file)).unwrap_or_default()).collect()
    }

    #[test]
    fn results_appear_together() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path();
        let unfinished = written(out, "first");
        assert_eq!(found(out), ["", "", ""]);
        unfinished.publish("run.json").unwrap();
        assert_eq!(found(out), ["first"; 3]);
        drop(written(out, "second"));
        recover(out).unwrap();
        assert_eq!(found(out), ["first"; 3], "what was not whole is gone");
        assert!(!out.join(UNFINISHED).exists());
    }

    #[test]
    fn a_publication_that_was_killed_anywhere_is_carried_to_its_end() {
        for moved in 0..=FILES.len() {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path();
            written(out, "first").publish("run.json").unwrap();
            fs::write(out.join("page.html"), "edited").unwrap();
            let mut unfinished = written(out, "second");
            unfinished.keep(&out.join("page.html"), &out.join("page.edited-1.html"));
            // As `publish` does, and is killed.
            let list = List { kept: unfinished.list.kept, files: FILES.map(PathBuf::from).to_vec() };
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
    fn a_list_that_leads_elsewhere_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        drop(written(&out, "mine"));
        fs::write(folder.path().join("theirs"), "theirs").unwrap();
        let list = r#"{"kept":[],"files":["../theirs","/etc/passwd"]}"#;
        fs::write(out.join(UNFINISHED).join(LIST), list).unwrap();
        recover(&out).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("theirs")).unwrap(), "theirs");
    }
}
