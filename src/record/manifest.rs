//! `run.json`: inputs and outputs of a run, so that others can tell whether theirs is the same run.
//!
//! It holds no time, no machine, no folder of the user's, and nothing of the transcripts but their digests, so that it can be
//! published.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use transcripts::{Problem, Severity};

use crate::embed::TextCounts;
use crate::results::ThemeKind;
use crate::table::{Digest, DigestWriter, Findings, WrittenFile, replace_file, schema::SCHEMA_VERSION};

/// The contents of `run.json`, in its order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the tables; see `data/dictionary.md`.
    pub schema: u32,
    /// The program.
    pub program: Program,
    /// The study.
    pub study: StudyUsed,
    /// The model.
    pub model: ModelUsed,
    /// Settings that the result depends on, by the study file's section and key, for example `segment.unit`.
    pub settings: BTreeMap<String, serde_json::Value>,
    /// The transcript and participant files, sorted by path.
    pub inputs: Vec<FileDigest>,
    /// Counts of the results.
    pub counts: Counts,
    /// The files that hold the tables.
    pub tables: Vec<TableFile>,
    /// The workbook for people, as it was written.
    pub workbook: FileDigest,
    /// The drafted codebook, as it was written; none in a record by a version that drafted none.
    #[serde(default)]
    pub draft: Option<FileDigest>,
    /// The page; none in a record by a version that wrote none.
    #[serde(default)]
    pub page: Option<FileDigest>,
}

impl Manifest {
    /// The digest of a table's Parquet file, if there is one.
    pub fn parquet_digest(&self, table: &str) -> Option<String> {
        let is_it = |file: &&TableFile| file.table == table && file.path.ends_with(".parquet");
        self.tables.iter().find(is_it).map(|file| file.sha256.clone())
    }
}

/// The program that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The study that was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyUsed {
    /// Its title.
    pub title: String,
    /// The study file; none for a study that a program made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileDigest>,
    /// The codebook, if there is one.
    pub codebook: Option<FileDigest>,
    /// The seed of every random stream.
    pub seed: u64,
}

/// The model that made the vectors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelUsed {
    /// Its name in the registry.
    pub name: String,
    /// Digest of its files.
    pub fingerprint: String,
    /// Arithmetic it was run in, for example `f32`.
    pub precision: String,
    /// The inference engine, for example `native`.
    pub engine: String,
    /// What the vectors' bits depend on besides the model's files, for example `native int8 2`.
    #[serde(default)]
    pub arithmetic: String,
    /// Distinct passages: embedded, and taken from the cache. Unlike the tables, this depends on earlier runs.
    #[serde(default)]
    pub passages: TextCounts,
    /// The same for the distinct texts of the codebook.
    #[serde(default)]
    pub theme_texts: TextCounts,
}

/// A file and its digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileDigest {
    /// The file, relative to the study file, with `/` on every system; never absolute.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 as 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// Counts of the results of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Transcript files found, those that could not be read included.
    pub files: u64,
    /// Transcripts read.
    pub transcripts: u64,
    /// Turns of all speakers.
    pub turns: u64,
    /// Segments.
    pub segments: u64,
    /// Themes of the codebook.
    pub seed_themes: u64,
    /// Themes found in the data.
    pub emergent_themes: u64,
    /// Labels given.
    pub labels: u64,
    /// Clusters.
    pub clusters: u64,
    /// Problems by severity.
    pub problems: ProblemCounts,
}

/// Problems by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemCounts {
    /// Something was skipped.
    pub error: u64,
    /// A person should look.
    pub warning: u64,
    /// Read differently than written, nothing lost.
    pub note: u64,
}

/// A file that holds a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// The file, relative to the output folder.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 as 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// Files of a run for people, beside tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenForPeople {
    /// The workbook.
    pub workbook: FileDigest,
    /// The drafted codebook.
    pub draft: FileDigest,
    /// The page.
    pub page: FileDigest,
}

impl Program {
    /// This program.
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl FileDigest {
    /// Reads the file at `path`, which the manifest names by its path within `folder`, the study file's folder.
    ///
    /// A file outside the folder is named without its path, which would reveal the user's machine.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(folder: &Path, path: &Path) -> io::Result<Self> {
        let mut writer = DigestWriter::new(io::sink());
        io::copy(&mut File::open(path)?, &mut writer)?;
        let (_, Digest { bytes, sha256 }) = writer.finish();
        Ok(Self { path: path_within(folder, path), bytes, sha256 })
    }
}

/// The path from `folder` to `path`, with `/`; the name alone when it is elsewhere.
fn path_within(folder: &Path, path: &Path) -> String {
    // `./study.toml` and `study.toml` are one file, and neither folder is on the way to another.
    let plain =
        |path: &Path| -> PathBuf { path.components().filter(|part| *part != Component::CurDir).collect() };
    let (folder, whole) = (plain(folder), plain(path));
    let inside = whole.strip_prefix(&folder).ok();
    let parts: Option<Vec<String>> = inside.map(|inside| {
        inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    });
    match parts {
        Some(parts) if !parts.iter().any(|part| part == "..") => parts.join("/"),
        _ => path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
    }
}

impl Counts {
    /// Counts the results of a run of `files` transcript files. `problems` are all of the run, those of writing included.
    pub fn of(findings: &Findings, files: usize, problems: &[Problem]) -> Self {
        let themes = |kind| findings.themes.iter().filter(|theme| theme.kind == kind).count() as u64;
        let of_severity =
            |severity| problems.iter().filter(|problem| problem.severity == severity).count() as u64;
        Self {
            files: files as u64,
            transcripts: findings.corpus.transcripts.len() as u64,
            turns: findings.corpus.transcripts.iter().map(|transcript| transcript.turns.len() as u64).sum(),
            segments: findings.segments.len() as u64,
            seed_themes: themes(ThemeKind::Seed),
            emergent_themes: themes(ThemeKind::Emergent),
            labels: findings.labels.len() as u64,
            clusters: findings.clusters.len() as u64,
            problems: ProblemCounts {
                error: of_severity(Severity::Error),
                warning: of_severity(Severity::Warning),
                note: of_severity(Severity::Note),
            },
        }
    }
}

impl From<&WrittenFile> for TableFile {
    fn from(file: &WrittenFile) -> Self {
        Self {
            table: file.table.to_owned(),
            rows: file.rows,
            path: file.path.clone(),
            bytes: file.digest.bytes,
            sha256: file.digest.sha256.clone(),
        }
    }
}

impl Manifest {
    /// A manifest of this program and this version of the tables; `inputs` are sorted by path.
    pub fn new(
        study: StudyUsed,
        model: ModelUsed,
        settings: BTreeMap<String, serde_json::Value>,
        mut inputs: Vec<FileDigest>,
        counts: Counts,
        tables: &[WrittenFile],
        written: WrittenForPeople,
    ) -> Self {
        inputs.sort();
        Self {
            schema: SCHEMA_VERSION,
            program: Program::this(),
            study,
            model,
            settings,
            inputs,
            counts,
            tables: tables.iter().map(TableFile::from).collect(),
            workbook: written.workbook,
            draft: Some(written.draft),
            page: Some(written.page),
        }
    }
}

/// Writes the manifest to `path` as indented JSON, under a temporary name that is renamed when it is whole.
///
/// # Errors
/// When the file cannot be written.
pub fn write_manifest(path: &Path, manifest: &Manifest) -> io::Result<()> {
    replace_file::<io::Error>(path, |writer| {
        serde_json::to_writer_pretty(&mut *writer, manifest)?;
        writer.write_all(b"\n")
    })?;
    Ok(())
}

/// Reads the manifest at `path`.
///
/// # Errors
/// When the file cannot be read, or is no manifest.
pub fn read_manifest(path: &Path) -> io::Result<Manifest> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;
    use crate::table::Format;
    use crate::table::fixture::small_findings;

    fn digest(path: &str) -> FileDigest {
        FileDigest { path: path.to_owned(), bytes: 3, sha256: "ba78".to_owned() }
    }

    fn manifest() -> Manifest {
        let findings = small_findings();
        let settings = [("segment.unit", json!("turn")), ("corpus.groups", json!(["country"]))];
        Manifest::new(
            StudyUsed {
                title: "Barriers".to_owned(),
                file: Some(digest("study.toml")),
                codebook: Some(digest("codebook.toml")),
                seed: 7,
            },
            ModelUsed {
                name: "all-MiniLM-L6-v2".to_owned(),
                fingerprint: "0123".to_owned(),
                precision: "f32".to_owned(),
                engine: "native".to_owned(),
                arithmetic: "native f32 1".to_owned(),
                passages: TextCounts { embedded: 1, from_cache: 3 },
                theme_texts: TextCounts::default(),
            },
            settings.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
            vec![digest("transcripts/P02.txt"), digest("transcripts/P01.vtt")],
            Counts::of(&findings, 3, &findings.problems),
            &[WrittenFile {
                table: "labels",
                format: Format::Parquet,
                path: "tables/labels.parquet".to_owned(),
                rows: 4,
                digest: Digest { bytes: 9, sha256: "cb41".to_owned() },
            }],
            WrittenForPeople {
                workbook: digest("codebook.xlsx"),
                draft: digest("codebook.toml"),
                page: digest("report.html"),
            },
        )
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "most of them are what it reads like")]
    fn the_manifest_reads_like_this() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run.json");
        write_manifest(&path, &manifest()).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        let of_any_version = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(of_any_version, @r#"
        {
          "schema": 7,
          "program": {
            "name": "emic",
            "version": "VERSION"
          },
          "study": {
            "title": "Barriers",
            "file": {
              "path": "study.toml",
              "bytes": 3,
              "sha256": "ba78"
            },
            "codebook": {
              "path": "codebook.toml",
              "bytes": 3,
              "sha256": "ba78"
            },
            "seed": 7
          },
          "model": {
            "name": "all-MiniLM-L6-v2",
            "fingerprint": "0123",
            "precision": "f32",
            "engine": "native",
            "arithmetic": "native f32 1",
            "passages": {
              "embedded": 1,
              "from_cache": 3
            },
            "theme_texts": {
              "embedded": 0,
              "from_cache": 0
            }
          },
          "settings": {
            "corpus.groups": [
              "country"
            ],
            "segment.unit": "turn"
          },
          "inputs": [
            {
              "path": "transcripts/P01.vtt",
              "bytes": 3,
              "sha256": "ba78"
            },
            {
              "path": "transcripts/P02.txt",
              "bytes": 3,
              "sha256": "ba78"
            }
          ],
          "counts": {
            "files": 3,
            "transcripts": 2,
            "turns": 5,
            "segments": 4,
            "seed_themes": 2,
            "emergent_themes": 1,
            "labels": 4,
            "clusters": 2,
            "problems": {
              "error": 1,
              "warning": 3,
              "note": 2
            }
          },
          "tables": [
            {
              "table": "labels",
              "rows": 4,
              "path": "tables/labels.parquet",
              "bytes": 9,
              "sha256": "cb41"
            }
          ],
          "workbook": {
            "path": "codebook.xlsx",
            "bytes": 3,
            "sha256": "ba78"
          },
          "draft": {
            "path": "codebook.toml",
            "bytes": 3,
            "sha256": "ba78"
          },
          "page": {
            "path": "report.html",
            "bytes": 3,
            "sha256": "ba78"
          }
        }
        "#);
        assert_eq!(serde_json::from_str::<Manifest>(&text).unwrap(), manifest());
    }

    #[test]
    fn files_are_called_by_their_place_in_the_study() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("zoom")).unwrap();
        let path = folder.path().join("zoom").join("P01.vtt");
        fs::write(&path, "abc").unwrap();

        let inside = FileDigest::read(folder.path(), &path).unwrap();
        assert_eq!((inside.path.as_str(), inside.bytes), ("zoom/P01.vtt", 3));
        assert_eq!(inside.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

        let outside = FileDigest::read(Path::new("/somewhere/else"), &path).unwrap();
        assert_eq!(outside.path, "P01.vtt");
        let around = folder.path().join("zoom/../zoom/P01.vtt");
        assert_eq!(FileDigest::read(folder.path(), &around).unwrap().path, "P01.vtt");
        assert_eq!(path_within(Path::new("./study"), Path::new("study/zoom/P01.vtt")), "zoom/P01.vtt");
        assert!(FileDigest::read(folder.path(), &folder.path().join("P09.vtt")).is_err());
    }
}
